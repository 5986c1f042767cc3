import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from satrap.estimate.likelihood import interval_probit

values = st.floats(-50, 50)
noises = st.floats(0.05, 5)


def _at(f: float, lower: float, upper: float, noise: float) -> tuple[float, float, float]:
    log_p, slope, curvature = interval_probit(*(np.array([x]) for x in (f, lower, upper, noise)))
    return float(log_p[0]), float(slope[0]), float(curvature[0])


def test_up_and_down_share_one_probability() -> None:
    up = _at(0.3, 0.0, np.inf, 0.5)[0]
    down = _at(-0.3, 0.0, np.inf, 0.5)[0]
    assert np.isclose(np.exp(up) + np.exp(down), 1.0)
    assert np.isclose(np.exp(up), norm.cdf(0.6))


def test_unchanged_is_likeliest_where_nothing_changed() -> None:
    assert np.isclose(np.exp(_at(0.0, -0.1, 0.1, 0.5)[0]), norm.cdf(0.2) - norm.cdf(-0.2))
    assert _at(0.0, -0.1, 0.1, 0.5)[1] == 0.0
    assert _at(0.4, -0.1, 0.1, 0.5)[1] < 0 < _at(-0.4, -0.1, 0.1, 0.5)[1]


@given(values, st.sampled_from([(0.0, np.inf), (-0.1, np.inf), (-0.1, 0.1), (-np.inf, 0.3)]), noises)
def test_finite_concave_and_no_probability_above_one(
    f: float, bounds: tuple[float, float], noise: float
) -> None:
    log_p, slope, curvature = _at(f, *bounds, noise)
    assert np.isfinite([log_p, slope, curvature]).all()
    assert log_p <= 1e-12
    assert 0 <= curvature <= (1 + 1e-6) / noise**2


@given(st.floats(-3, 3), st.sampled_from([(0.0, np.inf), (-0.1, 0.1)]), st.floats(0.2, 2))
def test_slope_and_curvature_are_the_derivatives(f: float, bounds: tuple[float, float], noise: float) -> None:
    h = 1e-4
    (lower, low_slope, _), (upper, high_slope, _) = _at(f - h, *bounds, noise), _at(f + h, *bounds, noise)
    _, slope, curvature = _at(f, *bounds, noise)
    assert np.isclose(slope, (upper - lower) / (2 * h), rtol=1e-4, atol=1e-5)
    assert np.isclose(curvature, -(high_slope - low_slope) / (2 * h), rtol=1e-3, atol=1e-4)
