"""Information in bits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from satrap.forecast.information import entropy, information

HALF = np.array([0.5, 0.5])


def test_an_observation_that_settles_it_is_worth_all_that_is_uncertain() -> None:
    assert information(HALF, np.eye(2)) == pytest.approx(1.0)


def test_an_observation_that_comes_either_way_is_worth_nothing() -> None:
    assert information(HALF, np.array([[0.3, 0.7], [0.3, 0.7]])) == pytest.approx(0.0)


def test_a_noisy_channel() -> None:
    flipped = np.array([[0.9, 0.1], [0.1, 0.9]])
    assert information(HALF, flipped) == pytest.approx(1 - entropy(np.array([0.9, 0.1])))


@given(
    arrays(np.float64, (3, 4, 5), elements=st.floats(0.01, 1)),
    arrays(np.float64, 3, elements=st.floats(0.01, 1)),
)
def test_it_is_never_negative_nor_more_than_is_uncertain(
    observed: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    answer: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> None:
    answer = answer / answer.sum()
    found = information(answer, observed / observed.sum(axis=-1, keepdims=True))
    assert found.shape == (4,)
    assert (found >= 0).all()
    assert (found <= entropy(answer) + 1e-9).all()
