"""Every resident met every week, against the memory's own speed.

    python -m benchmarks.simulate_sweep

The bound is a loop that reads every record, changes it and writes it back, over the same array in the same
run. The chance of a meeting is as near to one as its draws allow, so that the gaps between meetings, which
are what makes the engine fast, save nothing here.
"""

import json
import time
from typing import Any

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from benchmarks.peers.satrap_encounters import nation
from benchmarks.rows import Row
from benchmarks.simulate_peers import model
from benchmarks.simulate_world import PEOPLE, alone, keep, kept, row

_TIMES = 7
_ALWAYS = 1 - 2.0**-20


@njit(parallel=True)
def touch(records: NDArray[np.uint64]) -> None:
    """Read, change, write."""
    for one in prange(len(records)):
        records[one] += np.uint64(1)


def always(residents: int, weeks: int, counties: int) -> dict[str, Any]:
    """The encounter model where everybody is met and every official takes."""
    spec = model(residents, weeks, counties)
    takes = [[[True] * len(office) for office in county] for county in spec["takes"]]
    return {**spec, "meeting": _ALWAYS, "takes": takes}


def measure() -> dict[str, list[float]]:
    """Bytes of records a second, by turns."""
    people = PEOPLE // 200 * 200
    nation(always(2000, 1, 4), 0).live(1)  # compiles
    spec = always(people, _TIMES, 200)
    one, plain = nation(spec, 1), np.zeros(people, dtype=np.uint64)
    touch(plain)
    swept, bound = [], []
    for _ in range(_TIMES):
        began = time.perf_counter()
        touch(plain)
        bound.append(plain.nbytes / (time.perf_counter() - began))
        began = time.perf_counter()
        one.live(1)
        swept.append(one.people.records.nbytes / (time.perf_counter() - began))
    return {"swept": swept, "bound": bound}


def run() -> None:
    keep("sweep", alone("benchmarks.simulate_sweep"))


def rows() -> list[Row]:
    found = kept("sweep")
    if not found:
        return []
    shares = sorted(a / b for a, b in zip(found["swept"], found["bound"], strict=True))
    swept, bound = (float(np.median(found[name])) for name in ("swept", "bound"))
    note = (
        f"{swept / 1e9:.2f} of {bound / 1e9:.1f} GB of records a second on two threads, "
        f"{8e9 / swept:.1f} ns a resident: what a meeting asks of the processor, not memory, is the limit"
    )
    return [
        row(found, "sweep.bandwidth", float(np.median(shares)), 0.5, "share", len(shares), note,
            better="higher", spread=(shares[0], shares[-1]))
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure()))
