"""What "he", "they", "the agency" and "the two" stand for: of the entities heard, the most salient that fits.

Salience follows S. Lappin and H. Leass, "An algorithm for pronominal anaphora resolution" (Computational
Linguistics 20, 1994) in outline: every mention counts, a subject's twice, one inside another phrase less, and
half as much with each sentence since. The weights are ours.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from satrap.claims import Argument
from satrap.reading import nouns
from satrap.reading.offices import places_of, tiers_of
from satrap.reading.tokens import Token

if TYPE_CHECKING:
    from satrap.reading.entities import Discourse

Classes = frozenset[str]
ACTORS = frozenset({"org", "person", "official", "staff"})
_POINTING = frozenset({"the", "these", "those", "this", "that", "such"})
_SOMEBODY = frozenset({"person", "human", "residents"})
_WOMEN = frozenset(
    {"woman", "wife", "mother", "daughter", "sister", "widow", "girl", "aunt", "niece", "grandmother", "nun",
     "policewoman", "businesswoman", "chairwoman", "housewife", "bride", "actress", "lady"}
)  # fmt: skip
_MEN = frozenset(
    {"man", "husband", "father", "son", "brother", "boy", "uncle", "nephew", "grandfather", "monk",
     "policeman", "businessman", "serviceman", "fisherman", "priest", "imam", "mullah"}
)  # fmt: skip
_ANYONE = frozenset({"man", "woman"})
_SUBJECT, _MENTION, _EMBEDDED, _FADING = 2.0, 1.0, 0.8, 0.5
_UNLIKELY = 0.5  # of their salience: a body as what "they", one not named as whom "he" takes up
_PLAIN = frozenset(
    {
        "central", "local", "provincial", "national", "state", "the", "other", "former", "own",
        "same", "entire", "whole", "of", "ministry", "department", "committee", "agency",
        "new", "old", "latter", "said", "young", "powerful", "feared", "embattled", "once", "mighty",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """An entity as it was mentioned in a sentence (by its place among those heard)."""

    arguments: tuple[Argument, ...]
    classes: Classes
    lemma: str
    words: frozenset[str]
    plural: bool
    by_name: bool = False
    sentence: int = 0
    weight: float = _MENTION

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.id or one.name for one in self.arguments)


def weight(token: Token) -> float:
    """What a mention adds to the salience of what is mentioned."""
    if token.dep in {"nsubj", "nsubjpass"}:
        return _SUBJECT
    of_another = token.dep == "pobj" and token.head.lemma == "of" and token.head.head.is_noun
    inside = token.dep == "poss" or of_another
    return _EMBEDDED if inside else _MENTION


def antecedent(discourse: Discourse, token: Token, want: Classes, apart: Container[str] = ()) -> Heard | None:
    """Whom or what a personal pronoun stands for; none of those ``apart``, by id or name."""
    pronoun = nouns.PERSONAL[token.text.lower()]
    here = [
        (one, entity)
        for one in nouns.before(token)
        if one.text.lower() not in nouns.PERSONAL
        and not nouns.owns(one, token)
        and (entity := discourse.entity(one)) is not None
    ]
    barred = [] if token.dep == "poss" else [discourse.entity(one) for one in nouns.doers_beside(token)]
    pool = [*reversed([entity for _, entity in here]), *reversed(discourse.heard)]
    subjects = {id(entity) for one, entity in here if one.dep in {"nsubj", "nsubjpass"}}
    of_them = token.head.lemma == "of" and token.head.head.tag == "CD"  # "two of them": of several people
    scores: dict[tuple[object, ...], float] = {}
    for heard in pool:
        faded = heard.weight * _FADING ** (discourse.number - heard.sentence)
        scores[_who(heard)] = scores.get(_who(heard), 0.0) + faded

    gender = "f" if token.text.lower() in {"she", "her", "herself"} else "m"

    def fits(heard: Heard) -> bool:
        if heard in barred or (want and not heard.classes & want) or any(one in apart for one in heard.names):
            return False
        if pronoun == "person":
            if heard.plural:
                return False
            if _gender(heard) not in {"", gender}:
                return False
            if id(heard) in subjects or heard.weight >= _SUBJECT:
                return bool(heard.classes & _SOMEBODY) and "org" not in heard.classes
            return "person" in heard.classes
        if pronoun == "thing":
            return "org" in heard.classes and (not heard.plural or id(heard) in subjects)
        return heard.plural or ("org" in heard.classes and not of_them)

    def salience(heard: Heard) -> float:
        singled_out = heard.by_name or id(heard) in subjects
        likely = singled_out if pronoun == "person" else heard.plural or pronoun == "thing"
        return scores[_who(heard)] * (1.0 if likely else _UNLIKELY)

    found = max(filter(fits, pool), key=salience, default=None)
    if found is None and pronoun == "person" and token.dep == "poss":  # "Despite his order, X has told ..."
        for one in nouns.root(token).kids("nsubj"):
            if one.index > token.index and one.named is not None and one.named.kind == "person":
                return discourse.entity(one)
    return found


def _who(heard: Heard) -> tuple[object, ...]:
    """What counts as the same again: one of a body's men is not all of them."""
    return (*heard.names, heard.plural)


def _gender(heard: Heard) -> str:
    """ "f" or "m" where the noun of a mention says so."""
    return "f" if heard.lemma in _WOMEN else "m" if heard.lemma in _MEN else ""


def pointed(discourse: Discourse, token: Token) -> tuple[Argument, ...]:
    """ "the agency", "these officials", "the country's security body": an entity already heard of."""
    classes = discourse.classes(token)
    if not classes & (ACTORS | {"residents", "source"}):
        return ()
    own = nouns.modifiers(token) - _PLAIN
    plural = nouns.is_plural_word(token)
    definite = nouns.determiner(token) in _POINTING or bool(token.kids("poss"))
    if definite and not own and "org" in classes and not plural:
        namesake = next(
            (
                heard
                for heard in reversed(discourse.heard)
                if not heard.plural
                and token.lemma
                in {
                    word
                    for one in heard.arguments
                    if one.id or one.name[:1].isupper()
                    for word in one.name.lower().split()
                }
            ),
            None,
        )
        if namesake is not None:
            return _scoped(discourse, token, namesake)
    for heard in reversed(discourse.heard):
        if not heard.classes & classes or heard.plural != plural:
            continue
        if own and "org" in classes and not plural and _named_like(heard, own):
            return _scoped(discourse, token, heard)
        if not definite or own:
            continue
        if heard.lemma == token.lemma or _can_be(discourse, token, heard) or _is_titled(token, heard):
            return _scoped(discourse, token, heard)
    subject = token.dep in {"nsubj", "nsubjpass"}
    if (
        subject
        and nouns.determiner(token) in _POINTING
        and not own
        and not plural
        and "title" in classes
        and not token.kids("prep")
    ):
        lately = [one for one in discourse.heard if one.sentence >= discourse.number - 1 and one.by_name]
        if len({one.names for one in lately}) == 1 and "person" in lately[0].classes:
            return lately[0].arguments
    return ()


def _is_titled(token: Token, heard: Heard) -> bool:
    """Whether "the colonel" or "the man" may be a person named before, called so or by no other title."""
    if not heard.by_name or "person" not in heard.classes:
        return False
    said = {word for one in heard.arguments for word in one.name.lower().split()} | heard.words
    return token.lemma in said | _ANYONE


def several_named(discourse: Discourse, token: Token) -> tuple[Argument, ...]:
    """The people named last, as many as "the two" or "the two men" says."""
    if token.lemma in nouns.PAIRED and not token.kids("prep"):
        wanted = 2
    else:
        number = token if token.tag == "CD" else next(iter(token.kids("nummod")), None)
        if number is None or nouns.determiner(token) not in _POINTING:
            return ()
        wanted = {"two": 2, "three": 3}.get(number.text.lower(), 0)
    people: list[Argument] = []
    for heard in reversed(discourse.heard):
        if heard.by_name:
            people += [one for one in reversed(heard.arguments) if one not in people]
    return tuple(reversed(people[:wanted])) if wanted and len(people) >= wanted else ()


def counted(discourse: Discourse, token: Token) -> Heard | None:
    """What a bare number counts: "eleven officers were dismissed and three were sent to a mine"."""
    here = [discourse.entity(one) for one in nouns.before(token) if one.tag != "CD"]
    pool = [*reversed([one for one in here if one]), *reversed(discourse.heard)]
    return next(
        (
            one
            for one in pool
            if one.plural and one.classes & {"official", "staff", "residents"} and "org" not in one.classes
        ),
        None,
    )


def _scoped(discourse: Discourse, token: Token, heard: Heard) -> tuple[Argument, ...]:
    tiers, places = tiers_of(token, discourse.lexicon), places_of(token, discourse.pack.code)
    return tuple(
        Argument(one.name, one.id, tiers or one.tiers, places or one.places, one.staff)
        for one in heard.arguments
    )


def _named_like(heard: Heard, words: set[str]) -> bool:
    """Whether a description shares a telling word with a body's name or an earlier description."""
    names = {word for one in heard.arguments if one.id for word in one.name.lower().split()}
    return bool(words & ((names | (heard.words if names else set())) - _PLAIN))


def _can_be(discourse: Discourse, token: Token, heard: Heard) -> bool:
    if "org" not in discourse.classes(token) or not discourse.lexicon.has("generic_body", token.lemma):
        return False  # "the council" is no ministry that happens to have been named last
    names = " ".join(one.name for one in heard.arguments).lower().split()
    party = discourse.lexicon.has("party_noun", token.lemma)
    anybody = discourse.lexicon.has("any_body", token.lemma)
    return anybody or (any(one.id for one in heard.arguments) and party == ("party" in names))
