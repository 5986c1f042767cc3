"""Outcomes: what is asked of a member, and where it is undefined."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.simulate.small import FALL, ORDER, TRANSFER, quiet, run, small

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate.outcomes import Measure, Outcome, Parts, questions
from satrap.simulate.run import around

WORLD = small(events=[ORDER, FALL, TRANSFER])
DAY = WORLD.start + timedelta(weeks=100)


def outcome(**given: object) -> Outcome:
    return Outcome.model_validate({"quantity": "take", "institution": "MSS", "from": DAY, "to": DAY, **given})


def test_the_displacement_ratio_is_the_runs_own() -> None:
    there, calm = run(WORLD, 4), run(WORLD.without_events(), 4)
    read = Outcome.parse("displacement", DAY).read(there, calm).values()
    assert np.array_equal(read, there.displacement_ratio(100, against=calm).values, equal_nan=True)


def test_the_effect_of_an_amount_is_relative_and_of_a_feeling_a_difference() -> None:
    there, calm = run(WORLD, 4), run(WORLD.without_events(), 4)
    burden, fear = (Outcome.parse(one, DAY).read(there, calm).values() for one in ("burden", "fear"))
    with_, without = (around(one.series("burden"), 100) for one in (there, calm))
    assert burden == pytest.approx(with_ / without - 1)
    assert fear == pytest.approx(around(there.series("fear"), 100) - around(calm.series("fear"), 100))


def test_without_events_nothing_has_an_effect() -> None:
    calm = run(WORLD.without_events(), 3)
    for one in ("burden", "take:MSS", "fear", "support", "share:MSS@KP-05"):
        assert not Outcome.parse(one, DAY).read(calm, calm).values().any()


def test_what_fell_and_stayed_down_is_not_back_and_what_never_fell_is_undefined() -> None:
    down = quiet(events=[TRANSFER], values={"reversion": 0.0, "forgetting": 0.1})
    back = outcome(quantity="share", measure=Measure.BACK)
    assert back.read(run(down, 2), None).values() == pytest.approx(0, abs=0.01)
    up = outcome(quantity="share", institution="WPK", measure=Measure.BACK)
    assert np.isnan(up.read(run(down, 2), None).values()).all()


def test_means_over_members_are_taken_before_the_ratio() -> None:
    parts = Parts(np.array([[1.0, 3.0]]), np.array([[0.001, 3.999]]), np.array([[0.1, 0.1]]))
    assert parts.pooled() == pytest.approx(1.0)
    assert np.isnan(parts.values()[0, 0])


@pytest.mark.parametrize("text", ["takings", "take:", "take:MSS:WPK", "", "burden@"])
def test_what_is_no_outcome_says_how_one_is_written(text: str) -> None:
    if text in {"take:", "burden@"}:  # an empty name is none: the country, all institutions
        assert str(Outcome.parse(text, DAY)) == text.rstrip(":@")
    elif text == "take:MSS:WPK":
        with pytest.raises(UnknownNameError, match="MSS:WPK"):
            Outcome.parse(text, DAY).read(run(WORLD, 1), run(WORLD, 1))
    else:
        with pytest.raises(ScenarioError, match="write QUANTITY"):
            Outcome.parse(text, DAY)


def test_a_window_outside_the_run_or_backwards_is_refused() -> None:
    with pytest.raises(ScenarioError, match="outside the run"):
        Outcome.parse("burden", date(2030, 1, 1)).weeks(WORLD)
    with pytest.raises(ValueError, match="before it begins"):
        outcome(to=DAY - timedelta(days=1))


def test_the_question_asks_of_the_weakened_and_the_heirs() -> None:
    asked = [str(one) for one in questions(WORLD, DAY)]
    assert asked == ["displacement", "burden", "take:MSS", "take:WPK", "take:MPS", "fear", "support"]
