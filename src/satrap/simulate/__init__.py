"""What happens to residents when authority moves: scenarios, ensembles of futures, and how they compare.

    scenario = load_scenario("kp-2017")
    run = simulate(scenario, InitialState.from_scenario(scenario), runs=200, seed=1)
    print(run.displacement_ratio(week=132))

The model, its sources and what it cannot tell: docs/explanation/simulator.md.
"""

from satrap.simulate.compare import Comparison
from satrap.simulate.displacement import DisplacementRatio
from satrap.simulate.engine import ENGINES
from satrap.simulate.ensemble import Branch, How, simulate
from satrap.simulate.loading import bundled, load_scenario, load_sweep
from satrap.simulate.run import Run
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState

__all__ = [
    "ENGINES",
    "Branch",
    "Comparison",
    "DisplacementRatio",
    "How",
    "InitialState",
    "Run",
    "Scenario",
    "bundled",
    "load_scenario",
    "load_sweep",
    "simulate",
]
