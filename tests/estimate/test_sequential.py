from dataclasses import replace

import numpy as np
import pytest
from benchmarks.estimate_worlds import SMALL, world

from satrap.estimate.claimspace import ClaimSpace
from satrap.estimate.ep import solve
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.sequential import Sequential
from satrap.estimate.surface import bounds, own_noise_sd, place_covariance, walk_covariance

SIZE = replace(SMALL, claims=150, institutions=4, places=5)
WORLDS = [world(SIZE, seed) for seed in (0, 1)]


def _windowed() -> Observations:
    """Levels over overlapping windows of several weeks, with and without their neighbours' pattern."""
    rows = [
        Functional(f"c{n}", f"s{n // 2}", np.array([1.0, -1.0, 0]) * (1 - 2 * (n % 2)), np.array([0.5, 0.5]),
                   tuple((week, 0.25) for week in range(n, n + 8, 2)), level=n % 3 == 0, publisher="p")
        for n in range(12)
    ]  # fmt: skip
    return Observations.stack(rows, 3, 2, 30)


@pytest.mark.parametrize("seen", [*(one.seen for one in WORLDS), _windowed()])
def test_both_solvers_agree(seen: Observations) -> None:
    """Means, variances and determinant, with sites that say nothing among them."""
    rng, hyper = np.random.default_rng(0), WORLDS[0].hyper
    tau, nu = rng.exponential(3.0, len(seen)), rng.standard_normal((len(seen), 3))
    tau[::7] = 0.0
    one, other = (solver.at(hyper).condition(tau) for solver in (ClaimSpace(seen), Sequential.of(seen)))
    assert np.isclose(one.log_det, other.log_det, atol=1e-9)
    assert np.allclose(one.variance, other.variance, atol=1e-9)
    assert np.allclose(one.mean(nu), other.mean(nu), atol=1e-9)
    assert np.allclose(one.mean(nu[:, 0]), other.mean(nu)[:, 0], atol=1e-9)


def test_both_reach_the_same_sites() -> None:
    seen, hyper = WORLDS[1].seen, WORLDS[1].hyper
    one, other = (
        solve(solver.at(hyper), *bounds(seen, hyper), own_noise_sd(seen, hyper))
        for solver in (ClaimSpace(seen), Sequential.of(seen))
    )
    assert np.allclose(one.alpha, other.alpha, atol=1e-6)
    assert np.isclose(one.log_evidence, other.log_evidence, atol=1e-6)


def test_variances_of_offices_are_those_of_dense_algebra() -> None:
    hyper = WORLDS[0].hyper
    seen = world(replace(SMALL, claims=30, weeks=16, places=2), 5).seen
    every, centre = np.arange(16.0), np.eye(3) - 1 / 3
    sigma = np.kron(np.ones((2, 2)), np.kron(walk_covariance(every, 16, hyper), centre))
    sigma += np.kron(np.eye(2), np.kron(place_covariance(every, 16, hyper), centre))
    A = np.einsum("jp,jt,ji->jpti", seen.places, seen.weeks.toarray(), seen.contrasts).reshape(30, -1)
    K, tau = ClaimSpace(seen).covariance(hyper), np.linspace(0.5, 3, 30)
    given = sigma - sigma @ A.T @ np.linalg.solve(K + np.diag(1 / tau), A @ sigma)
    found = Sequential.of(seen).at(hyper).condition(tau).offices()
    assert np.allclose(found.ravel(), np.diag(given), atol=1e-9)


def test_no_claims_leave_the_prior() -> None:
    found = Sequential.of(Observations.stack([], 3, 2, 5)).at(WORLDS[0].hyper).condition(np.empty(0))
    assert found.log_det == 0.0
    assert found.variance.shape == (0,)
    assert found.mean(np.empty(0)).shape == (0,)
