"""Whatever is changed in a ledger, in its file or by SQL, `satrap verify` finds it.

A change that leaves every readable row as it was (in space that no row uses, in counters of the file's head)
changes nothing that the ledger says: these are told apart and counted, never taken for found.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reliability import mutations
from tests.reliability.test_power import fast
from tests.reliability.workload import Noted, counted, small_ledger

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger import record as records

IN_FILE = counted(60_000, 150)
IN_ROWS = counted(40_000, 100)


@pytest.fixture(scope="module")
def content() -> bytes:
    """A ledger's file, with the log copied back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        small_ledger(path, 8)._store.engine.dispose()
        assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]
        return path.read_bytes()


@pytest.fixture
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=fast()) as folder:
        yield Path(folder) / "ledger.db"


def put(path: Path, content: bytes) -> None:
    """The file as if nothing else had ever stood beside it."""
    for beside in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.write_bytes(content)


def fault(path: Path) -> str | None:
    """What `satrap verify` finds; its refusal to open counts, a fault of its own does not."""
    try:
        ledger = Ledger.open(path)
    except LedgerError as error:
        return str(error)
    try:
        return ledger.verify().fault
    finally:
        ledger._store.engine.dispose()


def judged(path: Path, before: mutations.Rows, what: str, undetected: list[str]) -> str:
    if fault(path) is not None:
        return "found"
    if mutations.readable(path) == before:
        return "nothing changed"
    undetected.append(what)
    return "missed"


def test_changes_of_the_file_are_found(content: bytes, path: Path, record_property: Noted) -> None:
    put(path, content)
    before = mutations.readable(path)
    assert before
    chance, missed = random.Random(20170615), list[str]()
    counts = Counter[str]()
    for at in range(IN_FILE):
        change = chance.choice(mutations.IN_FILE)
        changed = change(content, chance)
        if changed == content:
            counts["same"] += 1
            continue
        put(path, changed)
        counts[judged(path, before, f"{at}: {change.__name__} {differing(content, changed)}", missed)] += 1
    record_property("ledger.soak.mutations.file_found", counts["found"])
    record_property("ledger.soak.mutations.file_nothing_changed", counts["nothing changed"])
    record_property("ledger.soak.mutations.file_missed", len(missed))
    assert not missed, missed[:20]
    assert counts["found"] > counts["nothing changed"]


def differing(content: bytes, changed: bytes) -> str:
    """Where two files differ first."""
    at = next((at for at, (a, b) in enumerate(zip(content, changed, strict=False)) if a != b), len(changed))
    return f"from byte {at} (page {at // mutations.PAGE + 1})"


def test_changes_of_the_rows_are_found(content: bytes, path: Path, record_property: Noted) -> None:
    put(path, content)
    before = mutations.readable(path)
    assert before
    chance, missed = random.Random(20170616), list[str]()
    counts = Counter[str]()
    for at in range(IN_ROWS):
        put(path, content)
        told = mutations.in_rows(path, chance)
        counts[judged(path, before, f"{at}: {told}", missed)] += 1
    record_property("ledger.soak.mutations.rows_found", counts["found"])
    record_property("ledger.soak.mutations.rows_nothing_changed", counts["nothing changed"])
    record_property("ledger.soak.mutations.rows_missed", len(missed))
    assert not missed, missed[:20]
    assert counts["nothing changed"] < IN_ROWS / 50


def test_control_a_verifier_that_trusts_the_hashes_kept_beside_entries_misses_some(
    content: bytes, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same changes, looked at by one that takes the kept hash for the entry's."""
    monkeypatch.setattr(records, "_checked", lambda rows, _first: [row[4] for row in rows])
    put(path, content)
    before = mutations.readable(path)
    assert before
    chance, missed = random.Random(20170616), list[str]()
    for at in range(60):
        put(path, content)
        judged(path, before, f"{at}: {mutations.in_rows(path, chance)}", missed)
    assert any("in entry" in one or "swap" in one for one in missed)
