"""Laplace approximation in claim space (Rasmussen & Williams 2006, Gaussian Processes for ML, alg. 3.1).

The latent surface has some 80,000 values, the claims are a few hundred functionals of it. With a Gaussian
prior the posterior depends on the surface only through the claims' prior covariance K, so everything is
solved in J × J: mode f = K a, and for any target the posterior mean is prior mean + k(target, claims)·a.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

Array = NDArray[np.float64]
Likelihood = Callable[[Array], tuple[Array, Array, Array]]

_STEPS = 60
_HALVINGS = 20


@dataclass(frozen=True, eq=False)
class Mode:
    """``alpha`` (J,): the dual weights; ``root`` (J,): W^½; ``factor``: Cholesky of I + W^½ K W^½, lower;
    ``log_evidence``: log ∫ p(claims | f) N(f; 0, K) df by Laplace's formula."""

    alpha: Array
    root: Array
    factor: Array
    log_evidence: float

    def explain(self, residual: Array, noise: Array) -> Array:
        """(K + W⁻¹)⁻¹ (residual + W^-½ noise), shapes (J, m), without dividing by W, which may be zero."""
        scaled = self.root[:, None] * residual + noise
        half = solve_triangular(self.factor, scaled, lower=True, check_finite=False)
        whole = solve_triangular(self.factor, half, lower=True, trans="T", check_finite=False)
        return np.asarray(self.root[:, None] * whole)


def find_mode(K: Array, likelihood: Likelihood, tolerance: float = 1e-7) -> Mode:
    """Damped Newton from a = 0; ``likelihood(f)`` gives log p, slope and negative curvature per claim."""
    count = len(K)
    alpha, f = np.zeros(count), np.zeros(count)
    log_p, slope, W = likelihood(f)
    objective = float(log_p.sum())
    for _ in range(_STEPS):
        root = np.sqrt(W)
        factor = _factor(K, root)
        b = W * f + slope
        inner = solve_triangular(factor, root * (K @ b), lower=True, check_finite=False)
        full = b - root * solve_triangular(factor, inner, lower=True, trans="T", check_finite=False)
        step, gain = 1.0, 0.0
        for _ in range(_HALVINGS):
            tried = alpha + step * (full - alpha)
            f_tried = K @ tried
            log_p, slope, W = likelihood(f_tried)
            gain = float(log_p.sum() - 0.5 * tried @ f_tried) - objective
            if gain >= 0:
                break
            step /= 2
        if gain < 0:
            break  # no step improves: at the mode to rounding
        alpha, f, objective = tried, f_tried, objective + gain
        if gain < tolerance:
            break
    log_p, slope, W = likelihood(f)
    root = np.sqrt(W)
    factor = _factor(K, root)
    evidence = float(log_p.sum() - 0.5 * alpha @ f - np.log(np.diag(factor)).sum())
    # At the mode a equals the slope; using it makes f = K a exact to the last Newton step
    return Mode(alpha=alpha, root=root, factor=factor, log_evidence=evidence)


def _factor(K: Array, root: Array) -> Array:
    B = K * root
    B *= root[:, None]
    B[np.diag_indices_from(B)] += 1.0
    return np.asarray(cholesky(B.T, lower=True, overwrite_a=True, check_finite=False))  # .T: LAPACK's order
