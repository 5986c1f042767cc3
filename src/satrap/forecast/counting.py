"""Regressions with normal priors on their coefficients, and what they predict.

    y[r] ~ Poisson(exp(x[r] · β))   or   Bernoulli(expit(x[r] · β)),     β ~ N(0, diag(sd²))

β is normal about its mode with the curvature there (Laplace). Counts that vary more than a Poisson's, by the
factor φ (Pearson's, at least one), are predicted as negative binomial with variance φ times their mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import nbinom, poisson

Array = NDArray[np.float64]
Link = Callable[[Array], tuple[Array, Array]]
"""Mean and variance of an answer at its linear predictor."""

_ROUNDS, _SETTLED, _LONGEST = 50, 1e-8, 2.0
_MOST = 15.0  # log rate: beyond it nothing changes, and nothing overflows
_NODES = 15  # of the quadrature over the linear predictor
_PLAIN = 1.01  # φ below which a count is taken as Poisson


@dataclass(frozen=True)
class Fitted:
    """``mean`` (K,) and ``covariance`` (K, K) of the coefficients; ``dispersion`` is φ."""

    mean: Array
    covariance: Array
    dispersion: float = 1.0

    def chance(self, row: Array) -> float:
        """Of yes, at features ``row`` (K,), as of a Bernoulli answer."""
        predictors, weights = self._predictors(row)
        return float(weights @ expit(predictors))

    def chances(self, row: Array, most: int) -> Array:
        """Of 0 … ``most`` counts, (most + 1,), at features ``row`` (K,), as of a Poisson one."""
        predictors, weights = self._predictors(row)
        rates = np.exp(np.minimum(predictors, _MOST))[:, None]
        counts = np.arange(most + 1)
        if self.dispersion > _PLAIN:
            told = nbinom.pmf(counts, rates / (self.dispersion - 1.0), 1.0 / self.dispersion)
        else:
            told = poisson.pmf(counts, rates)
        return np.asarray(weights @ told)

    def _predictors(self, row: Array) -> tuple[Array, Array]:
        """Nodes of the predictor's distribution, with weights that sum to one."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        centre, width = float(row @ self.mean), float(row @ self.covariance @ row) ** 0.5
        return centre + width * nodes, weights / weights.sum()


def fit_chance(answers: Array, rows: Array, sd: Array) -> Fitted:
    """Of ``answers`` (R,), 0 or 1, by features ``rows`` (R, K), with prior sd ``sd`` (K,)."""
    return _fit(answers, rows, sd, _bernoulli)


def fit_count(counts: Array, rows: Array, sd: Array) -> Fitted:
    """Of ``counts`` (R,), as :func:`fit_chance`, with their dispersion."""
    found = _fit(counts, rows, sd, _poisson)
    mean, _ = _poisson(rows @ found.mean)
    spread = float(((counts - mean) ** 2 / mean).sum()) / max(1, len(counts) - len(sd))
    return Fitted(found.mean, found.covariance, max(1.0, spread))


def _fit(answers: Array, rows: Array, sd: Array, link: Link) -> Fitted:
    rows, precision = rows.reshape(-1, len(sd)), np.diag(1.0 / sd**2)
    beta = np.zeros(len(sd))
    for _ in range(_ROUNDS):
        mean, variance = link(rows @ beta)
        curvature = rows.T @ (variance[:, None] * rows) + precision
        step = np.linalg.solve(curvature, rows.T @ (answers - mean) - precision @ beta)
        longest = float(np.abs(step).max())
        beta = beta + step * min(1.0, _LONGEST / max(longest, _SETTLED))
        if longest < _SETTLED:
            break
    _, variance = link(rows @ beta)
    curvature = rows.T @ (variance[:, None] * rows) + precision
    return Fitted(beta, np.asarray(np.linalg.inv(curvature), dtype=np.float64))


def _poisson(predictor: Array) -> tuple[Array, Array]:
    mean = np.exp(np.minimum(predictor, _MOST))
    return mean, mean


def _bernoulli(predictor: Array) -> tuple[Array, Array]:
    mean = expit(predictor)
    return mean, mean * (1 - mean)
