"""What one setting of the hyperparameters makes of a hypothesis, before the claims and given them."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from satrap.claims import Direction
from satrap.errors import EstimateError
from satrap.estimate.ep import Conditioned, Prior, Solution, solve
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.hypotheses import Hypothesis, Jump, weights
from satrap.estimate.offices import Offices
from satrap.estimate.orthants import log_orthant
from satrap.estimate.surface import bounds, own_noise_sd, towards
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

_SIGNS = {Direction.UP: 1.0, Direction.DOWN: -1.0, Direction.UNCHANGED: 0.0}
_TOLERANCE = 1e-5  # of the sites
_ROUNDING = 1e-12  # of a variance, relative to the largest


class Posed(Protocol):
    """A hypothesis on the axes of an estimate. Its Bayes factor against the model that leaves everything open
    is the mean of exp(given) over the hyperparameters' posterior, over that of exp(before) over the prior."""

    def before(self, hyper: Hyper) -> float:
        """Log of the prior probability, or density at a point null."""

    def given(self, seen: Observations, hyper: Hyper, solution: Solution) -> float:
        """Log of the posterior probability, or density."""

    def scaled(self, factor: float) -> "Posed":
        """The same where changes are expected to be ``factor`` times as large."""


def pose(hypothesis: Hypothesis, offices: Offices, weeks: Weeks) -> Posed:
    """Raises UnknownNameError for unknown offices, EstimateError for dates outside or in one week."""
    if hypothesis.jump is not None:
        return PosedJump.of(hypothesis.jump, offices, weeks)
    rows, signs = [], []
    for move in hypothesis.moves:
        first, last = weeks.at(move.since), weeks.at(move.until)
        if first == last:
            raise EstimateError(
                f"{move.since} and {move.until} are in one week", remedy="give dates in different weeks"
            )
        contrast = np.eye(len(offices.institutions))[offices.institution(move.institution)]
        path = ((last, 1.0), (first, -1.0))
        rows.append(Functional("", "", contrast, weights(move.places, offices), path))
        signs.append(_SIGNS[move.way])
    axes = len(offices.institutions), len(offices.places), weeks.count
    return PosedMoves(Observations.stack(rows, *axes), np.array(signs))


@dataclass(frozen=True, eq=False)
class PosedMoves:
    """Contrasts δ of the surface (m of them) and the sign of each: δ > 0, δ < 0, or δ = 0 exactly.

    Of a Gaussian this is density(δ_E = 0) · P(signs of the others | δ_E = 0), where E are the unchanged; its
    posterior over its prior value is the Savage–Dickey ratio (Dickey 1971) for E, and Klugkist & Hoijtink's
    encompassing-prior ratio (2007, Comput. Stat. Data Anal. 51) for the others; both at once as in Gu, Mulder
    & Hoijtink (2018, Br. J. Math. Stat. Psychol. 71).
    """

    targets: Observations
    signs: Array

    @property
    def unchanged(self) -> bool:
        """Whether a point is among them, so that masses are densities."""
        return bool((self.signs == 0).any())

    def scaled(self, factor: float) -> "PosedMoves":
        return self

    def before(self, hyper: Hyper) -> float:
        covariance = _covariance(self.targets, self.targets, hyper)
        return self._mass(np.zeros(len(covariance)), covariance)

    def given(self, seen: Observations, hyper: Hyper, solution: Solution) -> float:
        k, tau = _covariance(self.targets, seen, hyper).T, solution.sites.tau[:, None]
        explained = k.T @ (tau * (k - solution.conditioned.mean(tau * k)))
        covariance = _covariance(self.targets, self.targets, hyper) - explained
        return self._mass(solution.alpha @ k, (covariance + covariance.T) / 2)

    def _mass(self, mean: Array, covariance: Array) -> float:
        points, others = self.signs == 0, self.signs != 0
        total = 0.0
        if points.any():
            inner = covariance[np.ix_(points, points)]
            inner = inner + _ROUNDING * inner.diagonal().max() * np.eye(len(inner))
            tie = np.linalg.solve(inner, covariance[np.ix_(points, others)])
            away = np.linalg.solve(inner, mean[points])
            size = np.linalg.slogdet(2 * np.pi * inner)[1]
            total = -0.5 * float(mean[points] @ away + size)
            mean = mean - covariance[:, points] @ away
            covariance = covariance.copy()
            covariance[np.ix_(others, others)] -= covariance[np.ix_(others, points)] @ tie
        signs = self.signs[others]
        return total + log_orthant(
            signs * mean[others], signs[:, None] * covariance[np.ix_(others, others)] * signs
        )


@dataclass(frozen=True, eq=False)
class PosedJump:
    """b ~ N(0, sd²) times a ``step`` (P, T, I) of the surface; its Bayes factor is the ratio of evidences."""

    step: Array
    sd: float
    sign: float

    @classmethod
    def of(cls, jump: Jump, offices: Offices, weeks: Weeks) -> "PosedJump":
        institutions = len(offices.institutions)
        way = np.eye(institutions)[offices.institution(jump.institution)] - 1 / institutions
        way /= max(float(way.max()), _ROUNDING)  # centred, and one for the institution itself
        after = np.arange(weeks.count) >= weeks.at(jump.on)
        step = weights(jump.places, offices)[:, None, None] > 0
        return cls(step * after[:, None] * way, jump.sd, 0.0 if jump.way is None else _SIGNS[jump.way])

    def scaled(self, factor: float) -> "PosedJump":
        return replace(self, sd=self.sd * factor)

    def before(self, hyper: Hyper) -> float:
        return 0.0 if self.sign == 0 else float(np.log(0.5))

    def given(self, seen: Observations, hyper: Hyper, solution: Solution) -> float:
        h = seen.of(self.step)
        jumped = Jumped(solution.prior, h, self.sd)
        lower, upper = bounds(seen, hyper)
        again = solve(jumped, lower, upper, own_noise_sd(seen, hyper), solution.sites, _TOLERANCE)
        likelier = again.log_evidence - solution.log_evidence
        if self.sign == 0:
            return likelier
        mean = self.sd**2 * float(h @ again.alpha)
        left = self.sd**2 / (1 + self.sd**2 * jumped.condition(again.sites.tau).told)
        return likelier + float(log_ndtr(self.sign * mean / np.sqrt(left)))


@dataclass(frozen=True, eq=False)
class Jumped:
    """A prior of claims with a further b ~ N(0, sd²) that claim j sees as b · h[j]: K + sd² h hᵀ."""

    prior: Prior
    h: Array
    sd: float

    @property
    def nbytes(self) -> int:
        """How much room it takes when conditioned."""
        return self.prior.nbytes + 2 * self.h.nbytes

    def condition(self, tau: Array) -> "JumpedConditioned":
        base = self.prior.condition(tau)
        left = self.h - base.mean(tau * self.h)
        return JumpedConditioned(base, left, self.sd, float(self.h @ (tau * left)))


@dataclass(frozen=True, eq=False)
class JumpedConditioned:
    """Woodbury's identity on ``base``: ``left`` (J,) is h − C τ h, and ``told`` = hᵀ τ left how precisely the
    claims would tell b."""

    base: Conditioned
    left: Array
    sd: float
    told: float

    @property
    def log_det(self) -> float:
        return float(self.base.log_det + np.log1p(self.sd**2 * self.told))

    @property
    def variance(self) -> Array:
        return np.asarray(self.base.variance + self._gain * self.left**2)

    def mean(self, nu: Array) -> Array:
        return np.asarray(self.base.mean(nu) + self._gain * np.multiply.outer(self.left, self.left @ nu))

    @property
    def _gain(self) -> float:
        return self.sd**2 / (1 + self.sd**2 * self.told)


def _covariance(targets: Observations, rows: Observations, hyper: Hyper) -> Array:
    """Prior covariance of each target with each functional, errors of tellers apart, (m, J)."""
    touched = np.unique(targets.weeks.indices)
    walk, place = towards(rows, hyper, touched.astype(np.float64))
    at = targets.weeks[:, touched]
    national = np.outer(targets.places.sum(axis=1), rows.places.sum(axis=1)) * (at @ walk)
    local = (targets.places @ rows.places.T) * (at @ place)
    return np.asarray((targets.contrasts @ rows.contrasts.T) * (national + local))
