from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import told

from satrap.accounts.boundaries import Window, boundary, window_of
from satrap.claims import Certainty

WHO = {"person": "kim-won-hong"}


def window(published: str | None, when: str | None = None, **fields: Any) -> Window:
    made = window_of(told("dismissal", WHO, published, when=when, **fields)[0])
    assert made is not None
    return made


def bounds(*told: Window) -> tuple[date | None, date, bool]:
    made = boundary(told)
    assert made is not None
    return made.earliest, made.latest, made.agreed


def test_publication_bounds_the_end_of_a_window_and_never_its_beginning() -> None:
    assert bounds(window("2017-02-03")) == (None, date(2017, 2, 3), True)
    assert bounds(window("2017-02-03", "2017")) == (date(2017, 1, 1), date(2017, 2, 3), True)


def test_an_open_beginning_is_none() -> None:
    assert bounds(window("2017-02-03", "../2017-01-15")) == (None, date(2017, 1, 15), True)


def test_claims_narrow_each_other() -> None:
    found = bounds(window("2017-02-03", "2017-01"), window("2017-01-20"), window("2018-01-01", "2017"))
    assert found == (date(2017, 1, 1), date(2017, 1, 20), True)


def test_claims_that_do_not_meet_are_said_to_disagree() -> None:
    found = bounds(window("2017-02-03", "2017-01"), window("2017-06-03", "2017-05"))
    assert found == (date(2017, 1, 1), date(2017, 5, 31), False)


def test_a_doubtful_claim_does_not_narrow() -> None:
    doubtful = window("2017-06-03", "2017-05", certainty=Certainty.DOUBTFUL)
    assert bounds(window("2017-02-03", "2017-01"), doubtful)[:2] == (date(2017, 1, 1), date(2017, 1, 31))
    assert bounds(doubtful)[:2] == (date(2017, 5, 1), date(2017, 5, 31))


def test_without_any_date_there_is_no_window() -> None:
    assert window_of(told("dismissal", WHO, None)[0]) is None
    assert window_of(told("dismissal", WHO, None, when="2012-03/..")[0]) is None
    assert boundary([]) is None


months = st.tuples(st.integers(2010, 2018), st.integers(1, 12)).map(lambda at: f"{at[0]}-{at[1]:02}")


@given(st.lists(months, min_size=1, max_size=5))
def test_agreed_bounds_lie_in_every_window_and_others_hold_every_window(whens: list[str]) -> None:
    told = [window("2020-01-01", when) for when in whens]
    earliest, latest, agreed = bounds(*told)
    assert earliest is not None
    assert earliest <= latest
    for one in told:
        assert one.earliest is not None
        if agreed:
            assert one.earliest <= earliest
            assert latest <= one.latest
        else:
            assert earliest <= one.earliest
            assert one.latest <= latest
