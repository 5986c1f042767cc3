"""What a claim can be left out by: its sources, publishers, story, places and id."""

from collections.abc import Callable

from satrap.claims import RecordedClaim


def _sources(one: RecordedClaim) -> set[str]:
    """Kinds of voice in the chain, alone and with the place they speak from: "resident@KP-09". The publisher
    is one where nobody else speaks."""
    chain = one.claim.said_by[1:] or one.claim.said_by
    placed = {f"{link.kind.value}@{link.place}" for link in chain if link.place}
    return {link.kind.value for link in chain} | placed


def _publishers(one: RecordedClaim) -> set[str]:
    return {one.publisher, one.outlet} - {""}


def _places(one: RecordedClaim) -> set[str]:
    arguments = (argument for role in one.claim.roles.values() for argument in role)
    return {*one.claim.places, *(place for argument in arguments for place in argument.places)}


TRAITS: dict[str, Callable[[RecordedClaim], set[str]]] = {
    "source": _sources,
    "publisher": _publishers,
    "story": lambda one: {one.story},
    "place": _places,
    "claim": lambda one: {one.id},
}
