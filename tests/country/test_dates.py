"""Dates are as coarse and as unsure as the sources."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.country.dates import Lasting, latest_covering, parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "unsure"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), False),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), False),
        ("2017-01-15", date(2017, 1, 15), date(2017, 1, 15), False),
        ("2017-01~", date(2017, 1, 1), date(2017, 1, 31), True),
        ("[2016-12..2017-01]", date(2016, 12, 1), date(2017, 1, 31), True),
    ],
)
def test_the_bounds_of_a_date(text: str, earliest: date, latest: date, unsure: bool) -> None:
    parsed = parse_date(text)
    assert (parsed.earliest, parsed.latest, parsed.unsure, str(parsed)) == (earliest, latest, unsure, text)


@pytest.mark.parametrize("text", ["2017-13", "2017-02-30", "soon", "17", "[2017..2016]", "", "2017-1"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|not in the calendar|ends before"):
        parse_date(text)


@given(st.dates())
def test_any_day_reads_back_as_itself(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert parsed.earliest == parsed.latest == day
    assert parse_date(day.isoformat()[:7]).earliest <= day <= parse_date(day.isoformat()[:7]).latest


def test_a_successor_wins_the_month_of_change() -> None:
    before = Lasting.model_validate({"from": "2010", "to": "2016-06", "note": "before"})
    after = Lasting.model_validate({"from": "2016-06", "note": "after"})
    assert latest_covering([after, before], date(2016, 6, 2)) is after
    assert latest_covering([after, before], date(2016, 5, 31)) is before
    assert latest_covering([after, before], date(2009, 12, 31)) is None
