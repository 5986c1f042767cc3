"""Counts by regression: a Poisson with normal priors on its coefficients, and what it predicts.

    y[r] ~ Poisson(exp(x[r] · β)),     β ~ N(0, diag(sd²))

β is normal about its mode with the curvature there (Laplace). Counts that vary more than a Poisson's, by the
factor φ (Pearson's, at least one), are predicted as negative binomial with variance φ times their mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

Array = NDArray[np.float64]

_ROUNDS, _SETTLED = 50, 1e-8
_MOST = 15.0  # log rate: beyond it nothing changes, and nothing overflows
_NODES = 15  # of the quadrature over the log rate
_PLAIN = 1.01  # φ below which a count is taken as Poisson


@dataclass(frozen=True)
class Counted:
    """``mean`` (K,) and ``covariance`` (K, K) of the coefficients; ``dispersion`` is φ."""

    mean: Array
    covariance: Array
    dispersion: float

    def chances(self, row: Array, exposure: float, most: int) -> Array:
        """Chances of 0 … ``most`` counts, (most + 1,), in ``exposure`` units at features ``row`` (K,)."""
        centre, width = float(row @ self.mean), float(row @ self.covariance @ row) ** 0.5
        nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        rates = exposure * np.exp(np.minimum(centre + width * nodes, _MOST))[:, None]
        counts = np.arange(most + 1)
        if self.dispersion > _PLAIN:
            size = rates / (self.dispersion - 1.0)
            told = nbinom.pmf(counts, size, 1.0 / self.dispersion)
        else:
            told = poisson.pmf(counts, rates)
        return np.asarray((weights / weights.sum()) @ told)


def fit(counts: Array, rows: Array, sd: Array) -> Counted:
    """Coefficients of ``rows`` (R, K) for ``counts`` (R,), with prior standard deviations ``sd`` (K,)."""
    precision = np.diag(1.0 / sd**2)
    beta = np.zeros(len(sd))
    for _ in range(_ROUNDS):
        rate = np.exp(np.minimum(rows @ beta, _MOST))
        curvature = rows.T @ (rate[:, None] * rows) + precision
        step = np.linalg.solve(curvature, rows.T @ (counts - rate) - precision @ beta)
        longest = float(np.abs(step).max())
        beta = beta + step * min(1.0, 2.0 / longest if longest else 1.0)
        if longest < _SETTLED:
            break
    rate = np.exp(np.minimum(rows @ beta, _MOST))
    curvature = rows.T @ (rate[:, None] * rows) + precision
    spread = float(((counts - rate) ** 2 / rate).sum()) / max(1, len(counts) - len(sd))
    covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    return Counted(beta, covariance, max(1.0, spread))
