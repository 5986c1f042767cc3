import re
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.ledger.conftest import Clock, Recorder, claims_of, report

from satrap.ledger import Ledger
from satrap.ledger.store import Store
from satrap.ledger.verify import verify


class Intruder:
    """Someone who may write to the database itself, guards or not."""

    def __init__(self, where: Path | str) -> None:
        self._engine = Store(where).engine

    def run(self, *statements: str) -> None:
        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            for statement in statements:
                connection.execute(text(statement))

    def run_unguarded(self, *statements: str) -> None:
        """Take the guards off, do it, and put them on again."""
        if self._engine.dialect.name == "postgresql":
            tables = ("entry", "head", "report", "claim_version")
            off = [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in tables]
            on = [statement.replace("DISABLE", "ENABLE") for statement in off]
        else:
            with self._engine.connect() as connection:
                asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                guards = connection.execute(asked).all()
            off = ["PRAGMA defer_foreign_keys=ON", *(f"DROP TRIGGER {guard.name}" for guard in guards)]
            on = [guard.sql for guard in guards]
        self.run(*off, *statements, *on)


@pytest.fixture
def intruder(where: Path | str, ledger: Ledger, record: Recorder, clock: Clock) -> Intruder:
    """On a ledger of 1 + 3·(1 + 2 + 1) + 2 entries in six writes."""
    sources = [report(f"Report {n} about the ministry.") for n in range(3)]
    for source in sources:
        record(source, claims_of(source, 2))
        clock.advance(days=1)
    ledger.accept(claims_of(sources[0])[0].id)
    ledger.join_stories({sources[1].hash: (sources[0].hash, "same words")})
    return Intruder(where)


def test_an_untouched_ledger_holds_and_its_root_commits_to_all_of_it(
    ledger: Ledger, intruder: Intruder
) -> None:
    verification = ledger.verify()
    assert verification.fault is None
    assert verification.entries == 1 + 3 * (1 + 2 + 1) + 2
    assert verification.root == ledger.root


@pytest.mark.parametrize("change", ["UPDATE entry SET author = 'x'", "DELETE FROM entry", "DELETE FROM head"])
def test_the_database_refuses_changes_of_the_record(intruder: Intruder, change: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        intruder.run(change)


def test_sqlite_refuses_a_replacement_too(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger.db")
    with pytest.raises(Exception, match="append-only"):
        Intruder(tmp_path / "ledger.db").run("INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE entry SET body = body || CAST(' ' AS {blob}) WHERE seq = 2", "entry 2 .*was altered"),
        ("UPDATE entry SET at = '2016-01-01' WHERE seq = 5", "entry 5 .* was altered"),
        ("UPDATE entry SET author = 'someone' WHERE seq = 3", "entry 3 .* was altered"),
        ("UPDATE entry SET kind = 'note added' WHERE seq = 4", "entry 4 .* was altered"),
        (
            "UPDATE entry SET hash = (SELECT hash FROM entry WHERE seq = 1) WHERE seq = 4",
            "entry 4 .* was altered",
        ),
        ("DELETE FROM event; DELETE FROM entry WHERE seq = 14", "entry 14 is missing"),
        ("DELETE FROM head WHERE size = 5", "head of write 2 is missing"),
        ("DELETE FROM head WHERE size = 15", "entry 15 stands beyond the last head"),
        ("UPDATE head SET at = '2016-01-01' WHERE size = 9", "is of before the one before it"),
        ("UPDATE head SET at = '2017-06-17T12' WHERE size = 9", "its time differs from its last entry's"),
        ("UPDATE head SET root = (SELECT root FROM head WHERE size = 5) WHERE size = 9", "head of 9 entries"),
        (
            "INSERT INTO tile VALUES (1, 0, (SELECT hash FROM entry WHERE seq = 1))",
            "tile 0 of level 1 does not stand over the 15 entries",
        ),
        ("INSERT INTO tile SELECT -1, 0, hash FROM entry WHERE seq = 1", "tile 0 of level -1 does not stand"),
        ("INSERT INTO tile SELECT 1, -1, hash FROM entry WHERE seq = 1", "tile -1 of level 1 does not stand"),
        ("INSERT INTO head SELECT 0, 1, root, at FROM head WHERE size = 1", "head of write 1 was altered"),
        ("INSERT INTO head SELECT 6, 3, root, at FROM head WHERE size = 5", "head of write 4 is missing"),
        (
            "INSERT INTO entry SELECT -3, kind, at, author, hash, body FROM entry WHERE seq = 1",
            "entry -3 stands beyond",
        ),
        ("UPDATE claim_version SET status = 'accepted' WHERE claim = 7", r"table claim_version .*claim 7"),
        (
            "UPDATE claim_version SET earliest = '1999-01-01' WHERE claim = 7",
            r"table claim_version .*claim 7",
        ),
        ("UPDATE claim_version SET known_until = NULL WHERE claim = 3", r"table claim_version .*claim 3"),
        ("DELETE FROM posting WHERE claim = 8", r"table posting .*claim 8"),
        ("DELETE FROM story", "table story differs"),
        ("UPDATE report SET publisher = 'x' WHERE seq = 2", r"table report .*seq 2"),
        ("DELETE FROM event WHERE seq = 14", r"table event .*seq 14"),
        ("INSERT INTO merge (entity, known_from, known_as) VALUES ('a', 1, 'b')", "table merge differs"),
    ],
)
def test_tampering_is_found_and_named(
    ledger: Ledger, intruder: Intruder, where: Path | str, change: str, fault: str
) -> None:
    blob = "BLOB" if isinstance(where, Path) else "bytea"
    intruder.run_unguarded(*change.format(blob=blob).split("; "))
    verification = ledger.verify()
    assert re.search(fault, verification.fault or ""), verification.fault


def test_entries_in_another_order_are_found(ledger: Ledger, intruder: Intruder) -> None:
    intruder.run_unguarded(
        "UPDATE entry SET seq = -7 WHERE seq = 7",
        "UPDATE entry SET seq = 7 WHERE seq = 8",
        "UPDATE entry SET seq = 8 WHERE seq = -7",
    )
    assert "entry 7" in (ledger.verify().fault or "")


def test_a_missing_guard_is_a_fault(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger.db")
    Intruder(tmp_path / "ledger.db").run("DROP TRIGGER entry_no_update")
    assert "guard entry_no_update" in (ledger.verify().fault or "")


def test_a_page_overwritten_on_disk_is_found(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.create(path)
    for n in range(50):
        source = report(f"Report {n} about the ministry.")
        ledger.record(source, claims_of(source, 2), reader="rules", version="1")
    del ledger
    size = path.stat().st_size
    for page in range(2, size // 4096, 7):
        damaged = tmp_path / "damaged.db"
        content = bytearray(path.read_bytes())
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
        damaged.write_bytes(content)
        assert not verify(Store(damaged)).holds, f"page {page}"


def test_the_record_alone_can_be_checked(ledger: Ledger, intruder: Intruder) -> None:
    intruder.run_unguarded("DELETE FROM story")
    assert ledger.verify(tables=False).holds
    assert not ledger.verify().holds


def test_several_processes_find_what_one_finds(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.create(path, clock=clock)
    for n in range(150):
        source = report(f"Report {n} about the ministry.")
        ledger.record(source, claims_of(source, 3), reader="rules", version="1")
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr("satrap.ledger.verify.ALONE", 300)
    monkeypatch.setattr("satrap.ledger.verify.TAKEN", 256)
    assert ledger.verify(tables=False).holds
    Intruder(path).run_unguarded("UPDATE entry SET author = 'someone' WHERE seq = 700")
    assert "entry 700 " in (ledger.verify(tables=False).fault or "")
    Intruder(path).run_unguarded("UPDATE entry SET author = 'someone' WHERE seq = 7")
    assert "entry 7 " in (ledger.verify(tables=False).fault or "")
