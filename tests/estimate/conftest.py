"""Claims to estimate from, written as briefly as a test needs them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from satrap.claims import (
    Argument,
    Claim,
    Direction,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
)
from satrap.country import Pack, load_pack

START, END = date(2017, 1, 2), date(2017, 12, 31)

Recorder = Callable[..., RecordedClaim]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("kp")


@pytest.fixture
def say() -> Recorder:
    """``say("authority", "down", holder="MSS")``: one claim, in a report of its own unless told otherwise."""
    numbers = count()

    def record(
        kind: str,
        direction: str | None = None,
        *,
        story: str | None = None,
        report: str | None = None,
        published: date | None = date(2017, 6, 15),
        known_at: datetime | None = None,
        publisher: str = "Daily NK",
        outlet: str = "Daily NK",
        voice: Source | None = None,
        tiers: tuple[Any, ...] = (),
        score: float = 1.0,
        claim: dict[str, Any] | None = None,
        **roles: str,
    ) -> RecordedClaim:
        number = next(numbers)
        chain = (
            Source(SourceKind.PUBLISHER, name=publisher),
            voice or Source(SourceKind.INSIDE_SOURCE, place="KP-05"),
        )
        filled: dict[str, tuple[Argument, ...]] = {
            role.rstrip("_"): (Argument(entity, entity, tiers=tiers),) for role, entity in roles.items()
        }
        made = Claim(
            report=report or f"report {number}",
            quote=Quote(f"words {number}", number, number + 1, "", ""),
            kind=kind,
            said_by=chain,
            reading=Reading("test", "1", score),
            direction=None if direction is None else Direction(direction),
            roles=filled,
            **(claim or {}),
        )
        return RecordedClaim(
            made.id,
            made,
            publisher,
            outlet,
            published,
            story or made.report,
            known_at or datetime(2017, 7, 1, tzinfo=UTC),
        )

    return record
