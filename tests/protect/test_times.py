import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import When
from satrap.protect.times import Span, as_told


@pytest.mark.parametrize(
    ("edtf", "span", "words", "coarse"),
    [
        ("2017-03-04", None, "4 March 2017", "2017-03-04"),
        ("2017-03-04", Span.MONTH, "March 2017", "2017-03"),
        ("2017-03-04", Span.QUARTER, "January 2017 to March 2017", "2017-01/2017-03"),
        ("2017-03-04", Span.YEAR, "2017", "2017"),
        ("2016-12-30/2017-01-02", Span.MONTH, "December 2016 to January 2017", "2016-12/2017-01"),
        ("2016-12-30/2017-01-02", Span.YEAR, "2016 to 2017", "2016/2017"),
        ("2017-05-03/..", Span.MONTH, "from May 2017 on", "2017-05/.."),
        ("../2017-05-03", Span.QUARTER, "until June 2017", "../2017-06"),
        ("2017", None, "2017", "2017"),
        ("2017-03-04/2017-04-02", None, "between 4 March 2017 and 2 April 2017", "2017-03-04/2017-04-02"),
    ],
)
def test_times_are_widened_to_whole_spans(edtf: str, span: Span | None, words: str, coarse: str) -> None:
    assert as_told(When.parse(edtf), span) == (words, coarse)


def test_no_time_is_told_as_none() -> None:
    assert as_told(None, Span.MONTH) == ("", "")


@given(st.dates(), st.integers(0, 800), st.sampled_from(Span))
def test_the_coarse_time_holds_the_true_one_and_all_days_of_a_span_look_alike(
    start: object, days: int, span: Span
) -> None:
    when = When.parse(f"{start}")
    told = When.parse(as_told(when, span).edtf)
    assert told.earliest <= when.earliest <= when.latest <= told.latest
    assert as_told(told, span).edtf == as_told(when, span).edtf
