"""Two hundred runs of the whole nation with two workers, and what the second worker brings.

    python -m benchmarks.simulate_ensemble FOLDER MEMBERS WORKERS

Members are kept in a folder until all are there, so that a measurement that was stopped goes on; the seconds
of each sitting are added up. Parameters are drawn for every member, as users do.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rows import ROOT, Row
from benchmarks.simulate_world import PEOPLE, SEED, SHRUNK, WEEKS, alone, keep, kept, nation_of, row
from satrap.simulate import InitialState, simulate

_RUNS = max(200 // SHRUNK, 4)
_FEW = 4
_TIMES = 3
_FOLDER = ROOT / "build" / "bench-simulate"
_LIMIT = 20 * 60


def measure(folder: Path, members: int, workers: int) -> dict[str, float]:
    """Live the members that are not there yet; the seconds of all sittings so far."""
    clock = folder / "seconds.json"
    folder.mkdir(parents=True, exist_ok=True)
    before = float(json.loads(clock.read_text())) if clock.exists() else 0.0
    scenario = nation_of(PEOPLE, WEEKS, fixed=False)
    began = time.perf_counter()

    def count(_done: int, _all: int) -> None:
        clock.write_text(json.dumps(before + time.perf_counter() - began))

    initial = InitialState.from_scenario(scenario)
    simulate(
        scenario, initial, members, SEED, count, engine="individuals", keep=folder / "kept", workers=workers
    )
    return {"seconds": before + time.perf_counter() - began}


def run() -> None:
    """One worker and two by turns on a few members; then all."""
    pairs = []
    for _ in range(_TIMES):
        pair = []
        for workers in (1, 2):
            with tempfile.TemporaryDirectory(prefix="satrap-bench-") as name:
                found = alone("benchmarks.simulate_ensemble", name, _FEW, workers, threads=1)
                pair.append(found["seconds"])
        pairs.append(pair)
    whole = alone("benchmarks.simulate_ensemble", _FOLDER, _RUNS, 2, threads=1)
    keep("ensemble", {"pairs": pairs, "whole": whole["seconds"]})
    shutil.rmtree(_FOLDER)


def rows() -> list[Row]:
    found = kept("ensemble")
    if not found:
        return []
    gains = sorted(one / two for one, two in found["pairs"])
    return [
        row(found, "ensemble.seconds", found["whole"], _LIMIT, "s", _RUNS,
            f"{PEOPLE:,} residents × {WEEKS} weeks, parameters drawn, 2 workers, members kept as Parquet"),
        row(found, "ensemble.workers", statistics.median(gains), 1.9, "times", len(gains),
            f"{_FEW} members with one worker on one thread, over the same with two; starting them included",
            better="higher", spread=(gains[0], gains[-1])),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
