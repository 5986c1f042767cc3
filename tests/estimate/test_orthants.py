"""The chance of an orthant: closed forms, and finite where chances vanish."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from satrap.estimate.orthants import log_orthant


def test_without_a_condition_it_is_certain() -> None:
    assert log_orthant(np.empty(0), np.empty((0, 0))) == 0.0


@given(st.floats(-50, 50), st.floats(0.01, 100))
def test_one_dimension_is_the_normal_distribution(mean: float, variance: float) -> None:
    found = log_orthant(np.array([mean]), np.array([[variance]]))
    assert found == pytest.approx(norm.logcdf(mean / variance**0.5), rel=1e-6, abs=1e-9)


@given(st.floats(-0.99, 0.99))
def test_two_centred_coordinates_follow_sheppards_formula(correlation: float) -> None:
    exact = 0.25 + np.arcsin(correlation) / (2 * np.pi)
    found = np.exp(log_orthant(np.zeros(2), np.array([[1, correlation], [correlation, 1]])))
    assert found == pytest.approx(exact, rel=5e-3)


def test_equally_correlated_coordinates_at_one_half_are_one_in_one_more() -> None:
    for count in (3, 8, 14):
        covariance = np.full((count, count), 0.5) + 0.5 * np.eye(count)
        assert np.exp(log_orthant(np.zeros(count), covariance)) == pytest.approx(1 / (count + 1), rel=0.02)


def test_the_same_coordinate_twice_is_one_condition() -> None:
    assert np.exp(log_orthant(np.full(2, -1.0), np.ones((2, 2)))) == pytest.approx(norm.cdf(-1), rel=1e-2)


def test_what_hardly_happens_has_a_finite_logarithm() -> None:
    found = log_orthant(np.full(5, -40.0), np.eye(5))
    assert found == pytest.approx(5 * norm.logcdf(-40), rel=1e-3)
