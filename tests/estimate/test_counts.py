"""Counts and signs of a latent field: derivatives, calibration, and what nothing teaches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.stats import nbinom, norm

from satrap.estimate.counts import Block, Told, infer
from satrap.estimate.hyper import Prior

PLACES, PERIODS = 5, 8
PRIORS = {
    "place": Prior(median=1, spread=0.5, source="test"),
    "walk": Prior(median=0.2, spread=0.5, source="test"),
    "overdispersion": Prior(median=0.5, spread=0.7, source="test"),
}
BLOCKS = [Block(1, 1.0), Block(PLACES, "place"), Block(PERIODS, "walk", PERIODS)]
DESIGN = csr_array(
    np.hstack(
        [
            np.ones((PLACES * PERIODS, 1)),
            np.kron(np.eye(PLACES), np.ones((PERIODS, 1))),
            np.tile(np.eye(PERIODS), (PLACES, 1)),
        ]
    )
)


def _one(count: float = 0.0, sign: float = 0.0) -> Told:
    return Told(csr_array(np.ones((1, 1))), np.zeros(1), np.array([count]), np.array([sign]))


@given(st.integers(0, 500), st.floats(-6, 6), st.floats(0.01, 5))
def test_counts_are_negative_binomial(count: int, eta: float, overdispersion: float) -> None:
    size, mu = 1 / overdispersion, np.exp(eta)
    [found], _, _ = _one(count).terms(np.array([eta]), overdispersion)
    assert found == pytest.approx(nbinom.logpmf(count, size, size / (size + mu)), rel=1e-6, abs=1e-6)


@given(st.integers(0, 50), st.sampled_from([-1.0, 0.0, 1.0]), st.floats(-5, 5))
def test_slopes_and_curvatures_are_derivatives(count: int, sign: float, eta: float) -> None:
    told, step = _one(count, sign), 1e-4
    at = [told.terms(np.array([eta + move]), 0.5) for move in (-step, 0.0, step)]
    assert at[1][1][0] == pytest.approx((at[2][0][0] - at[0][0][0]) / (2 * step), rel=1e-4, abs=1e-5)
    assert at[1][2][0] == pytest.approx(-(at[2][1][0] - at[0][1][0]) / (2 * step), rel=1e-3, abs=1e-5)


@given(st.floats(-1e6, 1e6), st.sampled_from([-1.0, 0.0, 1.0]))
def test_far_out_everything_stays_finite(eta: float, sign: float) -> None:
    assert all(np.isfinite(part).all() for part in _one(3, sign).terms(np.array([eta]), 0.5))


def _worlds(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """True log intensities with the counts they gave, drawn from the priors."""
    made = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        place, walk, spread = (prior.value(rng.standard_normal()) for prior in PRIORS.values())
        latents = [
            rng.standard_normal(1),
            place * rng.standard_normal(PLACES),
            np.cumsum(walk * rng.standard_normal(PERIODS)),
        ]
        eta = DESIGN @ np.concatenate(latents)
        made.append((eta, rng.poisson(rng.gamma(1 / spread, np.exp(eta) * spread)).astype(np.float64)))
    return made


def test_bands_hold_the_truth_as_often_as_they_say() -> None:
    inside = []
    for eta, counts in _worlds(8):
        found = infer(Told.counts(DESIGN, np.zeros(len(eta)), counts, True), BLOCKS, PRIORS, 0)
        low, high = np.quantile(found.of(DESIGN), (0.1, 0.9), axis=0)
        inside.append(((low < eta) & (eta < high)).mean())
    assert np.mean(inside) == pytest.approx(0.8, abs=0.12)


def test_what_nothing_was_told_of_is_the_prior() -> None:
    found = infer(Told.counts(DESIGN, np.zeros(40), np.zeros(40), False), BLOCKS, PRIORS, 0)
    assert (found.narrowing(DESIGN) == 1).all()
    assert found.draws.mean() == pytest.approx(0, abs=0.05)


def test_a_sign_moves_its_side_and_seeds_repeat() -> None:
    rise = np.zeros((1, 1 + PLACES + PERIODS))
    rise[0, [8, 9]] = -4.0, 4.0
    told = Told.counts(DESIGN, np.zeros(40), np.ones(40), True).and_(Told.signs(csr_array(rise), np.ones(1)))
    found = infer(told, BLOCKS, PRIORS, 3)
    assert (found.draws[:, 9] > found.draws[:, 8]).mean() > norm.cdf(0.3)
    assert np.array_equal(found.draws, infer(told, BLOCKS, PRIORS, 3).draws)
