"""What is written while processes die, power goes and disks fill: small, and the same every time."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.ledger.conftest import claims_of

from satrap.claims import Claim
from satrap.ledger import EntryKind, Ledger
from satrap.ledger.bodies import EstimatePublished
from satrap.reports import Report

SOAK = float(os.environ.get("SATRAP_SOAK", "0"))
"""Share of the full counts, as `make soak` sets it to 1; 0 for those that CI has time for."""

Head = tuple[int, str]  # size and root
Noted = Callable[[str, object], None]  # what pytest calls record_property: a figure of `make soak`


def counted(full: int, short: int) -> int:
    """How often to try: ``short`` in CI, its share of ``full`` in a soak."""
    return max(1, round(full * SOAK)) if SOAK else short


def sources(count: int) -> list[Report]:
    return [
        Report(text=f"Report {n} about the ministry that lost its cases.", publisher="Daily NK")
        for n in range(count)
    ]


def steps(count: int = 4) -> list[Callable[[Ledger], object]]:
    """Writes of every kind, each durable by itself when it returns."""
    told = sources(count)
    first = claims_of(told[0], 2)[0]
    made: list[Callable[[Ledger], object]] = [
        lambda ledger, source=source: ledger.record(source, claims_of(source, 3), reader="rules", version="1")  # type: ignore[misc]
        for source in told
    ]
    return [
        *made,
        lambda ledger: ledger.accept(first.id, "as it stands"),
        lambda ledger: ledger.correct(first.id, first.clone(places=("KP-05",)), "named before"),
        lambda ledger: ledger.record(told[1], claims_of(told[1], 2), reader="rules", version="2"),
        lambda ledger: ledger.reject(claims_of(told[2])[0].id, "no such thing"),
        lambda ledger: ledger.annotate(told[0].hash, "a note"),
        lambda ledger: ledger.join_stories({told[1].hash: (told[0].hash, "same words")}),
        lambda ledger: ledger.merge_entities("MSS", ["SSD"], "one body"),
        lambda ledger: ledger.unmerge_entities("MSS", ["SSD"], "two bodies"),
        lambda ledger: ledger.register(
            EntryKind.ESTIMATE_PUBLISHED, EstimatePublished(ledger.root, "model 1", "ab" * 32)
        ),
    ]


def clock() -> Callable[[], datetime]:
    """A second later at every look, from the same moment on."""
    moments = _moments()
    return lambda: next(moments)


def still() -> datetime:
    """Always the same moment: what is done in two goes has the root of what is done in one."""
    return datetime(2017, 6, 16, tzinfo=UTC)


def _moments() -> Iterator[datetime]:
    second = datetime(2017, 6, 16, tzinfo=UTC).timestamp()
    while True:
        yield datetime.fromtimestamp(second, UTC)
        second += 1


def head(ledger: Ledger) -> Head:
    found = ledger.head
    return found.size, found.root.hex()


def small_ledger(path: Path | str, count: int = 4) -> Ledger:
    """A ledger with every kind of entry in it."""
    ledger = Ledger.create(path, clock=clock())
    for step in steps(count):
        step(ledger)
    return ledger


def claims(count: int, source: Report) -> list[Claim]:
    return claims_of(source, count)
