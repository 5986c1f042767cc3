"""The forecasters that come with satrap."""

import pytest

from satrap.forecast import Forecaster
from satrap.forecast.members import members, scenario_of


def test_every_one_has_a_name_of_its_own() -> None:
    found = members(scenario_of("KP"), particles=10)
    assert all(isinstance(one, Forecaster) for one in found)
    assert len({one.name for one in found}) == len(found) == 6


@pytest.mark.parametrize("country", ["BY", "CU"])
def test_without_a_scenario_there_is_no_simulator(country: str) -> None:
    assert "simulator" not in {one.name for one in members(scenario_of(country))}


def test_the_scenario_foresees_nothing() -> None:
    scenario = scenario_of("KP")
    assert scenario is not None
    assert scenario.events == ()
