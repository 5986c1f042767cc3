"""Simulated worlds, told as reports, estimated from the claims: is the truth within the bands it gives?

    python -m benchmarks.simulate recovery

Each world is a member of the 2017 scenario in four provinces over two years, with its own parameters and its
own start. The estimator is right about the noise of voices and words, and about what a story is; it is wrong
about how authority moves: it expects a random walk, and gets one that returns, with jumps at transfers and
falls. Worlds in peace, without these events, are nearly what it expects.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row
from benchmarks.simulate_world import COMMAND, SEED, SHRUNK, keep, kept
from satrap.country import load_pack
from satrap.estimate import Estimate, estimate
from satrap.forecast.assimilated import court
from satrap.rehearsal import recorded
from satrap.simulate import InitialState, Run, Scenario, load_scenario, simulate
from satrap.simulate.telling import Reporting, tellings

Array = NDArray[np.float64]

PLACES = ("KP-02", "KP-05", "KP-09", "KP-10")
WEEKS, WORLDS = 104, max(20 // SHRUNK, 2)
LAG, EVERY = 26, 13  # weeks of a change, and from one that is looked at to the next
BANDS = (0.5, 0.8, 0.9)
START_SD = 0.3  # by how much provinces differ at the start, log-ratio: judgement


@dataclass(frozen=True)
class Hits:
    """Of one world: ranks of the truth among posterior draws, in (0, 1); of changes also half-widths of 80%
    bands and how far the posterior mean is off.
    """

    levels: Array
    changes: Array
    width: Array
    error: Array
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
    transfers = [run.scenario.week_of(one.date) for one in run.scenario.events if one.kind == "transfer"]
    spans = np.array([any(week - LAG <= one < week for one in transfers) for week in weeks])
    return Hits(
        levels=(draws[:, weeks] < truth[weeks]).mean(axis=0),
        changes=(moved < true_moved).mean(axis=0),
        width=(high - low) / 2,
        error=np.abs(moved.mean(axis=0) - true_moved),
        shock=np.broadcast_to(spans[:, None, None], true_moved.shape),
    )


def _one(reporting: Reporting, task: tuple[Run, int, bool]) -> Hits:
    run, member, stories = task
    return hits(run, member, estimated(run, member, reporting, stories=stories))


def rows() -> list[Row]:
    """What was measured: coverage of bands of changes over half a year and of levels; in peace; and without
    stories."""
    return [msgspec.convert(one, Row) for one in kept("recovery").get("rows", ())]


def run(worlds: int = WORLDS, workers: int = 2) -> None:
    """Measure."""
    case = scenario()
    shaken, calm = world(case, worlds), world(case.without_events(), worlds)
    kinds = ((shaken, True), (shaken, False), (calm, True))
    tasks = [(lived, member, stories) for lived, stories in kinds for member in range(worlds)]
    with ProcessPoolExecutor(workers) as pool:
        found = list(pool.map(partial(_one, Reporting()), tasks))
    grouped, apart, peace = (found[at : at + worlds] for at in range(0, len(found), worlds))
    made = [
        _covered(f"{name}.{what}.band{band * 100:.0f}", some, what, band, note)
        for name, some, note in (("case", grouped, ""), ("peace", peace, "the same worlds without events"))
        for what in ("changes", "levels")
        for band in BANDS
    ]
    made.append(_covered("case.transfer.band80", grouped, "transfer", 0.8, "changes that span the transfer"))
    alone = "every reprint passes for a telling of its own; changes"
    made.append(_covered("ungrouped.changes.band80", apart, "changes", 0.8, alone))
    for what in ("width", "error"):
        ratio = np.array(
            [getattr(a, what).mean() / getattr(b, what).mean() for a, b in zip(apart, grouped, strict=True)]
        )
        made.append(_row(f"ungrouped.{what}", ratio, None, f"of the {what} with stories", alone))
    keep("recovery", {"rows": msgspec.to_builtins(made)})


def _covered(name: str, found: list[Hits], what: str, band: float, note: str) -> Row:
    """Coverage of one band over worlds. The bar is .05 below the nominal where stories are grouped."""
    by_world = np.array([one.covered(_ranks(what, one), band) for one in found])
    judged = name.startswith(("case", "peace")) and what != "transfer"
    return _row(name, by_world, band - 0.05 if judged else None, "of truths inside", note)


def _row(name: str, by_world: Array, target: float | None, unit: str, note: str) -> Row:
    return Row(
        id=f"simulate.recovery.{name}",
        value=float(by_world.mean()),
        target=target,
        better="higher",
        unit=unit,
        n=len(by_world),
        command=COMMAND,
        spread=_interval(by_world),
        note=note,
    )


def _ranks(what: str, one: Hits) -> Array:
    if what == "levels":
        return one.levels
    return one.changes[one.shock] if what == "transfer" else one.changes


def _interval(values: Array) -> tuple[float, float]:
    """95% of the mean over worlds, by bootstrap."""
    chance = np.random.default_rng(SEED)
    means = chance.choice(values, (2000, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975)).tolist()
    return low, high
