"""Hazards: what happens often is soon to happen, and what is not told is not known."""

from datetime import date

import pytest
from tests.forecast.told import known, told, weekly

from satrap.forecast import Count, Event, Fate, Forecast, Level
from satrap.forecast.hazards import Hazards

DAY = date(2019, 1, 1)
REPORTS = weekly("2016-01-04", "2019-01-01")
PROBES = [
    told("inspection", f"{year}-{month}-20", f"{year}-{month}-10", of="MSS")
    for year in (2017, 2018)
    for month in ("03", "09")
]


def _inspected(by: str = "2019-07-01", target: str = "MSS") -> Event:
    return Event(asked=DAY, kinds=("inspection",), target=target, by=date.fromisoformat(by))


def _said(question: Event | Fate | Count) -> Forecast:
    made = Hazards().forecast(question, known(*REPORTS, *PROBES, on="2019-01-01"))
    assert made is not None
    return made


def test_who_was_inspected_often_is_likelier_to_be_again() -> None:
    assert _said(_inspected()).of("yes") > _said(_inspected(target="CABINET")).of("yes") + 0.1


def test_a_longer_time_leaves_more_room() -> None:
    short, long = _said(_inspected("2019-04-01")), _said(_inspected("2020-01-01"))
    assert 0 < short.of("yes") < long.of("yes") < 1


def test_counts_come_with_the_stories_expected() -> None:
    asked = Count(asked=DAY, kinds=("order",), first=date(2019, 1, 2), last=date(2019, 4, 1), least=1)
    said = _said(asked)
    assert said.of("yes") > 0.95
    assert sum(said.samples) / len(said.samples) == pytest.approx(13, abs=4)  # one a week was told


def test_more_stories_are_less_likely() -> None:
    few, many = (
        _said(
            Count(asked=DAY, kinds=("order",), first=date(2019, 1, 2), last=date(2019, 4, 1), least=least)
        ).of("yes")
        for least in (5, 25)
    )
    assert few > many


def test_it_knows_nothing_of_returns_nor_of_authority() -> None:
    cut = known(*REPORTS, on="2019-01-01")
    returns = Fate(asked=DAY, fate="returns", person="kim-won-hong", by=date(2019, 7, 1))
    lower = Level(asked=DAY, institution="MSS", way="lower", on=date(2019, 7, 1), than=DAY)
    assert Hazards().forecast(returns, cut) is None
    assert Hazards().forecast(lower, cut) is None


def test_without_a_past_nothing_is_known() -> None:
    said = Hazards().forecast(_inspected(), known(on="2016-03-01"))
    assert said is not None
    assert said.of("yes") == pytest.approx(0.5)
