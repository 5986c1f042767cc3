"""Which of a sentence's times dates a predicate, and since or until when it then held."""

from collections.abc import Sequence
from dataclasses import replace

from satrap.claims import Horizon, When
from satrap.reading.dates import Dated
from satrap.reading.horizon import horizon
from satrap.reading.lexicon import Lexicon
from satrap.reading.scoping import first_conjunct, is_finite, path_up
from satrap.reading.tokens import Token

# Clauses that tell of another event than what they hang on.
_ELSEWHERE = frozenset({"relcl", "acl", "ccomp", "advcl", "csubj", "csubjpass", "parataxis"})
_SUBJECTS = ("nsubj", "nsubjpass")
# Times that, with the simple present, say how things usually are.
_GENERIC = frozenset(
    {"today", "the spring", "spring", "summer", "winter", "autumn", "the summer", "the winter"}
    | {
        f"{word} the {part}"
        for word in ("in", "during", "towards")
        for part in ("morning", "evening", "afternoon", "night")
    }
    | {"by noon", "at noon", "at midnight", "at dawn", "at dusk", "at nightfall", "by nightfall"}
)


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
        (distance, bounded)
        for one in dated
        if one.when is not None and not one.dateline
        if (bounded := _bounded(trigger, one, tokens, lexicon, published)) is not None
        if (distance := _distance(trigger, clause, bounded, tokens, lexicon, _is_ahead(one, published)))
        is not None
    ]
    return min(near, key=lambda pair: pair[0])[1].held(published) if near else None


def _bounded(
    trigger: Token, one: Dated, tokens: Sequence[Token], lexicon: Lexicon, published: When | None
) -> Dated | None:
    """A time with the bound that words further off make it: "since the lockdown of 1 April"; None where it
    cannot be when something was: a time to come, unless that is foretold.
    """
    token = _token(one, tokens)
    if token is None:
        return None
    if one.bound is None:
        for above in _up_to_verb(token):
            begins = above.lemma == "since" or any(mark.lemma == "since" for mark in above.kids("mark"))
            if begins and not trigger.within(above):
                one = replace(one, bound="since")
    ahead = _is_ahead(one, published)
    if ahead and horizon(trigger, "", "", lexicon) is not Horizon.FUTURE:
        return None if one.bound in {"until", "before", "by"} else one
    if ahead and one.bound is None and _sets_apart(_up_to_verb(token), lexicon):
        return replace(one, bound="by")  # "before the elections of next February": by then
    return one


def _is_ahead(one: Dated, published: When | None) -> bool:
    return published is not None and one.when is not None and one.when.earliest > published.latest


def _token(one: Dated, tokens: Sequence[Token]) -> Token | None:
    """The word of a time that the others of it hang on."""
    token = next((token for token in tokens if token.end > one.start), None)
    while token is not None and not token.is_root and one.start <= token.head.start < one.end:
        token = token.head
    return token


def _up_to_verb(token: Token) -> list[Token]:
    """The words over a time up to its verb, which is the last of them."""
    found = []
    for above in token.ancestors():
        found.append(above)
        if above.is_verb:
            break
    return found


def _distance(
    trigger: Token,
    clause: list[Token],
    one: Dated,
    tokens: Sequence[Token],
    lexicon: Lexicon,
    foretold: bool,
) -> int | None:
    """0 for a time of the predicate itself, more for one of a clause it is in, None for one of another."""
    token = _token(one, tokens)
    if token is None or _names_series(token):
        return None
    if _is_when(one, clause, tokens):
        return 0
    above = list(token.ancestors())
    verb = next((word for word in above if word.is_verb or word in clause), None)
    if verb is None:
        return None
    between = above[: above.index(verb)]
    if one.bound is None and _sets_apart(between[1:], lexicon):
        return None
    if _compares(between) or any(lexicon.has("account", word.lemma) for word in between):
        return None
    if one.bound == "since" and _opens_clause(verb) and not verb.is_root:
        verb = verb.head  # "since he arrived in August the price has climbed"
    if _recurs(verb, one):
        return None
    if verb is trigger:
        return 0
    if verb in clause:
        apart = one.bound is None and _sets_apart(clause[: clause.index(verb)], lexicon)
        joined = first_conjunct(trigger) is verb  # "dismissed one on Monday and praised another"
        told = not foretold and not joined and _tells(verb, lexicon)  # nobody has told it on a day to come
        return None if apart or told or _another_tense(trigger, verb) else 1
    if trigger in above:
        return 2 if _tells_of(trigger, verb, one) else None
    return 3 if _opens_for_both(token, verb, clause) else None


def _names_series(token: Token) -> bool:
    """ "The Sunday marches" are no events of last Sunday."""
    return token.dep in {"compound", "nmod"} and token.text.endswith("day") and token.head.tag == "NNS"


def _opens_clause(verb: Token) -> bool:
    return any(mark.lemma == "since" for mark in verb.kids("mark")) or verb.head.lemma == "since"


def _compares(between: Sequence[Token]) -> bool:
    """ "Half as many as in January", "more than last year", "the widest reshuffle since 2001"."""
    return any(
        (word.lemma in {"as", "than"} and not any(kid.lemma in {"of", "from"} for kid in word.kids("prep")))
        or (word.is_noun and any(kid.tag == "JJS" or kid.text.endswith("est") for kid in word.kids("amod")))
        or (word.lemma == "time" and any(kid.lemma in {"first", "last", "only"} for kid in word.kids("amod")))
        for word in between
    )


def _recurs(verb: Token, one: Dated) -> bool:
    """ "They come in spring", "today they call the tune": what recurs, or is so nowadays, has no date."""
    return verb.tag in {"VBP", "VBZ"} and not verb.kids("aux", "auxpass") and one.text.lower() in _GENERIC


def _another_tense(verb: Token, first: Token) -> bool:
    """ "The bureau lost eleven men in spring and can barely fill its shifts": the second is as of now."""
    if verb.dep != "conj" or first_conjunct(verb) is not first or not is_finite(verb):
        return False
    return _is_past(first) and not _is_past(verb)


def _is_past(verb: Token) -> bool:
    return verb.tag == "VBD" or any(aux.tag == "VBD" for aux in verb.kids("aux", "auxpass"))


def _tells_of(trigger: Token, verb: Token, one: Dated) -> bool:
    """Whether the time of a verb below a predicate is that of the predicate, too."""
    if verb.dep in {"relcl", "acl"} and verb.head is trigger and trigger.is_noun:
        return True  # "an order that was issued in January"
    if verb.dep == "ccomp" and verb.index < trigger.index:  # "the session closed on Friday: Kim was elected"
        return any(kid.text == ":" for kid in trigger.children if verb.index < kid.index < trigger.index)
    if verb.dep == "conj" and (subjects := verb.kids(*_SUBJECTS)):
        return all(one.lemma in {"that", "this", "it"} for one in subjects)  # "but that was in 2010"
    # "beat people caught with telephones more often since May": what began is no act of those caught
    began = one.bound == "since" and verb.dep == "acl"
    due = one.bound in {"by", "until", "before"} and verb.dep == "xcomp"  # "ordered to report by 3 May"
    return began or (verb.dep not in _ELSEWHERE and not due)


def _is_when(one: Dated, clause: list[Token], tokens: Sequence[Token]) -> bool:
    """ "The hunt began on 29 April, when the minister gave instructions": they were given that day."""
    behind = next((token for token in tokens if token.start >= one.end and token.text.isalnum()), None)
    return behind is not None and behind.tag == "WRB" and behind.head in clause


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    """ "Carry" may be what a newspaper does, "carry out" is not."""
    return lexicon.has("speech", " ".join([verb.lemma, *(kid.lemma for kid in verb.kids("prt"))]))


def _sets_apart(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "Renamed after the commission was abolished in June", "prior to the session of March"."""
    return any(lexicon.has("order_of_events", word.text.lower()) for word in words)


def _opens_for_both(token: Token, verb: Token, clause: list[Token]) -> bool:
    """ "On 15 February a court cut one sentence, and another released two": the date covers both clauses."""
    last = next((one for one in clause if one.is_verb), None)
    while last is not None and last.dep == "conj":
        last = last.head
        if last is verb:
            return any(token.index < subject.index for subject in verb.kids(*_SUBJECTS))
    return False
