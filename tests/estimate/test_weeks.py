from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.errors import EstimateError
from satrap.estimate.weeks import Weeks

days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


@given(days, st.integers(0, 2000))
def test_every_day_of_the_span_is_in_a_week_that_holds_it(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    weeks = Weeks.spanning(start, end)
    for day in (start, end):
        monday = weeks.monday(weeks.at(day))
        assert monday.weekday() == 0
        assert timedelta(0) <= day - monday < timedelta(days=7)
    assert weeks.at(start) == 0
    assert weeks.at(end) == weeks.count - 1


def test_a_day_outside_names_the_span() -> None:
    weeks = Weeks.spanning(date(2017, 1, 2), date(2017, 1, 9))
    with pytest.raises(EstimateError, match="2017-01-02 to 2017-01-15"):
        weeks.at(date(2017, 1, 16))


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(EstimateError, match="before it starts"):
        Weeks.spanning(date(2017, 1, 2), date(2017, 1, 1))
