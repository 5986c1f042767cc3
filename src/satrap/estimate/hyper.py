"""Hyperparameters: their priors, and draws from their posterior.

A point estimate would make the bands too narrow (empirical Bayes), so the estimate is mixed over draws.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from scipy.optimize import minimize
from scipy.special import logsumexp
from scipy.stats import norm, qmc

Array = NDArray[np.float64]

_CLIMB = 10  # BFGS steps: the mode need not be exact, the weights mend the proposal
_POINTS = 64  # proposals
_VARIANCES = (0.01, 1.5)  # of a proposal along any direction; the prior's is 1


class Hyper(NamedTuple):
    """One setting of the model. Log-ratio units unless said otherwise."""

    start_sd: float  # national level in week 0
    walk_sd: float  # national change, per root week
    place_sd: float  # an office's lasting difference from the nation
    place_weeks: float  # weeks over which that difference forgets itself (AR(1): e-folding time)
    noise: float  # noise of a stated claim by a source of weight one
    cut: float  # change below which an office counts as unchanged
    bad_news: float  # how much rather losses are reported than gains, in standard deviations of noise
    story: float  # share of a claim's noise variance that its story shares, 0 to 1
    source_power: float  # how far the declared source weights are spread (0: not at all, 1: as declared)
    certainty_power: float  # the same for the weights of certainty words


class Prior(BaseModel):
    """log (or logit, for a share) of the value ~ N(log median, spread²). ``source`` says where it is from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    median: float = Field(gt=0)
    spread: float = Field(gt=0)
    scale: Literal["log", "logit"] = "log"
    source: str = Field(min_length=1)

    def value(self, u: float) -> float:
        """The value at ``u`` standard deviations from the median."""
        if self.scale == "log":
            return float(self.median * np.exp(self.spread * u))
        return float(1.0 / (1.0 + (1.0 / self.median - 1.0) * np.exp(-self.spread * u)))


@dataclass(frozen=True, eq=False)
class Mixture:
    """Equally weighted draws from the hyperparameters' posterior, each kept once with its multiplicity.

    ``effective`` is the effective sample size of the weights they were drawn by.
    """

    draws: tuple[Hyper, ...]
    counts: tuple[int, ...]
    effective: float


def hyper_at(priors: Mapping[str, Prior], u: Array) -> Hyper:
    """The setting at standard normal coordinates ``u`` (10,)."""
    return Hyper(*(priors[name].value(float(x)) for name, x in zip(Hyper._fields, u, strict=True)))


def explore(
    priors: Mapping[str, Prior], log_evidence: Callable[[Hyper], float], *, seed: int, keep: int
) -> Mixture:
    """Draw from the posterior of the hyperparameters by importance sampling around its mode.

    In coordinates u where the prior is N(0, I): climb to the mode (BFGS, gradients by differences), propose
    from a normal with the curvature found on the way, weigh each point by posterior over proposal, and draw
    ``keep`` by systematic resampling. The points are a scrambled Sobol sequence, so that few cover ten
    dimensions evenly. With no claims the proposal is the prior and all weights are equal.
    """
    width = len(Hyper._fields)

    def surprise(u: Array) -> float:
        return float(0.5 * u @ u - log_evidence(hyper_at(priors, u)))

    climbed = minimize(
        surprise, np.zeros(width), method="BFGS", options={"maxiter": _CLIMB, "gtol": 0.2, "eps": 0.02}
    )
    values, vectors = np.linalg.eigh((climbed.hess_inv + climbed.hess_inv.T) / 2)
    scales = np.sqrt(np.clip(values, *_VARIANCES))
    uniform = qmc.Sobol(width, scramble=True, rng=np.random.default_rng(seed)).random(_POINTS)
    normal = norm.ppf(np.clip(uniform, 1e-9, 1 - 1e-9))
    points = climbed.x + (normal * scales) @ vectors.T
    log_weights = np.array([-surprise(u) for u in points]) + 0.5 * (normal**2).sum(axis=1)
    weights = np.exp(log_weights - logsumexp(log_weights))
    places = (np.arange(keep) + 0.5) / keep
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), places), _POINTS - 1)
    found, counts = np.unique(chosen, return_counts=True)
    return Mixture(
        draws=tuple(hyper_at(priors, points[index]) for index in found),
        counts=tuple(int(count) for count in counts),
        effective=float(1 / (weights**2).sum()),
    )
