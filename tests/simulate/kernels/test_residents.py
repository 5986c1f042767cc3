import numpy as np
import pytest

from satrap.simulate.kernels.residents import approach, attack_rate, expressed, told
from satrap.simulate.units import WEEKS_PER_MONTH


def test_news_reaches_residents_once_and_after_the_mean_delay() -> None:
    pending, heard = np.array(1.0), []
    for _ in range(2000):
        now, pending = told(pending, np.array(4.0))
        heard.append(float(now))
    assert sum(heard) == pytest.approx(1)
    assert np.average(np.arange(2000), weights=heard) == pytest.approx(4, abs=0.6)


def test_fear_follows_what_happens() -> None:
    assert approach(np.array(0.0), np.array(1.0), np.array(0.25)) == pytest.approx(0.25)


def test_the_base_rate_is_per_million_and_month() -> None:
    monthly = (
        attack_rate(np.array(0.0), np.array(0.0), np.array(0.0), np.array(1.0), np.array(1.0), np.array(2.0))
        * WEEKS_PER_MONTH
    )
    assert monthly == pytest.approx(2)


def test_burden_provokes_attacks_and_fear_prevents_them() -> None:
    calm, pressed, cowed = attack_rate(
        np.array([0.0, 1.0, 0.0]),
        np.array([0.0, 0.0, 1.0]),
        np.array(-3.0),
        np.array(1.0),
        np.array(0.5),
        np.array(1.0),
    )
    assert cowed < calm < pressed


def test_the_afraid_express_more_support_than_they_feel() -> None:
    assert expressed(np.array(-1.0), np.array(2.0), np.array(0.5)) == 0
