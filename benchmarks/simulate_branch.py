"""A hundred futures from the end of year 8 of 10, against as many whole runs.

python -m benchmarks.simulate_branch          # on its own, for a clean process
"""

import json
import time

from benchmarks.rows import Row
from benchmarks.simulate_world import PEOPLE, SHRUNK, WEEKS, alone, begun, keep, kept, nation_of, row, warm
from satrap.simulate import InitialState

_FUTURES = max(100 // SHRUNK, 3)
_YEAR_8 = 416  # weeks
_RERUNS = 3


def measure() -> dict[str, float]:
    """Seconds of all futures, and of a whole run (a few of them, between the futures)."""
    scenario = nation_of(PEOPLE, WEEKS)
    initial = InitialState.from_scenario(scenario)
    warm()
    past = begun(scenario)
    past.live(_YEAR_8)
    reruns, futures, used = [], 0.0, 0.0
    for seed in range(_FUTURES):
        began, before = time.perf_counter(), time.process_time()
        past.branch(scenario, initial, seed).live(WEEKS - _YEAR_8)
        futures += time.perf_counter() - began
        used += time.process_time() - before
        if seed % max(_FUTURES // _RERUNS, 1) == 0:
            began = time.perf_counter()
            begun(scenario).live(WEEKS)
            reruns.append(time.perf_counter() - began)
    return {
        "futures": futures,
        "processor": used,
        "rerun": sum(reruns) / len(reruns),
        "reruns": len(reruns),
    }


def run() -> None:
    keep("branch", alone("benchmarks.simulate_branch"))


def rows() -> list[Row]:
    found = kept("branch")
    if not found:
        return []
    share = found["futures"] / (found["rerun"] * _FUTURES)
    note = (
        f"{_FUTURES} futures of {PEOPLE:,} residents in {found['futures']:.0f} s; a run from the first day "
        f"takes {found['rerun']:.1f} s (mean of {found['reruns']}, by turns); 20% of the weeks are left"
    )
    return [row(found, "branch", share, 0.25, "share", _FUTURES, note)]


if __name__ == "__main__":
    print(json.dumps(measure()))
