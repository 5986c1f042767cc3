"""Counts by regression: what is known of a Poisson is what comes out."""

import numpy as np
import pytest
from scipy.stats import poisson

from satrap.forecast.counting import Fitted, fit_chance, fit_count


def test_a_rate_that_many_counts_tell_is_found() -> None:
    counts = np.random.default_rng(1).poisson(2.0, 2000).astype(float)
    found = fit_count(counts, np.ones((2000, 1)), np.array([4.0]))
    assert np.exp(found.mean[0]) == pytest.approx(counts.mean(), rel=1e-3)
    assert found.covariance[0, 0] == pytest.approx(1 / counts.sum(), rel=1e-3)
    assert found.dispersion == pytest.approx(1.0, abs=0.1)


def test_without_counts_the_prior_is_left() -> None:
    found = fit_count(np.zeros(0), np.zeros((0, 2)), np.array([1.0, 0.5]))
    assert found.mean == pytest.approx([0.0, 0.0])
    assert np.diag(found.covariance) == pytest.approx([1.0, 0.25])


def test_a_sure_rate_is_predicted_as_a_poisson() -> None:
    sure = Fitted(np.array([np.log(3.0)]), np.zeros((1, 1)), 1.0)
    assert sure.chances(np.ones(1), 40) == pytest.approx(poisson.pmf(np.arange(41), 3.0))


def test_counts_that_cluster_are_predicted_as_widely_as_they_vary() -> None:
    clustered = Fitted(np.array([np.log(5.0)]), np.zeros((1, 1)), 3.0)
    chances, counts = clustered.chances(np.ones(1), 200), np.arange(201)
    mean = chances @ counts
    assert mean == pytest.approx(5.0, rel=1e-6)
    assert chances @ (counts - mean) ** 2 == pytest.approx(15.0, rel=1e-3)


def test_chances_sum_to_one_whatever_is_unknown() -> None:
    unsure = Fitted(np.array([0.9]), np.array([[0.5]]), 1.7)
    assert unsure.chances(np.ones(1), 4000).sum() == pytest.approx(1.0, abs=1e-3)


def test_a_chance_that_many_answers_tell_is_found() -> None:
    answers = np.random.default_rng(1).random(3000) < 0.2
    found = fit_chance(answers.astype(float), np.ones((3000, 1)), np.array([4.0]))
    assert found.chance(np.ones(1)) == pytest.approx(answers.mean(), abs=2e-3)


def test_few_answers_leave_the_chance_open() -> None:
    none = fit_chance(np.zeros(3), np.ones((3, 1)), np.array([4.0]))
    assert 0.02 < none.chance(np.ones(1)) < 0.3
    assert fit_chance(np.zeros(0), np.zeros((0, 1)), np.array([4.0])).chance(np.ones(1)) == pytest.approx(0.5)
