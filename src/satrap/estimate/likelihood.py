"""The likelihood of a claim: an ordered probit, seen as a noisy value that fell between two bounds.

With noise ~ N(0, s²) and a cut c, a claim says of its functional f:

    it rose, it stands higher    f + noise > 0          (by symmetry "fell" is the same of −f)
    it is unchanged              −c < f + noise < c
    it did not rise              f + noise < c

A directed claim is taken as the answer to "up or down?", given that a change was reported at all: no change
is rarely news, and counting unreported ones as evidence would teach that everything always moves. A personnel
event or inspection is the answer to "loss or gain?", where losses are likelier to be reported: the zero
becomes −β s for a loss and +β s for a gain.

All are P = Φ((u − f)/s) − Φ((l − f)/s) with bounds l < u, which is log-concave in f (Prékopa 1973), so that
Newton's method finds the one mode.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Vector = NDArray[np.float64]

_LOG_ROOT_2PI = 0.5 * np.log(2.0 * np.pi)


def interval_probit(f: Vector, lower: Vector, upper: Vector, noise: Vector) -> tuple[Vector, Vector, Vector]:
    """log P, its slope and its negative curvature in f, per claim (all (J,); bounds may be infinite)."""
    a, b = (lower - f) / noise, (upper - f) / noise
    # Φ(b) − Φ(a) = Φ(−a) − Φ(−b): taken on the side where neither is near one, nothing cancels
    flip = a + b > 0
    low, high = np.where(flip, -b, a), np.where(flip, -a, b)
    log_high = log_ndtr(high)
    log_p = log_high + np.log1p(-np.exp(log_ndtr(low) - log_high))
    at_a, at_b = np.exp(-0.5 * a * a - _LOG_ROOT_2PI - log_p), np.exp(-0.5 * b * b - _LOG_ROOT_2PI - log_p)
    slope = (at_a - at_b) / noise
    curvature = slope**2 - (_finite(a) * at_a - _finite(b) * at_b) / noise**2
    # Its exact range; far in the tails rounding leaves it by parts in a million
    return log_p, slope, np.clip(curvature, 0.0, 1 / noise**2)


def _finite(x: Vector) -> Vector:
    return np.where(np.isfinite(x), x, 0.0)
