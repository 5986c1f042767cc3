"""Which of a sentence's times dates a predicate, and since or until when it then held."""

from collections.abc import Sequence

from satrap.claims import When
from satrap.reading.dates import Dated
from satrap.reading.lexicon import Lexicon
from satrap.reading.scoping import path_up
from satrap.reading.tokens import Token

_ELSEWHERE = frozenset({"relcl", "acl", "ccomp"})  # clauses that tell of another event than what they hang on
_SUBJECTS = ("nsubj", "nsubjpass")


def when(
    trigger: Token,
    dated: Sequence[Dated],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    published: When | None,
) -> When | None:
    """The time that stands closest to a predicate by syntax, the first of equals; none of the telling."""
    clause = path_up(trigger)
    near = [
        (distance, one)
        for one in dated
        if one.when is not None and not one.dateline
        if (distance := _distance(trigger, clause, one, tokens, lexicon)) is not None
    ]
    return min(near, key=lambda pair: pair[0])[1].held(published) if near else None


def _distance(
    trigger: Token, clause: list[Token], one: Dated, tokens: Sequence[Token], lexicon: Lexicon
) -> int | None:
    """0 for a time of the predicate itself, more for one of a clause it is in, None for one of another."""
    token = next((token for token in tokens if token.end > one.start), None)
    if token is None:
        return None
    if _is_when(one, clause, tokens):
        return 0
    while not token.is_root and one.start <= token.head.start < one.end:
        token = token.head
    above = list(token.ancestors())
    verb = next((word for word in above if word.is_verb or word in clause), None)
    if verb is None:
        return None
    between = above[: above.index(verb)]
    if _sets_apart(between[1:], lexicon) or any(lexicon.has("account", word.lemma) for word in between):
        return None
    if verb is trigger:
        return 0
    if verb in clause:
        apart = _sets_apart(clause[: clause.index(verb)], lexicon)
        return None if apart or _tells(verb, lexicon) else 1
    if trigger in above:
        # "beat people caught with telephones more often since May": what began is no act of those caught
        began = one.bound == "since" and token.index > trigger.index
        other = verb.dep in _ELSEWHERE or _sets_apart(verb.kids("mark"), lexicon)
        return 2 if began or not other else None
    return 3 if _opens_for_both(token, verb, clause) else None


def _is_when(one: Dated, clause: list[Token], tokens: Sequence[Token]) -> bool:
    """ "The hunt began on 29 April, when the minister gave instructions": they were given that day."""
    behind = next((token for token in tokens if token.start >= one.end and token.text.isalnum()), None)
    return behind is not None and behind.tag == "WRB" and behind.head in clause


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    """ "Carry" may be what a newspaper does, "carry out" is not."""
    return lexicon.has("speech", " ".join([verb.lemma, *(kid.lemma for kid in verb.kids("prt"))]))


def _sets_apart(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "Renamed after the commission was abolished in June", "lost power since his removal in May"."""
    return any(lexicon.has("order_of_events", word.text.lower()) for word in words)


def _opens_for_both(token: Token, verb: Token, clause: list[Token]) -> bool:
    """ "On 15 February a court cut one sentence, and another released two": the date covers both clauses."""
    last = next((one for one in clause if one.is_verb), None)
    while last is not None and last.dep == "conj":
        last = last.head
        if last is verb:
            return any(token.index < subject.index for subject in verb.kids(*_SUBJECTS))
    return False
