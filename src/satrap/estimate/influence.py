"""Why: which claims moved an estimate, and by how much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from satrap.estimate.posterior import Posterior

Array = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one claim did to a target.

    ``log_ratio`` is its part of the posterior mean minus the prior mean (zero), exactly: the parts add up.
    ``share`` is its part of the same move as a share (of the share at the mean log-ratios; 0.01 is one
    point). ``fraction`` is its part of all movement, up or down: |log_ratio| over the sum of |log_ratio|.
    ``if_removed``, where asked for, is how much log-ratio the target loses when the claim is taken out and
    everything is refitted at the same hyperparameters: near zero where other claims say the same.
    """

    claim: str
    log_ratio: float
    share: float
    fraction: float
    if_removed: float | None = None


def contributions(
    posterior: Posterior, institution: int, place: int, week: int, since: int | None, confirm: int
) -> list[Contribution]:
    """Every claim's part in z[place, institution, week], or in its change since a week; largest first."""
    moved = posterior.influence(place, week)
    shares = _share_parts(moved, institution)
    log_ratios = moved[:, institution]
    if since is not None:
        before = posterior.influence(place, since)
        log_ratios, shares = log_ratios - before[:, institution], shares - _share_parts(before, institution)
    total = np.abs(log_ratios).sum() or 1.0
    order = np.argsort(-np.abs(log_ratios), kind="stable")
    removed: dict[int, float] = {}
    for claim in order[:confirm]:
        rest = posterior.refitted(np.arange(len(log_ratios)) != claim)
        left = rest.influence(place, week)[:, institution].sum()
        left -= rest.influence(place, since)[:, institution].sum() if since is not None else 0.0
        removed[int(claim)] = float(log_ratios.sum() - left)
    return [
        Contribution(
            posterior.seen.claims[claim],
            float(log_ratios[claim]),
            float(shares[claim]),
            float(abs(log_ratios[claim]) / total),
            removed.get(int(claim)),
        )
        for claim in order
    ]


def _share_parts(moved: Array, institution: int) -> Array:
    """The move from equal shares to softmax(Σ_j moved[j]) divided among the claims, (J,).

    Integrated gradients along the straight line between the two (Aumann and Shapley 1974; Sundararajan et al.
    2017, arXiv:1703.01365), which add up to the whole move; Gauss–Legendre quadrature.
    """
    end = moved.sum(axis=0)
    parts = np.zeros(len(moved))
    for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
        share = softmax(node * end)
        parts += weight * share[institution] * (moved[:, institution] - moved @ share)
    return parts
