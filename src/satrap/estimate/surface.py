"""The prior of the latent surface, the errors of those who tell of it, and both seen from the claims.

z[p, i, t] = n[i, t] + d[p, i, t]: what institution i holds at place p in week t, as a log-ratio.

    n[i, t] = n[i, t−1] + walk_sd · ε        national random walk, n[i, 0] ~ N(0, start_sd²)
    d[p, i, t] = φ d[p, i, t−1] + …          an office's own deviation, stationary AR(1) with standard
                                             deviation place_sd and φ = exp(−1 / place_weeks)

Both are centred over institutions (Σ_i z = 0, the sum-to-zero contrast of Aitchison's log-ratios, 1982), and
shares are softmax_i z. Institutions are exchangeable a priori: the prior mean is zero, equal shares.

A story's teller has a wrong picture of the institutions, u ~ N(0, story_sd² I), and a publisher that speaks
of levels has a standing slant, b ~ N(0, slant² I). Both show in a claim as u · contrast / |contrast|: what
one teller says of the same institutions is wrong in the same way, so that n such claims count as n / (1 + (n
− 1) ρ) with ρ = story_sd² / (story_sd² + own noise²).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper

Array = NDArray[np.float64]


def walk_covariance(of: Array, weeks: int, hyper: Hyper) -> Array:
    """cov(n[t], n[t′]) = start_sd² + walk_sd² min(t, t′) for t in ``of``, (len(of), T), before centring."""
    at = np.arange(weeks, dtype=np.float64)
    return np.asarray(hyper.start_sd**2 + hyper.walk_sd**2 * np.minimum(of[:, None], at))


def place_covariance(of: Array, weeks: int, hyper: Hyper) -> Array:
    """cov(d[t], d[t′]) = place_sd² exp(−|t − t′| / place_weeks) for t in ``of``, (len(of), T), as above."""
    at = np.arange(weeks, dtype=np.float64)
    return np.asarray(hyper.place_sd**2 * np.exp(-np.abs(of[:, None] - at) / hyper.place_weeks))


def prior_sd(weeks: int, institutions: int, hyper: Hyper) -> Array:
    """Standard deviation of z[p, i, t] by week, (T,): the same for every office."""
    variance = hyper.start_sd**2 + hyper.walk_sd**2 * np.arange(weeks) + hyper.place_sd**2
    return np.asarray(np.sqrt(variance * (1 - 1 / institutions)))


def prior_change_sd(apart: int, institutions: int, hyper: Hyper) -> float:
    """Standard deviation of z[p, i, t + apart] − z[p, i, t]: the same for every office."""
    forgotten = 1 - np.exp(-apart / hyper.place_weeks)
    variance = hyper.walk_sd**2 * apart + 2 * hyper.place_sd**2 * forgotten
    return float(np.sqrt(variance * (1 - 1 / institutions)))


def noise_sd(seen: Observations, hyper: Hyper) -> Array:
    """Standard deviation of each claim's noise, (J,), where its story's error is that of a plain claim."""
    learned = seen.members @ np.array(hyper.slopes) if hyper.slopes else 0.0
    return np.asarray(hyper.noise * np.exp(seen.log_noise + learned))


def own_noise_sd(seen: Observations, hyper: Hyper) -> Array:
    """What of a claim's noise is its own, (J,)."""
    return np.asarray(noise_sd(seen, hyper) * np.sqrt(1 - hyper.story))


def story_sd(hyper: Hyper) -> float:
    """Standard deviation of a teller's wrong picture: ``story`` of a plain claim's variance."""
    return float(hyper.noise * np.sqrt(hyper.story))


def refutations(seen: Observations, hyper: Hyper) -> float:
    """log probability that the claims that were contradicted would be: the odds of it are those of a plain
    report times the noise of the teller over a plain one's."""
    learned = seen.refuted @ np.array(hyper.slopes) if hyper.slopes else 0.0
    odds = np.log(hyper.misreport / (1 - hyper.misreport)) + seen.refuted_noise + learned
    return float(-np.logaddexp(0.0, -odds).sum())


def bounds(seen: Observations, hyper: Hyper) -> tuple[Array, Array]:
    """What each claim's functional with its noise lies between, (J,) twice."""
    lower = seen.lower * hyper.cut + seen.news * hyper.bad_news * noise_sd(seen, hyper)
    return np.asarray(lower), np.asarray(seen.upper * hyper.cut)


def towards(seen: Observations, hyper: Hyper, weeks: Array) -> tuple[Array, Array]:
    """Covariance of the walk, and of one place's deviation, in some weeks with each claim's weeks: two of
    (len(weeks), J).

    cov(z[p, i, t], claim j) = contrast[j, i] · (walk[t, j] + places[j, p] · place[t, j])
    """
    count = seen.weeks.shape[1]
    walk, place = walk_covariance(weeks, count, hyper), place_covariance(weeks, count, hyper)
    return np.asarray((seen.weeks @ walk.T).T), np.asarray((seen.weeks @ place.T).T)


def spread(seen: Observations, hyper: Hyper, weights: Array) -> tuple[Array, Array]:
    """Covariance of the surface with Σ_j weights[j] · functional_j, for R sets of weights (J, R): of the
    walk, (T, R, I), and of every place's deviation, (P, T, R, I). Linear in weeks."""
    count, width = weights.shape
    weeks, institutions = seen.weeks.shape[1], seen.contrasts.shape[1]
    pushed = (weights[:, :, None] * seen.contrasts[:, None, :]).reshape(count, width * institutions)
    shape = (weeks, width, institutions)
    scale = seen.places.sum(axis=1, keepdims=True)
    walk = _walk(seen.weeks.T @ (scale * pushed), hyper).reshape(shape)
    places = np.empty((seen.places.shape[1], *shape))
    for place in range(len(places)):
        rows = np.flatnonzero(seen.places[:, place])
        told = seen.weeks[rows].T @ (seen.places[rows, place, None] * pushed[rows])
        places[place] = _place(told, hyper).reshape(shape)
    return walk, places


def _walk(pushed: Array, hyper: Hyper) -> Array:
    """walk_covariance · pushed: Σ_t′ min(t, t′) x[t′] is a running sum of what comes after."""
    after = np.cumsum(pushed[::-1], axis=0)[::-1]
    steps = hyper.walk_sd**2 * after
    steps[0] = hyper.start_sd**2 * after[0]
    return np.asarray(np.cumsum(steps, axis=0))


def _place(pushed: Array, hyper: Hyper) -> Array:
    """place_covariance · pushed: φ^|t − t′| is a filter forward and one backward."""
    phi = np.exp(-1.0 / hyper.place_weeks)
    forward = lfilter([1.0], [1.0, -phi], pushed, axis=0)
    backward = lfilter([1.0], [1.0, -phi], pushed[::-1], axis=0)[::-1]
    return np.asarray(hyper.place_sd**2 * (forward + backward - pushed))


def draw_walk(rng: np.random.Generator, hyper: Hyper, weeks: int, institutions: int, count: int) -> Array:
    """National paths from the prior, (T, count, I), centred."""
    steps = rng.standard_normal((weeks, count, institutions)) * hyper.walk_sd
    steps[0] *= hyper.start_sd / hyper.walk_sd
    return _centred(np.cumsum(steps, axis=0))


def draw_place(rng: np.random.Generator, hyper: Hyper, weeks: int, institutions: int, count: int) -> Array:
    """One place's deviations from the prior, (T, count, I), centred."""
    phi = np.exp(-1.0 / hyper.place_weeks)
    shocks = rng.standard_normal((weeks, count, institutions)) * hyper.place_sd
    shocks[1:] *= np.sqrt(1 - phi**2)
    return _centred(np.asarray(lfilter([1.0], [1.0, -phi], shocks, axis=0)))


def draw_errors(rng: np.random.Generator, seen: Observations, hyper: Hyper, count: int) -> Array:
    """What is wrong in each claim through its story's teller and, for a level, its publisher, (J, count)."""
    units = seen.contrasts / np.linalg.norm(seen.contrasts, axis=1, keepdims=True)
    total = np.zeros((len(seen), count))
    for sd, groups, on in (
        (story_sd(hyper), seen.stories, np.ones(len(seen))),
        (hyper.slant, seen.publishers, seen.levels),
    ):
        wrong = rng.standard_normal((int(groups.max(initial=-1)) + 1, count, units.shape[1]))[groups]
        total += sd * on[:, None] * (wrong * units[:, None, :]).sum(axis=2)
    return total


def _centred(paths: Array) -> Array:
    return np.asarray(paths - paths.mean(axis=-1, keepdims=True))
