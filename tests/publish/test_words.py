from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.protect.words import month
from satrap.publish.words import (
    SCALE,
    Linked,
    count,
    it_is,
    likelihood,
    listed,
    percent,
    plain,
    points,
)


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        (0.0, "almost no chance"),
        (0.049, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.449, "unlikely"),
        (0.45, "roughly even chance"),
        (0.5, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.551, "likely"),
        (0.8, "likely"),
        (0.801, "very likely"),
        (0.95, "very likely"),
        (0.951, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_shared_ends_of_the_scale_go_to_the_term_nearer_to_even_chance(probability: float, term: str) -> None:
    assert likelihood(probability) == term


@given(st.floats(0.01, 0.99))
def test_the_term_of_a_probability_covers_it(probability: float) -> None:
    term = next(one for one in SCALE if one.words == likelihood(probability))
    assert term.low <= probability <= term.high


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_has_a_lower_term(one: float, other: float) -> None:
    order = [term.words for term in SCALE]
    low, high = sorted((one, other))
    assert order.index(likelihood(low)) <= order.index(likelihood(high))


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="not a probability"):
        likelihood(1.2)


def test_a_sentence_opens_with_the_term_and_its_number() -> None:
    assert plain(it_is(0.93)) == "It is very likely (93%) that "
    assert plain(it_is(0.5)) == "There is a roughly even chance (50%) that "
    linked = {part: part.to for part in it_is(0.93) if isinstance(part, Linked)}
    assert linked == {"very likely": "method-likelihood", "93%": ""}


def test_the_ends_of_a_sample_are_not_certainties() -> None:
    assert (percent(1.0), percent(0.0)) == (">99%", "<1%")


def test_differences_carry_a_true_sign_and_zero_carries_none() -> None:
    assert (points(-0.0612), points(0.0612), points(-0.0001)) == ("−6.1", "+6.1", "0.0")


def test_plurals_lists_and_months() -> None:
    assert (count(1, "story"), count(2, "story"), count(3, "claim")) == ("1 story", "2 stories", "3 claims")
    assert (listed(["a"]), listed(["a", "b", "c"]), listed([])) == ("a", "a, b and c", "")
    assert month(date(2017, 6, 15)) == "June 2017"
