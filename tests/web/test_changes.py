from datetime import date

import pytest

from satrap.web.changes import Changes
from satrap.web.held import Held

SINCE, AS_OF = date(2016, 9, 1), date(2017, 6, 15)


@pytest.mark.parametrize(("institution", "place"), [("MSS", None), ("WPK", "KP-09"), ("CABINET", "KP-01")])
def test_changes_of_all_offices_are_those_of_each(held: Held, institution: str, place: str | None) -> None:
    estimate = held.estimate
    one = estimate.change(institution, place, SINCE, AS_OF, (0.8,))
    at = estimate.offices.place(place), estimate.offices.institution(institution)
    all_at_once = Changes.between(estimate, SINCE, AS_OF).at(*at)
    assert all_at_once.mean == pytest.approx(one.mean, abs=1e-5)
    assert (all_at_once.low, all_at_once.high) == pytest.approx(one.bands[0.8], abs=1e-4)
    assert all_at_once.down == pytest.approx(one.p_down)
    assert all_at_once.prior_only == one.prior_dominated
