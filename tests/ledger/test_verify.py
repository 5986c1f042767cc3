import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ledger.conftest import Recorder, claims_of, report

from satrap.ledger import Ledger

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture
def path(tmp_path: Path, ledger: Ledger, record: Recorder) -> Path:
    for n in range(3):
        source = report(f"Report {n} about the ministry.")
        record(source, claims_of(source, 2))
    return tmp_path / "ledger.db"


def unguarded(path: Path) -> sqlite3.Connection:
    """The file as someone sees it who takes the guards off first."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def test_an_untouched_ledger_holds_and_its_root_commits_to_all_of_it(path: Path, ledger: Ledger) -> None:
    verification = ledger.verify()
    assert verification.holds
    assert verification.entries == 1 + 3 * (1 + 2 + 1)
    assert verification.root == ledger.root


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda c: c.execute("UPDATE entry SET body = replace(body, 'ministry', 'x') WHERE seq = 2"), "2"),
        (lambda c: c.execute("UPDATE entry SET at = '2016-01-01' WHERE seq = 5"), "5"),
        (lambda c: c.execute("UPDATE entry SET author = 'someone' WHERE seq = 3"), "3"),
        (lambda c: c.execute("DELETE FROM entry WHERE seq = 13"), "13 is missing"),
        (lambda c: c.execute("DELETE FROM entry WHERE seq = 6"), "6 is missing"),
        (lambda c: c.execute("UPDATE entry SET seq = seq + 100 WHERE seq = 4"), "4 is missing"),
    ],
)
def test_tampering_is_found(path: Path, ledger: Ledger, tamper: Tamper, fault: str) -> None:
    connection = unguarded(path)
    tamper(connection)
    connection.commit()
    assert fault in (ledger.verify().fault or "")


def test_entries_in_another_order_are_found(path: Path, ledger: Ledger) -> None:
    connection = unguarded(path)
    connection.executescript(
        "UPDATE entry SET seq = -3 WHERE seq = 3; UPDATE entry SET seq = 3 WHERE seq = 4;"
        "UPDATE entry SET seq = 4 WHERE seq = -3;"
    )
    connection.commit()
    assert not ledger.verify().holds
