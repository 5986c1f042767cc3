"""The pool: members weigh by how they did, and nobody by what was not settled."""

from datetime import date, timedelta

import numpy as np
import pytest

from satrap.forecast import Event, Forecast, Gain
from satrap.forecast.pool import Pool, Settled, learned

DAY = date(2017, 1, 1)


def _asked(number: int = 0) -> Event:
    return Event(asked=DAY, kinds=("order",), by=DAY + timedelta(days=30 + number))


def _said(name: str, question: Event | Gain, *probabilities: float) -> Forecast:
    return Forecast(
        question=question.id,
        forecaster=name,
        version="1",
        options=question.options,
        probabilities=probabilities,
    )


def _past(sharp: float, count: int = 200) -> list[Settled]:
    """A forecaster who knows how two in five come, and one who says a half."""
    rng = np.random.default_rng(2)
    made = []
    for number in range(count):
        came, question = bool(rng.random() < 0.4), _asked(number)
        p = sharp if came else 1 - sharp
        parts = (_said("sharp", question, p, 1 - p), _said("dull", question, 0.5, 0.5))
        made.append(Settled(question, parts, "yes" if came else "no"))
    return made


def test_with_nothing_settled_it_is_the_plain_mean() -> None:
    pool, question = learned(("a", "b"), []), _asked()
    both = [_said("a", question, 0.2, 0.8), _said("b", question, 0.6, 0.4)]
    assert pool.combined(question, both) == pytest.approx((0.4, 0.6), abs=0.01)
    assert pool.combined(question, []) is None


def test_who_did_better_weighs_more() -> None:
    pool = learned(("sharp", "dull"), _past(0.8))
    shares = pool.shares(_asked(), [_said("sharp", _asked(), 0.8, 0.2), _said("dull", _asked(), 0.5, 0.5)])
    assert shares["sharp"] > 0.7
    assert 0.8 < sum(shares.values()) < 1.0


def test_a_shy_pool_is_made_bolder() -> None:
    pool = learned(("sharp",), _past(0.6))
    combined = pool.combined(_asked(), [_said("sharp", _asked(), 0.6, 0.4)])
    assert combined is not None
    assert combined[0] > 0.7


def test_members_who_are_silent_cost_nothing() -> None:
    question = _asked()
    pool = learned(("sharp", "dull"), _past(0.8))
    alone = pool.combined(question, [_said("dull", question, 0.5, 0.5)])
    unbent = Pool(pool.members, pool.weights, pool.kinds).combined(
        question, [_said("dull", question, 0.5, 0.5)]
    )
    assert unbent == pytest.approx((0.5, 0.5))
    assert alone is not None
    assert sum(alone) == pytest.approx(1.0)


def test_named_options_are_weighed_and_not_bent() -> None:
    gain = Gain(asked=DAY, among=("MSS", "WPK", "MPS"), first=DAY, last=date(2017, 7, 1))
    both = [_said("sharp", gain, 1.0, 0.0, 0.0), _said("dull", gain, 0.0, 0.5, 0.5)]
    combined = Pool.equal(("sharp", "dull")).combined(gain, both)
    assert combined == pytest.approx((0.5, 0.25, 0.25), abs=0.01)
