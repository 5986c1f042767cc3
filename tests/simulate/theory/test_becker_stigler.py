"""Becker–Stigler 1974: an official is honest while p(w − w₀)/(1 − δ) ≥ b, the bribe.

The model smooths that threshold: of officials who differ, logit⁻¹(β₀ + β_w(1 − w)) are open to the bribe, so
β₀ is what the bribe is worth at full pay, β_w what a unit of pay is worth to who may lose it, and half of
them are open where the two are equal. The sanction enters by those it stops. Thresholds are by bisection.
"""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import bisect

from satrap.simulate.kernels.conduct import HONEST, TAKER, chances, rates, step
from satrap.simulate.kernels.drift import temptation_rate

ONE, ZERO = np.array(1.0), np.array(0.0)


def threshold(excess: Callable[[float], float], low: float, high: float) -> float:
    return float(bisect(excess, low, high, xtol=1e-9))


def open_to_bribes(bribe: float, pay: float, worth: float) -> float:
    return float(temptation_rate(ONE, ONE, np.array(pay), np.array(bribe), np.array(worth)))


@pytest.mark.parametrize("pay", [0.3, 0.7, 1.0, 1.4])
@pytest.mark.parametrize("worth", [0.5, 3.0])
def test_the_bribe_that_tempts_half_is_what_the_pay_above_a_living_is_worth(pay: float, worth: float) -> None:
    found = threshold(lambda bribe: open_to_bribes(bribe, pay, worth) - 0.5, -10, 10)
    assert found == pytest.approx(worth * (pay - 1), abs=1e-6)


@pytest.mark.parametrize("bribe", [0.2, 1.0])
def test_the_pay_that_keeps_half_honest_rises_with_the_bribe_and_falls_with_what_is_at_stake(
    bribe: float,
) -> None:
    def pay(worth: float) -> float:
        return threshold(lambda one: open_to_bribes(bribe, one, worth) - 0.5, 0, 10)

    assert pay(2.0) == pytest.approx(1 + bribe / 2)
    assert pay(2.0) < pay(1.0)


def in_the_long_run(sanction: float, *, relapse: float, tempted: float = 0.02, exits: float = 0.02) -> float:
    """Takers of an office that has long expected this sanction, with μ = .1 and forgetting .05 a week."""
    q = rates(
        np.array(tempted),
        np.array(exits),
        np.array(0.1 * sanction),
        np.array(0.05),
        np.array(relapse),
    )
    week = chances(q)
    officials = np.array([1.0, 0.0, 0.0])
    for _ in range(2000):
        officials = step(officials, ZERO, week)
    return float(officials[TAKER])


def test_the_sanction_that_halves_takers_is_where_it_stops_as_many_as_come_and_go() -> None:
    """Without relapse c = L/(L + μ₀ + μD): half of L/(L + μ₀) at D = (L + μ₀)/μ."""
    half = in_the_long_run(0.0, relapse=0.0) / 2
    found = threshold(lambda sanction: in_the_long_run(sanction, relapse=0.0) - half, 0, 20)
    assert found == pytest.approx((0.02 + 0.02) / 0.1, rel=1e-6)


def test_whoever_comes_back_when_he_forgets_takes_a_stronger_sanction_to_hold() -> None:
    half = in_the_long_run(0.0, relapse=0.0) / 2

    def held_by(relapse: float) -> float:
        return threshold(lambda sanction: in_the_long_run(sanction, relapse=relapse) - half, 0, 50)

    held = [held_by(xi) for xi in (0.0, 0.5, 1.0)]
    assert held == sorted(held)
    assert held[2] > 1.5 * held[0]


def test_the_condition_is_one_of_the_present_sanction() -> None:
    """Long after the last sanction an office of relapsing officials is as it was, and no more honest."""
    q_scared = chances(rates(np.array(0.02), np.array(0.02), np.array(0.3), np.array(0.05), ONE))
    q_calm = chances(rates(np.array(0.02), np.array(0.02), ZERO, np.array(0.05), ONE))
    officials = before = np.array([0.5, 0.5, 0.0])
    for week in range(600):
        officials = step(officials, ZERO, q_scared if week < 26 else q_calm)
        if week == 26:
            assert officials[TAKER] < 0.2
    assert officials == pytest.approx(before, abs=1e-4)
    assert officials[HONEST] == pytest.approx(before[HONEST], abs=1e-4)
