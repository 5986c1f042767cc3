"""Equation 5: what each office takes, as a share of what residents spend."""

from __future__ import annotations

import numpy as np

from satrap.simulate.kernels.authority import shares
from satrap.simulate.units import Floats


def occasions(log_ratio: Floats, opportunity: Floats) -> Floats:
    """(5a) w = a^α / Σ a^α: how the occasions to take are divided; sums to one in every place.

    The sum is divided out so that α sets only who takes: how much the number of offices adds is equation 6's.
    """
    return shares(opportunity * log_ratio)


def shortened(hazard: Floats, removal: Floats, horizon: Floats) -> Floats:
    """(5b) (H₀/H)^ρ = (1 + r/r₀)^ρ ≥ 1: who expects to be removed soon takes sooner. Olson 1993.

    `hazard` r is the recent weekly rate of dismissal per post, `removal` r₀ the customary one.
    """
    return np.asarray((1 + hazard / removal) ** horizon)


def deterred(sanction: Floats, deterrence: Floats, quota: Floats) -> Floats:
    """(5c) (1 − u)e^(−ψD) + u in (0, 1]: the part u owed upward is taken whatever the risk. Cadot 1987."""
    return np.asarray((1 - quota) * np.exp(-deterrence * sanction) + quota)


def for_missing_pay(pay: Floats, pressure: Floats) -> Floats:
    """(5d) e^(φ(1 − w)): taking that makes up for missing pay; w = 1 is a living wage."""
    return np.asarray(np.exp(pressure * (1 - pay)))


def ration(take: Floats) -> Floats:
    """(5e) Residents cannot give more than they have: takings above one in sum are scaled down to one."""
    return np.asarray(take / np.maximum(1.0, take.sum(axis=-1, keepdims=True)))
