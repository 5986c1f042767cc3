import numpy as np
import pytest
from benchmarks.estimate_worlds import PRIORS, SMALL, world

from satrap.estimate import learn
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES
from satrap.estimate.learn import Evidence, explore
from satrap.estimate.posterior import solver_for


def _told(done: float) -> None:
    assert 0 <= done <= 1


def _nothing() -> Evidence:
    return Evidence(solver_for(Observations.stack([], 3, 3, 60)), PRIORS, 1)


def test_without_claims_the_draws_are_the_prior() -> None:
    mixture = explore(_nothing(), seed=0, points=64, keep=24, told=_told)
    assert mixture.effective == pytest.approx(64)
    u = [np.log(draw.walk_sd / PRIORS["walk_sd"].median) / PRIORS["walk_sd"].spread for draw in mixture.draws]
    assert abs(np.average(u, weights=mixture.counts)) < 0.3
    assert 0.6 < np.std(u) < 1.4


def test_the_gradient_is_that_of_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "_TOLERANCE", 1e-9)
    evidence = Evidence(solver_for(world(SMALL, 3).seen), PRIORS, 1)
    width = len(NAMES) + len(evidence.solver.seen.groups)
    u = 0.5 * np.random.default_rng(0).standard_normal(width)
    _, solution = evidence.value(u, None)
    steps = 1e-3 * np.eye(width)
    slopes = [(evidence.value(u + h, None)[0] - evidence.value(u - h, None)[0]) / 2e-3 for h in steps]
    assert np.allclose(evidence.gradient(u, solution), slopes, atol=1e-3)


class _Bell(Evidence):
    """Evidence N(1, 0.5²) for the noise's standard normal coordinate: posterior mean 0.8, variance 0.2."""

    def value(self, u, start, tolerance=None):  # type: ignore[no-untyped-def]
        solution = super().value(u, None)[1]
        return -0.5 * u @ u - 0.5 * ((u[NAMES.index("noise")] - 1) / 0.5) ** 2, solution

    def gradient(self, u, solution):  # type: ignore[no-untyped-def]
        out = -u.copy()
        out[NAMES.index("noise")] -= (u[NAMES.index("noise")] - 1) / 0.25
        return out


def test_draws_follow_the_evidence() -> None:
    mixture = explore(_Bell(_nothing().solver, PRIORS, 1), seed=0, points=64, keep=32, told=_told)
    prior = PRIORS["noise"]
    u = [np.log(draw.noise / prior.median) / prior.spread for draw in mixture.draws]
    mean = np.average(u, weights=mixture.counts)
    assert mean == pytest.approx(0.8, abs=0.15)
    assert np.average((np.array(u) - mean) ** 2, weights=mixture.counts) == pytest.approx(0.2, abs=0.12)
    assert sum(mixture.counts) == 32


def test_the_same_seed_gives_the_same_draws() -> None:
    one, other = (explore(_nothing(), seed=5, points=64, keep=8, told=_told) for _ in range(2))
    assert one.draws == other.draws
