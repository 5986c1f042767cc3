"""What each story adds: the parts in order, and their sum."""

from datetime import date

import pytest

from satrap.claims import Direction
from satrap.country import Pack
from satrap.estimate import Hypothesis, Move, estimate

from .conftest import END, START, Recorder

FELL = Hypothesis("fell", (Move("MSS", Direction.DOWN, date(2017, 3, 1), date(2017, 8, 1), ("KP",)),))


def test_stories_come_in_order_and_add_up_to_the_bayes_factor(pack: Pack, say: Recorder) -> None:
    against = say("authority", "up", holder="MSS", published=date(2017, 7, 1), story="against")
    first = say("authority", "down", holder="MSS", published=date(2017, 4, 20), story="first")
    second = say("transfer", from_="MSS", to="WPK", published=date(2017, 5, 2), story="first")
    undated = say("authority", "down", holder="MPS", published=date(2017, 6, 1), story="other")
    found = estimate([against, first, second, undated], pack, start=START, end=END)
    steps: list[float] = []
    table = found.diagnosticity(FELL, lambda _, done: steps.append(done))
    assert table["story"].to_list() == [None, "first", "other", "against"]
    assert table["claims"].to_list() == [0, 2, 1, 1]
    assert table["log_bf"][1] > 0 > table["log_bf"][3]
    [log_bf] = found.compare([FELL], scales=())["log_bf"]
    assert table["so_far"][-1] == pytest.approx(log_bf, abs=1e-3)
    assert steps == pytest.approx([1 / 3, 2 / 3, 1])


def test_without_claims_there_is_nothing_to_add(pack: Pack) -> None:
    table = estimate([], pack, start=START, end=END).diagnosticity(FELL)
    assert table["story"].to_list() == [None]
    assert table["so_far"][0] == pytest.approx(0, abs=0.01)
