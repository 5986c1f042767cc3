"""Many members of one scenario: the library's `simulate`."""

from __future__ import annotations

from collections.abc import Callable

from satrap.errors import ScenarioError
from satrap.simulate.engine import empty, run_block
from satrap.simulate.run import Run
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState

BLOCK = 32
"""Members stepped together: amortises Python, fits the cache; no result depends on it."""


def simulate(
    scenario: Scenario,
    initial: InitialState,
    runs: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Run `runs` members of `scenario` from `initial`; the same arguments give the same bits.

    Member k uses draw k mod n_draws of `initial` and its own parameter draws. `progress(done, runs)` is
    called after every block. Raises ScenarioError if `runs` is not positive or `initial` lacks a place or
    institution of the scenario.
    """
    if runs < 1:
        raise ScenarioError(f"{runs} runs asked for", remedy="ask for one or more")
    start = initial.aligned(scenario)
    arrays = empty(scenario, runs)
    log: list[Happening] = []
    for first in range(0, runs, BLOCK):
        members = range(first, min(first + BLOCK, runs))
        rows = {name: values[first : members.stop] for name, values in arrays.items()}
        log += run_block(scenario, start, members, seed, rows)
        if progress is not None:
            progress(members.stop, runs)
    return Run(scenario=scenario, seed=seed, log=tuple(sorted(log, key=lambda row: row[:3])), **arrays)
