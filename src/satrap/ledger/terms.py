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
    found = {of_kind(claim.kind), of_source(claim.voice.kind), of_publisher(publisher)}
    for place in claim.places:
        found.update(_of_places(place))
    for role, arguments in claim.roles.items():
        for argument in arguments:
            if role == "person":
                found.add(of_person(argument.id or argument.name))
            elif argument.id:
                found.add(of_actor(argument.id))
                for place in argument.places or claim.places:
                    found.update(_of_offices(argument.id, place))
            for place in argument.places:
                found.update(_of_places(place))
    return found


def within(place: str) -> Iterator[str]:
    """A place and all that it lies in, by its code: KP-05-01 lies in KP-05, and that in KP."""
    at = len(place)
    while at > 0:
        yield place[:at]
        at = place.rfind("-", 0, at)


@lru_cache(maxsize=1 << 14)  # a ledger tells of the same places and offices again and again
def _of_places(place: str) -> tuple[str, ...]:
    return tuple(of_place(one) for one in within(place))


@lru_cache(maxsize=1 << 14)
def _of_offices(institution: str, place: str) -> tuple[str, ...]:
    return tuple(of_office(institution, one) for one in within(place))
