"""A hundred futures from the end of year 8 of 10, against as many whole runs.

python -m benchmarks.simulate_branch          # on its own, for a clean process
"""

import json
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.rows import Row
from benchmarks.simulate_world import PEOPLE, SHRUNK, WEEKS, alone, begun, keep, kept, nation_of, row, warm
from satrap.simulate import InitialState

_FUTURES = max(100 // SHRUNK, 3)
_YEAR_8 = 416  # weeks
_RERUNS = 3


def measure() -> dict[str, list[tuple[float, float]]]:
    """What each future costs, and a whole run (a few of them, between the futures)."""
    scenario = nation_of(PEOPLE, WEEKS)
    initial = InitialState.from_scenario(scenario)
    warm()
    past = begun(scenario)
    past.live(_YEAR_8)

    def future(seed: int) -> None:
        past.branch(scenario, initial, seed).live(WEEKS - _YEAR_8)

    futures, reruns = [], []
    for seed in range(_FUTURES):
        futures.append(_cost(partial(future, seed)))
        if seed % max(_FUTURES // _RERUNS, 1) == 0:
            reruns.append(_cost(lambda: begun(scenario).live(WEEKS)))
    return {"futures": futures, "reruns": reruns}


def _cost(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time and by the clock."""
    used, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - used, time.perf_counter() - clock


def run() -> None:
    keep("branch", alone("benchmarks.simulate_branch"))


def rows() -> list[Row]:
    found = kept("branch")
    if not found:
        return []
    futures, reruns = np.array(found["futures"]), np.array(found["reruns"])
    shares = futures.mean(axis=0) / reruns.mean(axis=0)
    note = (
        f"{PEOPLE:,} residents; {futures.sum(axis=0)[1]:.0f} s for all, where a run from the first day takes "
        f"{reruns.mean(axis=0)[1]:.1f} s (mean of {len(reruns)}, by turns); 20% of the weeks are left"
    )
    return [
        row(found, "branch", shares[0], 0.25, "share", len(futures), f"processor time; {note}"),
        row(found, "branch.clock", shares[1], 0.25, "share", len(futures), "by the clock, on two threads"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure()))
