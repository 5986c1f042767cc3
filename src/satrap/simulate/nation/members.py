"""Members of an ensemble whose residents are followed, in the form of every other run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from satrap.simulate.engine import Arrays, Block
from satrap.simulate.kernels import residents
from satrap.simulate.nation.cohort import Cohorts, refuse
from satrap.simulate.nation.ground import ground, usual
from satrap.simulate.nation.meetings import Ground
from satrap.simulate.nation.nation import Lived, Nation, measures
from satrap.simulate.nation.pull import Offices, offices
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState
from satrap.simulate.streams import poisson, uniforms

Floats = NDArray[np.float64]


def individuals(
    scenario: Scenario, initial: InitialState, members: Sequence[int], seed: int, into: Arrays
) -> list[Happening]:
    """Every resident and official by themselves; as :func:`satrap.simulate.engine.run_block`."""
    log: list[Happening] = []
    for row, member in enumerate(members):
        found = offices(scenario, initial, member, seed)
        nation = Nation.of(found, scenario, member, seed)
        lived = nation.live(scenario.weeks)
        rows = {name: values[row] for name, values in into.items()}
        write(lived, nation.ground, found, member, seed, rows)
        log += found.block.events.log
    return log


def cohorts(
    scenario: Scenario, initial: InitialState, members: Sequence[int], seed: int, into: Arrays
) -> list[Happening]:
    """Numbers in place of people; raises ScenarioError where residents are not exchangeable."""
    refuse(scenario)
    log: list[Happening] = []
    for row, member in enumerate(members):
        found = offices(scenario, initial, member, seed)
        lie = ground(scenario, found.block)
        takers = float(found.block.p["takers"][0, 0, 0])
        lived = Cohorts(seed, member, lie, found.pull, usual(found.block), takers).live(scenario.weeks)
        write(lived, lie, found, member, seed, {name: values[row] for name, values in into.items()})
        log += found.block.events.log
    return log


def write(lived: Lived, lie: Ground, found: Offices, member: int, seed: int, into: Arrays) -> None:
    """The measures of residents in the weeks lived, with the authority, sanction and news that the equations
    gave.
    """
    block: Block = found.block
    p = {name: value[0] for name, value in block.p_place.items()}
    made = measures(lived, lie, block)
    weeks = slice(lived.first_week, lived.first_week + len(lived.tally))
    relative = made["burden"] / block.first_burden[0] - 1
    rate = residents.attack_rate(
        relative, made["fear"], p["revenge_base"], p["revenge_burden"], p["revenge_fear"], block.millions
    )
    attacks = uniforms(seed, [member], "resistance", into["resistance"].shape)[0, weeks]
    support = made["support_of_burden"] + found.news[weeks]
    for name, values in {
        "share": found.share[weeks],
        "sanction": found.sanction[weeks],
        "takers": made["takers"],
        "take": made["take"],
        "burden": made["burden"],
        "fear": made["fear"],
        "support": support,
        "expressed": residents.expressed(support, made["fear"], p["expression"]),
        "resistance": poisson(attacks, rate),
    }.items():
        into[name][weeks] = values
