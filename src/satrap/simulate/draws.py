"""The parameters of each ensemble member, drawn from the scenario's priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.scenario import OFF, Scenario
from satrap.simulate.streams import stream, uniforms
from satrap.simulate.units import Floats


def switched_off(scenario: Scenario) -> set[str]:
    """The parameters that are zero because their mechanism is off."""
    switches = scenario.mechanisms
    return {name for mechanism, names in OFF.items() if not getattr(switches, mechanism) for name in names}


def draw_parameters(
    scenario: Scenario, members: Sequence[int], seed: int, at: Mapping[str, Floats] | None = None
) -> dict[str, Floats]:
    """One value of every parameter for every member, as arrays of shape (member, 1, 1), in catalogue units.

    ``at`` gives parameters the quantiles (member,) of their priors at which to be read instead of drawn.

    Each parameter has its own stream, so a scenario that changes one leaves the others' draws as they were;
    a changed prior is read at the same quantile. Parameters of mechanisms that are off are zero.
    """
    off = switched_off(scenario)
    drawn = {}
    for name, entry in CATALOGUE.items():
        if at is not None and name in at:
            uniform = at[name]
        else:
            uniform = np.array([stream(seed, member, f"parameter:{name}").random() for member in members])
        value = (
            np.zeros(len(members))
            if name in off
            else (scenario.parameters[name].draw(uniform, entry.low, entry.high))
        )
        drawn[name] = value.reshape(-1, 1, 1)
    return drawn


def draw_reach(scenario: Scenario, members: Sequence[int], seed: int, measure: str) -> Floats:
    """How much of one central measure arrives in each province: (member, place), in [0, 1]."""
    entry = CATALOGUE["reach"]
    uniform = uniforms(seed, members, f"reach:{measure}", (len(scenario.places),))
    return scenario.parameters["reach"].draw(uniform, entry.low, entry.high)
