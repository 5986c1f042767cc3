"""Particles: weighed by what is seen, drawn anew, and still futures of the same scenario."""

import time

import numpy as np
import pytest

from satrap.errors import ScenarioError
from satrap.simulate import InitialState, Scenario, load_scenario, simulate
from satrap.simulate.particles import Particles


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("kp-2017").model_copy(update={"weeks": 40})


def _begun(scenario: Scenario, count: int = 60) -> Particles:
    return Particles(scenario, InitialState.from_scenario(scenario), count, seed=3)


@pytest.fixture(scope="module", autouse=True)
def _short(scenario: Scenario) -> None:
    assert all(scenario.week_of(one.date) < 40 for one in scenario.events)


def test_without_anything_seen_particles_are_an_ensemble(scenario: Scenario) -> None:
    lived = _begun(scenario)
    lived.live(39)
    run = simulate(scenario, InitialState.from_scenario(scenario), 60, 3)
    np.testing.assert_array_equal(lived.shares, run.share)
    np.testing.assert_array_equal(lived.takes, run.take)
    assert lived.ess == pytest.approx(60)


def test_what_is_seen_moves_the_mean_as_bayes_says(scenario: Scenario) -> None:
    lived = _begun(scenario)
    lived.live(10)
    share = lived.shares[:, 10, 0, 0].astype(float)
    likelihood = np.linspace(0.8, 1.2, 60)
    lived.weigh(np.log(likelihood))
    assert lived.weights @ share == pytest.approx(likelihood @ share / likelihood.sum())


def test_members_drawn_anew_keep_their_past_and_part_again(scenario: Scenario) -> None:
    lived = _begun(scenario)
    lived.live(20)
    past = lived.shares[:, :21].copy()
    told = np.where(np.arange(60) == 7, 0.0, -50.0)
    assert lived.weigh(told) == pytest.approx(1.0, abs=1e-6)
    assert lived.distinct == 1
    assert lived.ess == pytest.approx(60)
    np.testing.assert_array_equal(lived.shares[:, :21], np.broadcast_to(past[7], past.shape))
    lived.live(39)
    assert len(np.unique(lived.shares[:, 39, 0, 0])) > 30


def test_a_member_that_is_drawn_once_goes_on_as_if_nobody_had_looked(scenario: Scenario) -> None:
    seen, alone = _begun(scenario, 2), _begun(scenario, 2)
    for one in (seen, alone):
        one.live(5)
    seen._block.follow(np.array([0, 1]))
    for one in (seen, alone):
        one.live(39)
    np.testing.assert_array_equal(seen.shares, alone.shares)


def test_what_happens_later_is_told_by_member(scenario: Scenario) -> None:
    lived = _begun(scenario)
    lived.live(39)
    [fall] = [one for one in scenario.events if one.kind == "dismissal"]
    week = scenario.week_of(fall.date)
    assert lived.happened("dismissal", fall.institution, week, week).all()
    assert not lived.happened("order", fall.institution, 0, 2).any()


def test_one_more_thing_seen_takes_less_than_a_second(scenario: Scenario) -> None:
    lived = _begun(scenario, 2000)
    lived.live(10)
    begun = time.perf_counter()
    lived.live(11)
    lived.weigh(np.where(np.arange(2000) < 500, 0.0, -9.0))
    assert time.perf_counter() - begun < 1.0


def test_nobody_lives_beyond_the_run(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match="week 40 of 40"):
        _begun(scenario, 2).live(40)
    with pytest.raises(ScenarioError, match="particles"):
        _begun(scenario, 1)
