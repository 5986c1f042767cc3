"""Noun phrases as text: their core ("high level officials"), their whole, their number, their conjuncts."""

from satrap.reading.tokens import Token

# What a pronoun can stand for: a person, a thing, or several of either.
PERSONAL = {
    "he": "person",
    "him": "person",
    "his": "person",
    "she": "person",
    "her": "person",
    "himself": "person",
    "it": "thing",
    "its": "thing",
    "itself": "thing",
    "they": "many",
    "them": "many",
    "their": "many",
    "themselves": "many",
    "theirs": "many",
}
PAIRED = frozenset({"both", "neither"})
_SKIPPED = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "such",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "some",
        "all",
        "other",
        "more",
        "own",
        "each",
        "every",
        "any",
        "both",
    }
)
_PARTITIVE = frozenset(
    {
        "number",
        "dozen",
        "dozens",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "score",
        "scores",
        "some",
        "all",
        "many",
        "most",
        "several",
        "one",
        "majority",
        "half",
        "handful",
        "group",
        "couple",
        "percent",
        "portion",
        "part",
        "series",
        "few",
        "much",
        "little",
        "lot",
        "plenty",
        "both",
        "each",
        "none",
        "rest",
        "bulk",
        "those",
        "tens",
        "third",
        "quarter",
        "fifth",
        "tenth",
        "ranks",
        "pair",
        "trio",
        "any",
        "other",
        "others",
    }
)


def conjuncts(token: Token) -> list[Token]:
    """A noun and the nouns joined to it: "prosecutors and security agents"."""
    found = [token]
    for kid in token.children:
        if (
            kid.dep == "conj"
            and (kid.is_noun or kid.tag in {"PRP", "CD", "DT"})
            and not _is_apposed(token, kid)
        ):
            found += conjuncts(kid)
    return found


def partitive(token: Token) -> Token | None:
    """What a quantity is of: "a number of high level officials" → officials."""
    if token.lemma in _PARTITIVE or token.text.lower() in _PARTITIVE or token.tag == "CD":
        for prep in token.kids("prep"):
            if prep.lemma == "of":
                for pobj in prep.kids("pobj"):
                    return pobj
    return None


def is_plural(token: Token) -> bool:
    return token.tag in {"NNS", "NNPS"} or len(conjuncts(token)) > 1


def is_several(token: Token) -> bool:
    """Whether many are mentioned: "officers", "those released", "most of the staff", "two of them"."""
    word = token.text.lower()
    of_many = partitive(token) is not None and word not in {"one", "another", "each", "any", "part"}
    return is_plural(token) or word in {"those", "these", "others"} or of_many


def core(token: Token, plain: str, *without: str) -> str:
    """The noun with the modifiers before it, without articles and possessors' pronouns."""
    first = token
    for kid in sorted(
        token.kids("compound", "amod", "nmod", "nummod", "poss", "advmod", "quantmod"),
        key=lambda kid: -kid.index,
    ):
        if kid.dep in without:
            continue
        left = kid.subtree()[0]
        if left.index < first.index:
            first = left
    words = plain[first.start : token.end].split()
    while len(words) > 1 and words[0].lower() in _SKIPPED:
        words = words[1:]
    return " ".join(words)


def phrase(token: Token, plain: str, *without: str) -> str:
    """The whole phrase below a word, as it stands in the text, without its outer article."""
    start, end = extent(token, *without)
    words = plain[start:end].strip(" ,;:.\"'()").split()
    while len(words) > 1 and words[0].lower() in {"the", "a", "an", "to"}:
        words = words[1:]
    return " ".join(words)


def extent(token: Token, *without: str) -> tuple[int, int]:
    """Offsets of the phrase below a word."""
    below = [one for one in token.subtree(*without) if one.dep != "punct" or one.text in "'\")("]
    return min(one.start for one in below), max(one.end for one in below)


def is_plural_word(token: Token) -> bool:
    return token.tag in {"NNS", "NNPS"}


def determiner(token: Token) -> str:
    kids = token.kids("det", "predet", "poss")
    return kids[0].text.lower() if kids else ""


def modifiers(token: Token) -> set[str]:
    """Lemmas of all words that modify a noun from before."""
    found: set[str] = set()
    for kid in token.kids("compound", "amod", "nmod"):
        found |= {one.lemma for one in kid.subtree() if one.tag != "CC" and one.named is None}
    return found


def before(token: Token) -> list[Token]:
    """Nominal words of the same sentence that stand before a token, nearest last."""
    return [
        one
        for one in root(token).subtree()
        if one.index < token.index and (one.is_noun or partitive(one) is not None)
    ]


def root(token: Token) -> Token:
    while not token.is_root:
        token = token.head
    return token


ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
)


def stands_alone(token: Token) -> bool:
    """A number or ordinal without its noun: "three were released", "the fourth is still held", "the rest"."""
    if token.text.lower() in {*ORDINALS, "rest"}:
        alone = token.dep in {"nsubj", "nsubjpass", "dobj"} and not token.kids("prep", "compound", "amod")
        return alone and any(one.text.lower() in {"the", "a"} for one in token.kids("det"))
    return (
        token.tag == "CD"
        and (token.dep in {"nsubj", "nsubjpass", "dobj"} or token.head.lemma == "of")
        and not token.kids("prep")
        and not token.text[0].isdigit()
    )


def owns(noun: Token, pronoun: Token) -> bool:
    """Whether a possessive pronoun stands before the noun itself ("their authority")."""
    return pronoun.head is noun and pronoun.dep == "poss"


def reads_as_name(token: Token) -> bool:
    """Whether a word no pack knows reads as a person's name: capitalised words of at least two."""
    parts = [kid for kid in token.kids("compound", "nmod") if kid.text[:1].isupper()]
    return (
        token.named is None
        and token.tag == "NNP"
        and token.text[:1].isupper()
        and bool(parts)
        and not token.text.isupper()
        and not any(kid.text.lower() == "the" for kid in token.kids("det"))
    )


def doers_beside(pronoun: Token) -> list[Token]:
    """The subjects of a pronoun's own clause, whom it cannot stand for: "the premier rebuked him"."""
    if pronoun.dep not in {"dobj", "pobj", "dative"} or pronoun.text.lower().endswith(("self", "selves")):
        return []
    verb = next((one for one in pronoun.ancestors() if one.is_verb), None)
    return verb.kids("nsubj") if verb is not None else []


def beside(noun: Token) -> list[Token]:
    """Appositions, also one hung on the last noun of "the head of the customs service, Batyr Orlov", and the
    name of "a man called Batyr Orlov"."""
    found = noun.kids("appos")
    for prep in noun.kids("prep"):
        if prep.lemma in {"of", "in", "at", "for"}:
            for pobj in prep.kids("pobj"):
                inner = [one for within in pobj.kids("prep") for one in within.kids("pobj")]
                found += [one for noun in (pobj, *inner) for one in noun.kids("appos") if is_a_name(one)]
                found += [one for one in pobj.kids("conj") if _is_apposed(pobj, one)]
    for participle in noun.kids("acl"):
        if participle.lemma in {"name", "call"}:
            found += [one for one in participle.kids("oprd", "dobj", "attr", "xcomp") if is_a_name(one)]
    return found


def _is_apposed(noun: Token, conjunct: Token) -> bool:
    """Whether a person's name joined to a place or body by a comma alone is no conjunct of it: "the governor
    of Brest, Batyr Orlov,"."""
    return (
        is_a_name(conjunct)
        and not is_a_name(noun)
        and not noun.kids("cc")
        and not conjunct.kids("cc", "conj")
    )


def is_a_name(token: Token) -> bool:
    """Whether a word is a person's name, known to the pack or not."""
    return (token.named is not None and token.named.kind == "person") or reads_as_name(token)


def goes_by_name(token: Token) -> bool:
    """Whether a noun is somebody's name or has one beside it."""
    return is_a_name(token) or any(is_a_name(one) for one in beside(token))
