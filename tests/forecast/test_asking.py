"""The questions of a backtest: by rule, the same for the same record."""

from datetime import date

from tests.forecast.told import known, told, weekly

from satrap.forecast import Count
from satrap.forecast.asking import questions

REPORTS = weekly("2016-01-04", "2018-01-01")


def test_all_are_asked_on_the_day_and_close_later() -> None:
    cut = known(*REPORTS, on="2018-01-01")
    made = questions(cut)
    assert {one.asked for one in made} == {date(2018, 1, 1)}
    assert all(one.closes > one.asked for one in made)
    assert len({one.id for one in made}) == len(made)
    assert {type(one).__name__ for one in made} == {"Fate", "Event", "Count", "Level", "Gain"}


def test_every_institution_is_asked_about() -> None:
    cut = known(*REPORTS, on="2018-01-01")
    assert {id for one in questions(cut) for id in one.institutions} == set(cut.pack.authority)


def test_a_count_asks_for_more_than_usual() -> None:
    made = questions(known(*REPORTS, told("threat", "2017-11-01", by="MSS"), on="2018-01-01"))
    [orders] = [one for one in made if isinstance(one, Count) and "order" in one.kinds and not one.about]
    [threats] = [one for one in made if isinstance(one, Count) and "threat" in one.kinds and not one.about]
    assert orders.least in (13, 14, 15)  # one a week was told
    assert threats.least == 1


def test_what_is_told_later_does_not_make_other_questions() -> None:
    early, late = (known(*REPORTS, on="2017-01-01"), known(*REPORTS[:53], on="2017-01-01"))
    assert questions(early) == questions(late)
