import numpy as np
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from satrap.simulate.streams import normals, poisson, stream, uniforms


def test_the_same_seed_member_and_purpose_give_the_same_numbers() -> None:
    assert np.array_equal(stream(1, 2, "authority").random(5), stream(1, 2, "authority").random(5))


def test_another_seed_member_or_purpose_gives_other_numbers() -> None:
    first = stream(1, 2, "authority").random()
    assert first not in {
        stream(2, 2, "authority").random(),
        stream(1, 3, "authority").random(),
        stream(1, 2, "resistance").random(),
        stream(12, 2, "authority").random(),
    }


def test_a_member_draws_the_same_in_any_company() -> None:
    assert np.array_equal(uniforms(1, [4], "x", (3,))[0], uniforms(1, [2, 4, 9], "x", (3,))[1])
    assert np.array_equal(normals(1, [4], "x", (3,))[0], normals(1, [9, 4], "x", (3,))[1])


@given(st.floats(0, 0.999999), st.floats(0, 50))
def test_poisson_counts_are_the_quantiles_of_the_law(uniform: float, rate: float) -> None:
    count = poisson(np.array([uniform]), np.array([rate]))[0]
    assert scipy.stats.poisson.cdf(count, rate) >= uniform - 1e-9
    assert count == 0 or scipy.stats.poisson.cdf(count - 1, rate) <= uniform + 1e-9


@given(st.floats(0, 0.999999), st.floats(0, 50), st.floats(0, 10))
def test_a_higher_rate_never_lowers_a_count(uniform: float, rate: float, more: float) -> None:
    low, high = poisson(np.full(2, uniform), np.array([rate, rate + more]))
    assert low <= high
