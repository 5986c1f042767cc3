import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import When
from satrap.reading.dates import find_dates

PUBLISHED = When.parse("2017-06-15")  # a Thursday


def dates(text: str, published: When | None = PUBLISHED) -> list[str | None]:
    return [one.when.edtf if one.when else None for one in find_dates(text, published)]


def test_a_time_keeps_where_it_stands_and_which_rules_read_it() -> None:
    text = "He fell on the 21st of last month."
    (one,) = find_dates(text, PUBLISHED)
    assert text[one.start : one.end] == one.text == "the 21st of last month"
    assert one.rules == ("date.this-unit", "date.day-of")


def test_the_modal_may_and_amounts_are_no_times() -> None:
    assert dates("He may resign. They march. They took 2000 yuan and 1,995 dollars from 1900 traders.") == []


def test_a_month_lies_before_publication_unless_the_sentence_looks_ahead() -> None:
    assert dates("He was dismissed in August.") == ["2016-08"]
    assert dates("He will be dismissed in August.") == ["2017-08"]
    assert dates("It will end badly for those dismissed in August.") == ["2016-08"]


def test_since_looks_back_and_a_rule_takes_effect_on_the_nearest_such_day() -> None:
    assert dates("He has been missing since the 20th.") == ["2017-05-20"]
    assert dates("A decree, printed on 2 June, puts militias under the army as of 1 October.") == [
        "2017-06-02",
        "2017-10-01",
    ]


def test_what_is_told_on_a_day_does_not_happen_the_day_after_the_telling() -> None:
    text = "On May 28 he fell, three people said on Monday. The next day his deputy was held."
    assert dates(text) == ["2017-05-28", "2017-06-12", "2017-05-29"]


def test_a_bare_day_goes_on_from_the_day_told_before_it() -> None:
    assert dates("He fell on 23 May. His deputy was held on the 9th.") == ["2017-05-23", "2017-06-09"]
    assert dates("He fell on 3 May. His deputy was held on the 9th.") == ["2017-05-03", "2017-05-09"]
    assert dates("He fell in May. His deputy was held on the 9th.") == ["2017-05", "2017-06-09"]
    assert dates("He fell in March 2014. His deputy was held on the 9th.") == ["2014-03", "2014-03-09"]


def test_a_day_without_any_tense_may_lie_in_the_coming_weeks_but_not_beyond() -> None:
    assert dates("A ban on movement from 20 June.") == ["2017-06-20"]
    assert dates("A ban on movement from 20 August.") == ["2016-08-20"]


def test_without_a_publication_date_only_times_that_name_their_year_are_resolved() -> None:
    assert dates("In May 2015 it began; it ended in July, on a Tuesday, two years ago.", None) == ["2015-05"]


def test_where_only_the_month_of_publication_is_known_weekdays_are_not_resolved_but_months_are() -> None:
    assert dates("He fell on Tuesday, or on 3 May, or in April.", When.parse("2017-06")) == [
        "2017-05-03",
        "2017-04",
    ]


def test_the_text_s_own_dateline_goes_before_the_day_of_publication() -> None:
    text = "Officers moved\n\nWednesday, June 14, 2017\n\nThey were moved yesterday."
    first, second = find_dates(text, PUBLISHED)
    assert first.dateline
    assert second.when == When.parse("2017-06-13")


def test_the_day_after_the_place_of_writing_is_a_dateline_too() -> None:
    text = "HAVANA, June 14 (Agency) - Two ministers were removed on Monday."
    assert [one.dateline for one in find_dates(text, PUBLISHED)] == [True, False]


def test_times_told_relative_to_a_time_before_them_are_counted_from_it() -> None:
    text = "It was set up in 2012 and scrapped two years later. She was seen on 18 May. A week later he fell."
    assert dates(text) == ["2012", "2014", "2017-05-18", "2017-05-25"]
    assert dates("The next day he fell.") == []


def test_a_day_of_the_month_belongs_to_the_month_its_paragraph_tells_of() -> None:
    assert dates("In March they came. On the 9th they left.") == ["2017-03", "2017-03-09"]
    assert dates("In March they came.\n\nOn the 9th they left.") == ["2017-03", "2017-06-09"]


def test_the_ends_of_a_range_are_kept_and_share_the_year() -> None:
    (one,) = find_dates("He was held from November to April 2016.", PUBLISHED)
    assert one.when == When.parse("2015-11/2016-04")
    assert [end.text for end in one.ends] == ["November", "April 2016"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("absent since May", "2017-05/.."),
        ("absent since the start of the year", "2017-01/.."),
        ("He will be gone by the end of 2018", "2017-06-15/2018-12-31"),
        ("renamed by July 2016", "2016-07"),
        ("He ruled until 2011", "../2011"),
        ("dismissed in May", "2017-05"),
    ],
)
def test_what_since_until_and_by_say_of_the_thing_told(text: str, held: str) -> None:
    (one,) = find_dates(text, PUBLISHED)
    assert one.held(PUBLISHED) == When.parse(held)


def test_times_without_bounds_are_found_but_have_no_when() -> None:
    assert dates("He was recently seen, a few days ago.") == [None, None]


WORDS = """
    in on the of by since from to until between and May March 3 26th 31 2016 1999 last next this week month
    year years ago two second half end quarter spring winter Monday weekend the day later that same century
    19th 1980s early late mid - – , . will fell Juche 106 New Year's Day today
"""
words = st.sampled_from([*WORDS.split(), "\n", "\n\n"])
published = st.one_of(
    st.none(),
    st.dates(date(1900, 1, 1), date(2090, 12, 31)).map(When.day),
    st.sampled_from(["2017", "2017-06", "1994-02", "2016-02-29", "0001-01-01", "9999-12-31"]).map(When.parse),
)


@given(st.one_of(st.lists(words, max_size=30).map(" ".join), st.text(max_size=200)), published)
def test_any_text_yields_ordered_times_that_do_not_overlap_whose_bounds_are_those_of_their_edtf(
    text: str, day: When | None
) -> None:
    found = find_dates(text, day)
    for one in found:
        assert text[one.start : one.end] == one.text != ""
        for when in (one.when, one.held(day), *(end.when for end in one.ends)):
            if when is not None:
                assert when.earliest <= when.latest
                assert When.parse(when.edtf) == when
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["on the 1", " ", "2016-", "May ", "early ", "the end of ", "\n", "a, ", "Monday, ", "1 and 2 "]
)
def test_time_grows_with_the_length_of_the_text_whatever_it_repeats(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.perf_counter()
        find_dates(text, PUBLISHED)
        return time.perf_counter() - began

    seconds(1000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.01)
