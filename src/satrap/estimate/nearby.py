"""What a target loses with a claim, at one setting: at once for all claims, and more closely for some.

At once, the other claims' sites are held. But a claim that goes leaves room to those that speak of nearly the
same, and their sites change with it. So for a closer answer the claims that depend most on it, given all, are
fitted anew among themselves, under what the remaining sites say of them. On a world of 2,000 claims and
76,440 latents the ten most influential claims are then within some per cent of a whole new fit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.claimspace import ClaimSpacePrior
from satrap.estimate.ep import Conditioned, Sites, Solution, solve
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.posterior import Conditional, Posterior
from satrap.estimate.surface import bounds, own_noise_sd, towards

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_NEAREST = 20
_TOLERANCE = 1e-4  # of their sites


@dataclass(frozen=True, eq=False)
class Leverage:
    """``left`` (J,): posterior covariance of the target with each functional. ``lost`` (J,): what the target
    loses without each claim, other sites held."""

    seen: Observations
    hyper: Hyper
    solution: Solution
    given: Conditioned
    left: Array

    @classmethod
    def of(
        cls, posterior: Posterior, part: Conditional, place: int, week: int, institution: int
    ) -> "Leverage":
        """On z[place, institution, week]."""
        seen, given = posterior.seen, posterior.given(part)
        [walk], [deviation] = towards(seen, part.hyper, np.array([float(week)]))
        k = (walk + deviation * seen.places[:, place]) * seen.contrasts[:, institution]
        return cls(seen, part.hyper, part.solution, given, k - given.mean(part.solution.sites.tau * k))

    @property
    def lost(self) -> Array:
        return self.left * self.solution.alpha / room_without(self.solution)

    def closely(self, claims: Index) -> Array:
        """The same for some claims, with the sites of those nearest to each fitted anew."""
        near = np.abs(self._covariances(claims)) * np.sqrt(self.solution.sites.tau)[:, None]
        near[claims, np.arange(len(claims))] = np.inf
        groups = np.argsort(-near, axis=0, kind="stable")[: _NEAREST + 1].T
        wanted, at = np.unique(groups, return_inverse=True)
        together = self._covariances(wanted)[wanted]
        means = self.given.mean(self.solution.sites.nu)
        return np.array(
            [
                self._without_first(group, means[group], together[np.ix_(here, here)])
                for group, here in zip(groups, at.reshape(groups.shape), strict=True)
            ]
        )

    def _covariances(self, claims: Index) -> Array:
        """Posterior covariances of all functionals with some, (J, len(claims))."""
        asked = np.zeros((len(self.seen), len(claims)))
        asked[claims, np.arange(len(claims))] = 1.0
        return self.given.mean(asked)

    def _without_first(self, group: Index, mean: Array, S: Array) -> float:
        """With posterior covariance S and site precisions T, the group's covariance without its own sites is
        (I − S T)⁻¹ S, and the target's with the group (I − S T)⁻¹ left."""
        sites, alpha = self.solution.sites, self.solution.alpha[group]
        tau, nu = sites.tau[group], sites.nu[group]
        both = np.linalg.solve(np.eye(len(group)) - S * tau, np.column_stack([S, self.left[group]]))
        K, reach = (both[:, :-1] + both[:, :-1].T) / 2, both[:, -1]
        centre = mean - K @ alpha  # what the others say of the group
        rest = slice(1, None)
        lower, upper = bounds(self.seen, self.hyper)
        found = solve(
            ClaimSpacePrior(K[rest, rest]),
            lower[group][rest] - centre[rest],
            upper[group][rest] - centre[rest],
            own_noise_sd(self.seen, self.hyper)[group][rest],
            Sites(tau[rest], nu[rest] - tau[rest] * centre[rest]),
            _TOLERANCE,
        )
        return float(reach @ alpha - reach[rest] @ found.alpha)


def room_without(solution: Solution) -> Array:
    """1 − τ var f, (J,): the variance of each functional with its claim over that without it."""
    return np.asarray(1 / (1 + solution.sites.tau * solution.width))
