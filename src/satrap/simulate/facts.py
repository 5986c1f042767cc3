"""The ten stylised facts of the 2017 case, and three ways to falsify the mechanism, as numbers.

Each is a function of runs. A fact that fails is reported as failing: no equation, prior or bar is to be
changed to make one hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.simulate.events import Rank
from satrap.simulate.run import Run, around, before
from satrap.simulate.units import Floats
from satrap.simulate.verdicts import Fact, Facts, judge, signed
from satrap.simulate.worlds import Landmarks, Worlds, change, landmarks

QUARTER, HALF_YEAR, SEVEN_MONTHS, TWO_YEARS = 13, 26, 30, 104


def facts(worlds: Worlds) -> Facts:
    """All facts and falsifiers, in its names; ScenarioError if a scenario lacks the events they need."""
    scenario = worlds.base.scenario
    marks = landmarks(scenario)
    names = {one.id: one.name for one in scenario.institutions}
    names |= {one.id: one.name for one in scenario.places}
    table = Facts(scenario.id, worlds.base.runs, tuple(one(worlds, marks) for one in ALL))
    return table.named(names.__getitem__)


def weakened_everywhere(worlds: Worlds, at: Landmarks) -> Fact:
    """1. The dismissal lowers the weakened institution's share nationally and in the provinces."""
    run, when = worlds.base, at.fall + QUARTER
    local = np.stack([change(run, "share", when, at.fall, place, at.weakened) < 0 for place in run.places])
    national = change(run, "share", when, at.fall, institution=at.weakened) < 0
    return judge(
        "1",
        "authority of the {} falls nationally and in most provinces within 3 months",
        (at.weakened,),
        "share of places where it falls",
        local.mean(axis=0),
        "≥ 0.8, and nationally",
        (local.mean(axis=0) >= 0.8) & national,
    )


def heir_gains_most(worlds: Worlds, at: Landmarks) -> Fact:
    """2. The heir gains at least half of what is lost, and most of all, where the first witness speaks."""
    run, place = worlds.base, at.witnesses[0]
    gains = {i: change(run, "share", at.fall + QUARTER, at.fall, place, i) for i in run.institutions}
    lost = -gains[at.weakened]
    ratio = np.where(lost > 0, gains[at.heir] / np.where(lost > 0, lost, 1), np.nan)
    most = np.all([gains[at.heir] >= gain for gain in gains.values()], axis=0)
    return judge(
        "2",
        "most goes to the {} in {}",
        (at.heir, place),
        "gain over the loss",
        ratio,
        "≥ 0.5, none gains more",
        np.asarray((np.nan_to_num(ratio, nan=-1) >= 0.5) & most),
    )


def order_frightens(worlds: Worlds, at: Landmarks) -> Fact:
    """3. The order raises expected sanction for all it lists, the largest jump within a month of it."""
    held, lags = [], []
    for one in at.ordered:
        series = worlds.base.series("sanction", institution=one)
        first = at.order - QUARTER
        jumps = np.diff(series[:, first - 1 : at.order + 2 * HALF_YEAR], axis=1)
        lag = jumps.argmax(axis=1) + first - at.order
        lags.append(lag)
        held.append((lag >= 0) & (lag <= 4) & (series[:, at.order] > series[:, at.order - 1]))
    worst = np.max(np.abs(lags), axis=0).astype(np.float64)
    return judge(
        "3",
        f"the order raises the sanction expected at the {_all_of(at.ordered)}",
        at.ordered,
        "weeks from the order to the largest jump, latest institution",
        worst,
        "0 to 4, at all",
        np.all(held, axis=0),
    )


def _all_of(ids: tuple[str, ...]) -> str:
    """A pattern that lists them."""
    return ", ".join(["{}"] * (len(ids) - 1)) + " and {}" if len(ids) > 1 else "{}"


def falls_from_the_top(worlds: Worlds, at: Landmarks) -> Fact:
    """4. First the head falls, then deputies, then officers in the provinces."""
    log = worlds.base.events().filter(
        (pl.col("kind") == "dismissal")
        & (pl.col("institution") == at.weakened)
        & pl.col("week").is_between(at.fall - QUARTER, at.fall + HALF_YEAR)
    )
    first = log.group_by("member", "rank").agg(pl.col("week").min())
    weeks = {rank: np.full(worlds.base.runs, np.nan) for rank in Rank}
    for member, rank, week in first.iter_rows():
        weeks[Rank(rank)][member] = week
    gap = weeks[Rank.PROVINCE] - weeks[Rank.DEPUTY]
    held = (weeks[Rank.HEAD] < weeks[Rank.DEPUTY]) & (gap > 0)  # NaN compares false
    return judge(
        "4",
        "the head falls first, then deputies, then provincial officers",
        (),
        "weeks from deputies to provinces",
        gap,
        "> 0, the head before both",
        held,
    )


def abuse_falls(worlds: Worlds, at: Landmarks) -> Fact:
    """5. The weakened institution takes less in the short run."""
    series = worlds.base.series("take", institution=at.weakened)
    ratio = around(series, at.fall + QUARTER) / before(series, at.fall)
    return judge(
        "5",
        "taking by the {} is lower after 3 months",
        (at.weakened,),
        "taking over that before",
        ratio,
        "≤ 0.8",
        ratio <= 0.8,
        "early relief is understated",
    )


def residents_approve(worlds: Worlds, at: Landmarks) -> Fact:
    """6. Support rises and fear falls within half a year."""
    when = at.fall + HALF_YEAR
    support, fear = (change(worlds.base, name, when, at.fall) for name in ("support", "fear"))
    return judge(
        "6",
        "residents approve: support up, fear down within 6 months",
        (),
        "support minus fear, sd",
        support - fear,
        "support > 0, fear < 0",
        (support > 0) & (fear < 0),
    )


def glee_comes_first(worlds: Worlds, at: Landmarks) -> Fact:
    """7. Residents are glad of the dismissals before they pay less."""
    support, burden = (worlds.base.series(name)[:, at.fall - QUARTER :] for name in ("support", "burden"))
    glad = _first(support >= support[:, :QUARTER].mean(axis=1, keepdims=True) + 0.05, QUARTER)
    relieved = _first(burden <= 0.95 * burden[:, :QUARTER].mean(axis=1, keepdims=True), QUARTER)
    both = np.isfinite(glad) & np.isfinite(relieved)
    gap = np.where(both, np.where(both, relieved, 0) - np.where(both, glad, 0), np.nan)
    return judge(
        "7",
        "residents are glad before they are relieved",
        (),
        "weeks from support up by 0.05 sd to burden down by 5%",
        gap,
        "> 0",
        relieved > glad,
        "relief comes too soon",
    )


def _first(reached: NDArray[np.bool_], start: int) -> Floats:
    """The first column from `start` on that is true, by row; infinity where there is none."""
    later = reached[:, start:]
    return np.where(later.any(axis=1), later.argmax(axis=1).astype(np.float64), np.inf)


def heir_takes_more(worlds: Worlds, at: Landmarks) -> Fact:
    """8. The worry: after two years the heir takes more than before, and would not without drift."""

    def ratio(run: Run) -> Floats:
        series = run.series("take", institution=at.heir)
        return around(series, at.fall + TWO_YEARS) / before(series, at.fall)

    drifting, honest = ratio(worlds.base), float(np.median(ratio(worlds.no_drift)))
    fact = judge(
        "8",
        "taking by the {} is higher after 24 months, and would not be if cadres did not drift",
        (at.heir,),
        f"taking over that before ({signed(honest)} without drift)",
        drifting,
        "> 1 in half of the members; without drift within 0.1 of 1",
        drifting > 1,
        "what others take over is understated",
    )
    return replace(fact, holds=fact.share >= 0.5 and abs(honest - 1) <= 0.1)


def cadres_start_clean(worlds: Worlds, at: Landmarks) -> Fact:
    """9. New holders start cleaner than the old ones were, then grow less clean while they hold power."""
    run, later = worlds.base, at.handed_over + HALF_YEAR
    takers = run.series("takers", institution=at.heir)
    before_fall = before(run.series("takers", institution=at.weakened), at.fall)
    growth = takers[:, later] - takers[:, at.handed_over]
    empowered = change(run, "share", later, at.fall, institution=at.heir) > 0
    held = (takers[:, at.handed_over] < before_fall) & (growth > 0) & empowered
    return judge(
        "9",
        "cadres of the {} start cleaner than those of the {} were, then drift",
        (at.heir, at.weakened),
        "rise in takers over 6 months",
        growth,
        "> 0, from below",
        held,
        "what others take over is understated",
    )


def power_concentrates(worlds: Worlds, at: Landmarks) -> Fact:
    """10. Authority concentrates, in the leader's hands, with the same sign in every witness's province."""
    run, when = worlds.base, at.fall + HALF_YEAR

    def rise(place: str | None, institutions: tuple[str, ...], power: int) -> Floats:
        total = np.sum([run.series("share", place, one) ** power for one in institutions], axis=0)
        return around(total, when) - before(total, at.fall)

    places = (None, *at.witnesses)
    held = [rise(place, run.institutions, 2) > 0 for place in places]
    held += [rise(place, at.controlled, 1) > 0 for place in places if at.controlled]
    return judge(
        "10",
        f"authority concentrates, in the leader's hands, in {_all_of(at.witnesses)} alike",
        at.witnesses,
        "change of the Herfindahl index",
        rise(None, run.institutions, 2),
        "> 0 in all of them",
        np.all(held, axis=0) & bool(at.controlled),
    )


def no_displacement_without_means(worlds: Worlds, at: Landmarks) -> Fact:
    """F1. Without drift and complementarity nothing is displaced, or the mechanism is not doing the work."""
    week = at.fall + TWO_YEARS
    bare = worlds.bare.displacement_ratio(week, against=worlds.bare_calm)
    full = worlds.base.displacement_ratio(week, against=worlds.calm).quantiles((0.5,))[0]
    values = bare.values[bare.defined]
    return judge(
        "F1",
        "without drift and without a market in permits, nothing is displaced after 24 months",
        (),
        f"displacement ratio ({signed(full)} with both)",
        values,
        "≤ 0.05",
        values <= 0.05,
        "what is displaced has another cause than the mechanism",
    )


def recovered(run: Run, calm: Run, at: Landmarks) -> Floats:
    """The part of the fall in the weakened institution's taking that is back after seven months, by member.

    Both relative to the same members without events, so that shared noise is no recovery.
    """
    ratio = run.series("take", institution=at.weakened) / calm.series("take", institution=at.weakened)
    course = ratio[:, at.fall : at.fall + SEVEN_MONTHS + 1]
    trough = course.min(axis=1)
    return np.asarray((course[:, -1] - trough) / np.maximum(1 - trough, 1e-9))


def abuse_returns(worlds: Worlds, at: Landmarks) -> Fact:
    """F2a. The reversion known from mid-2017: softer by April, abusive again in July and August."""
    back = recovered(worlds.base, worlds.calm, at)
    return judge(
        "F2a",
        "abuse by the {} returns within 7 months, as was reported",
        (at.weakened,),
        "part of the fall in taking that is back",
        back,
        "≥ 0.25",
        back >= 0.25,
        "relief is overstated, in size and length",
    )


def forgetting_brings_it_back(worlds: Worlds, at: Landmarks) -> Fact:
    """F2b. If expected sanction never decayed (δ = 0), that reversion would be missed.

    Holds in a member only if the return is there with δ: where nothing returns anyway, δ is not tested.
    """
    back = recovered(worlds.base, worlds.calm, at)
    never = recovered(worlds.unforgetting, worlds.unforgetting_calm, at)
    return judge(
        "F2b",
        "if officials never forgot the fear, that return would be missed",
        (),
        "part that is back without forgetting",
        never,
        "< 0.25, and with forgetting ≥ 0.25",
        (back >= 0.25) & (never < 0.25),
    )


def those_who_remain_ask_more(worlds: Worlds, at: Landmarks) -> Fact:
    """F3. Takers removed without putting the rest under one roof: the price of those who remain goes up.

    The direction of Olken–Barron 2009 in Aceh. Nothing else moves here: no fear, no new temptation.
    """
    others = [one for one in worlds.thinned.institutions if one != at.weakened]

    def taken(run: Run) -> Floats:
        sums = np.sum([run.series("take", institution=one) for one in others], axis=0)
        return around(sums, at.fall + HALF_YEAR)

    ratio = taken(worlds.thinned) / taken(worlds.thinned_calm)
    return judge(
        "F3",
        "where dismissals alone thin out the {} and no roof joins the rest, the rest take more",
        (at.weakened,),
        "taking by the others over that without dismissals",
        ratio,
        "> 1",
        ratio > 1,
        "the market in permits is not doing the work",
    )


ALL: tuple[Callable[[Worlds, Landmarks], Fact], ...] = (
    weakened_everywhere,
    heir_gains_most,
    order_frightens,
    falls_from_the_top,
    abuse_falls,
    residents_approve,
    glee_comes_first,
    heir_takes_more,
    cadres_start_clean,
    power_concentrates,
    no_displacement_without_means,
    abuse_returns,
    forgetting_brings_it_back,
    those_who_remain_ask_more,
)
