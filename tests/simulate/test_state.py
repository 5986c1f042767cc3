import numpy as np
import pytest
from tests.simulate.small import quiet, small

from satrap.errors import ScenarioError
from satrap.simulate import InitialState, simulate
from satrap.simulate.units import Floats


def test_the_scenarios_own_start_has_its_shares_everywhere() -> None:
    scenario = small()
    shares = np.exp(InitialState.from_scenario(scenario).log_ratios)
    assert np.allclose(shares.sum(axis=-1), 1)
    assert np.allclose(shares[..., 0], scenario.institutions[0].share)


def test_another_order_of_places_and_institutions_is_the_same_start() -> None:
    scenario = small()
    start = InitialState.from_scenario(scenario)
    draws = start.log_ratios + np.arange(12).reshape(3, 4) / 10
    one = InitialState(start.places, start.institutions, draws)
    other = InitialState(start.places[::-1], start.institutions[::-1], draws[:, ::-1, ::-1])
    assert np.array_equal(one.log_ratios, other.aligned(scenario).log_ratios)


def test_member_k_starts_from_draw_k_modulo_the_number_of_draws() -> None:
    scenario = quiet(weeks=5, events=[])
    start = InitialState.from_scenario(scenario)
    draws = np.concatenate([start.log_ratios, start.log_ratios + np.array([1, 0, 0, 0])])
    shares = simulate(scenario, InitialState(start.places, start.institutions, draws), 4, 1).share[:, 0]
    assert np.allclose(shares[0], shares[2])
    assert np.allclose(shares[1], shares[3])
    assert (shares[1, :, 0] > shares[0, :, 0]).all()


def test_a_start_without_one_of_the_scenarios_institutions_is_refused() -> None:
    scenario = small()
    start = InitialState(("KP-05", "KP-09", "KP-10"), ("MSS", "WPK"), np.zeros((1, 3, 2)))
    with pytest.raises(ScenarioError, match="no institution MPS, PROS"):
        start.aligned(scenario)


@pytest.mark.parametrize("draws", [np.zeros((0, 1, 2)), np.zeros((1, 2, 2)), np.full((1, 1, 2), np.nan)])
def test_malformed_draws_are_refused(draws: Floats) -> None:
    with pytest.raises(ScenarioError):
        InitialState(("KP-05",), ("MSS", "WPK"), draws)
