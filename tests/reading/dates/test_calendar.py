from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import When
from satrap.reading.dates import calendar

UNITS = ["day", "week", "weekend", "month", "season", "quarter", "half", "year", "decade", "century"]
days = st.dates(date(1600, 1, 1), date(2300, 12, 31))


@given(days, st.sampled_from(UNITS), st.integers(-5, 5))
def test_a_unit_has_the_bounds_its_edtf_says(day: date, unit: str, shift: int) -> None:
    time = calendar.containing(day, unit, shift)
    assert When.parse(time.edtf) == time.when


@given(days, st.sampled_from([unit for unit in UNITS if unit != "weekend"]), st.integers(-5, 5))
def test_units_follow_on_each_other_without_gap(day: date, unit: str, shift: int) -> None:
    now, after = calendar.containing(day, unit, shift), calendar.containing(day, unit, shift + 1)
    assert now.last + calendar.DAY == after.first
    assert shift or now.first <= day <= now.last


@given(days, st.sampled_from(["month", "quarter", "half", "year"]), st.integers(2, 4))
def test_the_parts_of_a_time_make_up_the_whole(day: date, unit: str, parts: int) -> None:
    whole = calendar.containing(day, unit)
    made = [calendar.part(whole, parts, number) for number in range(parts)]
    assert (made[0].first, made[-1].last) == (whole.first, whole.last)
    assert all(a.last + calendar.DAY == b.first for a, b in pairwise(made))


def test_the_end_of_a_year_is_its_last_month_but_the_end_of_june_may_be_any_day_of_june() -> None:
    assert calendar.edge(calendar.year(2016), end=True).edtf == "2016-12"
    assert calendar.edge(calendar.month(2016, 6), end=True).edtf == "2016-06"


def test_a_winter_runs_into_the_next_year() -> None:
    assert calendar.season(2016, 12).edtf == "2016-12/2017-02"


def test_a_span_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="is after"):
        calendar.span(calendar.year(2017), calendar.year(2016))
