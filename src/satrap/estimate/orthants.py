"""The chance that a Gaussian vector is positive in every coordinate, on the logarithmic scale."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, logsumexp, ndtri_exp
from scipy.stats import qmc

Array = NDArray[np.float64]

_POINTS = 10  # powers of two: relative error below a hundredth up to fourteen dimensions
_LEAST = 1e-12  # of a variance, relative to the largest: what is zero but for rounding


def log_orthant(mean: Array, covariance: Array) -> float:
    """log P(x > 0) for x ~ N(mean (m,), covariance (m, m)); zero for m = 0.

    Exact for one dimension. Else Genz's separation of variables (1992, J. Comput. Graph. Stat. 1) at the
    points of one scrambled Sobol sequence: the product of m one-dimensional chances, each given the draws
    before, is never zero, so that the logarithm is finite however small the chance.
    """
    count = len(mean)
    if count == 0:
        return 0.0
    room = max(float(np.diag(covariance).max()), np.finfo(np.float64).tiny) * _LEAST
    factor = np.linalg.cholesky(covariance + room * np.eye(count))
    if count == 1:
        return float(log_ndtr(mean[0] / factor[0, 0]))
    uniform = qmc.Sobol(count - 1, scramble=True, rng=np.random.default_rng(0)).random_base2(_POINTS)
    drawn = np.zeros((len(uniform), count))
    total = np.zeros(len(uniform))
    for at in range(count):
        # x > 0 is ε > −reach; with the sign turned, −ε < reach
        reach = (mean[at] + drawn[:, :at] @ factor[at, :at]) / factor[at, at]
        chance = log_ndtr(reach)
        total += chance
        if at < count - 1:
            share = np.clip(uniform[:, at], 1e-12, 1 - 1e-12)
            drawn[:, at] = -ndtri_exp(np.log(share) + chance)
    return float(logsumexp(total) - np.log(len(uniform)))
