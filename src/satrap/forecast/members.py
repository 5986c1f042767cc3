"""The forecasters that come with satrap."""

from satrap.forecast.assimilation import Assimilation
from satrap.forecast.base_rates import BaseRates
from satrap.forecast.forecasters import Forecaster
from satrap.forecast.hazards import Hazards
from satrap.forecast.persistence import Persistence
from satrap.forecast.predictive import Predictive
from satrap.forecast.stated import Stated
from satrap.simulate import Scenario, bundled, load_scenario

OPEN = "open"
"""What the name of a bundled scenario for forecasting ends on: it has no events of its own."""


def members(scenario: Scenario | None, particles: int = 2000, seed: int = 0) -> list[Forecaster]:
    """All of them but the pool; the simulator only where there is a scenario for it."""
    found: list[Forecaster] = [BaseRates(), Persistence(), Hazards(), Predictive(), Stated()]
    return found if scenario is None else [*found, Assimilation(scenario, particles, seed)]


def scenario_of(country: str) -> Scenario | None:
    """The bundled scenario that forecasts for a country (by its code) start from; None without one."""
    name = f"{country.lower()}-{OPEN}"
    return load_scenario(name) if name in bundled() else None
