import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from satrap.simulate.kernels.taking import deterred, for_missing_pay, occasions, ration, shortened
from satrap.simulate.units import Floats


@given(hnp.arrays(np.float64, (3, 4), elements=st.floats(-20, 20)), st.floats(0, 3))
def test_occasions_are_divided_without_remainder(log_ratio: Floats, opportunity: float) -> None:
    assert np.allclose(occasions(log_ratio, np.array(opportunity)).sum(axis=-1), 1)


def test_fear_of_sanction_deters_except_from_what_is_owed_upward() -> None:
    free, afraid = deterred(np.array([0.0, 50.0]), np.array(1.0), np.array(0.2))
    assert free == 1
    assert afraid == pytest.approx(0.2)


def test_a_short_horizon_hastens_taking() -> None:
    """The direction of Olson 1993."""
    assert shortened(np.array(0.01), np.array(0.005), np.array(0.3)) == pytest.approx(3**0.3)
    assert shortened(np.array(0.0), np.array(0.005), np.array(0.3)) == 1


def test_missing_pay_is_made_up_for() -> None:
    assert for_missing_pay(np.array(0.4), np.array(0.5)) > for_missing_pay(np.array(1.0), np.array(0.5)) == 1


@given(hnp.arrays(np.float64, (3, 4), elements=st.floats(0, 2)))
def test_residents_never_give_more_than_they_have(take: Floats) -> None:
    rationed = ration(take)
    assert (rationed.sum(axis=-1) <= 1 + 1e-12).all()
    assert np.allclose(rationed[take.sum(axis=-1) <= 1], take[take.sum(axis=-1) <= 1])
