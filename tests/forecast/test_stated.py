"""What reports expect: at the worth that such words have had."""

from datetime import date

import pytest
from tests.forecast.told import known, told, weekly

from satrap.claims import Certainty, Horizon, Polarity
from satrap.forecast import Count, Event, resolve
from satrap.forecast.stated import MEANT, WORTH, Stated, expected

DAY = date(2018, 1, 1)
REPORTS = weekly("2016-01-04", "2018-01-01")


def _foretold(published: str, **more: object) -> object:
    return told("inspection", published, horizon=Horizon.FUTURE, of="MSS", **more)  # type: ignore[arg-type]


def _yes(*claims: object, months: int = 12, asked: Event | Count | None = None) -> float | None:
    by = date(2018, months, 1) if months < 12 else date(2018, 12, 1)
    question = asked or Event(asked=DAY, kinds=("inspection",), target="MSS", by=by)
    said = Stated().forecast(question, known(*REPORTS, *claims, on="2018-01-01"))  # type: ignore[arg-type]
    return None if said is None else said.of("yes")


def test_a_word_is_taken_at_what_it_means_before_any_is_settled() -> None:
    assert _yes(_foretold("2017-12-01"), months=12) == pytest.approx(
        1 - (1 - MEANT[Certainty.STATED]) ** (334 / 365), abs=0.01
    )


def test_words_that_came_true_weigh_more() -> None:
    before = _foretold("2016-03-01")
    came = told("inspection", "2016-08-10", "2016-08-01", of="MSS")
    kept, broken = _yes(before, came, _foretold("2017-12-01")), _yes(before, _foretold("2017-12-01"))
    assert kept is not None
    assert broken is not None
    stated = MEANT[Certainty.STATED] * WORTH
    assert kept == pytest.approx(1 - (1 - (stated + 1) / (WORTH + 1)) ** (334 / 365), abs=0.01)
    assert broken == pytest.approx(1 - (1 - stated / (WORTH + 1)) ** (334 / 365), abs=0.01)


def test_who_is_said_to_act_is_looked_for_among_those_who_acted() -> None:
    before = told("inspection", "2016-03-01", horizon=Horizon.FUTURE, by="WPK_OGD")
    came = told("inspection", "2016-08-10", "2016-08-01", by="WPK_OGD")
    cut = known(*REPORTS, before, came, on="2018-01-01")
    [one] = expected(cut)
    assert (one.question.actor, one.question.target) == ("WPK_OGD", None)
    assert resolve(one.question, cut).answer == "yes"


def test_a_denied_forecast_is_one_of_the_contrary() -> None:
    denied = _yes(_foretold("2017-12-01", polarity=Polarity.DENIED))
    assert denied is not None
    assert denied < 0.5


def test_who_spoke_of_something_else_or_of_a_time_that_is_over_says_nothing() -> None:
    assert _yes(told("inspection", "2017-12-01", horizon=Horizon.FUTURE, of="MPS")) is None
    assert _yes(_foretold("2016-06-01")) is None
    assert _yes(told("inspection", "2017-12-01", of="MSS")) is None


def test_more_than_one_story_is_not_foretold() -> None:
    many = Count(asked=DAY, kinds=("inspection",), first=DAY, last=date(2018, 7, 1), least=2)
    assert _yes(_foretold("2017-12-01"), asked=many) is None
