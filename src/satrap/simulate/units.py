"""Months to weeks, in one place. The sources speak of months; the simulator steps by the week.

A year has 12 months and 52 weeks here (0.3% short of 365.25 days), so a month is 52/12 weeks. The three
conversions differ and must not be mixed: a probability compounds, an intensity is proportional to time, and
the spread of a random walk grows with its square root. An impulse (an order's jump in expected sanction, a
hand-over of authority) happens once and is not converted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MONTHS_PER_WEEK = 12 / 52
WEEKS_PER_MONTH = 52 / 12


def weekly_probability(monthly: Floats) -> Floats:
    """The weekly probability that compounds to `monthly` in [0, 1) over a month: 1 − (1 − r)^(12/52)."""
    return np.asarray(-np.expm1(MONTHS_PER_WEEK * np.log1p(-monthly)))


def weekly_intensity(monthly: Floats) -> Floats:
    """Events per week of a Poisson rate given per month."""
    return np.asarray(monthly * MONTHS_PER_WEEK)


def intensity(monthly_probability: Floats) -> Floats:
    """The weekly intensity λ of an exponential clock that rings within a month with the given probability."""
    return np.asarray(-MONTHS_PER_WEEK * np.log1p(-monthly_probability))


def weekly_sd(monthly_sd: Floats, monthly_reversion: Floats) -> Floats:
    """The weekly shock of a mean-reverting walk whose accumulated shock over a month has sd `monthly_sd`.

    σ_w² = σ_m² (1 − ρ_w²) / (1 − ρ_m²) with ρ = 1 − reversion; its limit without reversion is σ_m² · 12/52.
    """
    kept_month = 1 - monthly_reversion
    kept_week = 1 - weekly_probability(monthly_reversion)
    moves = monthly_reversion > 0
    lost_month = np.where(moves, 1 - kept_month**2, 1.0)
    ratio = np.where(moves, (1 - kept_week**2) / lost_month, MONTHS_PER_WEEK)
    return np.asarray(monthly_sd * np.sqrt(ratio))
