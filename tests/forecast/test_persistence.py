"""Persistence: as last time, as often as answers have stayed."""

from datetime import date

import pytest
from tests.forecast.told import known, told, weekly

from satrap.forecast import Count
from satrap.forecast.base_rates import BaseRates
from satrap.forecast.persistence import Persistence

DAY = date(2018, 1, 1)


def _threats() -> Count:
    return Count(asked=DAY, kinds=("threat",), first=date(2018, 1, 2), last=date(2018, 7, 1), least=1)


def test_the_last_answer_is_the_likelier() -> None:
    reports = weekly("2016-01-04", "2018-01-01")
    lately = known(*reports, told("threat", "2017-11-01", by="MSS"), on="2018-01-01")
    long_ago = known(*reports, told("threat", "2016-03-01", by="MSS"), on="2018-01-01")
    told_lately, told_before = (Persistence().forecast(_threats(), cut) for cut in (lately, long_ago))
    assert told_lately is not None
    assert told_before is not None
    assert told_lately.of("yes") > 0.5 > told_before.of("yes")


def test_what_comes_and_goes_is_less_sure_to_stay() -> None:
    reports = weekly("2016-01-04", "2018-01-01")
    always = [
        told("threat", day, by="MSS") for day in ("2016-02-01", "2016-08-01", "2017-02-01", "2017-08-01")
    ]
    steady = Persistence().forecast(_threats(), known(*reports, *always, on="2018-01-01"))
    broken = Persistence().forecast(_threats(), known(*reports, always[0], always[3], on="2018-01-01"))
    assert steady is not None
    assert broken is not None
    assert steady.of("yes") > broken.of("yes")


def test_without_a_past_it_is_the_base_rate() -> None:
    cut = known(on="2018-01-01")
    mine, base = Persistence().forecast(_threats(), cut), BaseRates().forecast(_threats(), cut)
    assert mine is not None
    assert base is not None
    assert mine.probabilities == pytest.approx(base.probabilities)
