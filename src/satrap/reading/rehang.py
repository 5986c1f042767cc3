"""Names hung where they belong, where a small parser errs: "appointed Batyr Orlov head of the bank",
"A general, Batyr Orlov, was dismissed"."""

from satrap.reading import nouns
from satrap.reading.tokens import Token

_NAMING = frozenset(
    {"appoint", "name", "elect", "nominate", "make", "designate", "declare", "choose", "install", "proclaim",
     "promote", "confirm", "reappoint", "select", "swear"}
)  # fmt: skip
_MONTHS = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)  # fmt: skip
_POSTS = frozenset({"post", "staff", "institution", "rank"})


def rehang(tokens: list[Token]) -> None:
    """Set right in place the heads of one sentence's words."""
    for token in tokens:
        if token.is_verb:
            _one_subject(token)
            _month_before_name(token)
            _subject_after_place(token)
            if token.lemma in _NAMING:
                _object_predicate(token)


def _one_subject(verb: Token) -> None:
    """Of two subjects the second, a name between commas, stands in apposition to the first."""
    subjects = verb.kids("nsubj", "nsubjpass")
    if len(subjects) != 2:
        return
    first, second = subjects
    named = nouns.is_a_name(second) and not nouns.is_a_name(first) and first.is_noun
    commas = [
        one for one in (*verb.kids("punct"), *second.kids("punct"), *first.kids("punct")) if one.text == ","
    ]
    inside = any(first.index < one.index < second.index for one in commas)
    if named and inside and second.index < verb.index:
        _move(second, first, "appos")


def _month_before_name(verb: Token) -> None:
    """ "In January Batyr Orlov rebuked him": the month is one phrase, the name is the subject."""
    if verb.kids("nsubj", "nsubjpass", "csubj"):
        return
    for prep in verb.kids("prep"):
        for name in prep.kids("pobj"):
            months = [one for one in name.kids("compound", "nmod") if one.text in _MONTHS]
            if months and nouns.is_a_name(name) and name.index < verb.index:
                _move(months[0], prep, "pobj")
                for before in name.kids("compound", "nmod", "nummod"):
                    if before.index < months[0].index:
                        _move(before, months[0], "nummod")
                _move(name, verb, "nsubjpass" if verb.kids("auxpass") else "nsubj")
                return


def _subject_after_place(verb: Token) -> None:
    """ "In Brest, the governor resigned": he is no other word for Brest."""
    if verb.tag not in {"VBD", "VBZ", "VBP"} or verb.kids("nsubj", "nsubjpass", "csubj", "expl"):
        return
    for prep in verb.kids("prep"):
        for place in prep.kids("pobj"):
            for noun in place.kids("appos"):
                if place.named is not None and place.named.kind == "place" and noun.kids("det"):
                    _move(noun, verb, "nsubjpass" if verb.kids("auxpass") else "nsubj")
                    return


def _object_predicate(verb: Token) -> None:
    """ "appointed Batyr Orlov head of the bank": he is the object, what he becomes is said of him."""
    for post in verb.kids("dobj", "attr", "oprd"):
        if post.text[:1].isupper() and (post.named is None or post.named.kind not in _POSTS):
            continue
        before = sorted((one for one in post.subtree() if one.index < post.index), key=lambda one: one.index)
        name: list[Token] = []
        for one in before:
            if one.dep not in {"compound", "nmod"} or not _is_part_of_name(one):
                break
            name.append(one)
        if not name or (len(name) < 2 and name[0].named is None):
            continue
        person = name[-1]
        for one in name[:-1]:
            _move(one, person, "compound")
        _move(person, verb, "dobj")
        post.dep = "oprd"


def _is_part_of_name(token: Token) -> bool:
    if token.named is not None:
        return token.named.kind == "person"
    return token.tag == "NNP" and token.text[:1].isupper() and not token.text.isupper()


def _move(token: Token, head: Token, dep: str) -> None:
    if token.head is not token:
        token.head.children.remove(token)
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda one: one.index)
