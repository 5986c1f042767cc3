"""Whatever is changed in a ledger, in its file or by SQL, `satrap verify` finds it.

A change that leaves every readable row as it was (in space that no row uses, in counters of the file's head)
changes nothing that the ledger says: these are told apart and counted, never taken for found.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.reliability import mutations
from tests.reliability.again import Close, fast, shared_engines
from tests.reliability.workload import SOAK, Noted, counted, small_ledger

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger import record as records

PARTS = range(8 if SOAK else 1)  # of the same kind, so that a soak shows how far it is
IN_FILE = counted(60_000, 160) // len(PARTS)
IN_ROWS = counted(40_000, 96) // len(PARTS)


@cache
def content(reports: int) -> bytes:
    """A ledger's file, with the log copied back. Of 70 reports it has a tile."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        small_ledger(path, reports)._store.engine.dispose()
        assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]
        return path.read_bytes()


class Place(NamedTuple):
    """Where one ledger's file is put after another."""

    path: Path
    close: Close

    def put(self, content: bytes) -> None:
        """The file as if nothing else had ever stood beside it."""
        self.close()
        for beside in ("-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        self.path.write_bytes(content)

    def fault(self) -> str | None:
        """What `satrap verify` finds; its refusal to open counts, a fault of its own does not."""
        try:
            return Ledger.open(self.path).verify().fault
        except LedgerError as error:
            return str(error)

    def readable(self) -> mutations.Rows | None:
        self.close()
        return mutations.readable(self.path)


@pytest.fixture
def place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(dir=fast()) as folder, shared_engines() as close:
        yield Place(Path(folder) / "ledger.db", close)


def judged(place: Place, before: mutations.Rows | None) -> str:
    if place.fault() is not None:
        return "found"
    return "nothing changed" if place.readable() == before else "missed"


@pytest.mark.parametrize("part", PARTS)
def test_changes_of_the_file_are_found(part: int, place: Place, record_property: Noted) -> None:
    right = content(8)
    place.put(right)
    before = place.readable()
    assert before
    chance, missed = random.Random(f"file {part}"), list[str]()
    counts = Counter[str]()
    for at in range(IN_FILE):
        changed = right
        while changed == right:
            change = chance.choice(mutations.IN_FILE)
            changed = change(right, chance)
        place.put(changed)
        counts[outcome := judged(place, before)] += 1
        if outcome == "missed":
            missed.append(f"{at}: {change.__name__} {differing(right, changed)}")
    record_property("ledger.soak.mutations.file_found", counts["found"])
    record_property("ledger.soak.mutations.file_nothing_changed", counts["nothing changed"])
    record_property("ledger.soak.mutations.file_missed", len(missed))
    assert not missed, missed[:20]
    assert counts["found"] > counts["nothing changed"]


def differing(content: bytes, changed: bytes) -> str:
    """Where two files differ first."""
    at = next((at for at, (a, b) in enumerate(zip(content, changed, strict=False)) if a != b), len(changed))
    return f"from byte {at} (page {at // mutations.PAGE + 1})"


@pytest.mark.parametrize("part", PARTS)
def test_changes_of_the_rows_are_found(part: int, place: Place, record_property: Noted) -> None:
    before = {}
    for reports in (8, 70):
        place.put(content(reports))
        before[reports] = place.readable()
    chance, missed = random.Random(f"rows {part}"), list[str]()
    counts = Counter[str]()
    for at in range(IN_ROWS):
        reports = 8 if at % 10 else 70
        place.put(content(reports))
        told = mutations.in_rows(place.path, chance)
        counts[outcome := judged(place, before[reports])] += 1
        if outcome == "missed":
            missed.append(f"{at}: {told}")
    record_property("ledger.soak.mutations.rows_found", counts["found"])
    record_property("ledger.soak.mutations.rows_nothing_changed", counts["nothing changed"])
    record_property("ledger.soak.mutations.rows_missed", len(missed))
    assert not missed, missed[:20]
    assert counts["nothing changed"] <= 1 + IN_ROWS / 50


def test_control_a_verifier_that_trusts_the_hashes_kept_beside_entries_misses_some(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same changes, looked at by one that takes the kept hash for the entry's."""
    monkeypatch.setattr(records, "_checked", lambda rows, _first: [row[4] for row in rows])
    right = content(8)
    place.put(right)
    before = place.readable()
    assert before
    chance, missed = random.Random(20170616), list[str]()
    for _ in range(60):
        place.put(right)
        told = mutations.in_rows(place.path, chance)
        if judged(place, before) == "missed":
            missed.append(told)
    assert any("in entry" in one or "swap" in one for one in missed)
