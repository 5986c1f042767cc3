from dataclasses import replace

import numpy as np
from benchmarks.estimate_worlds import PRIORS
from hypothesis import given
from hypothesis import strategies as st

from satrap.estimate.coordinates import Coordinates
from satrap.estimate.hyper import NAMES

GROUPS = (("certainty", "possible"), ("publisher", "A"), ("publisher", "B"), ("source", "official of A"))
PLAIN = Coordinates.plain(PRIORS, GROUPS)
WIDTH = len(NAMES) + len(GROUPS)
numbers = st.floats(-3, 3)


def _shaped(information: float, slope: float) -> Coordinates:
    return replace(PLAIN, information=np.full(len(GROUPS), information), slopes=np.full(len(GROUPS), slope))


def test_where_claims_tell_nothing_they_are_the_prior_s_own() -> None:
    v = np.random.default_rng(0).standard_normal(WIDTH)
    assert (PLAIN.standard(v) == v).all()
    assert PLAIN.log_prior(v) == -0.5 * v @ v


@given(information=st.floats(0, 1e4), slope=numbers, seed=st.integers(0, 99))
def test_a_setting_has_one_place_in_every_shape(information: float, slope: float, seed: int) -> None:
    shape, u = _shaped(information, slope), np.random.default_rng(seed).standard_normal(WIDTH)
    assert np.allclose(shape.standard(shape.at(u)), u)


@given(information=st.floats(0, 100), slope=numbers, seed=st.integers(0, 99))
def test_the_shape_moves_no_mass(information: float, slope: float, seed: int) -> None:
    """The density of v is the prior's of u times the volume that a step of v covers."""
    shape, v = _shaped(information, slope), np.random.default_rng(seed).standard_normal(WIDTH)
    steps = 1e-5 * np.eye(WIDTH)
    jacobian = np.array([(shape.standard(v + h) - shape.standard(v - h)) / 2e-5 for h in steps])
    u = shape.standard(v)
    assert np.isclose(shape.log_prior(v), -0.5 * u @ u + np.linalg.slogdet(jacobian)[1], atol=1e-6)


def test_a_slope_told_beyond_doubt_is_the_same_at_every_spread_of_its_kind() -> None:
    shape, v = _shaped(1e8, 0.4), np.zeros(WIDTH)
    for spread in (-2.0, 0.0, 2.0):
        v[NAMES.index("publisher")] = spread
        assert np.isclose(shape.hyper(v).slopes[1], 0.4, atol=1e-3)


def test_a_slope_and_its_number_are_independent_of_the_spread_if_told_as_assumed() -> None:
    """prior × the normal likelihood that shaped them is N(0, 1) in v, up to what depends on the spread."""
    shape = _shaped(20.0, 0.3)

    def log_posterior(spread: float, number: float) -> float:
        v = np.zeros(WIDTH)
        v[NAMES.index("publisher")], v[len(NAMES) + 1] = spread, number
        told = np.array(shape.hyper(v).slopes)
        return shape.log_prior(v) - 0.5 * 20.0 * float(((told - 0.3) ** 2).sum())

    for spread in (-2.0, 1.0):
        fall = log_posterior(spread, 0.0) - log_posterior(spread, 1.5)
        assert np.isclose(fall, 0.5 * 1.5**2)
