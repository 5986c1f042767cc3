"""Many members of one scenario: the library's `simulate`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypedDict

from satrap.errors import ScenarioError
from satrap.simulate.engine import ENGINES, EQUATIONS, INDIVIDUALS, Arrays, empty, run_block
from satrap.simulate.executor import Executor, executor
from satrap.simulate.kept import Kept, Stored
from satrap.simulate.memory import shortage
from satrap.simulate.results import Held
from satrap.simulate.run import Run
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState

BLOCK = 32
"""Members stepped together: amortises Python, fits the cache; no result depends on it."""

Live = Callable[[Scenario, InitialState, Sequence[int], int, Arrays], list[Happening]]


class How(TypedDict, total=False):
    """How members are lived; see :func:`simulate`."""

    engine: str
    workers: int | Executor
    branch: Branch | None


class Branch(NamedTuple):
    """One past and many futures: the people of a member live up to `week`, and again and again from there."""

    week: int
    member: int = 0


def engine_named(name: str) -> Live:
    """The engine of that name. Those that follow people are compiled: loaded only where they are used."""
    if name == EQUATIONS:
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
    engine: str = EQUATIONS,
    keep: Path | None = None,
    workers: int | Executor = 1,
    branch: Branch | None = None,
) -> Run:
    """Run `runs` members of `scenario` from `initial`; the same arguments give the same bits.

    Member k uses draw k mod n_draws of `initial` and its own parameter draws. `progress(done, runs)` is
    called after every block. `engine` is one of `ENGINES`. With a folder to `keep` them in, members that are
    there are read and the others written as they are finished: an ensemble that was stopped goes on, and the
    run reads from there, so that it may be larger than memory. `workers` processes, or another executor,
    share the work; no bit depends on it. `branch` makes every member another future of one past.

    Raises ScenarioError if `runs` is not positive, `initial` lacks a place or institution of the scenario,
    the engine cannot run it, or it needs more memory than there is.
    """
    if runs < 1:
        raise ScenarioError(f"{runs} runs asked for", remedy="ask for one or more")
    if isinstance(workers, int):
        with executor(workers) as crew:
            return simulate(
                scenario, initial, runs, seed, progress, engine=engine, keep=keep, workers=crew, branch=branch
            )
    lacking = shortage(scenario, engine, workers.workers, held=0 if keep else runs)
    if lacking:
        raise ScenarioError(f"{scenario.id}: {lacking.problem}", remedy=lacking.remedy)
    start = initial.aligned(scenario)
    kept = Kept(keep, scenario, initial, seed, engine, branch or ()) if keep else None
    task = Task(_engine(scenario, start, seed, engine, branch, kept), scenario, start, seed, kept)
    missing = [one for one in range(runs) if kept is None or not kept.has(one)]
    done = runs - len(missing)
    if progress is not None and done:
        progress(done, runs)
    arrays = empty(scenario, runs if kept is None else 0)
    log: list[Happening] = []
    with closing(_lived(workers, task, missing, BLOCK if engine == EQUATIONS else 1)) as found:
        for lived in found:
            for name, values in lived.arrays.items():
                arrays[name][lived.members] = values
            log += lived.log
            done += len(lived.members)
            if progress is not None:
                progress(done, runs)
    results = Stored(kept, runs) if kept else Held(scenario, arrays, tuple(log))
    return Run(scenario=scenario, seed=seed, results=results)


class Lived(NamedTuple):
    """Members that are finished, and what they gave where it is not kept on disk."""

    members: list[int]
    arrays: Arrays
    log: list[Happening]


@dataclass(frozen=True)
class Task:
    """Lives some members and keeps them: what a worker is told."""

    live: Live
    scenario: Scenario
    start: InitialState
    seed: int
    kept: Kept | None

    def __call__(self, members: list[int]) -> Lived:
        arrays = empty(self.scenario, len(members))
        log = self.live(self.scenario, self.start, members, self.seed, arrays)
        if self.kept is None:
            return Lived(members, arrays, log)
        for row, member in enumerate(members):
            own = [one for one in log if one.member == member]
            self.kept.write(member, {name: values[row] for name, values in arrays.items()}, own)
        return Lived(members, {}, [])


def _lived(crew: Executor, task: Task, members: list[int], block: int) -> Generator[Lived, None, None]:
    yield from crew.map(task, [members[at : at + block] for at in range(0, len(members), block)])


def _engine(
    scenario: Scenario, start: InitialState, seed: int, engine: str, branch: Branch | None, kept: Kept | None
) -> Live:
    """The engine; for a branch, that of its futures, once its past is lived and laid down."""
    if branch is None:
        return engine_named(engine)
    if engine != INDIVIDUALS or kept is None:
        raise ScenarioError(
            "only people who are followed and kept on disk have futures to branch",
            remedy=f"use the engine {INDIVIDUALS}, and give a folder to `keep` them in",
        )
    if not 0 < branch.week < scenario.weeks:
        raise ScenarioError(
            f"a branch in week {branch.week} of {scenario.weeks}", remedy=f"choose 1 to {scenario.weeks - 1}"
        )
    branching = import_module("satrap.simulate.nation.branching")
    past = kept.folder / "past"
    branching.lay_past(past, scenario, start, seed, *branch)
    return partial(branching.futures, past=past)
