"""Stories told about one subject that do not go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from satrap.accounts.said import Said


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
class Settled:
    """Which side (its place among the sides) held, and the claims that settle it."""

    side: int
    by: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Two or more sides about one subject; ``latest`` is the last day that any of the claims speaks of."""

    subject: str
    relation: Relation
    sides: tuple[Side, ...]
    latest: date
    settled: Settled | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(claim for side in self.sides for claim in side.claims)


def conflict(
    subject: str,
    relation: Relation,
    sides: Mapping[str, Sequence[Said]],
    settled: Settled | None = None,
) -> Conflict:
    """Sides by their labels."""
    made = tuple(Side(label, ids(said)) for label, said in sides.items())
    return Conflict(subject, relation, made, max(one.last for of in sides.values() for one in of), settled)


def ids(said: Iterable[Said]) -> tuple[str, ...]:
    """The claims' ids, oldest first, each once."""
    # Among equals by their words: ids are made of what is never published
    oldest_first = sorted(said, key=lambda one: (one.last, one.claim.quote.exact, one.recorded.id))
    return tuple(dict.fromkeys(one.recorded.id for one in oldest_first))


def kinds_of(said: Iterable[Said]) -> str:
    """ "dismissal or arrest"."""
    return " or ".join(dict.fromkeys(one.claim.kind for one in said))
