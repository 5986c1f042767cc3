"""A backtest: forecasts of a day know nothing later, outcomes come later, the pool learns from the past."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.forecast.told import kp, told, weekly

from satrap.claims import RecordedClaim
from satrap.errors import ForecastError
from satrap.forecast import Record
from satrap.forecast.backtest import LAG, Backtest, Work, backtest
from satrap.forecast.months import months_after
from satrap.simulate.executor import Here

FIRST, UNTIL = date(2009, 1, 1), date(2009, 7, 1)
SOON = date(2009, 4, 1)  # when questions about counts alone have closed: quickly tested
EARLY = weekly("2008-01-07", "2009-03-30")
LATE = [told("inspection", "2009-06-05", "2009-06-01", of="MSS"), *weekly("2009-04-06", "2010-05-01")]


def _record(*claims: RecordedClaim) -> Record:
    return Record(claims, {one.claim.report: one.published for one in claims if one.published}, kp())


def _tested(record: Record, until: date = SOON, keep: Path | None = None, crew: Any = None) -> Backtest:
    return backtest(record, first=FIRST, until=until, crew=crew or Here(), keep=keep)


@pytest.fixture(scope="module")
def tested() -> Backtest:
    return _tested(_record(*EARLY, *LATE), UNTIL)


def test_questions_are_settled_a_while_after_they_close(tested: Backtest) -> None:
    closes = {one.question.id: one.question.closes for quarter in tested.quarters for one in quarter.asked}
    settled = {one.question: quarter.day for quarter in tested.quarters for one in quarter.settled}
    assert closes.keys() == settled.keys()
    assert all(settled[id] == months_after(day, LAG) for id, day in closes.items())
    assert max(closes.values()) <= UNTIL
    assert 0 < tested.answered <= tested.asked


def test_what_happens_later_changes_no_forecast() -> None:
    told_by_then = [one for one in EARLY if one.published and one.published <= FIRST]
    one, other = _tested(_record(*EARLY)), _tested(_record(*told_by_then))
    assert one.quarters[0].asked == other.quarters[0].asked
    assert one.outcomes != other.outcomes


def test_what_happened_earlier_does_change_them() -> None:
    one, other = _tested(_record(*EARLY)), _tested(_record(*EARLY[:20]))
    assert one.quarters[0].asked != other.quarters[0].asked


def test_the_pool_of_a_day_knows_no_later_outcome(tested: Backtest) -> None:
    first = [
        said
        for question, said in tested.forecasts
        if question.asked == FIRST and said.forecaster == "stacked"
    ]
    assert first
    assert all("; 0 settled" in said.reasons[0].words for said in first)


def test_every_forecast_of_an_answered_question_is_scored(tested: Backtest) -> None:
    asked = tested.scored.filter(forecaster="base rates")
    assert asked.height == tested.answered
    assert tested.scored.filter(forecaster="stacked").height == tested.answered


class Stopping:
    """Here, until it is stopped."""

    workers = 1

    def __init__(self, after: int) -> None:
        self.after = after

    def map(self, work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        for number, item in enumerate(items):
            if number == self.after:
                raise KeyboardInterrupt
            yield work(item)


def test_one_that_was_stopped_goes_on(tmp_path: Path) -> None:
    record = _record(*EARLY, *LATE)
    with pytest.raises(KeyboardInterrupt):
        _tested(record, keep=tmp_path, crew=Stopping(2))
    kept = {one.name: one.stat().st_mtime_ns for one in tmp_path.iterdir()}
    assert len(kept) == 2
    assert _tested(record, keep=tmp_path).quarters == _tested(record).quarters
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in kept} == kept


def test_another_record_is_another_backtest(tmp_path: Path) -> None:
    work = [Work(_record(*claims), None, 10, FIRST, SOON, tmp_path) for claims in (EARLY[:5], EARLY[:6])]
    for one in work:
        one(date(2009, 1, 1))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("first", "until"), [(date(2009, 1, 2), UNTIL), (FIRST, date(2009, 5, 1)), (UNTIL, FIRST)]
)
def test_only_whole_quarters_are_tested(first: date, until: date) -> None:
    with pytest.raises(ForecastError, match="quarter"):
        backtest(_record(), first=first, until=until, crew=Here())
