from datetime import date, timedelta
from math import log

import pytest

from satrap.claims import Horizon, When
from satrap.estimate.delay import delay
from satrap.estimate.loadings import bundled

from .conftest import Recorder

PRIOR = bundled().time.delay
EVENT = date(2017, 5, 1)
PAST = {"horizon": Horizon.PAST, "when": When.parse("2017-05-01")}


def test_without_dated_claims_it_is_the_prior() -> None:
    learned = delay([], PRIOR)
    assert learned.seen == 0
    assert learned.median == pytest.approx(PRIOR.median)
    assert learned.variance == pytest.approx(PRIOR.spread**2)


def test_dated_claims_move_it_towards_what_they_took(say: Recorder) -> None:
    slow = [say("authority", "down", holder="MSS", published=EVENT + timedelta(40 + n), claim=PAST)
            for n in range(40)]  # fmt: skip
    learned = delay(slow, PRIOR)
    assert learned.seen == 40
    assert PRIOR.median < learned.median < 80
    assert learned.days(0.5) == pytest.approx(learned.median)
    assert learned.days(0.95) > learned.days(0.5)
    assert log(learned.median) == pytest.approx(learned.mean)


def test_a_story_counts_once_and_vague_dates_do_not(say: Recorder) -> None:
    copies = [say("authority", "down", holder="MSS", story="s", claim=PAST) for _ in range(5)]
    vague = say("authority", "down", holder="MSS", claim={**PAST, "when": When.parse("2017-04")})
    assert delay([*copies, vague], PRIOR).seen == 1
