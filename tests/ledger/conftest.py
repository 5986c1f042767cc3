from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.ledger import postgres

from satrap.claims import Argument, Claim, Direction, Quote, Reading, Source, SourceKind, When
from satrap.ledger import Ledger
from satrap.reports import Report


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.time = datetime(2017, 6, 16, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, days: int) -> None:
        self.time += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


_databases = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new ledger may be made: what is tested with this holds on both stores."""
    if request.param == "sqlite":
        return tmp_path / "ledger.db"
    return postgres.new_database(request.getfixturevalue("postgresql"), f"ledger_{next(_databases)}")


@pytest.fixture
def ledger(where: Path | str, clock: Clock) -> Ledger:
    return Ledger.create(where, clock=clock)


def report(text: str = "The ministry lost its cases to the party.", published: str = "2017-06-15") -> Report:
    return Report(text=text, publisher="Daily NK", published=When.parse(published))


def claims_of(source: Report, count: int = 1, when: str | None = None) -> list[Claim]:
    """``count`` different claims of one report: its first 4, 5, … characters."""
    return [
        Claim(
            report=source.hash,
            quote=Quote.at(source.text, 0, 4 + n),
            kind="authority",
            roles={"holder": (Argument("Ministry of State Security", "MSS"),)},
            direction=Direction.DOWN,
            said_by=(Source(SourceKind.PUBLISHER, name=source.publisher),),
            reading=Reading("rules", "1", 1.0),
            when=When.parse(when) if when else None,
        )
        for n in range(count)
    ]


Recorder = Callable[[Report, list[Claim]], bool]


@pytest.fixture
def record(ledger: Ledger) -> Recorder:
    return lambda source, claims: ledger.record(source, claims, reader="rules", version="1")
