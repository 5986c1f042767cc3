import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from satrap.simulate.kernels.conduct import HONEST, LAPSED, TAKER, chances, rates, step
from satrap.simulate.kernels.drift import customary_exit
from satrap.simulate.units import Floats

rate = st.floats(0, 30).map(np.asarray)
share = st.floats(0, 1).map(np.asarray)
ZERO, ONE = np.array(0.0), np.array(1.0)
ALL_TAKE = np.array([0.0, 1.0, 0.0])


def after(weeks: int, officials: Floats, *q: Floats) -> Floats:
    chance = chances(rates(*q))
    for _ in range(weeks):
        officials = step(officials, ZERO, chance)
    return officials


@settings(deadline=None)
@given(rate, rate, rate, rate, share)
def test_the_weekly_step_is_the_exact_solution(
    tempted: Floats, exits: Floats, scared: Floats, forgetting: Floats, relapse: Floats
) -> None:
    q = rates(tempted, exits, scared, forgetting, relapse)
    assert np.allclose(q.sum(axis=-1), 0)
    assert np.allclose(chances(q), expm(q), atol=1e-12)


def test_slow_and_fast_offices_side_by_side_do_not_disturb_one_another() -> None:
    q = rates(np.array([1e-4, 20.0]), np.array([1e-4, 5.0]), np.array([0.0, 9.0]), ONE, ONE)
    assert np.allclose(chances(q)[0], chances(q[0]), rtol=1e-12)


@settings(deadline=None)
@given(share, rate, rate, rate, rate, share)
def test_officials_remain_shares(
    takers: Floats, a: Floats, b: Floats, c: Floats, d: Floats, e: Floats
) -> None:
    officials = after(3, np.array([1 - takers, takers, 0.0]), a, b, c, d, e)
    assert (officials >= 0).all()
    assert officials.sum() == pytest.approx(1)


@settings(deadline=None)
@given(st.floats(0.01, 0.99).map(np.asarray), st.floats(1e-6, 1).map(np.asarray))
def test_customary_exits_hold_the_share_of_takers_where_it_is(takers: Floats, entering: Floats) -> None:
    officials = np.array([1 - takers, takers, 0.0])
    assert after(1, officials, entering, customary_exit(entering, takers), ZERO, ONE, ONE) == pytest.approx(
        officials
    )


def test_who_stopped_out_of_fear_takes_again_once_he_forgets_it() -> None:
    stopped = after(8, ALL_TAKE, ZERO, ZERO, np.array(0.2), np.array(0.05), ONE)
    assert stopped[LAPSED] > 0.5
    assert stopped[HONEST] == 0
    assert after(300, stopped, ZERO, ZERO, ZERO, np.array(0.05), ONE)[TAKER] == pytest.approx(1)


def test_who_never_forgets_never_takes_again() -> None:
    stopped = after(8, ALL_TAKE, ZERO, ZERO, np.array(0.2), ZERO, ONE)
    assert after(300, stopped, ZERO, ZERO, ZERO, ZERO, ONE) == pytest.approx(stopped)


def test_without_relapse_fear_reforms_for_good() -> None:
    """The limit ξ = 0: dc/dt = L(1 − c) − (μ₀ + μD)c, whose solution is known."""
    tempted, out = 0.03, 0.3
    rest = tempted / (tempted + out)
    expected = rest + (1 - rest) * np.exp(-(tempted + out))
    found = after(1, ALL_TAKE, np.array(tempted), np.array(0.1), np.array(0.2), ONE, ZERO)
    assert found[TAKER] == pytest.approx(expected)
    assert found[LAPSED] == 0


def test_who_is_dismissed_makes_room_for_an_honest_man() -> None:
    same = chances(rates(ZERO, ZERO, ZERO, ZERO, ONE))
    assert step(np.array([0.2, 0.5, 0.3]), np.array(0.1), same) == pytest.approx([0.28, 0.45, 0.27])
