import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from satrap.estimate.claimspace import ClaimSpacePrior
from satrap.estimate.ep import Sites, Solution
from satrap.estimate.ep import solve as solve_prior


def solve(
    K: np.ndarray, lower: np.ndarray, upper: np.ndarray, noise: np.ndarray, start: Sites | None = None
) -> Solution:
    return solve_prior(ClaimSpacePrior(K), lower, upper, noise, start)


def _open(count: int) -> np.ndarray:
    return np.full(count, np.inf)


def test_one_claim_has_the_exact_moments() -> None:
    """f ~ N(0, v), sign of f + e: the mean is v / sqrt(v + s²) sqrt(2 / π) (Azzalini 1985)."""
    v, s = 0.8, 0.5
    found = solve(np.array([[v]]), np.zeros(1), _open(1), np.array([s]))
    assert np.isclose(v * found.alpha[0], v / np.sqrt(v + s**2) * np.sqrt(2 / np.pi))
    variance = 1 / (1 / v + found.sites.tau[0])
    assert np.isclose(variance, v - (v / np.sqrt(v + s**2)) ** 2 * 2 / np.pi)
    assert np.isclose(found.log_evidence, np.log(0.5))


def test_evidence_of_several_claims_is_near_the_exact_orthant_probability() -> None:
    K = np.array([[1.0, 0.6, -0.3], [0.6, 1.5, 0.2], [-0.3, 0.2, 0.7]])
    lower, noise = np.array([0.1, -0.2, 0.0]), np.array([0.3, 0.5, 0.4])
    exact = multivariate_normal(np.zeros(3), K + np.diag(noise**2), seed=1).cdf(-lower)
    assert abs(solve(K, lower, _open(3), noise).log_evidence - np.log(exact)) < 0.01


def test_posterior_mean_agrees_with_sampling() -> None:
    K = np.array([[1.0, 0.8], [0.8, 1.0]])
    noise = np.array([0.4, 0.6])
    f = np.random.default_rng(0).multivariate_normal(np.zeros(2), K, 400_000)
    told = f + noise * np.random.default_rng(1).standard_normal(f.shape)
    kept = f[(told[:, 0] > 0) & (told[:, 1] < 0)]  # one says up, one says down
    signs = np.array([1.0, -1.0])
    found = solve(K * np.outer(signs, signs), np.zeros(2), _open(2), noise)
    assert np.allclose(signs * (K * np.outer(signs, signs) @ found.alpha), kept.mean(axis=0), atol=0.01)


def test_a_start_elsewhere_ends_at_the_same_place() -> None:
    rng = np.random.default_rng(3)
    root = rng.standard_normal((6, 4))
    K, noise = root @ root.T, np.full(6, 0.3)
    cold = solve(K, np.zeros(6), _open(6), noise)
    warm = solve(K, np.zeros(6), _open(6), noise, start=solve(2 * K, np.zeros(6), _open(6), noise).sites)
    assert np.allclose(cold.alpha, warm.alpha, atol=1e-4)


def test_no_claims_leave_the_prior() -> None:
    found = solve(np.empty((0, 0)), np.empty(0), np.empty(0), np.empty(0))
    assert found.log_evidence == 0.0
    assert len(found.alpha) == 0


def test_a_thousand_identical_claims_converge() -> None:
    count = 1000
    found = solve(np.full((count, count), 0.25), np.zeros(count), _open(count), np.full(count, 0.3))
    mean = 0.25 * found.alpha.sum()
    assert 0.5 < mean < 2.5  # beyond one prior standard deviation, and no further than the data can push
    assert np.isfinite(found.log_evidence)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 12), st.integers(0, 10_000), st.floats(0.02, 3.0))
def test_always_finite(count: int, seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    root = rng.standard_normal((count, 2))  # of rank two: many claims on the same few things
    lower = rng.choice([0.0, -0.1, 0.4], count)
    upper = np.where(rng.random(count) < 0.3, 0.5, np.inf)
    found = solve(root @ root.T, lower, upper, np.full(count, scale))
    assert np.isfinite(found.alpha).all()
    assert np.isfinite(found.log_evidence)
    assert found.log_evidence <= 1e-6
