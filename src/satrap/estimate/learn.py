"""The evidence of claims for a setting of the hyperparameters, with its gradient; and draws of settings.

A point estimate would make the bands too narrow (empirical Bayes), so the estimate is mixed over draws.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from scipy.stats import norm, qmc

from satrap.estimate.ep import Prior as ClaimsPrior
from satrap.estimate.ep import Sites, Solution, solve, tilted
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES, SHARED, Hyper, Prior, hyper_at
from satrap.estimate.parallel import each, one_thread_each
from satrap.estimate.shelf import NOWHERE, Arrays, Shelf, kept
from satrap.estimate.surface import bounds, own_noise_sd, refutations

Array = NDArray[np.float64]

_TOLERANCE = 1e-3  # of EP while the mode is sought
_WEIGHED = 3e-2  # and while settings are weighed: the evidence is off by its square, a hundredth at most
_STEP = 1e-4  # of difference quotients of the evidence
_BEND = 0.1  # of difference quotients of its gradient
_CLIMB = 40  # steps towards the mode: it need not be exact, the weights mend the proposal
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
    """log p(claims | setting) + log prior, at standard normal coordinates u, on a grid of ``step`` weeks."""

    solver: Solver
    priors: Mapping[str, Prior]
    step: int

    def hyper(self, u: Array) -> Hyper:
        return hyper_at(self.priors, self.solver.seen.groups, u).coarse(self.step)

    def value(self, u: Array, start: Sites | None, tolerance: float | None = None) -> tuple[float, Solution]:
        solution = fitted(self.solver, self.hyper(u), start, tolerance or _TOLERANCE)
        settled = refutations(self.solver.seen, self.hyper(u))
        return solution.log_evidence + settled - 0.5 * float(u @ u), solution

    def gradient(self, u: Array, solution: Solution) -> Array:
        """With the sites held: EP's evidence is stationary in them. A hyperparameter acts through the claims'
        covariance, through their noise and bounds, or through both."""
        here = self._likelihood(u, solution)
        shared = solution.sites.evidence(solution.conditioned)
        out = -u.copy()
        for at in range(len(u)):
            moved = u.copy()
            moved[at] += _STEP
            change = self._likelihood(moved, solution) - here
            if at < len(NAMES) and NAMES[at] in SHARED:
                conditioned = self.solver.at(self.hyper(moved)).condition(solution.sites.tau)
                change += solution.sites.evidence(conditioned) - shared
            out[at] += change / _STEP
        return out

    def _likelihood(self, u: Array, solution: Solution) -> float:
        hyper, seen = self.hyper(u), self.solver.seen
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

    In coordinates u where the prior is N(0, I): climb to the mode (L-BFGS), propose from a normal with the
    curvature there, weigh each of ``points`` by posterior over proposal (weights truncated at √n times their
    mean: Ionides 2008, JCGS 17), and draw ``keep`` by systematic resampling. The points are a scrambled
    Sobol sequence, so that few cover many dimensions evenly. With no claims the proposal is the prior and all
    weights are equal.
    """
    width = len(NAMES) + len(evidence.solver.seen.groups)
    last: list[Sites | None] = [None]

    def surprise(u: Array) -> tuple[float, Array]:
        # Settings tried one after another are close, so each starts from the sites of the last
        value, solution = evidence.value(u, last[0])
        last[0] = solution.sites
        return -value, -evidence.gradient(u, solution)

    def climb() -> Arrays:
        with one_thread_each():
            climbed = minimize(
                surprise, np.zeros(width), jac=True, method="L-BFGS-B",
                options={"maxiter": _CLIMB, "gtol": 0.05}, callback=lambda _: told(0.0),
            )  # fmt: skip
        assert last[0] is not None
        return {"mode": climbed.x, "tau": last[0].tau, "nu": last[0].nu}

    top = kept(shelf, "mode", climb)
    mode, sites = top["mode"], Sites(top["tau"], top["nu"])

    def gradient(u: Array) -> Array:
        return evidence.gradient(u, evidence.value(u, sites)[1])

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
        def value(u: Array) -> float:
            return evidence.value(u, sites, _WEIGHED)[0]

        return {"values": np.array(each(value, list(proposed), lambda of: told(0.6 + 0.4 * of)))}

    log_weights = kept(shelf, "values", weigh)["values"] + 0.5 * (normal**2).sum(axis=1)
    weights = np.exp(log_weights - logsumexp(log_weights))
    weights = np.minimum(weights, points**-0.5)
    weights /= weights.sum()
    order = np.argsort(normal[:, 0], kind="stable")  # along the direction that is known least
    places = (np.arange(keep) + 0.5) / keep
    chosen = order[np.minimum(np.searchsorted(np.cumsum(weights[order]), places), points - 1)]
    found, counts = np.unique(chosen, return_counts=True)
    groups = evidence.solver.seen.groups
    return Mixture(
        draws=tuple(hyper_at(evidence.priors, groups, proposed[index]) for index in found),
        counts=tuple(int(count) for count in counts),
        effective=float(1 / (weights**2).sum()),
        sites=sites,
    )
