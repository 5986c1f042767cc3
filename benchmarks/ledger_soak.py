"""The full counts of the tests in tests/reliability and of pairs, and what came of them in ledger.json.

    python -m benchmarks.ledger_soak     # SATRAP_SOAK=0.1 for a tenth of the counts
    python -m benchmarks.ledger_soak tests/reliability/test_power.py     # some of them

Two processes share the tests. What is done is kept in build/soak, by commit: interrupted, it goes on where it
was. Rows are written after every test, whether it passed or not; one row says how many failed.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from benchmarks.rows import ROOT, Row, commit, renew, show

COMMAND = "make soak"
PREFIX = "ledger.soak."
TESTS = ("tests/reliability", "tests/protect/test_pairs.py")
SHARE = float(os.environ.setdefault("SATRAP_SOAK", "1"))
PROCESSES = 2
os.environ.setdefault("SATRAP_PAIRS", f"{2000 * SHARE:.0f}")
BARS: dict[str, tuple[float | None, str, str, str]] = {
    "kills": (
        1000,
        "higher",
        "kills",
        "kill -9 at any moment or call of init, read, import, decisions, search, backup, restore on SQLite: "
        "nothing acknowledged lost, nothing twice",
    ),
    "kills.postgresql": (50, "higher", "kills", "kill -9 of the client while it decides"),
    "power_cuts": (
        10_000,
        "higher",
        "cuts",
        "WAL, synchronous=FULL; unsynced writes dropped, torn, reordered",
    ),
    "power_cuts.lost": (0, "lower", "cuts", "cuts that lost or corrupted what had been acknowledged"),
    "power_cuts.control_normal_lost": (
        1,
        "higher",
        "cuts",
        "of 1,000, control that must fail: synchronous=NORMAL loses",
    ),
    "power_cuts.control_off_corrupt": (
        1,
        "higher",
        "cuts",
        "of 1,000, control that must fail: synchronous=OFF corrupts",
    ),
    "faults.fullerror": (
        None,
        "higher",
        "calls",
        "ENOSPC at each call of a small write, once and from it on",
    ),
    "faults.ioerror": (None, "higher", "calls", "EIO at each call of a small write, once and from it on"),
    "writers.entries": (None, "higher", "entries", "of two processes at once, on each store"),
    "writers.turns": (None, "higher", "turns", "how often the two writers alternated"),
    "mutations": (100_000, "higher", "mutations", "random changes of the file's bytes, and by SQL of rows"),
    "mutations.file_found": (None, "higher", "mutations", "of the file's bytes, found by `satrap verify`"),
    "mutations.file_nothing_changed": (
        None,
        "lower",
        "mutations",
        "of the file's bytes, in space that nothing reads: every row as before, so not to be found",
    ),
    "mutations.rows_found": (None, "higher", "mutations", "by SQL, guards taken off, found"),
    "mutations.rows_nothing_changed": (None, "lower", "mutations", "by SQL, that left every row as it was"),
    "backup.live": (None, "higher", "backups", "taken under a live writer, restored to the same root"),
    "pairs": (
        2000,
        "higher",
        "pairs",
        "ledgers that differ only in what is sealed: every export the same, byte for byte",
    ),
    "pairs.gate": (None, "higher", "pairs", "the same of what passes the gate"),
    "pairs.brief": (None, "higher", "pairs", "the same of the brief"),
}

OF = {"power_cuts.lost": "power_cuts"} | dict.fromkeys(
    ("mutations.file_nothing_changed", "mutations.rows_nothing_changed"), "mutations"
)  # how many were tried, where few or none should be counted


class Done(msgspec.Struct):
    """A test that was run, with the figures that it noted."""

    test: str
    passed: bool
    seconds: float
    figures: dict[str, int]


class Soak:
    """A pytest plugin: runs every ``of``-th test that is not done yet and keeps what comes of it."""

    def __init__(self, number: int, of: int) -> None:
        self._number, self._of = number, of

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        before = {one.test for one in done()}
        items[:] = [one for one in items[self._number :: self._of] if one.nodeid not in before]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or (report.when != "call" and report.passed):
            return
        figures = {name.removeprefix(PREFIX): int(str(value)) for name, value in report.user_properties}
        keep(Done(report.nodeid, report.passed, report.duration, figures))
        rows = found(done())
        renew("ledger", rows)
        show([one for one in rows if one.id.removeprefix(PREFIX) in figures])
        print(
            f"{time.strftime('%H:%M:%S')} {report.outcome} in {report.duration:.0f} s: {report.nodeid}",
            flush=True,
        )


def main() -> None:
    if sys.argv[1:2] == ["--worker"]:
        sys.exit(pytest.main(sys.argv[3:], plugins=[Soak(int(sys.argv[2]), PROCESSES)]))
    if commit().endswith("+"):
        state().unlink(missing_ok=True)  # what was done by other code is not done
    asked = sys.argv[1:] or TESTS
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.ledger_soak", "--worker", str(number), *asked], cwd=ROOT
        )
        for number in range(PROCESSES)
    ]
    codes = [one.wait() for one in running]
    rows = found(done())
    show(rows)
    print(renew("ledger", rows))
    sys.exit(max(codes))


def state() -> Path:
    return ROOT / "build" / "soak" / f"{commit()}-{SHARE:g}.jsonl"


def done() -> list[Done]:
    if not state().exists():
        return []
    return [msgspec.json.decode(line, type=Done) for line in state().read_bytes().splitlines()]


def keep(one: Done) -> None:
    state().parent.mkdir(parents=True, exist_ok=True)
    with state().open("ab") as file:
        file.write(msgspec.json.encode(one) + b"\n")


def found(tests: list[Done]) -> list[Row]:
    counted = Counter[str]()
    for one in tests:
        counted.update(one.figures)
    failed = [one.test for one in tests if not one.passed]
    kinds = (
        "file_found",
        "file_nothing_changed",
        "file_missed",
        "rows_found",
        "rows_nothing_changed",
        "rows_missed",
    )
    if tried := sum(counted[f"mutations.{kind}"] for kind in kinds):
        counted["mutations"] = tried
    share = "" if SHARE == 1 else f"; {SHARE:g} of the full counts"
    rows = [
        Row(
            id=PREFIX + name,
            value=counted[name],
            target=target,
            better=better,
            unit=unit,
            n=counted[OF.get(name, name)],
            command=COMMAND,
            note=note + share,
        )
        for name, (target, better, unit, note) in BARS.items()
        if name in counted
    ]
    rows.append(
        Row(
            id=f"{PREFIX}failed",
            value=len(failed),
            target=0,
            better="lower",
            unit="tests",
            n=len(tests),
            command=COMMAND,
            note="; ".join([*failed, f"{sum(one.seconds for one in tests):.0f} s of tests"]) + share,
        )
    )
    caught = counted["mutations.file_found"] + counted["mutations.rows_found"]
    if changed := caught + counted["mutations.file_missed"] + counted["mutations.rows_missed"]:
        rows.append(
            Row(
                id=f"{PREFIX}mutations.caught",
                value=caught / changed,
                target=1,
                better="higher",
                unit="share",
                n=changed,
                command=COMMAND,
                note="of all random mutations that changed a row that can be read" + share,
            )
        )
    return rows


if __name__ == "__main__":
    main()
