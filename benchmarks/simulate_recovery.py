"""Simulated worlds, told as reports, estimated from the claims: is the truth within the bands it gives?

    python -m benchmarks.simulate_recovery

Each world is a member of the 2017 scenario in four provinces over two years, with its own parameters and its
own start. The estimator is right about the noise of voices and words, and about what a story is; it is wrong about
how authority moves: it expects a random walk, and gets one that returns, with jumps at transfers and falls.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import FIGURES, Row, renew, show, write
from satrap.country import load_pack
from satrap.estimate import Estimate, estimate
from satrap.rehearsal import court, recorded
from satrap.simulate import InitialState, Run, Scenario, load_scenario, simulate
from satrap.simulate.telling import Reporting, tellings

Array = NDArray[np.float64]

COMMAND = "python -m benchmarks.simulate_recovery"
PLACES = ("KP-02", "KP-05", "KP-09", "KP-10")
WEEKS, WORLDS, SEED = 104, 20, 1
LAG, EVERY = 26, 13  # weeks of a change, and from one that is looked at to the next
BANDS = (0.5, 0.8, 0.9)
START_SD = 0.3  # by how much provinces differ at the start, log-ratio: judgement


@dataclass(frozen=True)
class Hits:
    """Of one world: ranks of the truth among posterior draws, in (0, 1), and half-widths of 80% bands."""

    levels: Array
    changes: Array
    width: Array
    shock: Array
    """Whether each of `changes` spans the transfer."""

    def covered(self, ranks: Array, band: float) -> float:
        return float((np.abs(ranks - 0.5) <= band / 2).mean())


def scenario() -> Scenario:
    """The 2017 case in four provinces, told of alike often."""
    whole = load_scenario("kp-2017")
    places = tuple(
        one.model_copy(update={"coverage": 1 / len(PLACES)}) for one in whole.places if one.id in PLACES
    )
    return whole.model_copy(update={"places": places, "weeks": WEEKS})


def world(case: Scenario, worlds: int) -> Run:
    """Members with their own parameters and starts."""
    base = InitialState.from_scenario(case)
    spread = START_SD * np.random.default_rng(SEED).standard_normal((worlds, *base.log_ratios.shape[1:]))
    return simulate(
        case, InitialState(base.places, base.institutions, base.log_ratios + spread), worlds, SEED
    )


def estimated(run: Run, member: int, reporting: Reporting, *, stories: bool) -> Estimate:
    case = run.scenario
    claims = recorded(tellings(run, member, reporting, SEED), stories=stories)
    end = run.dates[-1] + timedelta(days=6)
    return estimate(claims, court(load_pack("kp"), case), start=case.start, end=end, seed=SEED)


def hits(run: Run, member: int, found: Estimate) -> Hits:
    """Where the truth lies among the draws of the shares, at weeks and places apart."""
    order = [found.offices.places.index(place) for place in run.places]
    columns = [found.offices.institutions.index(one) for one in run.institutions]
    draws = found.surfaces[:, order][..., columns].astype(np.float64)
    draws = np.exp(draws - draws.max(axis=-1, keepdims=True))
    draws = (draws / draws.sum(axis=-1, keepdims=True)).transpose(0, 2, 1, 3)
    truth = run.share[member].astype(np.float64)
    weeks = np.arange(LAG, len(truth), EVERY)
    moved, true_moved = draws[:, weeks] - draws[:, weeks - LAG], truth[weeks] - truth[weeks - LAG]
    low, high = np.quantile(moved, (0.1, 0.9), axis=0)
    transfer = next(run.scenario.week_of(one.date) for one in run.scenario.events if one.kind == "transfer")
    spans = (weeks - LAG <= transfer) & (transfer < weeks)
    return Hits(
        levels=(draws[:, weeks] < truth[weeks]).mean(axis=0),
        changes=(moved < true_moved).mean(axis=0),
        width=(high - low) / 2,
        shock=np.broadcast_to(spans[:, None, None], true_moved.shape),
    )


def _one(run: Run, reporting: Reporting, task: tuple[int, bool]) -> Hits:
    member, stories = task
    return hits(run, member, estimated(run, member, reporting, stories=stories))


def rows(worlds: int = WORLDS, workers: int = 2) -> list[Row]:
    """Coverage of bands of changes over half a year and of levels; with reprints grouped into stories, or not."""
    run = world(scenario(), worlds)
    tasks = [(member, stories) for stories in (True, False) for member in range(worlds)]
    with ProcessPoolExecutor(workers) as pool:
        found = list(pool.map(partial(_one, run, Reporting()), tasks))
    grouped, apart = found[:worlds], found[worlds:]
    made = [_row(name, band, grouped) for name in ("changes", "levels") for band in BANDS]
    made += [
        _row("shock", 0.8, grouped, note="changes that span the transfer"),
        _row("ungrouped", 0.8, apart, note="changes; every reprint passes for a telling of its own"),
    ]
    ratio = np.array([a.width.mean() / b.width.mean() for a, b in zip(apart, grouped, strict=True)])
    made.append(
        Row(
            id="simulate.recovery.ungrouped.width",
            value=float(ratio.mean()),
            target=None,
            better="higher",
            unit="of the width with stories",
            n=worlds,
            command=COMMAND,
            spread=_interval(ratio),
            note="80% bands of changes",
        )
    )
    return made


def _row(name: str, band: float, found: list[Hits], note: str = "") -> Row:
    """Coverage of one band, by world; bars of .05 below the nominal, where reprints are grouped."""
    by_world = np.array([one.covered(_ranks(name, one), band) for one in found])
    return Row(
        id=f"simulate.recovery.{name}.band{band * 100:.0f}",
        value=float(by_world.mean()),
        target=None if name in ("shock", "ungrouped") else band - 0.05,
        better="higher",
        unit="of truths inside",
        n=len(found),
        command=COMMAND,
        spread=_interval(by_world),
        note=note,
    )


def _ranks(name: str, one: Hits) -> Array:
    if name == "levels":
        return one.levels
    return one.changes[one.shock] if name == "shock" else one.changes


def _interval(values: Array) -> tuple[float, float]:
    """95% of the mean over worlds, by bootstrap."""
    chance = np.random.default_rng(SEED)
    means = chance.choice(values, (2000, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975)).tolist()
    return low, high


def run() -> None:
    """Measure, and put the rows in docs/benchmarks/simulate.json."""
    made = rows()
    show(made)
    (renew if (FIGURES / "simulate.json").exists() else write)("simulate", made)


if __name__ == "__main__":
    run()
