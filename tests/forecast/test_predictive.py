"""The estimator ahead: where claims leave authority, and wider from there on."""

from datetime import date

import pytest
from tests.forecast.told import known, told

from satrap.forecast import Event, Level
from satrap.forecast.predictive import Predictive

DAY = date(2017, 6, 15)


def test_it_answers_questions_of_authority_alone() -> None:
    stories = [told("transfer", f"2017-06-0{day}", "2017-05", from_="MSS", to="WPK") for day in range(1, 6)]
    cut = known(*stories, on="2017-06-15")
    ahead = Level(asked=DAY, institution="MSS", way="lower", on=date(2017, 12, 15), than=date(2017, 3, 1))
    said = Predictive().forecast(ahead, cut)
    assert said is not None
    assert said.of("yes") > 0.6
    assert "5 claims used" in said.reasons[0].words
    assert Predictive().forecast(Event(asked=DAY, kinds=("order",), by=date(2018, 1, 1)), cut) is None


def test_without_a_claim_either_way_is_as_likely() -> None:
    ahead = Level(asked=DAY, institution="MSS", way="lower", on=date(2017, 12, 15), than=DAY)
    said = Predictive().forecast(ahead, known(on="2017-06-15"))
    assert said is not None
    assert said.of("yes") == pytest.approx(0.5, abs=0.05)
