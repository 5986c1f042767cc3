"""Equation 1: authority. Source: the log-ratio form of satrap's estimator; Svolik 2012 for what moves it."""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import Floats


def shares(log_ratio: Floats) -> Floats:
    """(1a) a = softmax(η) over institutions, the last axis: in (0, 1), summing to one in every place."""
    weights = np.exp(log_ratio - log_ratio.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def fluctuate(noise: Floats, shock: Floats, reversion: Floats, sd: Floats) -> Floats:
    """(1b) u' = (1 − κ)u + σε: movements of authority that no event explains. κ, σ per week."""
    return np.asarray((1 - reversion) * noise + sd * shock)


def displace(moved: Floats, push: Floats, cut: Floats, dismissed: Floats) -> Floats:
    """(1c) v' = v + Σ T g (e_to − e_from) − ζ d: what events move.

    `push` is the sum of this week's transfers (log-ratio), `dismissed` d the dismissals per 1000 posts.
    """
    return np.asarray(moved + push - cut * dismissed)
