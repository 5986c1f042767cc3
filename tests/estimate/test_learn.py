import numpy as np
import pytest
from benchmarks.estimate_worlds import PRIORS, SMALL, world

from satrap.estimate import learn
from satrap.estimate.coordinates import Coordinates
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES
from satrap.estimate.learn import Evidence, explore
from satrap.estimate.posterior import solver_for


def _told(done: float) -> None:
    assert 0 <= done <= 1


def _small() -> Evidence:
    solver = solver_for(world(SMALL, 3).seen)
    return Evidence(solver, Coordinates.plain(PRIORS, solver.seen.groups), 1)


def _nothing() -> Evidence:
    return Evidence(solver_for(Observations.stack([], 3, 3, 60)), Coordinates.plain(PRIORS, ()), 1)


def test_without_claims_the_draws_are_the_prior() -> None:
    mixture = explore(_nothing(), seed=0, points=64, keep=24, told=_told)
    assert mixture.effective == pytest.approx(64)
    u = [np.log(draw.walk_sd / PRIORS["walk_sd"].median) / PRIORS["walk_sd"].spread for draw in mixture.draws]
    assert abs(np.average(u, weights=mixture.counts)) < 0.3
    assert 0.6 < np.std(u) < 1.4


def test_the_gradient_is_that_of_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "_TOLERANCE", 1e-9)
    evidence = _small()
    width = len(evidence.coordinates)
    u = 0.5 * np.random.default_rng(0).standard_normal(width)
    evidence = evidence.bent(u, evidence.value(u, None)[1])
    _, solution = evidence.value(u, None)
    steps = 1e-3 * np.eye(width)
    slopes = [(evidence.value(u + h, None)[0] - evidence.value(u - h, None)[0]) / 2e-3 for h in steps]
    assert np.allclose(evidence.gradient(u, solution), slopes, atol=1e-3)


def test_coordinates_are_shaped_by_what_claims_tell_of_each_slope() -> None:
    """The parabola's top and bend are those of the evidence of one slope, all else held."""
    evidence = _small()
    v = np.zeros(len(evidence.coordinates))
    solution = evidence.value(v, None)[1]
    shape = evidence.bent(v, solution).coordinates
    assert (shape.information >= 0).all()
    assert (shape.information > 0).any()
    surest = int(np.argmax(shape.information))
    step = np.zeros(len(v))
    step[len(NAMES) + surest] = 0.05 / PRIORS[evidence.coordinates.groups[surest][0]].median
    rise = [evidence.value(v + way * step, None)[0] + 0.5 * (step @ step) * way**2 for way in (-1, 0, 1)]
    measured = -(rise[0] - 2 * rise[1] + rise[2]) / 0.05**2
    assert shape.information[surest] == pytest.approx(measured, rel=0.5)


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
    mixture = explore(
        _Bell(_nothing().solver, Coordinates.plain(PRIORS, ()), 1), seed=0, points=64, keep=32, told=_told
    )
    prior = PRIORS["noise"]
    u = [np.log(draw.noise / prior.median) / prior.spread for draw in mixture.draws]
    mean = np.average(u, weights=mixture.counts)
    assert mean == pytest.approx(0.8, abs=0.15)
    assert np.average((np.array(u) - mean) ** 2, weights=mixture.counts) == pytest.approx(0.2, abs=0.12)
    assert sum(mixture.counts) == 32


def test_the_same_seed_gives_the_same_draws() -> None:
    one, other = (explore(_nothing(), seed=5, points=64, keep=8, told=_told) for _ in range(2))
    assert one.draws == other.draws
