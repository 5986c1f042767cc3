"""An ensemble of followed residents is a run like any other, and says what the equations say in the mean."""

import numpy as np
import pytest
from tests.simulate.nation.worlds import EXCHANGEABLE, village
from tests.simulate.small import FALL, ORDER, TRANSFER, same

from satrap.errors import ScenarioError
from satrap.simulate import InitialState, Run, simulate

SCENARIO = village(20_000, weeks=52, events=[ORDER, TRANSFER, FALL], **EXCHANGEABLE)


def run(engine: str) -> Run:
    return simulate(SCENARIO, InitialState.from_scenario(SCENARIO), 6, 1, engine=engine)


@pytest.mark.parametrize("engine", ["individuals", "cohorts"])
def test_members_agree_with_the_equations_in_the_mean(engine: str) -> None:
    found, expected = run(engine), run("equations")
    assert np.array_equal(found.share, expected.share)
    assert np.array_equal(found.sanction, expected.sanction)
    assert found.log == expected.log
    for name, tolerance in (("burden", 0.01), ("fear", 0.2), ("support", 0.2)):
        ours, theirs = found.series(name)[:, -1], expected.series(name)[:, -1]
        assert np.abs(ours - theirs).mean() < tolerance, name


def test_an_ensemble_of_individuals_is_the_same_twice() -> None:
    assert same(run("individuals"), run("individuals"))


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(ScenarioError, match="no engine 'agents'"):
        run("agents")
