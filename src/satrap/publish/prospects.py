"""Findings from simulated futures, each with how far the simulation is to be trusted."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from satrap.country import Pack
from satrap.protect.words import day
from satrap.publish.authority import Moved
from satrap.publish.findings import Finding, Kind
from satrap.publish.words import BAND, Linked, Sentence, decimal, listed, percent, points
from satrap.simulate import Comparison, DisplacementRatio, Scenario
from satrap.simulate.verdicts import Facts

DISPLACEMENT = "outlook-displacement"
"""Names the list of the claims that all futures start from."""

CHECKS = "checks"
"""Id of the table of what the simulation was checked against."""

Floats = NDArray[np.float64]


def of_outlook(
    effect: Comparison, week: int, behind: tuple[Moved, ...], pack: Pack, facts: Facts | None = None
) -> list[Finding]:
    """What the scenario does to residents, against the same futures without it.

    ``behind`` are the claims that the weakened institution's share at the start rests on; ``facts``, in the
    names that a reader is to see, are what the simulation was checked against. Weeks count from the
    scenario's start.
    """
    scenario = effect.other.scenario
    when = day(scenario.start + timedelta(weeks=week))
    trust = (*reservations(facts), *_judgement(scenario))
    ratio = effect.displacement_ratio(week)
    found = [_less_or_more(effect.effect("burden")[:, week], when, behind, trust)]
    if ratio.defined.any():
        weakened = pack.institution(scenario.question.weakened).name
        found.append(_displaced(ratio, weakened, when, behind, trust))
    return found


def reservations(facts: Facts | None) -> Sentence:
    """How many of the checks the simulation misses, and what those misses mean that bear on residents."""
    if facts is None:
        return ("The simulation was not checked against what was reported.",)
    missed = [one for one in facts.rows if not one.holds]
    if not missed:
        return ("The simulation passes ", Linked(f"all {len(facts.rows)} checks", CHECKS), ".")
    told: list[str] = [
        "The simulation fails ",
        Linked(f"{len(missed)} of {len(facts.rows)} checks", CHECKS),
        " against what was reported.",
    ]
    by_meaning: dict[str, list[str]] = {}
    for one in missed:
        if one.if_missed:
            by_meaning.setdefault(one.if_missed, []).append(one.statement)
    for meaning, statements in by_meaning.items():
        shown = Linked(listed(f"“{one}”" for one in statements), CHECKS)
        told += [" It does not show that ", shown, f": {meaning}."]
    return tuple(told)


def _judgement(scenario: Scenario) -> Sentence:
    alone = f"{len(scenario.prior_dominated())} of {len(scenario.parameters)} parameters"
    return (" ", Linked(alone, "parameters"), " rest on judgement alone.")


def _in_futures(share: float) -> Sentence:
    return ("In ", Linked(percent(share)), " of simulated futures ")


def _displaced(
    ratio: DisplacementRatio, weakened: str, when: str, behind: tuple[Moved, ...], trust: Sentence
) -> Finding:
    low, middle, high = ratio.quantiles((0.1, 0.5, 0.9)).tolist()
    half = float((ratio.values[ratio.defined] >= 0.5).mean())
    undefined: Sentence = (
        (
            " It is left undefined in ",
            Linked(percent(ratio.undefined), "method-ratio"),
            " of futures, where nothing was given up.",
        )
        if ratio.undefined > 0
        else ()
    )
    return Finding(
        Kind.OUTLOOK,
        DISPLACEMENT,
        (
            *_in_futures(max(half, 1 - half)),
            f"others take over {'at least' if half >= 0.5 else 'less than'} half of what the {weakened} no "
            "longer takes from residents.",
        ),
        (
            f"Nationwide, by {when} the ",
            Linked("displacement ratio", "method-ratio"),
            " is ",
            Linked(decimal(middle)),
            " (",
            BAND,
            " ",
            Linked(f"{decimal(low)} to {decimal(high)}"),
            "). One would be all of it; below zero, others take less as well.",
        ),
        None,
        (low, high),
        behind,
        1.0,
        (*trust, *undefined),
    )


def _less_or_more(burden: Floats, when: str, behind: tuple[Moved, ...], trust: Sentence) -> Finding:
    low, middle, high = np.quantile(burden, (0.1, 0.5, 0.9)).tolist()
    less = float((burden < 0).mean())
    return Finding(
        Kind.OUTLOOK,
        "outlook-burden",
        (
            *_in_futures(max(less, 1 - less)),
            f"{'less' if less >= 0.5 else 'more'} is taken from residents than without these measures.",
        ),
        (
            f"Nationwide, by {when} the difference is ",
            Linked(points(middle)),
            " points of household spending (",
            BAND,
            " ",
            Linked(f"{points(low)} to {points(high)}"),
            ").",
        ),
        None,
        (low, high),
        behind,
        0.5,
        trust,
    )
