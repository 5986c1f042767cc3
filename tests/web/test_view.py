from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satrap.web.around import linking
from satrap.web.view import DAYS, BadAddressError, View

DAY = st.none() | st.dates()
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
NAMES = WORDS.filter(lambda name: name not in DAYS)
VIEWS = st.builds(
    View,
    as_of=DAY,
    since=DAY,
    known_at=DAY,
    filters=st.lists(st.tuples(NAMES, WORDS), max_size=5).map(tuple),
)


def query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


@settings(max_examples=1000)
@given(VIEWS)
def test_every_view_comes_back_from_its_address(view: View) -> None:
    assert View.parse(query(view.to("why", "MSS@KP-05"))) == view


@given(VIEWS, WORDS, WORDS)
def test_toggling_a_filter_twice_changes_nothing_that_was_there_once(
    view: View, name: str, value: str
) -> None:
    bare = view.bare()
    assert bare.toggled(name, value).toggled(name, value) == bare


@given(VIEWS)
def test_links_carry_the_clocks_and_leave_what_they_set_themselves(view: View) -> None:
    linked = View.parse(query(linking(view)("/why/MSS?of=change&as_of=2017-01-02#claims")))
    assert linked == View(date(2017, 1, 2), view.since, view.known_at, (("of", "change"),))


@pytest.mark.parametrize("day", ["2017-02-31", "yesterday", "2017", "'; DROP TABLE", "2017-13-01"])
def test_a_day_that_does_not_exist_is_said_to_be_none(day: str) -> None:
    with pytest.raises(BadAddressError, match="YYYY-MM-DD"):
        View.parse([("as_of", day)])


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e3", "²", "99999999999999999999"])
def test_a_page_number_is_one_or_more(number: str) -> None:
    with pytest.raises(BadAddressError, match="no number"):
        View(filters=(("page", number),)).number("page", 1, 1000)


def test_the_record_counts_up_to_the_end_of_the_day() -> None:
    moment = View(known_at=date(2017, 6, 15)).moment
    assert moment is not None
    assert moment.isoformat() == "2017-06-15T23:59:59.999999+00:00"
