"""The disk fills up or fails at any call: the ledger says so in one line and can be used afterwards.

Every call that SQLite makes to its files while a small transaction is written fails once, and from it on.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from tests.ledger.conftest import claims_of
from tests.reliability.disk import Trouble, failing
from tests.reliability.workload import SOAK, Noted, head, small_ledger, sources

from satrap.errors import LedgerError
from satrap.ledger import Ledger

LATER = sources(9)[8]
FOREVER = 1_000_000  # calls
EVERY = 1 if SOAK else 8  # of how many calls one fails


def write(ledger: Ledger) -> object:
    return ledger.record(LATER, claims_of(LATER, 2), reader="rules", version="1")


@pytest.fixture
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "ledger.db"
    small_ledger(path, 3)._store.engine.dispose()
    return path


def calls_of(base: Path, folder: Path, act: Callable[[Path], object]) -> list[str]:
    """The calls that an act makes when nothing fails."""
    path = Path(shutil.copy(base, folder / "counted.db"))
    with failing() as trouble:
        act(path)
    return trouble.calls


def opened_and_written(path: Path) -> None:
    ledger = Ledger.open(path)
    write(ledger)
    ledger._store.engine.dispose()


def tried(trouble: Trouble, act: Callable[[], object]) -> bool:
    """Whether an act went well in spite of the trouble; only a LedgerError may come of it."""
    try:
        act()
    except LedgerError:
        return False
    finally:
        trouble.end()
    return True


@pytest.mark.parametrize("lasting", [1, FOREVER], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
def test_a_disk_that_fails_at_any_call_leaves_the_ledger_usable(
    error: type[apsw.Error], lasting: int, base: Path, tmp_path: Path, record_property: Noted
) -> None:
    promised = head(Ledger.open(base))
    refused = 0
    calls = calls_of(base, tmp_path, opened_and_written)
    for first in range(1, len(calls) + 1, EVERY):
        path = Path(shutil.copy(base, tmp_path / f"ledger-{first}.db"))
        with failing() as trouble:
            trouble.expect(first, lasting, error)
            went_well = tried(trouble, lambda path=path: opened_and_written(path))  # type: ignore[misc]
            refused += not went_well
            ledger = Ledger.open(path)
            if went_well:
                assert ledger.has_reading(LATER, reader="rules", version="1")
            write(ledger)
            check(ledger, promised)
            ledger._store.engine.dispose()
        check(Ledger.open(path), promised)
    assert refused > 3
    record_property(f"ledger.soak.faults.{error.__name__.lower()}", len(range(0, len(calls), EVERY)))


@pytest.mark.parametrize("lasting", [1, FOREVER], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
def test_so_does_an_open_handle(error: type[apsw.Error], lasting: int, base: Path, tmp_path: Path) -> None:
    """The same while the ledger stays open, as in a long-running process."""
    refused = 0
    first, done = 1 - EVERY, False
    while not done:
        first += EVERY
        path = Path(shutil.copy(base, tmp_path / f"ledger-{first}.db"))
        with failing() as trouble:
            ledger = Ledger.open(path)
            promised = head(ledger)
            trouble.expect(first, lasting, error)
            refused += not tried(trouble, lambda ledger=ledger: write(ledger))  # type: ignore[misc]
            done = len(trouble.calls) < first
            assert ledger.claims()
            write(ledger)
            check(ledger, promised)
            ledger._store.engine.dispose()
        check(Ledger.open(path), promised)
    assert first > 10
    assert refused > 3


def check(ledger: Ledger, promised: tuple[int, str]) -> None:
    """Nothing is lost, nothing is there twice, and it holds."""
    assert ledger.verify().fault is None
    assert ledger.had(*promised)
    recorded = [one for one in ledger.claims() if one.claim.report == LATER.hash]
    assert len(recorded) == 2
    entries = [one.kind.value for one in ledger.entries() if one.seq > promised[0]]
    assert entries == ["report added", "claim read", "claim read", "report read"]


def test_control_a_store_that_swallows_the_error_is_found_out(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that fails and is taken for done: what it acknowledged is not there."""
    from satrap.ledger import sqlite

    real = sqlite.Connection._end

    def careless(self: sqlite.Connection, statement: str) -> None:
        try:
            real(self, statement)
        except sqlite.Error:
            if self.apsw.in_transaction:
                real(self, "ROLLBACK")

    monkeypatch.setattr(sqlite.Connection, "_end", careless)
    lost = 0
    for first in range(1, 60, 4):
        path = Path(shutil.copy(base, tmp_path / f"ledger-{first}.db"))
        with failing() as trouble:
            ledger = Ledger.open(path)
            trouble.expect(first, 1, apsw.FullError)
            if tried(trouble, lambda ledger=ledger: write(ledger)):  # type: ignore[misc]
                lost += not ledger.has_reading(LATER, reader="rules", version="1")
            ledger._store.engine.dispose()
    assert lost
