"""What is told about one person: alive after death, in office after a fall, affirmed and denied."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from satrap.accounts.conflict import Conflict, Relation, Settled, conflict, ids, kinds_of
from satrap.accounts.said import Said, meeting
from satrap.accounts.seats import seat_of
from satrap.claims import Certainty, family
from satrap.country import Pack
from satrap.protect.words import UNVERIFIED

SAME_PERIOD = timedelta(days=180)
"""Reversals of a fall count within half a year: later ones are a career."""

FATAL = {"execution", "death"}
_FALL = {"dismissal", "demotion", "arrest", "exile"}
_RETURN = {"appearance", "appointment", "promotion", "rehabilitation"}


def fates(said: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """Conflicts about each person whom the pack names."""
    for person, events in by_person(said, pack).items():
        name = name_of(person, pack)
        affirmed = [one for one in events if one.affirmed]
        deaths = [one for one in affirmed if one.claim.kind in FATAL]
        seen = _seen_alive(events)
        yield from _resurrections(name, affirmed, deaths, seen)
        yield from _still_in_office(name, affirmed, pack)
        yield from _reversals(name, affirmed, deaths, pack)
        yield from _denials(name, events, seen)


def by_person(said: Iterable[Said], pack: Pack) -> dict[str, list[Said]]:
    """Claims about what became of people, by the person's id."""
    found: dict[str, list[Said]] = {}
    for one in said:
        if family(one.claim.kind) == "personnel":
            for who in dict.fromkeys(argument.id for argument in one.claim.arguments("person")):
                if who is not None and who in pack.people:
                    found.setdefault(who, []).append(one)
    return found


def name_of(person: str, pack: Pack) -> str:
    known = pack.person(person)
    return known.name + ("" if known.verified else UNVERIFIED)


def refuted(said: Sequence[Said], pack: Pack) -> set[str]:
    """Ids of the claims of somebody's death that a later appearance settles: also of those without a date
    that retell such a death, in a report that tells of the appearance."""
    found: set[str] = set()
    for events in by_person(said, pack).values():
        seen = _seen_alive(events)
        deaths = [one for one in events if one.claim.kind in FATAL and one.affirmed]
        wrong = [death for death in deaths if _after([death], seen)]
        knowing = {judge.claim.report for death in wrong for judge in _after([death], seen)}
        retold = [death for death in deaths if death.claim.when is None and death.claim.report in knowing]
        found.update(one.recorded.id for one in (*wrong, *retold))
    return found


def _seen_alive(events: Sequence[Said]) -> list[Said]:
    """Appearances that settle whether somebody had died by then: told without a hedge, denied by nobody."""
    denied = [one for one in events if one.claim.kind == "appearance" and not one.affirmed]
    seen = [
        one
        for one in events
        if one.claim.kind == "appearance" and one.affirmed and one.claim.certainty is Certainty.STATED
    ]
    disputed = {one.recorded.id for one in meeting(seen, denied)}
    return [one for one in seen if one.recorded.id not in disputed]


def _after(deaths: Sequence[Said], seen: Sequence[Said]) -> list[Said]:
    """The appearances by which every one of the deaths had not happened; none where one is not refuted."""
    if not seen or not deaths or max(one.first for one in seen) <= max(death.last for death in deaths):
        return []
    first = min(death.last for death in deaths)
    return [one for one in seen if one.first > first]


def _resurrections(
    name: str, affirmed: Sequence[Said], deaths: Sequence[Said], seen: Sequence[Said]
) -> Iterator[Conflict]:
    alive = [one for one in affirmed if one.claim.kind not in FATAL]
    if not deaths:
        return
    first = min(death.last for death in deaths)
    later = [one for one in alive if one.first > first]
    last = max((one.first for one in later), default=first)
    died = [death for death in deaths if death.last < last]
    if died:
        judges = _after(died, seen)
        settled = Settled(1, ids(judges)) if judges else None
        yield conflict(name, Relation.EXCLUSIVE, {"died": died, "alive later": later}, settled)


def _still_in_office(name: str, affirmed: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """Seen in the post that one was dismissed from, without having been appointed again."""
    pairs = [(fall, later) for fall in affirmed for later in affirmed if _stayed(fall, later, affirmed, pack)]
    if pairs:
        yield conflict(
            name,
            Relation.EXCLUSIVE,
            {"dismissed": [fall for fall, _ in pairs], "in office later": [later for _, later in pairs]},
        )


def _stayed(fall: Said, later: Said, affirmed: Sequence[Said], pack: Pack) -> bool:
    if fall.claim.kind != "dismissal" or later.claim.kind != "appearance":
        return False
    if not fall.last < later.first <= fall.last + SAME_PERIOD:
        return False
    seat = seat_of(fall.claim, pack)
    if seat is None or seat_of(later.claim, pack) != seat:
        return False
    return not any(
        one.claim.kind in {"appointment", "rehabilitation"} and fall.first <= one.last <= later.last
        for one in affirmed
    )


def _reversals(name: str, affirmed: Sequence[Said], deaths: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    falls = [one for one in affirmed if one.claim.kind in _FALL]
    back = [one for one in affirmed if one.claim.kind in _RETURN]
    pairs = [
        (fall, later)
        for fall in falls
        for later in back
        if not _stayed(fall, later, affirmed, pack)
        and (
            fall.last < later.first <= fall.last + SAME_PERIOD
            or (
                later.claim.kind == "appearance"
                and fall.claim.kind in {"arrest", "exile"}
                and fall.last < later.first
            )
        )
    ]
    if pairs and not deaths:
        fell, returned = [fall for fall, _ in pairs], [later for _, later in pairs]
        sides = {kinds_of(fell): fell, f"later {kinds_of(returned)}": returned}
        yield conflict(name, Relation.REVERSED, sides)


def _denials(name: str, events: Sequence[Said], seen: Sequence[Said]) -> Iterator[Conflict]:
    for kind in dict.fromkeys(one.claim.kind for one in events):
        told = [one for one in events if one.claim.kind == kind]
        denied = [one for one in told if not one.affirmed]
        if affirmed := meeting([one for one in told if one.affirmed], denied):
            judges = _after(affirmed, seen) if kind in FATAL else []
            sides = {kind: affirmed, f"no {kind}": meeting(denied, affirmed)}
            settled = Settled(1, ids(judges)) if judges else None
            yield conflict(name, Relation.EXCLUSIVE, sides, settled)
