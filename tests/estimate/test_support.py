import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.estimate.support import support


def test_a_point_is_named_as_often_as_its_weight_asks() -> None:
    points = np.array([[0.0], [10.0]])
    assert sorted(support(points, np.array([0.75, 0.25]), 4)) == [0, 0, 0, 1]


def test_points_without_weight_are_not_named() -> None:
    points = np.array([[0.0], [1.0], [50.0]])
    assert 2 not in support(points, np.array([0.5, 0.5, 0.0]), 10)


@given(st.integers(0, 30))
def test_means_are_met_more_closely_than_by_drawing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((128, 13))
    weights = np.exp(rng.standard_normal(128))
    weights /= weights.sum()
    drawn = np.array([points[rng.choice(128, 24, p=weights)].mean(axis=0) for _ in range(20)])
    chosen = points[support(points, weights, 24)].mean(axis=0)
    assert (
        np.linalg.norm(chosen - weights @ points)
        < 0.6 * np.linalg.norm(drawn - weights @ points, axis=1).mean()
    )


def test_spreads_are_kept() -> None:
    rng = np.random.default_rng(1)
    points = rng.standard_normal((256, 3))
    chosen = points[support(points, np.full(256, 1 / 256), 24)]
    assert chosen.std(axis=0) == pytest.approx(points.std(axis=0), rel=0.12)
