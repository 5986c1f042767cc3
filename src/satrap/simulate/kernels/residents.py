"""Equations 7–8: what residents feel, say and do. Fear and support are z-scores, 0 at the start."""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import MONTHS_PER_WEEK, Floats


def approach(now: Floats, target: Floats, rate: Floats) -> Floats:
    """(7a) y' = y + r(y* − y): fear and support follow what happens at `rate` per week."""
    return np.asarray(now + rate * (target - now))


def told(pending: Floats, lag: Floats) -> tuple[Floats, Floats]:
    """(7b) News with a mean delay of `lag` weeks: (what is heard this week, what is still pending)."""
    heard = pending * -np.expm1(-1 / lag)
    return np.asarray(heard), np.asarray(pending - heard)


def attack_rate(
    burden: Floats, fear: Floats, base: Floats, by_burden: Floats, by_fear: Floats, millions: Floats
) -> Floats:
    """(7c) Attacks on officials per week: millions · exp(b₀ + b₁(X/X₀ − 1) − b₂f), b₀ per month.

    `burden` is X/X₀ − 1. The exponent is capped at 3 (20 attacks per million and month).
    """
    log_rate = np.minimum(3.0, base + by_burden * burden - by_fear * fear)
    return np.asarray(millions * np.exp(log_rate) * MONTHS_PER_WEEK)


def expressed(support: Floats, fear: Floats, expression: Floats) -> Floats:
    """(8) Expressed support = s + ℓf. Kuran 1989: what is said is not what is felt."""
    return np.asarray(support + expression * fear)
