"""A backup holds the ledger of one moment, whoever writes meanwhile, and makes it again on either store."""

import os
import subprocess
import sys
import textwrap
from itertools import count
from pathlib import Path

import pytest
from tests.cli.test_main import run
from tests.ledger import postgres
from tests.reliability.workload import SOAK, Noted, counted, head, small_ledger, steps

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger.backup import Opening

_databases = count(1)


def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, store: str) -> Path | str:
    """Where a ledger may be made anew."""
    if store == "sqlite":
        return tmp_path / f"again-{next(_databases)}.db"
    return postgres.new_database(request.getfixturevalue("postgresql"), f"again_{next(_databases)}")


def everything(ledger: Ledger) -> object:
    """All that can be asked."""
    return (
        list(ledger.entries()),
        ledger.claims(),
        ledger.reports(),
        ledger.stories(),
        ledger.merges(),
        head(ledger),
    )


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_restored_ledger_is_the_one_that_was_backed_up(
    where: Path | str, to: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    ledger = small_ledger(where)
    ledger.backup(tmp_path / "backup")
    restored = Ledger.restore(elsewhere(request, tmp_path, to), tmp_path / "backup")
    assert everything(restored) == everything(ledger)
    assert restored.verify().fault is None
    for size in range(1, ledger.head.size + 1):
        assert restored.consistency(size) == ledger.consistency(size)


def test_a_restored_ledger_can_be_written_on(tmp_path: Path) -> None:
    ledger = small_ledger(tmp_path / "ledger.db")
    ledger.backup(tmp_path / "backup")
    restored = Ledger.restore(tmp_path / "again.db", tmp_path / "backup")
    restored.annotate("MSS", "after the restoration")
    assert restored.verify().fault is None
    assert restored.contains(ledger.root)


def test_many_batches_restore_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satrap.ledger.backup.BATCH", 5)
    ledger = small_ledger(tmp_path / "ledger.db")
    ledger.backup(tmp_path / "backup")
    restored = Ledger.restore(tmp_path / "again.db", tmp_path / "backup")
    assert everything(restored) == everything(ledger)
    assert restored.verify().fault is None


def test_a_damaged_backup_makes_no_ledger(tmp_path: Path) -> None:
    """Every line altered, dropped, doubled or swapped with the next, and every shorter file."""
    small_ledger(tmp_path / "ledger.db", 3).backup(tmp_path / "backup")
    lines = (tmp_path / "backup").read_bytes().splitlines(keepends=True)
    damaged = [lines[:n] for n in range(len(lines))]
    for n, line in enumerate(lines):
        damaged.append([*lines[:n], *lines[n + 1 :]])
        damaged.append([*lines[: n + 1], *lines[n:]])
        damaged.append([*lines[:n], *reversed(lines[n : n + 2]), *lines[n + 2 :]])
        middle = len(line) * 2 // 3
        damaged.append([*lines[:n], line[:middle] + b"7" + line[middle + 1 :], *lines[n + 1 :]])
    for n, some in enumerate([one for one in damaged if one != lines][:: 1 if SOAK else 4]):
        (tmp_path / "damaged").write_bytes(b"".join(some))
        where = tmp_path / f"again-{n}.db"
        with pytest.raises(LedgerError):
            Ledger.restore(where, tmp_path / "damaged")
        with pytest.raises(LedgerError):
            Ledger.open(where)


def test_nothing_is_overwritten_by_a_restoration(tmp_path: Path) -> None:
    ledger = small_ledger(tmp_path / "ledger.db")
    ledger.backup(tmp_path / "backup")
    before = everything(ledger)
    with pytest.raises(LedgerError, match="exists already"):
        Ledger.restore(tmp_path / "ledger.db", tmp_path / "backup")
    assert everything(Ledger.open(tmp_path / "ledger.db")) == before


def test_only_its_owner_may_read_a_backup_and_a_failed_one_leaves_the_last(tmp_path: Path) -> None:
    ledger = small_ledger(tmp_path / "ledger.db")
    ledger.backup(tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    good = (tmp_path / "backup").read_bytes()
    with ledger._store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql("UPDATE entry SET author = 'someone' WHERE seq = 3")
    with pytest.raises(LedgerError, match="altered"):
        ledger.backup(tmp_path / "backup")
    assert (tmp_path / "backup").read_bytes() == good
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == ["backup"]


WRITER = """
import sys
from pathlib import Path
from tests.reliability.workload import claims, sources
from satrap.ledger import Ledger

where = sys.argv[1]
ledger = Ledger.open(Path(where) if "://" not in where else where)
for source in sources(int(sys.argv[2])):
    ledger.record(source, claims(3, source), reader="rules", version="1")
    print(*(ledger.head.size, ledger.root), flush=True)
"""


def test_backups_under_a_live_writer_are_of_roots_that_the_ledger_had(
    where: Path | str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    record_property: Noted,
) -> None:
    ledger = Ledger.create(where)
    reports = counted(2000, 60)
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(where), str(reports)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["src", "."])},
        text=True,
    )
    assert writer.stdout
    taken: list[tuple[Path, Opening]] = []
    for line in writer.stdout:  # at the speed of the writer
        if len(taken) <= 20 and int(line.split()[0]) % 3 == 0:
            path = tmp_path / f"backup-{len(taken)}"
            taken.append((path, ledger.backup(path)))
    assert writer.wait() == 0
    sizes = {opening.entries for _, opening in taken}
    assert len(sizes) > 3, "the backups were not taken while it wrote"
    for path, opening in taken:
        assert ledger.had(opening.entries, opening.root)
        restored = Ledger.restore(elsewhere(request, tmp_path, "sqlite"), path)
        assert head(restored) == (opening.entries, opening.root)
        assert restored.verify().fault is None
    record_property("ledger.soak.backup.live", len(taken))


def test_the_commands_do_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "project"
    assert run("init", str(project), "--country", "kp") == 0
    ledger = Ledger.open(project / "ledger.db")
    for step in steps():
        step(ledger)
    root, copy = ledger.root, str(tmp_path / "copy.jsonl")
    assert run("backup", copy, "-C", str(project)) == 0
    assert root in capsys.readouterr().out
    assert run("restore", copy, "-C", str(project)) == 1
    assert "exists already" in capsys.readouterr().err
    (project / "ledger.db").unlink()
    assert run("restore", copy, "-C", str(project)) == 0
    assert root in capsys.readouterr().out
    assert run("verify", "-C", str(project)) == 0
    assert run("restore", copy, "-C", str(project), "--to", str(tmp_path / "third.db"), "--json") == 0
    assert root in capsys.readouterr().out
    assert run("restore", str(tmp_path / "nowhere"), "-C", str(project), "--to", str(tmp_path / "4.db")) == 1
