import numpy as np
import pytest

from satrap.estimate.hyper import NAMES, Prior, hyper_at
from satrap.estimate.loadings import bundled

PRIORS = bundled().hyperparameters


def test_medians_sit_at_the_origin() -> None:
    hyper = hyper_at(PRIORS, (), np.zeros(len(NAMES)))
    assert hyper[: len(NAMES)] == pytest.approx([PRIORS[name].median for name in NAMES])


def test_a_share_stays_between_zero_and_one() -> None:
    story = Prior(median=0.6, spread=0.8, scale="logit", source="test")
    assert 0 < story.value(-8) < story.value(0) < story.value(8) < 1


def test_groups_differ_by_the_spread_of_their_kind() -> None:
    u = np.zeros(len(NAMES) + 2)
    u[-2:] = 2.0, -1.0
    hyper = hyper_at(PRIORS, (("publisher", "A"), ("certainty", "possible")), u)
    assert hyper.slopes == pytest.approx((2 * hyper.publisher, -hyper.certainty))


def test_a_coarser_grid_walks_as_far_in_the_same_time() -> None:
    hyper = hyper_at(PRIORS, (), np.zeros(len(NAMES)))
    coarse = hyper.coarse(4)
    assert coarse.walk_sd**2 * 10 == pytest.approx(hyper.walk_sd**2 * 40)
    assert np.exp(-10 / coarse.place_weeks) == pytest.approx(np.exp(-40 / hyper.place_weeks))
