from datetime import date

import pytest
from tests.publish.builders import KP

from satrap.estimate import Contribution, Estimate
from satrap.publish.authority import MOST, bands, behind, shifts, with_reasons

SINCE, AS_OF = date(2016, 6, 15), date(2017, 6, 15)


def test_there_is_a_change_for_every_office_and_they_cancel_out_at_each_place(estimated: Estimate) -> None:
    found = shifts(estimated, SINCE, AS_OF)
    assert len(found) == len(KP.authority) * (len(KP.provinces) + 1)
    assert sum(one.mean for one in found if one.place == "KP-05") == pytest.approx(0, abs=1e-4)
    assert all(one.low <= one.high and 0 <= one.before <= 1 for one in found)


def test_reasons_are_the_claims_that_carry_most_of_the_movement(estimated: Estimate) -> None:
    fall = next(one for one in shifts(estimated, SINCE, AS_OF) if one.key == "change-MSS-centre")
    told = with_reasons(estimated, fall).moved
    everything = estimated.why("MSS", None, AS_OF, SINCE)
    carried = sum(one.fraction for one in everything[: len(told)])
    assert carried >= MOST
    assert carried - everything[len(told) - 1].fraction < MOST
    assert [one.claim for one in told] == [one.claim for one in everything[: len(told)]]


def test_claims_that_moved_nothing_are_not_behind_anything() -> None:
    assert behind([Contribution("a", 0.1, 0.01, 0.7), Contribution("b", 0.0, 0.0, 0.0)])[-1].claim == "a"
    assert behind([]) == ()


def test_bands_nest_around_the_middle(estimated: Estimate) -> None:
    for band in bands(estimated, "KP-05").values():
        for at in range(len(band.days)):
            edges = [band.bands[level][0][at] for level in (95, 80, 50)]
            edges += [band.bands[level][1][at] for level in (50, 80, 95)]
            assert edges == sorted(edges)
