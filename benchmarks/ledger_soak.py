"""The full counts of the tests in tests/reliability, and what came of them as rows of ledger.json.

    python -m benchmarks.ledger_soak     # SATRAP_SOAK=0.1 for a tenth of the counts

Rows are written whether the tests pass or not: those of tests that failed are missing, and one row says how
many failed.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.rows import ROOT, Row, show, suites, write

COMMAND = "make soak"
PREFIX = "ledger.soak."
BARS: dict[str, tuple[float | None, str, str, str]] = {
    "kills.sqlite": (
        1000,
        "higher",
        "kills",
        "kill -9 at any moment or call of init, read, import, decisions, "
        "search, backup, restore: nothing acknowledged lost, nothing twice",
    ),
    "kills.postgresql": (50, "higher", "kills", "kill -9 of the client while it decides"),
    "power.cuts": (
        10_000,
        "higher",
        "cuts",
        "WAL, synchronous=FULL; unsynced writes dropped, torn, reordered",
    ),
    "power.lost": (0, "lower", "cuts", "cuts that lost or corrupted what had been acknowledged"),
    "power.control_normal_lost": (1, "higher", "cuts", "control that must fail: synchronous=NORMAL loses"),
    "power.control_off_corrupt": (1, "higher", "cuts", "control that must fail: synchronous=OFF corrupts"),
    "faults.fullerror": (
        None,
        "higher",
        "calls",
        "ENOSPC at each call of a small write, once and from it on",
    ),
    "faults.ioerror": (None, "higher", "calls", "EIO at each call of a small write, once and from it on"),
    "writers.entries": (None, "higher", "entries", "of two processes at once, on each store"),
    "writers.turns": (None, "higher", "turns", "how often the two writers alternated"),
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
}


def main() -> None:
    environment = {"SATRAP_SOAK": "1"} | dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "tests/reliability",
                "-v",
                f"--junitxml={results}",
                *sys.argv[1:],
            ],
            cwd=ROOT,
            env=environment,
            check=False,
        )
        rows = found(ElementTree.parse(results).getroot(), environment["SATRAP_SOAK"])
    show(rows)
    before = [one for suite in suites() if suite.suite == "ledger" for one in suite.rows]
    print(write("ledger", [*(one for one in before if not one.id.startswith(PREFIX)), *rows]))
    sys.exit(done.returncode)


def found(results: ElementTree.Element, share: str) -> list[Row]:
    counted = Counter[str]()
    for one in results.iter("property"):
        counted[one.attrib["name"].removeprefix(PREFIX)] += int(one.attrib["value"])
    failed = [
        one
        for one in results.iter("testcase")
        if one.find("failure") is not None or one.find("error") is not None
    ]
    tests = sum(1 for _ in results.iter("testcase"))
    rows = [
        Row(
            id=f"{PREFIX}failed",
            value=len(failed),
            target=0,
            better="lower",
            unit="tests",
            n=tests,
            command=COMMAND,
            note=", ".join(one.attrib["name"] for one in failed),
        )
    ]
    for name, (target, better, unit, note) in BARS.items():
        if name in counted:
            rows.append(
                Row(
                    id=PREFIX + name,
                    value=counted[name],
                    target=target,
                    better=better,
                    unit=unit,
                    n=counted[name],
                    command=COMMAND,
                    note=note if share == "1" else f"{note}; at {share} of the full counts",
                )
            )
    caught = counted["mutations.file_found"] + counted["mutations.rows_found"]
    tried = caught + counted["mutations.file_missed"] + counted["mutations.rows_missed"]
    if tried:
        rows.append(
            Row(
                id=f"{PREFIX}mutations.caught",
                value=caught / tried,
                target=1,
                better="higher",
                unit="share",
                n=tried,
                command=COMMAND,
                note="of all random mutations that changed a row that can be read",
            )
        )
    return rows


if __name__ == "__main__":
    main()
