import numpy as np
import pytest

from satrap.simulate.displacement import displacement

TEN = np.full(3, 10.0)


def test_the_ratio_is_what_others_took_over_what_was_given_up() -> None:
    ratio = displacement(given_up=np.array([4.0, 4, 4]), taken_over=np.array([2.0, 4, -1]), at_stake=TEN)
    assert ratio.values.tolist() == [0.5, 1.0, -0.25]
    assert ratio.undefined == 0


def test_it_is_undefined_where_nothing_was_given_up_or_more_was_taken() -> None:
    ratio = displacement(given_up=np.array([0.0, -3, 5]), taken_over=np.array([1.0, 1, 1]), at_stake=TEN)
    assert np.isnan(ratio.values[:2]).all()
    assert ratio.undefined == pytest.approx(2 / 3)
    assert ratio.quantiles((0.5,)) == pytest.approx([0.2])


def test_it_is_undefined_where_hardly_anything_was_given_up() -> None:
    assert displacement(np.full(3, 0.05), TEN, TEN).undefined == 1


def test_undefined_everywhere_says_so() -> None:
    ratio = displacement(np.zeros(3), np.ones(3), TEN)
    assert np.isnan(ratio.quantiles((0.1, 0.9))).all()
    assert "gave up nothing" in str(ratio)
