"""Many members of one scenario: the library's `simulate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from satrap.errors import ScenarioError
from satrap.simulate.engine import Arrays, empty, run_block
from satrap.simulate.kept import Kept
from satrap.simulate.run import Run
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState

BLOCK = 32
"""Members stepped together: amortises Python, fits the cache; no result depends on it."""


Live = Callable[[Scenario, InitialState, Sequence[int], int, Arrays], list[Happening]]

ENGINES = ("equations", "individuals", "cohorts")
"""Provinces by the equations; every resident and official by themselves; counts of those who are alike."""


def engine_named(name: str) -> Live:
    """The engine of that name. Those that follow people are compiled: loaded only where they are used."""
    if name == "equations":
        return run_block
    if name not in ENGINES:
        raise ScenarioError(f"no engine {name!r}", remedy=f"use {' or '.join(ENGINES)}")
    live: Live = getattr(import_module("satrap.simulate.nation.members"), name)
    return live


def simulate(
    scenario: Scenario,
    initial: InitialState,
    runs: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    *,
    engine: str = "equations",
    keep: Path | None = None,
) -> Run:
    """Run `runs` members of `scenario` from `initial`; the same arguments give the same bits.

    Member k uses draw k mod n_draws of `initial` and its own parameter draws. `progress(done, runs)` is
    called after every block. `engine` is one of `ENGINES`. With a folder to `keep` them in, members that are
    there are read and the others written as they are finished: an ensemble that was stopped goes on. Raises
    ScenarioError if `runs` is not positive, `initial` lacks a place or institution of the scenario, or the
    engine cannot run it.
    """
    if runs < 1:
        raise ScenarioError(f"{runs} runs asked for", remedy="ask for one or more")
    live = engine_named(engine)
    start = initial.aligned(scenario)
    kept = Kept(keep, scenario, initial, seed, engine) if keep else None
    arrays = empty(scenario, runs)
    log: list[Happening] = []
    block = BLOCK if engine == "equations" else 1
    for first in range(0, runs, block):
        members = range(first, min(first + block, runs))
        log += _lived(live, scenario, start, members, seed, arrays, kept)
        if progress is not None:
            progress(members.stop, runs)
    return Run(scenario=scenario, seed=seed, log=tuple(sorted(log, key=lambda row: row[:3])), **arrays)


def _lived(
    live: Live,
    scenario: Scenario,
    start: InitialState,
    members: range,
    seed: int,
    arrays: Arrays,
    kept: Kept | None,
) -> list[Happening]:
    """The log of some members, their results in `arrays`: read where all are kept, else lived and kept."""
    if kept is not None:
        found = [kept.read(member, {n: v[member] for n, v in arrays.items()}) for member in members]
        if all(one is not None for one in found):
            return [happening for one in found if one for happening in one]
    rows = {name: values[members.start : members.stop] for name, values in arrays.items()}
    log = live(scenario, start, members, seed, rows)
    if kept is not None:
        for member in members:
            own = [one for one in log if one.member == member]
            kept.write(member, {name: values[member] for name, values in arrays.items()}, own)
    return log
