"""What common random numbers save: the variance of an intervention's effect over seeds, against that of the
same effect when the two scenarios are simulated by seeds of their own.

The effect is the mean national burden from the first event on, with the intervention less without. Parameters
are drawn for every member, as `satrap simulate --compare` does; and, in rows of their own, held at their
medians, so that what varies is chance alone. An intervention has chance of its own (how much of it arrives
where), which no other scenario can share.
"""

from contextlib import closing
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row
from benchmarks.simulate_world import SEED, SHRUNK, keep, kept, nation_of, row
from satrap.simulate import InitialState, bundled, load_scenario, simulate
from satrap.simulate.executor import Processes

PEOPLE = 200_000
_MEMBERS = {"equations": max(512 // SHRUNK, 8), "individuals": max(64 // SHRUNK, 8)}
_BAR = 30


def interventions() -> dict[str, str]:
    """Shipped scenarios that change another, with that other."""
    names = sorted(bundled())
    return {name: base for name in names for base in names if name != base and name.startswith(f"{base}-")}


@cache
def burdens(crew: Processes, name: str, engine: str, seed: int, fixed: bool) -> NDArray[np.float64]:
    """(members,): the mean national burden since the week of the base's first event."""
    own = load_scenario(name)
    scenario = nation_of(PEOPLE, own.weeks, name, fixed=fixed)
    first = load_scenario(interventions().get(name, name)).shock_week() or 0
    initial = InitialState.from_scenario(scenario)
    run = simulate(scenario, initial, _MEMBERS[engine], seed, engine=engine, workers=crew)
    return np.asarray(run.series("burden")[:, first:].mean(axis=1))


def ratios(crew: Processes, name: str, base: str, engine: str, *, fixed: bool) -> dict[str, float]:
    """Variance of the effect by seeds of their own over that by common ones, with its 90% interval."""
    with_it, without = (burdens(crew, one, engine, SEED, fixed) for one in (name, base))
    elsewhere = burdens(crew, base, engine, SEED + 1, fixed)

    def ratio(rows: NDArray[np.int64]) -> float:
        common = np.var((with_it - without)[rows], ddof=1)
        return float(np.var((with_it - elsewhere)[rows], ddof=1) / max(common, np.finfo(float).tiny))

    chance, n = np.random.default_rng(SEED), len(with_it)
    again = [ratio(chance.integers(n, size=n)) for _ in range(400)]
    low, high = np.quantile(again, [0.05, 0.95]).tolist()
    effect = float((with_it - without).mean())
    return {"ratio": ratio(np.arange(n)), "low": low, "high": high, "effect": effect, "n": n}


def run() -> None:
    """All interventions by equations and by individuals."""
    with closing(Processes(2)) as crew:
        found = {
            f"{engine}.{name}": {
                way: ratios(crew, name, base, engine, fixed=way == "fixed") for way in ("drawn", "fixed")
            }
            for engine in _MEMBERS
            for name, base in interventions().items()
        }
    keep("crn", found)


def rows() -> list[Row]:
    found = kept("crn")
    made = []
    for name in found.keys() - {"load"}:
        for way, of in (("drawn", ""), ("fixed", ".chance")):
            one = found[name][way]
            note = "parameters drawn" if way == "drawn" else "parameters at their medians"
            made.append(
                row(found, f"crn.{name}{of}", one["ratio"], _BAR, "times", one["n"],
                    f"{note}; effect {one['effect']:+.2%} of spending; 90% interval by resampling members",
                    better="higher", spread=(one["low"], one["high"]))
            )  # fmt: skip
    return sorted(made, key=lambda one: one.id)
