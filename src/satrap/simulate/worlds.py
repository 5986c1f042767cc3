"""The runs that the stylised facts compare: the case, the same world left alone, worlds without a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from satrap.errors import ScenarioError
from satrap.simulate.ensemble import simulate
from satrap.simulate.events import Dismissal, Order, Transfer
from satrap.simulate.run import Run, before
from satrap.simulate.scenario import Role, Scenario
from satrap.simulate.state import InitialState
from satrap.simulate.units import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Nine runs of the same members. `calm` ones have no events; the others differ by what they leave out."""

    base: Run
    calm: Run
    no_drift: Run
    """λ = 0"""
    bare: Run
    """λ = 0 and q = 0"""
    bare_calm: Run
    unforgetting: Run
    """δ = 0"""
    unforgetting_calm: Run
    thinned: Run
    """Dismissals alone, in a world without fear, temptation or the balancing rule."""
    thinned_calm: Run


def run_worlds(
    scenario: Scenario,
    initial: InitialState,
    runs: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Worlds:
    """Simulate all that `facts` needs; `progress(done, total)` counts members over the nine runs."""
    bare = scenario.with_mechanisms(drift=False, market_structure=False)
    unforgetting = scenario.with_value("forgetting", 0.0)
    fearless = scenario.with_mechanisms(deterrence=False, horizon=False, drift=False, balancing=False)
    chosen = {
        "base": scenario,
        "calm": scenario.without_events(),
        "no_drift": scenario.with_mechanisms(drift=False),
        "bare": bare,
        "bare_calm": bare.without_events(),
        "unforgetting": unforgetting,
        "unforgetting_calm": unforgetting.without_events(),
        "thinned": fearless.only(*(one.id for one in scenario.events if one.kind == "dismissal")),
        "thinned_calm": fearless.without_events(),
    }
    total = runs * len(fields(Worlds))
    found = {}
    for index, (name, one) in enumerate(chosen.items()):

        def report(done: int, _: int, *, earlier: int = index * runs) -> None:
            if progress is not None:
                progress(earlier + done, total)

        found[name] = simulate(one, initial, runs, seed, report)
    return Worlds(**found)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Who and when, read off the scenario: the facts are about these and name no institution or place."""

    weakened: str
    heir: str
    controlled: tuple[str, ...]
    """Institutions that the leader controls directly."""
    witnesses: tuple[str, ...]
    fall: int
    """Week in which the head of the weakened institution falls."""
    order: int
    ordered: tuple[str, ...]
    handed_over: int
    """Week in which the transfer to the heir is complete."""


def landmarks(scenario: Scenario) -> Landmarks:
    """The landmarks of a scenario; ScenarioError if it lacks the dismissal, the order or the transfer."""
    question = scenario.question
    by_date = sorted(scenario.events, key=lambda event: event.date)
    fall = next((e for e in by_date if isinstance(e, Dismissal) and e.institution == question.weakened), None)
    order = next((e for e in by_date if isinstance(e, Order)), None)
    transfer = next((e for e in by_date if isinstance(e, Transfer) and question.weakened in e.from_), None)
    if fall is None or order is None or transfer is None:
        raise ScenarioError(
            f"{scenario.id} lacks a dismissal, an order or a transfer that weakens {question.weakened}",
            remedy="the stylised facts need all three",
        )
    week = scenario.week_of(fall.date)
    if week < 13 or week + 108 > scenario.weeks:
        raise ScenarioError(
            f"{scenario.id} does not run from 13 weeks before to 108 after the dismissal",
            remedy="lengthen the run",
        )
    controlled = tuple(one.id for one in scenario.institutions if one.role is Role.PARTY)
    return Landmarks(
        weakened=question.weakened,
        heir=transfer.to,
        controlled=controlled,
        witnesses=question.witnesses,
        fall=week,
        order=scenario.week_of(order.date),
        ordered=order.to,
        handed_over=scenario.week_of(transfer.date) + transfer.over_weeks,
    )


def is_checkable(scenario: Scenario) -> bool:
    """Whether the scenario has the events and the length that the stylised facts speak of."""
    try:
        landmarks(scenario)
    except ScenarioError:
        return False
    return True


def change(
    run: Run, name: str, at: int, eve: int, place: str | None = None, institution: str | None = None
) -> Floats:
    """By member: the four weeks up to `at`, minus the 13 weeks before `eve`."""
    series = run.series(name, place, institution)
    return np.asarray(series[:, at - 3 : at + 1].mean(axis=1) - before(series, eve))
