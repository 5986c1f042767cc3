"""Two hundred runs of the whole nation with two workers, what the second worker brings, and the same bits by
one and by two.

    python -m benchmarks.simulate_ensemble FOLDER MEMBERS WORKERS drawn     # or fixed: parameters

Members are kept in a folder until all are there, so that a measurement that was stopped goes on; the seconds
of each sitting are added up. Parameters are drawn for every member, as users do; held at their medians where
one worker is compared with two, so that all members cost the same.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.rows import ROOT, Row
from benchmarks.simulate_world import PEOPLE, SEED, SHRUNK, WEEKS, alone, keep, kept, nation_of, row
from satrap.simulate import InitialState, simulate
from satrap.simulate.engine import OFFICE, PLACE
from satrap.simulate.executor import executor

_RUNS = max(200 // SHRUNK, 4)
_FEW = 4
_MEMBERS = {"equations": 40, "individuals": 8, "cohorts": 8}  # of equations more than one block
_TIMES = 3
_FOLDER = ROOT / "build" / "bench-simulate"
_LIMIT = 20 * 60


def measure(folder: Path, members: int, workers: int, parameters: str) -> dict[str, float]:
    """Live the members that are not there yet; the seconds of all sittings, after workers have started."""
    clock = folder / "seconds.json"
    folder.mkdir(parents=True, exist_ok=True)
    before = float(json.loads(clock.read_text())) if clock.exists() else 0.0
    scenario = nation_of(PEOPLE, WEEKS, fixed=parameters == "fixed")
    initial = InitialState.from_scenario(scenario)

    def count(_done: int, _all: int) -> None:
        clock.write_text(json.dumps(before + time.perf_counter() - began))

    with executor(workers) as crew:
        live = partial(simulate, seed=SEED, engine="individuals", workers=crew)
        village = nation_of(20_000)
        live(village, InitialState.from_scenario(village), 2 * workers)  # starts the workers
        began = time.perf_counter()
        live(scenario, initial, members, progress=count, keep=folder / "kept")
    return {"seconds": before + time.perf_counter() - began}


def different() -> int:
    """Of three engines, those whose runs by one worker are not those by two."""
    scenario = nation_of(200_000 // SHRUNK, 104, fixed=False)
    off = dict.fromkeys(("savings", "hiding", "complaints"), False)
    alike = scenario.model_copy(update={"mechanisms": scenario.mechanisms.model_copy(update=off)})
    found = 0
    for engine, members in _MEMBERS.items():
        asked = alike if engine == "cohorts" else scenario
        initial = InitialState.from_scenario(asked)
        one, two = (
            simulate(asked, initial, members, SEED, engine=engine, workers=workers) for workers in (1, 2)
        )
        found += one.log != two.log or not all(
            np.array_equal(getattr(one, name), getattr(two, name)) for name in (*OFFICE, *PLACE)
        )
    return found


def run() -> None:
    """One worker and two by turns on a few members; then all."""
    pairs = []
    for _ in range(_TIMES):
        pair = []
        for workers in (1, 2):
            with tempfile.TemporaryDirectory(prefix="satrap-bench-") as name:
                found = alone("benchmarks.simulate_ensemble", name, _FEW, workers, "fixed", threads=1)
                pair.append(found["seconds"])
        pairs.append(pair)
    whole = alone("benchmarks.simulate_ensemble", _FOLDER, _RUNS, 2, "drawn", threads=1)
    keep("ensemble", {"pairs": pairs, "whole": whole["seconds"], "different": different()})
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
            f"{_FEW} members with one worker on one thread, over the same with two",
            better="higher", spread=(gains[0], gains[-1])),
        row(found, "determinism.workers", found["different"], 0, "engines", 3,
            "runs by 1 and 2 workers, bit for bit, by equations, individuals and cohorts"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])))
