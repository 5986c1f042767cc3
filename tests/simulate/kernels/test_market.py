import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.simulate.kernels.drift import hand_over
from satrap.simulate.kernels.market import effective_offices, mark_up
from satrap.simulate.kernels.taking import occasions
from satrap.simulate.units import Floats

ALL_NEEDED = np.array(1.0)


def equal(n: int) -> Floats:
    return np.full(n, 1 / n)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10])
def test_independent_offices_charge_n_over_n_plus_1_and_one_office_a_half(n: int) -> None:
    """Shleifer–Vishny 1993, in units of the demand's intercept."""
    one_stop = 0.5
    offices = effective_offices(equal(n), np.eye(n))
    assert one_stop * mark_up(offices, ALL_NEEDED) == pytest.approx(n / (n + 1))


def test_under_one_roof_many_offices_charge_like_one() -> None:
    roofs = np.zeros((4, 4))
    roofs[:, 0] = 1
    assert mark_up(effective_offices(equal(4), roofs), ALL_NEEDED) == pytest.approx(1)


@given(st.floats(1, 20))
def test_more_offices_cost_more_if_all_are_needed_and_less_if_they_compete(n: float) -> None:
    few, many = np.array(n), np.array(n + 1)
    assert mark_up(many, ALL_NEEDED) > mark_up(few, ALL_NEEDED)
    assert mark_up(many, np.array(-0.3)) < mark_up(few, np.array(-0.3))
    assert mark_up(many, np.array(0.0)) == mark_up(few, np.array(0.0)) == 1


@pytest.mark.parametrize("n", [2, 3, 5])
def test_removing_one_gatekeeper_raises_the_price_of_those_who_remain(n: int) -> None:
    """The direction of Olken–Barron in Aceh, and with q = 1 the size: A/n after A/(n + 1)."""

    def price(share: Floats, practised: Floats) -> Floats:
        offices = effective_offices(share, np.eye(n))
        return occasions(np.log(share), np.array(1.0)) * practised * mark_up(offices, ALL_NEEDED)

    before = equal(n)
    after = np.append(np.full(n - 1, (1 - 1e-12) / (n - 1)), 1e-12)
    practised = hand_over(np.ones(n), before, after, before, 1 - ALL_NEEDED)
    rise = price(after, practised)[:-1] / price(before, np.ones(n))[:-1]
    assert rise == pytest.approx((n + 1) / n)
