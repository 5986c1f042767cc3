"""Two people said to lead one institution at the same time."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from satrap.accounts.conflict import Conflict, Relation, conflict
from satrap.accounts.fates import by_person, name_of
from satrap.accounts.said import Said
from satrap.accounts.seats import Seat, seat_of
from satrap.country import Pack

NARROW = timedelta(days=62)
"""Within a wider window, two heads may have followed each other."""

HOLDING = {"appointment", "promotion", "rehabilitation", "appearance"}
LEAVING = {"dismissal", "demotion", "arrest", "exile", "execution", "death"}


def rival_heads(said: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """Different people said to hold one leading post in overlapping windows, while neither is said to have
    left it then."""
    people = by_person((one for one in said if one.affirmed), pack)
    holding: dict[Seat, dict[str, list[Said]]] = {}
    for person, events in people.items():
        for one in events:
            seat = seat_of(one.claim, pack)
            narrow = one.last - one.first <= NARROW
            if one.claim.kind in HOLDING and narrow and seat is not None and seat.is_single(pack):
                holding.setdefault(seat, {}).setdefault(person, []).append(one)
    for seat, of in holding.items():
        rivals = {
            name_of(person, pack): rival
            for person, told in of.items()
            if (rival := [one for one in told if _contested(one, person, of, people)])
        }
        if rivals:
            yield conflict(seat.title(pack), Relation.EXCLUSIVE, rivals)


def _contested(one: Said, person: str, of: dict[str, list[Said]], people: dict[str, list[Said]]) -> bool:
    return any(
        one.overlaps(other) and not _left(person, one, other, people) and not _left(rival, one, other, people)
        for rival, told in of.items()
        if rival != person
        for other in told
    )


def _left(person: str, one: Said, other: Said, people: dict[str, list[Said]]) -> bool:
    """Whether somebody is said to have fallen about when the two are said to hold the post."""
    return any(
        fall.claim.kind in LEAVING and (fall.overlaps(one) or fall.overlaps(other)) for fall in people[person]
    )
