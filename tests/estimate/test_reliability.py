from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit

from satrap.errors import EstimateError
from satrap.estimate.reliability import (
    ERRORS,
    Array,
    Index,
    Statements,
    Tellers,
    _Model,
    tellers,
    verdict,
    worth,
)

NONE = np.array([], dtype=np.int64)


def _told(
    questions: int, count: int, *, error: float, seed: int, stories: int = 1, slope: Array | None = None
) -> tuple[Statements, Index]:
    """Each of ``count`` tellers answers in each story of each question; with the true answers."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, questions)
    question = np.repeat(np.arange(questions), stories)
    picture = 2.0 * truth[question] - 1 + np.sqrt(error / (1 - error)) * rng.normal(size=len(question))
    slope = rng.uniform(0.3, 1.2, count) if slope is None else slope
    yes = slope * picture[:, None] + rng.normal(0, 0.4, count) + rng.normal(size=(len(question), count)) > 0
    story, teller = np.indices(yes.shape).reshape(2, -1)
    return Statements(story, teller, yes.ravel().astype(np.int64), question, np.zeros(count, np.int64)), truth


def _surprise(probability: Array, truth: Index) -> float:
    return float(-np.log(np.where(truth == 1, probability, 1 - probability)).mean())


@pytest.fixture(scope="module")
def shared() -> tuple[Statements, Index, list[Tellers]]:
    """Three hundred questions, each told by twenty tellers of one story who err together."""
    said, truth = _told(300, 20, error=0.4, seed=1)
    return said, truth, [tellers(said, error) for error in ERRORS]


def test_answers_of_one_story_are_worth_less_than_they_are() -> None:
    assert worth(np.array([1.0, 5.0]), 0.5).tolist() == [1.0, 5 / 3]
    assert worth(np.array([7.0]), 0.0)[0] == 7
    assert np.isclose(worth(np.array([1e9]), 0.25)[0], 4.0), "never more than one over the share"


def test_slopes_and_biases_are_found_again() -> None:
    slope = np.array([0.2, 0.5, 0.8, 1.1, 1.4, -0.5])
    said, truth = _told(3_000, 6, error=0.0, seed=2, slope=slope)
    found = tellers(said, 0.0)
    assert np.allclose(found.slope, slope, atol=0.15)
    assert ((found.log_odds > 0) == truth).mean() > 0.85


def test_gradient_of_the_posterior() -> None:
    said, _ = _told(40, 5, error=0.3, seed=3, stories=2)
    model = _Model.of(replace(said, group=np.array([0, 0, 1, 1, 1])), 0.3)
    at = model.start() + 0.2 * np.random.default_rng(0).normal(size=len(model.start()))
    numeric = approx_fprime(at, lambda x: model.surprise(x, (0.5, 0.7))[0], 1e-6)
    assert np.allclose(model.surprise(at, (0.5, 0.7))[1], numeric, atol=1e-3)


def test_who_takes_answers_for_independent_is_too_sure(
    shared: tuple[Statements, Index, list[Tellers]],
) -> None:
    _, truth, candidates = shared
    independent = _surprise(expit(candidates[0].log_odds), truth)
    together = _surprise(verdict(candidates, np.arange(30), truth[:30]).probability[30:], truth[30:])
    assert together < 0.6 * independent


def test_known_answers_tell_common_error_from_truth(shared: tuple[Statements, Index, list[Tellers]]) -> None:
    _, truth, candidates = shared
    errors = np.array(ERRORS)
    blind = verdict(candidates, NONE, NONE)
    assert np.allclose(blind.weights, 1 / len(ERRORS)), "answers alone do not tell"
    seen = verdict(candidates, np.arange(150), truth[:150])
    assert abs(seen.weights @ errors - 0.4) < 0.12
    right = verdict(candidates, np.arange(150), (candidates[0].log_odds[:150] > 0).astype(np.int64))
    assert right.weights @ errors < seen.weights @ errors, "tellers who are always right share no error"


def test_stories_add_up_and_retellings_do_not() -> None:
    said, truth = _told(400, 4, error=0.4, seed=4, stories=3)
    apart = tellers(said, 0.4)
    together = tellers(replace(said, story=said.question[said.story], question=np.arange(400)), 0.4)
    assert np.median(np.abs(apart.log_odds)) > 1.3 * np.median(np.abs(together.log_odds))
    assert _surprise(expit(apart.log_odds), truth) < _surprise(expit(together.log_odds), truth)


def test_who_says_little_is_judged_by_its_group() -> None:
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 2, 400)
    slope = np.repeat([1.6, 0.1], [5, 5])
    yes = (slope * (2.0 * truth[:, None] - 1) + rng.normal(size=(400, 10)) > 0).astype(np.int64)
    story, teller = np.indices(yes.shape).reshape(2, -1)
    kept = (teller % 5 != 4) | (story < 2)  # the last of each group answers twice
    said = Statements(story[kept], teller[kept], yes.ravel()[kept], np.arange(400), np.repeat([0, 1], 5))
    found = tellers(said, 0.0)
    assert found.slope[4] > 2 * found.slope[9] > 0


@pytest.mark.parametrize("value", [0, 1])
def test_one_answer_moves_the_odds_and_no_more(value: int) -> None:
    zero = np.array([0])
    found = tellers(Statements(zero, zero, np.array([value]), zero, zero), 0.2)
    assert np.isfinite([found.share, found.prevalence, *found.slope, *found.bias, *found.log_odds]).all()
    assert 0 < (2 * value - 1) * found.log_odds[0] < 3


def test_a_million_copies_in_one_story_are_not_a_million_witnesses() -> None:
    said, _ = _told(60, 8, error=0.3, seed=6)
    copied = np.concatenate([np.arange(len(said.yes)), np.repeat(np.arange(8), 100_000)])
    loud = replace(said, story=said.story[copied], teller=said.teller[copied], yes=said.yes[copied])
    found = tellers(loud, 0.3)
    assert np.isfinite(found.log_odds).all()
    assert abs(found.log_odds[0]) < 20


def test_without_answers_or_with_an_impossible_share_it_says_so() -> None:
    with pytest.raises(EstimateError, match="no answers"):
        tellers(Statements(NONE, NONE, NONE, NONE, NONE), 0.2)
    with pytest.raises(EstimateError, match="below 1"):
        tellers(_told(3, 2, error=0.0, seed=7)[0], 1.0)
