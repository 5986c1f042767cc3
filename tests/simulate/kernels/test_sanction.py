import numpy as np
import pytest

from satrap.simulate.kernels.sanction import expect

ZERO = np.array(0.0)


def test_expected_sanction_is_forgotten_at_its_rate() -> None:
    assert expect(np.array(1.0), np.array(0.1), ZERO, np.array(0.4), ZERO) == pytest.approx(0.9)


def test_orders_and_dismissals_raise_it() -> None:
    assert expect(ZERO, np.array(0.1), np.array(0.8), np.array(0.4), ZERO) == pytest.approx(0.8)
    assert expect(ZERO, np.array(0.1), ZERO, np.array(0.4), np.array(np.e - 1)) == pytest.approx(0.4)
