"""The evidence of claims for a setting of the hyperparameters, with its gradient; and draws of settings.

A point estimate would make the bands too narrow (empirical Bayes), so the estimate is mixed over draws.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from scipy.stats import norm, qmc

from satrap.estimate.coordinates import Coordinates
from satrap.estimate.ep import Prior as ClaimsPrior
from satrap.estimate.ep import Sites, Solution, solve, tilted
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES, SHARED, Hyper
from satrap.estimate.parallel import each, one_thread_each
from satrap.estimate.shelf import NOWHERE, Arrays, Shelf, kept
from satrap.estimate.support import support
from satrap.estimate.surface import bounds, own_noise_sd, refutations

Array = NDArray[np.float64]

_TOLERANCE = 1e-3  # of EP while the mode is sought
_WEIGHED = 3e-2  # and while settings are weighed: the evidence is off by its square, a hundredth at most
_STEP = 1e-4  # of difference quotients of the evidence
_APART, _FAINT = 0.05, 1e-3  # of difference quotients by slopes (log noise); information that tells nothing
_BEND = 0.1  # of difference quotients of its gradient
_FOOT = 15  # steps to where the coordinates are shaped
_CLIMB = 40  # and to the mode: it need not be exact, the weights mend the proposal
_VARIANCES = (1e-4, 2.0)  # of a proposal along any direction; the prior's is 1


class Solver(Protocol):
    """Gives the prior of some claims' functionals at a setting of the hyperparameters."""

    @property
    def seen(self) -> Observations:
        """The claims."""

    def at(self, hyper: Hyper) -> ClaimsPrior:
        """Their prior."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """Equally weighted draws from the hyperparameters' posterior, each kept once with its multiplicity.

    ``effective`` is the effective sample size of the weights they were drawn by.
    """

    draws: tuple[Hyper, ...]
    counts: tuple[int, ...]
    effective: float
    sites: Sites | None


def fitted(solver: Solver, hyper: Hyper, start: Sites | None, tolerance: float) -> Solution:
    """The claims at one setting of the hyperparameters."""
    lower, upper = bounds(solver.seen, hyper)
    return solve(solver.at(hyper), lower, upper, own_noise_sd(solver.seen, hyper), start, tolerance)


@dataclass(frozen=True, eq=False)
class Evidence:
    """log p(claims | setting) + log prior of the setting, at coordinates v, on a grid of ``step`` weeks."""

    solver: Solver
    coordinates: Coordinates
    step: int

    def hyper(self, v: Array) -> Hyper:
        return self.coordinates.hyper(v).coarse(self.step)

    def value(self, v: Array, start: Sites | None, tolerance: float | None = None) -> tuple[float, Solution]:
        hyper = self.hyper(v)
        solution = fitted(self.solver, hyper, start, tolerance or _TOLERANCE)
        settled = refutations(self.solver.seen, hyper)
        return solution.log_evidence + settled + self.coordinates.log_prior(v), solution

    def gradient(self, v: Array, solution: Solution) -> Array:
        """With the sites held: EP's evidence is stationary in them. A hyperparameter acts through the claims'
        covariance, through their noise and bounds, or through both."""
        here = self._held(self.hyper(v), solution) + self.coordinates.log_prior(v)
        shared = solution.sites.evidence(solution.conditioned)
        out = np.empty(len(v))
        for at in range(len(v)):
            moved = v.copy()
            moved[at] += _STEP
            hyper = self.hyper(moved)
            change = self._held(hyper, solution) + self.coordinates.log_prior(moved) - here
            if at < len(NAMES) and NAMES[at] in SHARED:
                change += (
                    solution.sites.evidence(self.solver.at(hyper).condition(solution.sites.tau)) - shared
                )
            out[at] = change / _STEP
        return out

    def bent(self, v: Array, solution: Solution) -> "Evidence":
        """The same evidence in coordinates shaped by what claims tell of each group's slope: where its
        likelihood is highest, with what information, from a parabola through three slopes, sites held."""
        hyper = self.hyper(v)
        slopes, steps = np.array(hyper.slopes), _APART * np.eye(len(hyper.slopes))

        def held(slopes: Array) -> float:
            return self._held(hyper._replace(slopes=tuple(slopes)), solution)

        here = held(slopes)
        up, down = (np.array([held(slopes + way * row) for row in steps]) for way in (1, -1))
        information = np.maximum((2 * here - up - down) / _APART**2, 0.0)
        told = slopes + (up - down) / (2 * _APART) / np.maximum(information, _FAINT)
        return replace(self, coordinates=replace(self.coordinates, slopes=told, information=information))

    def _held(self, hyper: Hyper, solution: Solution) -> float:
        """Evidence up to a constant, as noise and bounds change and the sites are held."""
        seen = self.solver.seen
        noise = own_noise_sd(seen, hyper)
        told = tilted(solution.centre, solution.width, *bounds(seen, hyper), noise)[0].sum()
        return float(told) + refutations(seen, hyper)


def explore(
    evidence: Evidence,
    *,
    seed: int,
    points: int,
    keep: int,
    told: Callable[[float], None],
    shelf: Shelf = NOWHERE,
) -> Mixture:
    """Draw from the posterior of the hyperparameters by importance sampling around its mode.

    Climb to the mode (L-BFGS), in coordinates that are shaped on the way; propose from a normal with the
    curvature there, weigh each of ``points`` by posterior over proposal (weights truncated at √n times their
    mean: Ionides 2008, JCGS 17), and take the ``keep`` that stand for them best. The points are a scrambled
    Sobol sequence, so that few cover many dimensions evenly. With no claims the proposal is the prior and all
    weights are equal.
    """
    width = len(evidence.coordinates)
    last: list[Sites | None] = [None]

    def climbed(evidence: Evidence, beginning: Array, steps: int) -> tuple[Array, Solution]:
        def surprise(v: Array) -> tuple[float, Array]:
            # Settings tried one after another are close, so each starts from the sites of the last
            value, solution = evidence.value(v, last[0])
            last[0] = solution.sites
            return -value, -evidence.gradient(v, solution)

        with one_thread_each():
            top = minimize(
                surprise, beginning, jac=True, method="L-BFGS-B",
                options={"maxiter": steps, "gtol": 0.05}, callback=lambda _: told(0.0),
            ).x  # fmt: skip
            return top, evidence.value(top, last[0])[1]

    def climb() -> Arrays:
        foot, solution = climbed(evidence, np.zeros(width), _FOOT)
        shaped = evidence.bent(foot, solution)
        top, solution = climbed(shaped, shaped.coordinates.at(evidence.coordinates.standard(foot)), _CLIMB)
        return {
            "mode": top, "tau": solution.sites.tau, "nu": solution.sites.nu,
            "slopes": shaped.coordinates.slopes, "information": shaped.coordinates.information,
        }  # fmt: skip

    top = kept(shelf, "mode", climb)
    mode, sites = top["mode"], Sites(top["tau"], top["nu"])
    shape = replace(evidence.coordinates, slopes=top["slopes"], information=top["information"])
    shaped = replace(evidence, coordinates=shape)

    def gradient(v: Array) -> Array:
        return shaped.gradient(v, shaped.value(v, sites)[1])

    bent = [mode + _BEND * row for row in np.eye(width)]
    slopes = kept(
        shelf,
        "slopes",
        lambda: {"slopes": np.array(each(gradient, [mode, *bent], lambda done: told(0.3 + 0.3 * done)))},
    )["slopes"]
    hessian = -(slopes[1:] - slopes[0]) / _BEND
    curvatures, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
    low, high = _VARIANCES
    scales = np.sqrt(1 / np.clip(curvatures, 1 / high, 1 / low))
    uniform = qmc.Sobol(width, scramble=True, rng=np.random.default_rng(seed)).random(points)
    normal = norm.ppf(np.clip(uniform, 1e-9, 1 - 1e-9))
    proposed = mode + (normal * scales) @ vectors.T

    def weigh() -> Arrays:
        def value(v: Array) -> float:
            return shaped.value(v, sites, _WEIGHED)[0]

        return {"values": np.array(each(value, list(proposed), lambda of: told(0.6 + 0.4 * of)))}

    log_weights = kept(shelf, "values", weigh)["values"] + 0.5 * (normal**2).sum(axis=1)
    weights = np.exp(log_weights - logsumexp(log_weights))
    weights = np.minimum(weights, points**-0.5)
    weights /= weights.sum()
    shared = proposed[:, : len(NAMES)]  # what all claims have in common decides how wide the bands are
    middle = weights @ shared
    chosen = support((shared - middle) / np.sqrt(weights @ (shared - middle) ** 2), weights, keep)
    found, counts = np.unique(chosen, return_counts=True)
    return Mixture(
        draws=tuple(shape.hyper(proposed[index]) for index in found),
        counts=tuple(int(count) for count in counts),
        effective=float(1 / (weights**2).sum()),
        sites=sites,
    )
