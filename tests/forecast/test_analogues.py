"""Analogues: the question's own past, and the same asked of others."""

from datetime import date
from itertools import pairwise

from tests.forecast.told import known, told, weekly

from satrap.forecast import Count, Event, Fate, Gain
from satrap.forecast.analogues import earlier, moved, siblings

FALL = told("inspection", "2017-02-10", "2017-02-01", of="MSS")
DAY = date(2018, 1, 1)


def _inspected(institution: str = "MSS", asked: date = DAY, by: date = date(2018, 7, 1)) -> Event:
    return Event(asked=asked, kinds=("inspection",), target=institution, by=by)


def test_windows_lie_end_to_end_before_the_question() -> None:
    cut = known(*weekly("2016-01-04", "2018-01-01"), FALL, on="2018-01-01")
    found = earlier(_inspected(), cut)
    spans = [(one.question.asked, one.question.closes) for one in found]
    assert spans[-1] == (date(2017, 7, 1), date(2018, 1, 1))
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert [one.answer for one in found] == ["no", "no", "yes", "no"][-len(found) :]
    assert all(one.question.asked >= cut.start for one in found)


def test_windows_about_which_nothing_can_be_told_are_left_out() -> None:
    cut = known(FALL, on="2018-01-01")
    assert [one.answer for one in earlier(_inspected(), cut)] == ["yes"]


def test_all_days_of_a_question_move_together() -> None:
    gain = Gain(asked=DAY, among=("MSS", "WPK"), first=DAY, last=date(2018, 7, 1))
    assert moved(gain, -6) == Gain(
        asked=date(2017, 7, 1), among=("MSS", "WPK"), first=date(2017, 7, 1), last=DAY
    )


def test_siblings_ask_the_same_of_every_other_institution() -> None:
    cut = known(on="2018-01-01")
    asked = {one.institutions for one in siblings(_inspected(), cut)}
    assert ("MSS",) not in asked
    assert {("MPS",), ("WPK",)} <= asked
    count = Count(asked=DAY, kinds=("order",), first=DAY, last=date(2018, 4, 1), least=1)
    assert siblings(count, cut) == []


def test_a_head_has_siblings_with_heads_of_their_own() -> None:
    cut = known(on="2018-01-01")
    head = cut.pack.head_post("MSS")
    assert head is not None
    asked = Fate(asked=DAY, fate="falls", post=head.id, institution="MSS", by=date(2018, 7, 1))
    posts = {one.institution: one.post for one in siblings(asked, cut) if isinstance(one, Fate)}
    assert "MSS" not in posts
    assert head.id not in posts.values()


def test_a_return_is_asked_on_the_day_of_each_fall() -> None:
    falls = told("dismissal", "2016-03-10", "2016-03-01", person="kim-yong-chol")
    back = told("rehabilitation", "2016-09-10", "2016-09-01", person="kim-yong-chol")
    cut = known(*weekly("2016-01-04", "2018-01-01"), falls, back, on="2018-01-01")
    asked = Fate(asked=DAY, fate="returns", person="kim-yong-chol", by=date(2019, 1, 1))
    [one] = earlier(asked, cut)
    assert (one.question.asked, one.answer) == (date(2016, 3, 1), "yes")
    assert asked.person not in {each.person for each in siblings(asked, cut) if isinstance(each, Fate)}
