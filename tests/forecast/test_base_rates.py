"""Base rates: own windows lean on everybody's."""

from datetime import date

import pytest
from tests.forecast.told import known, told, weekly

from satrap.forecast import Count, Event, Gain
from satrap.forecast.base_rates import BaseRates

DAY = date(2018, 1, 1)
ORDERS = Count(asked=DAY, kinds=("order",), first=date(2018, 1, 2), last=date(2018, 7, 1), least=1)


def test_what_always_came_is_expected_and_never_certain() -> None:
    said = BaseRates().forecast(ORDERS, known(*weekly("2016-01-04", "2018-01-01"), on="2018-01-01"))
    assert said is not None
    assert 0.85 < said.of("yes") < 1.0


def test_without_a_past_the_odds_are_even() -> None:
    said = BaseRates().forecast(ORDERS, known(on="2018-01-01"))
    assert said is not None
    assert said.of("yes") == pytest.approx(0.5)


def test_an_institution_to_which_it_never_happened_learns_from_those_to_which_it_did() -> None:
    reports = weekly("2016-01-04", "2018-01-01")
    probes = [told("inspection", f"2016-0{month}-20", f"2016-0{month}-10", of="MPS") for month in (2, 8)]
    asked = Event(asked=DAY, kinds=("inspection",), target="MSS", by=date(2018, 7, 1))
    alone = BaseRates().forecast(asked, known(*reports, on="2018-01-01"))
    beside = BaseRates().forecast(asked, known(*reports, *probes, on="2018-01-01"))
    assert alone is not None
    assert beside is not None
    assert alone.of("yes") < beside.of("yes") < 0.5


def test_named_options_begin_equal() -> None:
    gain = Gain(asked=DAY, among=("MSS", "WPK", "MPS"), first=DAY, last=date(2018, 7, 1))
    said = BaseRates().forecast(gain, known(on="2018-01-01"))
    assert said is not None
    assert said.probabilities == pytest.approx((1 / 3,) * 3)
