"""Two processes write at once: every entry of both is there, in an order that holds, without gaps."""

import os
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reliability.workload import Noted, counted

from satrap.ledger import Ledger
from satrap.ledger import writing as writes

EACH = counted(1000, 150)  # reports of each writer
WRITER = """
import sys
from pathlib import Path
from satrap.ledger import Ledger
from satrap.reports import Report
from tests.ledger.conftest import claims_of

where, name, count = sys.argv[1:]
ledger = Ledger.open(Path(where) if "://" not in where else where, author=name)
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(count)):
    source = Report(text=f"Report {n} that {name} read.", publisher="Daily NK")
    ledger.record(source, claims_of(source, 2), reader="rules", version="1")
    if n % 5 == 0:
        ledger.annotate(source.hash, f"note {n}")
    print(ledger._tree.size, ledger._tree.root.hex(), flush=True)
"""


def written_by_two(where: Path | str) -> list[list[str]]:
    """What each of two writers said: first that it was ready, then size and root after each report."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(where), name, str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(["src", "."])},
            text=True,
        )
        for name in ("kim", "lee")
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = []
    for one in started:
        out, errors = one.communicate(timeout=300)
        assert one.returncode == 0, errors
        said.append(out.splitlines())
    return said


def test_all_that_two_writers_wrote_is_there_in_one_order(where: Path | str, record_property: Noted) -> None:
    ledger = Ledger.create(where)
    said = written_by_two(where)
    assert ledger.verify().fault is None
    entries = list(ledger.entries())
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert [one.at for one in entries] == sorted(one.at for one in entries)
    for name, lines in zip(("kim", "lee"), said, strict=True):
        of = [one.body for one in entries if one.author == name]
        assert len(of) == EACH * 4 + -(-EACH // 5)
        reports = [body for body in of if b'"text":"Report' in body]
        wanted = [f'{{"publisher":"Daily NK","text":"Report {n} that {name} read."}}' for n in range(EACH)]
        assert [body.decode() for body in reports] == wanted, "each writer's own order is kept"
        assert all(ledger.had(int(size), root) for size, root in map(str.split, lines))
    authors = [one.author for one in entries[1:]]
    turns = sum(a != b for a, b in pairwise(authors))
    assert turns > 2, "they did not write at the same time"
    record_property("ledger.soak.writers.entries", len(entries))
    record_property("ledger.soak.writers.turns", turns)


def test_control_a_writer_that_trusts_what_it_last_saw_cannot_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without looking at the newest head inside its transaction, the second writer takes a number twice."""
    first = Ledger.create(tmp_path / "ledger.db")
    second = Ledger.open(tmp_path / "ledger.db")
    second.annotate("a", "so that it has seen the tree")
    stale = second.head
    first.annotate("b", "by the other")
    monkeypatch.setattr(writes, "last_head", lambda _: stale)
    with pytest.raises(Exception, match=r"append-only|UNIQUE"):
        second.annotate("c", "on top of what it saw")
    monkeypatch.undo()
    assert first.verify().fault is None
