import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.simulate.units import (
    WEEKS_PER_MONTH,
    Floats,
    intensity,
    weekly_intensity,
    weekly_probability,
    weekly_sd,
)

rates = st.floats(0, 0.95).map(np.float64).map(np.asarray)


@given(rates)
def test_a_weekly_probability_compounds_to_the_monthly_one(monthly: Floats) -> None:
    weekly = weekly_probability(monthly)
    assert 1 - (1 - weekly) ** WEEKS_PER_MONTH == pytest.approx(monthly, abs=1e-12)


@given(rates)
def test_an_exponential_clock_rings_within_a_month_with_the_monthly_probability(monthly: Floats) -> None:
    assert 1 - np.exp(-intensity(monthly) * WEEKS_PER_MONTH) == pytest.approx(monthly, abs=1e-12)


def test_events_per_year_are_the_same_counted_by_month_or_by_week() -> None:
    assert weekly_intensity(np.array(3.0)) * 52 == pytest.approx(3.0 * 12)


@given(st.floats(0.001, 0.95), st.floats(0, 2))
def test_weekly_shocks_add_up_to_the_monthly_spread(reversion: float, sd: float) -> None:
    weekly = weekly_sd(np.array(sd), np.array(reversion))
    kept = 1 - weekly_probability(np.array(reversion))
    accumulated = weekly**2 * (1 - kept ** (2 * WEEKS_PER_MONTH)) / (1 - kept**2)
    assert accumulated == pytest.approx(sd**2, abs=1e-9)


def test_without_reversion_variance_grows_in_proportion_to_time() -> None:
    assert weekly_sd(np.array(1.0), np.array(0.0)) ** 2 * 52 == pytest.approx(12)
