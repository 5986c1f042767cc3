from dataclasses import replace

import numpy as np
from benchmarks.estimate_worlds import PRIORS, SMALL, world

from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.posterior import Posterior, fit


def _quiet(stage: str, done: float) -> None:
    pass


INSTITUTIONS, PLACES, WEEKS = SMALL.institutions, SMALL.places, SMALL.weeks


def _fitted(seed: int, claims: int = SMALL.claims) -> tuple[np.ndarray, Posterior]:
    drawn = world(replace(SMALL, claims=claims), seed)
    return drawn.truth, fit(drawn.seen, PRIORS, seed=seed, progress=_quiet)


def coverage(worlds: int) -> tuple[dict[float, tuple[float, float]], float]:
    """How often bands hold the truth, with its standard error (worlds being the unit), and the squared error
    of the posterior mean over that of the prior mean; hyperparameters are unknown to the fit."""
    inside: dict[float, list[float]] = {0.5: [], 0.8: [], 0.95: []}
    left = there = 0.0
    for seed in range(worlds):
        truth, posterior = _fitted(seed)
        surfaces, _ = posterior.draw(seed, _quiet)
        for prob, held in inside.items():
            low, high = np.quantile(surfaces[:, :, ::10], [(1 - prob) / 2, (1 + prob) / 2], axis=0)
            held.append(float(((truth[:, ::10] >= low) & (truth[:, ::10] <= high)).mean()))
        left += ((posterior.means() - truth) ** 2).mean()
        there += (truth**2).mean()
    rates = {
        prob: (float(np.mean(held)), float(np.std(held) / np.sqrt(worlds))) for prob, held in inside.items()
    }
    return rates, float(left / there)


def test_bands_cover_the_truth_as_often_as_they_say_and_means_recover_it() -> None:
    """Three standard errors either way; docs/explanation/estimator.md has the figures of 300 worlds."""
    rates, error = coverage(10)
    for prob, (rate, standard_error) in rates.items():
        assert abs(rate - prob) < 3 * standard_error
    assert error < 0.95


def test_influence_sums_to_the_posterior_mean() -> None:
    _, posterior = _fitted(1)
    means = posterior.means()
    for place, week in ((0, 5), (2, 59)):
        assert np.allclose(posterior.influence(place, week).sum(axis=0), means[place, week])


def test_draws_are_mirrored_about_the_posterior_mean() -> None:
    _, posterior = _fitted(2)
    surfaces, _ = posterior.draw(0, _quiet)
    assert np.allclose(surfaces.mean(axis=0, dtype=float), posterior.means(), atol=1e-5)


def test_without_claims_nothing_is_narrowed() -> None:
    nothing = Observations.stack([], INSTITUTIONS, PLACES, WEEKS)
    posterior = fit(nothing, PRIORS, seed=0, progress=_quiet)
    surfaces, narrowing = posterior.draw(0, _quiet)
    assert np.allclose(posterior.means(), 0)
    assert np.allclose(narrowing, 1)
    assert surfaces.std() > 0.3


def test_claims_narrow_what_they_speak_of_most() -> None:
    row = Functional("c", "s", np.array([1.0, 0, 0]), np.array([1.0, 0, 0]), ((30, 1.0),))
    rows = [replace(row, claim=f"c{n}", story=f"s{n}") for n in range(6)]
    posterior = fit(Observations.stack(rows, INSTITUTIONS, PLACES, WEEKS), PRIORS, seed=0, progress=_quiet)
    _, narrowing = posterior.draw(0, _quiet)
    assert narrowing[0, 30, 0] < narrowing[1, 30, 0] < 1
    assert narrowing[0, 30, 0] < narrowing[0, 30, 1]


def test_refitting_on_all_claims_changes_nothing() -> None:
    _, posterior = _fitted(3, claims=12)
    again = posterior.refitted(np.ones(12, dtype=bool))
    assert np.allclose(again.means(), posterior.means(), atol=1e-5)
