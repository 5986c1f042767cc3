import numpy as np
import pytest
from scipy.special import softmax

from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.influence import contributions
from satrap.estimate.loadings import bundled
from satrap.estimate.posterior import Posterior, fit


def _quiet(stage: str, done: float) -> None:
    pass


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    """Claims that differ in strength, time, place and direction, each from a story of its own."""
    rng = np.random.default_rng(7)
    rows = []
    for number in range(25):
        contrast, places = np.zeros(3), np.zeros(3)
        contrast[rng.integers(3)] = rng.choice([-1.0, 1.0])
        places[rng.integers(3)] = 1
        week = int(rng.integers(10, 60))
        rows.append(
            Functional(
                f"c{number}",
                f"s{number}",
                contrast,
                places,
                ((week, 1.0), (week - 10, -1.0)),
                log_noise=float(rng.normal(0, 0.7)),
            )
        )
    return fit(Observations.stack(rows, 3, 3, 60), bundled().hyperparameters, seed=0, progress=_quiet)


def test_parts_sum_to_the_move_from_the_prior(posterior: Posterior) -> None:
    parts = contributions(posterior, 1, 2, 40, None, 0)
    mean = posterior.means()[2, 40]
    assert np.isclose(sum(part.log_ratio for part in parts), mean[1])
    assert np.isclose(sum(part.share for part in parts), softmax(mean)[1] - 1 / 3)
    assert np.isclose(sum(part.fraction for part in parts), 1)


def test_parts_of_a_change_sum_to_the_change(posterior: Posterior) -> None:
    parts = contributions(posterior, 0, 1, 50, 20, 0)
    means = posterior.means()[1]
    assert np.isclose(sum(part.log_ratio for part in parts), means[50, 0] - means[20, 0])
    assert np.isclose(sum(part.share for part in parts), softmax(means[50])[0] - softmax(means[20])[0])


def test_the_largest_come_first_and_agree_with_leaving_each_out(posterior: Posterior) -> None:
    parts = contributions(posterior, 0, 0, 50, None, 25)
    sizes = [abs(part.log_ratio) for part in parts]
    assert sizes == sorted(sizes, reverse=True)
    removed = np.array([part.if_removed for part in parts])
    assert np.corrcoef([part.log_ratio for part in parts], removed)[0, 1] > 0.9
    assert np.argmax(np.abs(removed)) < 3


def test_leaving_out_is_only_computed_where_asked_for(posterior: Posterior) -> None:
    parts = contributions(posterior, 0, 0, 50, None, 2)
    assert [part.if_removed is not None for part in parts[:3]] == [True, True, False]
