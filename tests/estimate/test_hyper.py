import numpy as np
import pytest

from satrap.estimate.hyper import Hyper, Prior, explore, hyper_at
from satrap.estimate.loadings import bundled

PRIORS = bundled().hyperparameters
WIDTH = len(Hyper._fields)


def test_medians_sit_at_the_origin() -> None:
    assert hyper_at(PRIORS, np.zeros(WIDTH)) == pytest.approx([PRIORS[name].median for name in Hyper._fields])


def test_a_share_stays_between_zero_and_one() -> None:
    story = Prior(median=0.6, spread=0.8, scale="logit", source="test")
    assert 0 < story.value(-8) < story.value(0) < story.value(8) < 1


def test_without_evidence_the_draws_are_the_prior() -> None:
    mixture = explore(PRIORS, lambda _: 0.0, seed=0, keep=24)
    assert mixture.effective == pytest.approx(64)
    u = [np.log(draw.walk_sd / PRIORS["walk_sd"].median) / PRIORS["walk_sd"].spread for draw in mixture.draws]
    assert abs(np.average(u, weights=mixture.counts)) < 0.3
    assert 0.6 < np.std(u) < 1.4


def test_draws_follow_the_evidence() -> None:
    """Evidence N(1, 0.5²) in a standard normal coordinate: posterior mean 0.8, variance 0.2."""
    prior = PRIORS["noise"]

    def evidence(hyper: Hyper) -> float:
        return float(-0.5 * ((np.log(hyper.noise / prior.median) / prior.spread - 1) / 0.5) ** 2)

    mixture = explore(PRIORS, evidence, seed=0, keep=32)
    u = [np.log(draw.noise / prior.median) / prior.spread for draw in mixture.draws]
    mean = np.average(u, weights=mixture.counts)
    assert mean == pytest.approx(0.8, abs=0.15)
    assert np.average((np.array(u) - mean) ** 2, weights=mixture.counts) == pytest.approx(0.2, abs=0.12)
    assert sum(mixture.counts) == 32


def test_the_same_seed_gives_the_same_draws() -> None:
    one, other = (explore(PRIORS, lambda hyper: -hyper.noise, seed=5, keep=8) for _ in range(2))
    assert one.draws == other.draws
