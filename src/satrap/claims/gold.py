"""Hand-coded claims: what a careful coder read in a text by the codebook, with the liberties it grants."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from satrap.claims.kinds import kinds
from satrap.claims.vocabulary import Certainty, Direction, Horizon, Polarity, SourceKind
from satrap.errors import ClaimError

Alternatives = frozenset[str]  # "A|B": either name is right


class GoldVoice(msgspec.Struct, frozen=True):
    """One link of a coded chain; ``place`` is a name, alternatives joined by ``|``."""

    kind: SourceKind
    place: str | None = None
    name: str | None = None


class _Row(msgspec.Struct):
    """A line of a gold file, as written."""

    claim: str
    start: int
    end: int
    quote: str
    kind: str
    roles: dict[str, Any]
    certainty: Certainty
    horizon: Horizon
    said_by: list[GoldVoice]
    report: str = ""
    direction: Direction | None = None
    polarity: Polarity = Polarity.AFFIRMED
    optional: bool = False
    when: str | None = None
    because: str | None = None


class GoldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One coded claim. ``roles`` holds, for each main role that is filled, the arguments it lists, and for
    each argument the names that are equally right. ``optional``: neither a miss nor a false alarm."""

    id: str
    report: str
    start: int
    end: int
    quote: str
    kind: str
    roles: dict[str, tuple[Alternatives, ...]]
    direction: Direction | None
    polarity: Polarity
    certainty: Certainty
    horizon: Horizon
    said_by: tuple[GoldVoice, ...]
    optional: bool
    when: str | None
    because: str | None


def read_gold(lines: Iterable[str], origin: str = "gold") -> Iterator[GoldClaim]:
    """Coded claims from JSON lines; raises ClaimError naming the line of the first fault."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=_Row)
        except msgspec.MsgspecError as fault:
            raise ClaimError(
                f"{origin}:{number}: {fault}", remedy="mend this line of the gold file"
            ) from None
        if row.kind not in kinds():
            raise ClaimError(
                f"{origin}:{number}: unknown kind {row.kind!r}", remedy=f"use one of {', '.join(kinds())}"
            )
        yield GoldClaim(
            id=row.claim,
            report=row.report,
            start=row.start,
            end=row.end,
            quote=row.quote,
            kind=row.kind,
            roles={
                role: filled for role in kinds()[row.kind].main if (filled := _arguments(row.roles.get(role)))
            },
            direction=row.direction,
            polarity=row.polarity,
            certainty=row.certainty,
            horizon=row.horizon,
            said_by=tuple(row.said_by),
            optional=row.optional,
            when=row.when,
            because=row.because,
        )


def _arguments(value: Any) -> tuple[Alternatives, ...]:
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    return tuple(frozenset(part.strip() for part in str(one).split("|")) for one in listed)
