"""Answers at given parameters: what the ensemble says there, kept, whatever the batches."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.simulate.small import FALL, ORDER, run, small

import satrap.simulate.answers as module
from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate import InitialState, Scenario
from satrap.simulate.answers import Answers
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.outcomes import Outcome

WORLD = small(weeks=60, events=[ORDER, FALL])
DAY = WORLD.start + timedelta(weeks=50)


def answers(*named: str, scenario: Scenario = WORLD, keep: Path | None = None) -> Answers:
    outcomes = tuple(Outcome.parse(one, DAY) for one in named or ("burden", "fear"))
    return Answers(scenario, InitialState.from_scenario(scenario), outcomes, 1, keep)


def points(asked: Answers, rows: int) -> np.ndarray:
    return np.random.default_rng(1).random((rows, len(asked.parameters)))


def test_at_a_quantile_a_parameter_has_the_value_its_prior_has_there() -> None:
    asked = answers()
    rows = np.full((1, len(asked.parameters)), 0.3)
    values = {}
    for name in asked.parameters:
        low, high = CATALOGUE[name].low, CATALOGUE[name].high
        values[name] = float(WORLD.parameters[name].draw(np.array([0.3]), low, high)[0])
    fixed = small(weeks=60, events=[ORDER, FALL], values=values)
    # `reach` is drawn anew for every measure and province: there it stays a prior
    fixed = fixed.model_copy(update={"parameters": {**fixed.parameters, "reach": WORLD.parameters["reach"]}})
    there, calm = run(fixed, 1), run(fixed.without_events(), 1)
    expected = [one.read(there, calm).values()[0] for one in asked.outcomes]
    assert asked.at(rows, np.array([0])).values()[0] == pytest.approx(expected, rel=1e-5)


def test_rows_of_one_member_differ_by_parameters_alone() -> None:
    asked = answers()
    rows = np.repeat(points(asked, 1), 3, axis=0)
    same = asked.at(rows, np.array([5, 5, 6])).values()
    assert np.array_equal(same[0], same[1])
    assert not np.array_equal(same[0], same[2])


def test_no_answer_depends_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers()
    whole = asked.at(points(asked, 7), np.arange(7)).values()
    monkeypatch.setattr(module, "BATCH", 2)
    assert np.array_equal(whole, asked.at(points(asked, 7), np.arange(7)).values())


def test_what_was_answered_is_read_and_not_lived_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers(keep=tmp_path)
    rows = points(asked, 5)
    first = asked.averaged(rows, 2)
    [file] = tmp_path.iterdir()
    monkeypatch.setattr(module, "run_block", None)
    again = answers(keep=tmp_path).averaged(rows, 2)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert again.values().shape == (5, 2, 2)
    with pytest.raises(TypeError):  # another question, to which nothing is kept
        answers("support", keep=tmp_path).averaged(rows, 2)
    file.write_bytes(b"torn")
    with pytest.raises(TypeError):
        asked.averaged(rows, 2)


def test_only_what_is_uncertain_and_on_is_a_parameter() -> None:
    off = answers(scenario=small(weeks=60, events=[ORDER], drift=False, values={"order": 1.0})).parameters
    assert {"drift", "order", "takers"}.isdisjoint(off)
    assert "forgetting" in off


def test_a_name_that_is_not_there_is_told_before_anything_is_lived() -> None:
    with pytest.raises(UnknownNameError, match="MSX"):
        answers("take:MSX")
    with pytest.raises(ScenarioError, match="no outcome"):
        Answers(WORLD, InitialState.from_scenario(WORLD), (), 1)
