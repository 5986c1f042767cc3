"""A claim in or out without a new fit: what it does to every office in every week.

With the sites of the other claims held, a claim in or out changes the Gaussian posterior by rank one, along
the posterior covariance c = cov(z, f) of the surface with the claim's functional f. That takes one solve:

    c = spread of (K + S)⁻¹ S e_j                for claim j, which is in
    c = K_zf − K_zJ (K + S)⁻¹ K_Jf               for one that is not

Taking claim j out moves the mean by −c α_j / (1 − τ_j var f) and adds c cᵀ τ_j / (1 − τ_j var f) to the
covariance; putting one in moves the mean by c times the slope of its log likelihood averaged over f, as in a
step of expectation propagation.
"""

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.ep import Conditioned, tilted
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.nearby import Leverage, room_without
from satrap.estimate.parallel import each
from satrap.estimate.posterior import Conditional, Posterior
from satrap.estimate.surface import bounds, own_noise_sd, spread, story_sd

Array = NDArray[np.float64]


def moved(posterior: Posterior, out: int | None = None, new: Functional | None = None) -> Array:
    """How far the posterior mean of z moves, (P, T, I), when a claim goes out, or one comes in, or both."""
    seen = posterior.seen
    joined = None if new is None else seen.joined(new)

    def shift(part: Conditional) -> Array:
        solution, hyper = part.solution, part.hyper
        given, tau = posterior.given(part), solution.sites.tau
        total, loosened, leaving = np.zeros(()), 0.0, np.zeros(())
        if out is not None:
            leaving = _field(seen, hyper, _explained(given, tau, np.eye(1, len(seen), out)[0]))
            room = room_without(solution)[out]
            loosened = float(tau[out] / room)
            total = -leaving * (solution.alpha[out] / room)
        if joined is not None:
            own = _field(joined, hyper, np.ones(1))
            shared = _shared(seen, joined, hyper)
            k = seen.of(own) + shared
            beta = _explained(given, tau, tau * k)
            along = own - _field(seen, hyper, beta)
            mean, variance = (
                float(k @ solution.alpha),
                float(joined.of(own)[0] + _alone(joined, hyper) - k @ beta),
            )
            if out is not None:
                tie = k[out] - float(given.mean(tau * k)[out])
                mean -= tie * float(solution.alpha[out] / room)
                variance += tie**2 * loosened
                along = along + leaving * (tie * loosened)
            lower, upper = bounds(joined, hyper)
            _, slope, _ = tilted(
                np.array([mean]), np.array([variance]), lower, upper, own_noise_sd(joined, hyper)
            )
            total = total + along * slope[0]
        return np.asarray(total * (part.count / posterior.total))

    return np.asarray(sum(each(shift, posterior.parts)))


def removals(posterior: Posterior, place: int, week: int, institution: int, closely: int = 0) -> Array:
    """How much z[place, institution, week] loses, (J,), when each claim alone goes out.

    One solve for all. For the ``closely`` most influential, the sites of the claims nearest to each are then
    fitted anew without it: what one solve leaves out is above all how those take its place.
    """
    seen = posterior.seen
    found = each(lambda part: Leverage.of(posterior, part, place, week, institution), posterior.parts)
    shares = [part.count / posterior.total for part in posterior.parts]
    lost = sum((share * one.lost for share, one in zip(shares, found, strict=True)), np.zeros(len(seen)))
    top = np.argsort(-np.abs(lost), kind="stable")[:closely]
    if len(top):
        again = each(lambda one: one.closely(top), found)
        lost[top] = sum(share * one for share, one in zip(shares, again, strict=True))
    return np.asarray(lost)


def _explained(given: Conditioned, tau: Array, nu: Array) -> Array:
    """(K + S)⁻¹ S nu."""
    return np.asarray(nu - tau * given.mean(nu))


def _field(seen: Observations, hyper: Hyper, weights: Array) -> Array:
    walk, places = spread(seen, hyper, weights[:, None])
    return np.asarray((walk + places)[:, :, 0])


def _shared(seen: Observations, joined: Observations, hyper: Hyper) -> Array:
    """Covariance of a further claim's errors with those of the claims that are in, (J,)."""
    size = np.linalg.norm(seen.contrasts, axis=1) * np.linalg.norm(joined.contrasts)
    unit = seen.contrasts @ joined.contrasts[0] / np.where(size > 0, size, 1.0)
    told = story_sd(hyper) ** 2 * (seen.stories == joined.stories)
    told += hyper.slant**2 * (seen.levels & joined.levels & (seen.publishers == joined.publishers))
    return np.asarray(unit * told)


def _alone(joined: Observations, hyper: Hyper) -> float:
    return float(story_sd(hyper) ** 2 + hyper.slant**2 * joined.levels[0])
