"""Hypotheses weighed against each other by Bayes factors, with what the prior has to do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import logsumexp, softmax
from scipy.stats import norm, qmc

from satrap.errors import EstimateError
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES, Hyper, Prior, hyper_at
from satrap.estimate.hypotheses import Hypothesis
from satrap.estimate.learn import fitted
from satrap.estimate.offices import Offices
from satrap.estimate.parallel import each
from satrap.estimate.posed import Posed, PosedMoves, pose
from satrap.estimate.posterior import Conditional, Posterior, solver_for
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

SCALES = (0.25, 0.5, 2.0, 4.0)  # of walk_sd, over which Bayes factors are shown

_PRIOR_POINTS = 7  # powers of two: settings drawn from the hyperparameters' prior
_TOLERANCE = 1e-4  # of sites at another scale
_BARE = np.log(3.0)  # "not worth more than a bare mention" (Kass & Raftery 1995, JASA 90)


@dataclass(frozen=True, eq=False)
class Weighted:
    """Settings of the hyperparameters with their posterior and the logarithm of each one's weight."""

    seen: Observations
    parts: tuple[Conditional, ...]
    log_weights: Array

    @classmethod
    def of(cls, posterior: Posterior) -> "Weighted":
        counts = np.array([part.count for part in posterior.parts], dtype=np.float64)
        return cls(posterior.seen, posterior.parts, np.log(counts / counts.sum()))

    def scaled(self, factor: float) -> "Weighted":
        """The posterior under a prior that has ``walk_sd`` ``factor`` times as large.

        In coordinates in which the prior is standard normal, only the evidence changes, so that the same
        draws stand for it, weighed by the ratio of evidences (importance sampling).
        """
        solver = solver_for(self.seen)

        def again(part: Conditional) -> Conditional:
            hyper = _wider(part.hyper, factor)
            return Conditional(hyper, part.count, fitted(solver, hyper, part.solution.sites, _TOLERANCE))

        parts = tuple(each(again, self.parts))
        likelier = [
            new.solution.log_evidence - old.solution.log_evidence
            for new, old in zip(parts, self.parts, strict=True)
        ]
        log_weights = self.log_weights + likelier
        return Weighted(self.seen, parts, log_weights - logsumexp(log_weights))

    def given(self, posed: Posed) -> float:
        """Log of the hypothesis's posterior mass."""
        masses = each(lambda part: posed.given(self.seen, part.hyper, part.solution), self.parts)
        return float(logsumexp(self.log_weights + np.array(masses)))

    def before(self, posed: Posed) -> float:
        """Log of its prior mass, at the hyperparameters that the claims taught."""
        masses = each(lambda part: posed.before(part.hyper), self.parts)
        return float(logsumexp(self.log_weights + np.array(masses)))


def compare(
    hypotheses: Sequence[Hypothesis],
    posterior: Posterior,
    priors: Mapping[str, Prior],
    offices: Offices,
    weeks: Weeks,
    scales: Sequence[float] = SCALES,
) -> pl.DataFrame:
    """One row per hypothesis; see ``Estimate.compare``."""
    if not hypotheses:
        raise EstimateError("there is no hypothesis to weigh", remedy="give at least one")
    wrong = [scale for scale in scales if not 0 < scale < np.inf]
    if wrong:
        raise EstimateError(f"walk_sd times {wrong[0]} is no prior", remedy="give scales above zero")
    posed = [pose(one, offices, weeks) for one in hypotheses]
    settings = prior_settings(priors)
    masses = np.array([_masses(Weighted.of(posterior), one, settings, 1.0) for one in posed])
    log_bf = masses[:, 0] - masses[:, 1]
    table: dict[str, object] = {
        "hypothesis": [one.name for one in hypotheses],
        "log_bf": log_bf,
        "weight": softmax(log_bf),
        "prior": [_chance(one, mass) for one, mass in zip(posed, masses[:, 1], strict=True)],
        "posterior": [_chance(one, mass) for one, mass in zip(posed, masses[:, 0], strict=True)],
    }
    everywhere = [log_bf]
    for scale in scales:
        other = Weighted.of(posterior).scaled(scale)
        moved = [_masses(other, one.scaled(scale), settings, scale) for one in posed]
        everywhere.append(np.array([given - before for given, before in moved]))
        table[f"walk_sd_x{scale:g}"] = everywhere[-1]
    low, high = np.min(everywhere, axis=0), np.max(everywhere, axis=0)
    table["prior_dominated"] = (np.abs(log_bf) < _BARE) | (low * high < 0)
    kinds = {"prior": pl.Float64, "posterior": pl.Float64}  # all may be null
    return pl.DataFrame(table, schema_overrides=kinds)


def prior_settings(priors: Mapping[str, Prior]) -> list[Hyper]:
    """Settings that stand for the prior of the hyperparameters: a scrambled Sobol sequence."""
    uniform = qmc.Sobol(len(NAMES), scramble=True, rng=np.random.default_rng(0)).random_base2(_PRIOR_POINTS)
    normal = norm.ppf(np.clip(uniform, 1e-9, 1 - 1e-9))
    return [hyper_at(priors, (), row) for row in normal]


def log_before(posed: Posed, settings: Sequence[Hyper]) -> float:
    """Log of a hypothesis's mass over settings of equal weight."""
    return float(logsumexp(each(posed.before, settings)) - np.log(len(settings)))


def _masses(weighted: Weighted, posed: Posed, settings: Sequence[Hyper], scale: float) -> tuple[float, float]:
    return weighted.given(posed), log_before(posed, [_wider(one, scale) for one in settings])


def _wider(hyper: Hyper, factor: float) -> Hyper:
    return hyper._replace(walk_sd=hyper.walk_sd * factor)


def _chance(posed: Posed, mass: float) -> float | None:
    """A probability, where it is one: a point null has a density, a jump neither."""
    if isinstance(posed, PosedMoves) and not posed.unchanged:
        return min(float(np.exp(mass)), 1.0)
    return None
