"""Forecasts are probabilities."""

import pytest

from satrap.errors import ForecastError
from satrap.forecast import Forecast


def made(*probabilities: float) -> Forecast:
    return Forecast(
        question="q", forecaster="f", version="1", options=("yes", "no"), probabilities=probabilities
    )


def test_an_option_has_its_probability() -> None:
    assert made(0.3, 0.7).of("no") == 0.7


@pytest.mark.parametrize("probabilities", [(0.5, 0.6), (1.0,), (1.2, -0.2), (float("nan"), 1.0)])
def test_what_does_not_sum_to_one_is_none(probabilities: tuple[float, ...]) -> None:
    with pytest.raises(ForecastError, match="summing to 1"):
        made(*probabilities)
