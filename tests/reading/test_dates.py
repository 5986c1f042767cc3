from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import When
from satrap.reading.dates import find_dates

PUBLISHED = date(2017, 6, 15)


def dates(text: str, published: date | None = PUBLISHED) -> list[str]:
    return [one.edtf for one in find_dates(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 15 February 2018", "2018-02-15"),
        ("on February 15, 2018", "2018-02-15"),
        ("in November 2016", "2016-11"),
        ("in early January 2011", "2011-01"),
        ("in November", "2016-11"),
        ("in May", "2017-05"),
        ("on January 20", "2017-01-20"),
        ("on June 20", "2016-06-20"),
        ("from January 25 to 27", "2017-01-25/2017-01-27"),
        ("between 1996 and 2007", "1996/2007"),
        ("earlier this year", "2017"),
        ("last month", "2017-05"),
        ("the 21st of last month", "2017-05-21"),
        ("in August last year", "2016-08"),
        ("in about October 2015", "2015-10~"),
        ("in the early 1980s", "198X"),
    ],
)
def test_a_time_is_resolved_against_the_day_of_publication(text: str, edtf: str) -> None:
    assert dates(f"It happened {text}.") == [edtf]


def test_amounts_are_not_years() -> None:
    assert dates("They took 2000 yuan and 1,995 dollars.") == []


def test_the_modal_may_is_not_a_month() -> None:
    assert dates("He may resign.") == []


def test_without_a_publication_date_only_times_that_name_their_year_are_resolved() -> None:
    assert dates("In May 2015 it began; it ended in July.", None) == ["2015-05"]


@given(
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.sampled_from(
        ["in May", "on 3 March", "last month", "this year", "on 31 January", "from 3 to 9 December"]
    ),
)
def test_what_is_found_is_valid_edtf_and_begins_no_later_than_the_year_of_publication(
    day: date, text: str
) -> None:
    for edtf in dates(text, day):
        assert When.parse(edtf).earliest.year <= day.year
