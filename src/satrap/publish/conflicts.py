"""Claims that cannot both be true, or hardly: found by general rules over kinds, roles and time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from satrap.claims import Claim, Direction, Horizon, Polarity, RecordedClaim, family
from satrap.country import Pack
from satrap.protect.words import UNVERIFIED

RECENT = timedelta(days=60)
"""An undated claim about the past or present is taken to speak of the 60 days before its publication."""

SAME_PERIOD = timedelta(days=180)
"""Rival receivers of one institution's powers, and reversals of a fall, count within half a year."""

_FATAL = {"execution", "death"}
_FALL = {"dismissal", "demotion", "arrest", "exile"}
_RETURN = {"appearance", "appointment", "promotion", "rehabilitation"}


class Relation(StrEnum):
    """How two sides stand to each other."""

    EXCLUSIVE = "cannot both be true"
    REVERSED = "either the first was wrong or it was undone"
    RIVAL = "may each be part of the truth"


@dataclass(frozen=True)
class Side:
    """One of the stories told: what is said, and the ids of the claims that say it, oldest first."""

    label: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Two or more sides about one subject."""

    subject: str
    relation: Relation
    sides: tuple[Side, ...]
    latest: date

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(claim for side in self.sides for claim in side.claims)


@dataclass(frozen=True)
class _Said:
    """A claim with the days it may speak of."""

    recorded: RecordedClaim
    first: date
    last: date

    @property
    def claim(self) -> Claim:
        return self.recorded.claim

    @property
    def affirmed(self) -> bool:
        return self.claim.polarity is Polarity.AFFIRMED

    def overlaps(self, other: "_Said", within: timedelta = timedelta()) -> bool:
        return self.first <= other.last + within and other.first <= self.last + within


def find_conflicts(claims: Iterable[RecordedClaim], pack: Pack) -> list[Conflict]:
    """Every conflict among the claims about past and present; both sides are kept.

    What cannot both be true comes first, then the newest.

    Forecasts, rejected claims and explanations take no part; people count only where the pack names them.
    """
    said = [dated for one in claims if (dated := _dated(one)) is not None]
    rank = list(Relation)
    found = [*_fates(said, pack), *_directions(said, pack), *_receivers(said, pack)]
    return sorted(found, key=lambda one: (rank.index(one.relation), -one.latest.toordinal(), one.subject))


def _dated(recorded: RecordedClaim) -> _Said | None:
    claim, published = recorded.claim, recorded.published
    if claim.horizon is Horizon.FUTURE or claim.status == "rejected" or family(claim.kind) == "explanation":
        return None
    if claim.when:
        # What was told as past lies before its telling, however wide the window
        last = min(claim.when.latest, published) if published else claim.when.latest
        return _Said(recorded, claim.when.earliest, max(last, claim.when.earliest))
    return _Said(recorded, published - RECENT, published) if published else None


def _fates(said: Sequence[_Said], pack: Pack) -> Iterator[Conflict]:
    """What is told about one person: alive after death, returned soon after a fall, affirmed and denied."""
    by_person: dict[str, list[_Said]] = {}
    for one in said:
        if family(one.claim.kind) == "personnel":
            for who in one.claim.arguments("person"):
                if who.id is not None and who.id in pack.people:
                    by_person.setdefault(who.id, []).append(one)
    for person_id, events in by_person.items():
        person = pack.person(person_id)
        name = person.name + ("" if person.verified else UNVERIFIED)
        affirmed = [one for one in events if one.affirmed]
        deaths = [one for one in affirmed if one.claim.kind in _FATAL]
        alive = [
            one
            for one in affirmed
            if one.claim.kind not in _FATAL and any(one.first > death.last for death in deaths)
        ]
        if deaths and alive:
            yield _conflict(name, Relation.EXCLUSIVE, {"died": deaths, "alive later": alive})
        yield from _reversals(name, affirmed, deaths)
        yield from _denials(name, events)


def _reversals(name: str, affirmed: Sequence[_Said], deaths: Sequence[_Said]) -> Iterator[Conflict]:
    falls = [one for one in affirmed if one.claim.kind in _FALL]
    back = [one for one in affirmed if one.claim.kind in _RETURN]
    pairs = [
        (fall, later)
        for fall in falls
        for later in back
        if fall.last < later.first <= fall.last + SAME_PERIOD
        or (
            later.claim.kind == "appearance"
            and fall.claim.kind in {"arrest", "exile"}
            and fall.last < later.first
        )
    ]
    if pairs and not deaths:
        yield _conflict(
            name,
            Relation.REVERSED,
            {
                _kinds(fall for fall, _ in pairs): [fall for fall, _ in pairs],
                f"later {_kinds(later for _, later in pairs)}": [later for _, later in pairs],
            },
        )


def _denials(name: str, events: Sequence[_Said]) -> Iterator[Conflict]:
    for kind in dict.fromkeys(one.claim.kind for one in events):
        pairs = [
            (yes, no)
            for yes in events
            for no in events
            if yes.claim.kind == no.claim.kind == kind
            and yes.affirmed
            and not no.affirmed
            and yes.overlaps(no)
        ]
        if pairs:
            yield _conflict(
                name,
                Relation.EXCLUSIVE,
                {kind: [yes for yes, _ in pairs], f"no {kind}": [no for _, no in pairs]},
            )


def _directions(said: Sequence[_Said], pack: Pack) -> Iterator[Conflict]:
    """Authority or capacity of one office said to rise and to fall at the same time."""
    by_office: dict[tuple[str, str, str | None], list[tuple[Direction, _Said]]] = {}
    for one in said:
        direction = one.claim.direction
        if one.claim.kind in {"authority", "capacity"} and direction in {Direction.UP, Direction.DOWN}:
            if not one.affirmed:
                continue  # "did not fall" is no claim that it rose
            for institution in _shares(one.claim, ("holder",), pack):
                for place in one.claim.places or (None,):
                    by_office.setdefault((one.claim.kind, institution, place), []).append((direction, one))
    for (kind, institution, place), told in by_office.items():
        up = [one for direction, one in told if direction is Direction.UP]
        down = [one for direction, one in told if direction is Direction.DOWN]
        clashing = [(a, b) for a in up for b in down if a.overlaps(b) and a.recorded.id != b.recorded.id]
        if clashing:
            where = f", {pack.place(place).name}" if place in pack.places and place is not None else ""
            yield _conflict(
                f"{pack.institution(institution).name}{where}",
                Relation.EXCLUSIVE,
                {f"{kind} rose": [a for a, _ in clashing], f"{kind} fell": [b for _, b in clashing]},
            )


def _receivers(said: Sequence[_Said], pack: Pack) -> Iterator[Conflict]:
    """What one institution lost, said to have gone to different receivers in the same period."""
    by_giver: dict[str, list[tuple[frozenset[str], _Said]]] = {}
    for one in said:
        if one.claim.kind == "transfer" and one.affirmed:
            receivers = frozenset(_shares(one.claim, ("to",), pack))
            for giver in _shares(one.claim, ("from",), pack):
                if receivers and giver not in receivers:
                    by_giver.setdefault(giver, []).append((receivers, one))
    for giver, told in by_giver.items():
        rivals: dict[frozenset[str], list[_Said]] = {}
        for (one_to, one), (other_to, other) in combinations(told, 2):
            if not one_to & other_to and one.overlaps(other, SAME_PERIOD):
                rivals.setdefault(one_to, []).append(one)
                rivals.setdefault(other_to, []).append(other)
        if rivals:
            yield _conflict(
                f"Powers of the {pack.institution(giver).name}",
                Relation.RIVAL,
                {
                    "to the " + " and the ".join(sorted(pack.institution(each).name for each in to)): of
                    for to, of in rivals.items()
                },
            )


def _shares(claim: Claim, roles: tuple[str, ...], pack: Pack) -> tuple[str, ...]:
    """The share institutions that the claim's arguments stand for, each once."""
    found: list[str] = []
    for argument in claim.arguments(*roles):
        if argument.id is not None and argument.id in pack.groups:
            found += pack.shares_of_group(argument.id)
        elif (
            argument.id is not None
            and argument.id in pack.institutions
            and (share := pack.share_institution(argument.id))
        ):
            found.append(share)
    return tuple(dict.fromkeys(found))


def _kinds(said: Iterable[_Said]) -> str:
    return " or ".join(dict.fromkeys(one.claim.kind for one in said))


def _conflict(subject: str, relation: Relation, sides: Mapping[str, Sequence[_Said]]) -> Conflict:
    made = []
    for label, said in sides.items():
        # Among equals by their words: ids are made of what is never published
        oldest_first = sorted(said, key=lambda one: (one.last, one.claim.quote.exact, one.recorded.id))
        made.append(Side(label, tuple(dict.fromkeys(one.recorded.id for one in oldest_first))))
    return Conflict(subject, relation, tuple(made), max(one.last for of in sides.values() for one in of))
