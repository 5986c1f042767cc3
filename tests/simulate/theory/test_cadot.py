"""Cadot 1987: superiors share. What is owed upward is taken whatever the risk, and it goes up in full."""

import numpy as np
import pytest
from tests.simulate.nation.worlds import nation, village
from tests.simulate.small import ORDER, quiet, run

from satrap.simulate.nation.meetings import COLUMNS
from satrap.simulate.units import Floats


def taken(quota: float) -> Floats:
    """The institution's taking four weeks after the order, over that before; no one stops altogether."""
    values = {"quota": quota, "correction": 0.0, "order": 2.0}
    course = run(quiet(events=[ORDER], values=values, drift=False)).series("take", institution="MSS")
    return np.asarray(course[:, 30] / course[:, 25])


def test_the_more_is_owed_upward_the_less_an_order_deters() -> None:
    assert (np.diff([taken(u) for u in (0.0, 0.3, 0.7, 1.0)], axis=0) > 0).all()


def test_where_all_is_owed_an_order_changes_nothing() -> None:
    assert taken(1.0) == pytest.approx(1, abs=1e-5)


def test_what_is_left_never_falls_below_what_is_owed() -> None:
    assert (taken(0.3) > 0.3).all()


@pytest.mark.parametrize("quota", [0.0, 0.3])
def test_the_quota_is_the_part_of_takings_that_goes_up(quota: float) -> None:
    lived = nation(village(weeks=30, events=[], values={"quota": quota, "meetings": 0.5})).live(30)
    taken_, up = (lived.tally[..., column].sum() for column in (COLUMNS.taken, COLUMNS.passed_up))
    assert up / taken_ == pytest.approx(quota, abs=0.01)
