import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.simulate.kernels.drift import hand_over, learn, temptation_rate
from satrap.simulate.units import Floats

share = st.floats(0.01, 0.99).map(np.asarray)
FULL = np.array(1.0)


def test_better_pay_makes_fewer_takers() -> None:
    """The direction of Becker–Stigler 1974: honest if p(w − w₀)/(1 − δ) ≥ b."""
    pay = np.array([0.3, 1.0])
    poor, rich = temptation_rate(np.array(0.01), np.array(0.3), pay, np.array(0.0), np.array(2.0))
    assert poor > rich > 0


@given(share, share)
def test_clean_hands_take_over_nothing_at_first(home: Floats, gained: Floats) -> None:
    """With q = 0 and no time to learn, occasions gained do not raise the practised ones."""
    after = home + gained
    assert hand_over(FULL, home, after, home, FULL) * after == pytest.approx(float(home))


@given(share, share, share)
def test_what_is_handed_over_and_back_leaves_no_trace(home: Floats, between: Floats, other: Floats) -> None:
    there = hand_over(FULL, home, between, home, FULL)
    elsewhere = hand_over(there, between, other, home, FULL)
    assert hand_over(elsewhere, other, home, home, FULL) == pytest.approx(1)


@given(share, share)
def test_what_is_lost_returns_to_old_hands(one: Floats, other: Floats) -> None:
    low, high = np.minimum(one, other), np.maximum(one, other)
    assert hand_over(FULL, high, low, high, FULL) == hand_over(FULL, low, high, high, FULL) == 1


def test_of_complementary_permissions_nothing_is_handed_to_new_takers() -> None:
    assert hand_over(FULL, np.array(0.2), np.array(0.6), np.array(0.2), np.array(0.0)) == 1


@given(share)
def test_new_hands_learn_only_if_there_is_drift(practised: Floats) -> None:
    assert learn(practised, np.array(0.0)) == pytest.approx(float(practised))
    assert learn(practised, np.array(0.1)) > practised
