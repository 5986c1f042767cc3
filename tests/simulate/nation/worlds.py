"""Small nations for tests: a few thousand residents in three provinces."""

from typing import Any

from tests.simulate.small import small

from satrap.simulate import InitialState, Scenario
from satrap.simulate.engine import Block
from satrap.simulate.nation.cohort import Cohorts
from satrap.simulate.nation.ground import ground, usual
from satrap.simulate.nation.nation import Lived, Nation
from satrap.simulate.nation.oracle import Oracle
from satrap.simulate.nation.pull import offices
from satrap.simulate.units import weekly_probability

EXCHANGEABLE = {"savings": False, "hiding": False, "complaints": False}


def village(people: int = 2000, counties: int = 2, **changes: Any) -> Scenario:
    """``people`` residents a province in ``counties`` counties; every institution has 60 posts."""
    scenario = small(**changes)
    places = tuple(
        one.model_copy(update={"population": people, "counties": counties}) for one in scenario.places
    )
    institutions = tuple(one.model_copy(update={"staff": 60}) for one in scenario.institutions)
    return scenario.model_copy(update={"places": places, "institutions": institutions})


def nation(scenario: Scenario, seed: int = 1, member: int = 0) -> Nation:
    return Nation.begin(scenario, InitialState.from_scenario(scenario), member, seed)


def block(scenario: Scenario, seed: int = 1) -> Block:
    return offices(scenario, InitialState.from_scenario(scenario), 0, seed).block


def cohorts(scenario: Scenario, seed: int, world: int = 1) -> Lived:
    """The cohort engine over the whole scenario: offices by ``world``, chance by ``seed``."""
    found = offices(scenario, InitialState.from_scenario(scenario), 0, world)
    behind = found.block
    lie = ground(scenario, behind)
    takers = float(behind.p["takers"][0, 0, 0])
    return Cohorts(seed, 0, lie, found.pull, usual(behind), takers).live(scenario.weeks)


def individuals(scenario: Scenario, seed: int, world: int = 1) -> Lived:
    """The individual engine: offices by ``world``, chance by ``seed``."""
    found = offices(scenario, InitialState.from_scenario(scenario), 0, world)
    return Nation.of(found, scenario, 0, seed).live(scenario.weeks)


def oracle(scenario: Scenario, seed: int, world: int = 1) -> Lived:
    """The oracle: offices by ``world``, chance by ``seed``."""
    found = offices(scenario, InitialState.from_scenario(scenario), 0, world)
    behind = found.block
    slow = Oracle(
        seed,
        ground(scenario, behind),
        found.pull,
        meeting=float(weekly_probability(behind.p["meetings"])[0, 0, 0]),
        takers=float(behind.p["takers"][0, 0, 0]),
        burden=usual(behind)[1],
    )
    return slow.live(scenario.weeks)
