"""Months on the calendar."""

from datetime import date

from satrap.forecast.months import months_after


def test_the_same_day_of_a_later_month() -> None:
    assert months_after(date(2016, 12, 15), 2) == date(2017, 2, 15)


def test_a_day_that_the_month_lacks_is_its_last() -> None:
    assert months_after(date(2017, 1, 31), 1) == date(2017, 2, 28)
