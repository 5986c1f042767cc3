"""What a claim is found by: terms such as ``kind:dismissal``, ``place:KP-05`` or ``office:MSS@KP-05``.

Each term leads to its claims in the order they were recorded, so that any filter is a walk along one list
and a look into the others.
"""

from collections.abc import Iterator
from functools import lru_cache

from satrap.claims import Claim


def of_kind(kind: str) -> str:
    return f"kind:{kind}"


def of_source(kind: str) -> str:
    return f"source:{kind}"


def of_publisher(name: str) -> str:
    return f"publisher:{name}"


def of_actor(id: str) -> str:
    """An institution, a post or a group of people in any role but that of the person concerned."""
    return f"actor:{id}"


def of_person(id: str) -> str:
    return f"person:{id}"


def of_place(id: str) -> str:
    """A place or anything within it."""
    return f"place:{id}"


def of_office(institution: str, place: str) -> str:
    return f"office:{institution}@{place}"


def terms(claim: Claim, publisher: str) -> set[str]:
    """Every term that leads to this claim. Text of a report's own gets in only as a person's name."""
    found = {*_of_telling(claim.kind, claim.voice.kind, publisher), *_of_places(claim.places)}
    for role, arguments in claim.roles.items():
        for argument in arguments:
            if role == "person":
                found.add(of_person(argument.id or argument.name))
            elif argument.id:
                found.update(_of_body(argument.id, argument.places or claim.places))
            if argument.places:
                found.update(_of_places(argument.places))
    return found


def within(place: str) -> Iterator[str]:
    """A place and all that it lies in, by its code: KP-05-01 lies in KP-05, and that in KP."""
    at = len(place)
    while at > 0:
        yield place[:at]
        at = place.rfind("-", 0, at)


# a ledger tells of the same kinds, places and offices again and again


@lru_cache(maxsize=1 << 14)
def _of_telling(kind: str, source: str, publisher: str) -> tuple[str, ...]:
    return of_kind(kind), of_source(source), of_publisher(publisher)


@lru_cache(maxsize=1 << 14)
def _of_places(places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(of_place(one) for place in places for one in within(place))


@lru_cache(maxsize=1 << 14)
def _of_body(institution: str, places: tuple[str, ...]) -> tuple[str, ...]:
    return of_actor(institution), *(of_office(institution, one) for place in places for one in within(place))
