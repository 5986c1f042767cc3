"""Olson 1993: who expects to stay takes less a year than who expects to be gone."""

import numpy as np
import pytest
from tests.simulate.small import FALL, quiet, run

from satrap.simulate.kernels.taking import shortened
from satrap.simulate.units import Floats

STRUCK = 40  # after the cascade has reached the provinces in most members


def taken(horizon: float) -> Floats:
    """What the struck institution takes, where neither fear nor lost authority hides its haste."""
    values = {"horizon": horizon, "cut": 0.0, "dismissal": 0.0, "removal": 0.005, "cascade_spread": 0.0}
    course = run(quiet(events=[FALL], values=values, drift=False)).series("take", institution="MSS")
    return np.asarray(course / course[:, :1])


def test_dismissals_of_some_make_the_others_take_sooner_and_the_more_the_shorter_they_see() -> None:
    none, some, much = (taken(rho) for rho in (0.0, 0.3, 0.6))
    assert (some[:, STRUCK] > none[:, STRUCK]).all()
    assert (much[:, STRUCK] > some[:, STRUCK]).all()


def test_haste_passes_as_removals_are_forgotten() -> None:
    haste = taken(0.6) / taken(0.0)
    assert (haste[:, 139] < haste[:, STRUCK]).all()


def test_tenure_halved_raises_taking_by_two_to_the_rho() -> None:
    twice = shortened(np.array(0.005), np.array(0.005), np.array(0.4))
    assert twice == pytest.approx(2**0.4)
