"""Olken–Barron 2009 in Aceh: soldiers leave some checkpoints, and the price at the remaining ones rises."""

import numpy as np
import pytest
from tests.simulate.small import FALL, quiet, run

from satrap.simulate.units import Floats

LATER = 60
OTHERS = ("MPS", "PROS", "WPK")


def rest(complementarity: float) -> Floats:
    """What those who remain take after dismissals thin out one institution, over what they would."""
    fearless = {"deterrence": False, "horizon": False, "drift": False}
    values = {"complementarity": complementarity, "cut": 0.1}
    thinned, calm = (
        np.sum([run(quiet(events=events, values=values, **fearless)).series("take", institution=one)
                for one in OTHERS], axis=0)[:, LATER]
        for events in ([FALL], [])
    )  # fmt: skip
    return np.asarray(thinned / calm)


def test_where_all_permissions_are_needed_those_who_remain_ask_more() -> None:
    assert (rest(1.0) > 1.05).all()


def test_the_more_permissions_are_needed_together_the_more() -> None:
    assert (np.diff([rest(q) for q in (0.0, 0.3, 0.6, 1.0)], axis=0) > 0).all()


def test_independent_offices_ask_what_they_asked() -> None:
    """The falsifier: without complementarity nothing is displaced to those who remain."""
    assert rest(0.0) == pytest.approx(1, abs=1e-6)
