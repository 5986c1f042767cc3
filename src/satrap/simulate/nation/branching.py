"""One past and many futures: a nation laid down in some week, and taken up again for each future."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from satrap.simulate.engine import Arrays, Fork, empty
from satrap.simulate.nation import checkpoint
from satrap.simulate.nation.members import write
from satrap.simulate.nation.nation import Nation, member_seed
from satrap.simulate.nation.pull import offices
from satrap.simulate.results import column, table
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState


def lay_past(
    past: Path, scenario: Scenario, initial: InitialState, seed: int, week: int, member: int
) -> None:
    """Live the member up to ``week`` and lay it down in ``past``, its results beside it; once."""
    if past.is_dir():
        return
    found = offices(scenario, initial, member, seed)
    nation = Nation.of(found, scenario, member, seed)
    arrays = empty(scenario, 1)
    write(
        nation.live(week), nation.ground, found, member, seed, {name: one[0] for name, one in arrays.items()}
    )
    past.parent.mkdir(parents=True, exist_ok=True)
    beside = _results(past).with_suffix(f".{os.getpid()}")
    table(scenario, member, {name: values[:, :week] for name, values in arrays.items()}).write_parquet(beside)
    beside.replace(_results(past))
    checkpoint.save(nation, past, scenario, initial)


def futures(
    scenario: Scenario,
    initial: InitialState,
    members: Sequence[int],
    seed: int,
    into: Arrays,
    *,
    past: Path,
) -> list[Happening]:
    """Futures number ``members`` of that past; as :func:`satrap.simulate.engine.run_block`."""
    so_far = pl.read_parquet(_results(past))
    log: list[Happening] = []
    for row, number in enumerate(members):
        before = checkpoint.resume(past, scenario, initial)
        fork = Fork(before.week, member_seed(seed, number))
        member = before.origin.member
        found = offices(scenario, initial, member, seed, fork)
        nation = before.forked(found, scenario, fork)
        rows = {name: values[row] for name, values in into.items()}
        for name, values in rows.items():
            values[: fork.week] = column(so_far, name, scenario, 1)[0]
        lived = nation.live(scenario.weeks - fork.week)
        write(lived, nation.ground, found, member, fork.seed, rows)
        log += [one._replace(member=number) for one in found.block.events.log]
    return log


def _results(past: Path) -> Path:
    return past.with_suffix(".parquet")
