"""The whole nation, ten years of weeks: seconds, processor time and memory.

python -m benchmarks.simulate_full 25000000 520 2     # residents, weeks, threads
"""

import hashlib
import json
import resource
import statistics
import sys
import time

import numba

from benchmarks.rows import Row
from benchmarks.simulate_world import PEOPLE, WEEKS, alone, begun, keep, kept, nation_of, row, warm
from satrap.simulate.nation.meetings import COLUMNS

_TIMES = 5


def measure(people: int, weeks: int, threads: int) -> dict[str, float | str]:
    """One run, from the scenario to the last week; what has to be compiled is compiled before."""
    numba.set_num_threads(threads)
    warm()
    scenario = nation_of(people, weeks)
    clock, used = time.perf_counter(), time.process_time()
    one = begun(scenario)
    ready = time.process_time()
    lived = one.live(weeks)
    clock, used, ready = time.perf_counter() - clock, time.process_time() - used, ready - used
    met = int(lived.tally[..., COLUMNS.met].sum())
    digest = hashlib.sha256(lived.tally.data)
    for column in one.people:
        digest.update(column.data)
    return {
        "wall": clock,
        "processor": used,
        "ready": ready,
        "met": met,
        "taken_from": int(lived.tally[..., COLUMNS.taken_from].sum()),
        "residents": len(one.people.records),
        "bytes": sum(column.nbytes for column in one.people),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "digest": digest.hexdigest(),
    }


def run() -> None:
    """Several runs on two threads and one on one."""
    both = [alone("benchmarks.simulate_full", PEOPLE, WEEKS, 2) for _ in range(_TIMES)]
    single = alone("benchmarks.simulate_full", PEOPLE, WEEKS, 1, threads=1)
    keep("full", {"both": both, "single": single})


def rows() -> list[Row]:
    found = kept("full")
    if not found:
        return []
    both, single, first = found["both"], found["single"], found["both"][0]
    walls, used = sorted(one["wall"] for one in both), statistics.median(one["processor"] for one in both)
    n, met = len(both), first["met"]
    size = f"{first['residents']:,} residents × {WEEKS} weeks, {met:,} meetings, parameters at their medians"
    ready = statistics.median(one["ready"] for one in both)
    taken = first["taken_from"] / met
    digests = {one["digest"] for one in (*both, single)}
    return [
        row(found, "full.seconds", statistics.median(walls), 10, "s", n, f"2 threads; {size}",
            spread=(walls[0], walls[-1])),
        row(found, "full.processor", used, None, "s", n,
            f"of which {ready:.1f} s before the first week (offices, first day), in one thread"),
        row(found, "full.seconds.one_thread", single["wall"], None, "s", 1, "the same on one thread"),
        row(found, "full.meeting", 1e9 * (used - ready) / met, None, "ns", n,
            f"processor time of all weeks over meetings; in {taken:.0%} something is taken"),
        row(found, "full.memory.resident", first["bytes"] / first["residents"], 10, "B", 1,
            "state of residents and officials over residents"),
        row(found, "full.memory.peak", max(one["peak"] for one in both) / 1e9, 1, "GB", n,
            "the whole process, Python and results too"),
        row(found, "determinism.threads", float(len(digests) - 1), 0, "differences", n + 1,
            "people and all counts, on 1 and 2 threads, byte for byte"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:4]))))
