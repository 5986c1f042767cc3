"""The prior of the latent surface, and the covariances that claims and offices have under it.

z[p, i, t] = n[i, t] + d[p, i, t]: what institution i holds at place p in week t, as a log-ratio.

    n[i, t] = n[i, t−1] + walk_sd · ε        national random walk, n[i, 0] ~ N(0, start_sd²)
    d[p, i, t] = φ d[p, i, t−1] + …          an office's own deviation, stationary AR(1) with standard
                                             deviation place_sd and φ = exp(−1 / place_weeks)

Both are centred over institutions (Σ_i z = 0, the sum-to-zero contrast of Aitchison's log-ratios, 1982), and
shares are softmax_i z. Institutions are exchangeable a priori: the prior mean is zero, equal shares.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter
from scipy.sparse import csr_array

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
    """Standard deviation of each claim's noise, (J,)."""
    return np.asarray(
        hyper.noise
        * np.exp(
            seen.log_noise + hyper.source_power * seen.log_source + hyper.certainty_power * seen.log_certainty
        )
    )


def own_noise_sd(seen: Observations, hyper: Hyper) -> Array:
    """What of a claim's noise is not shared by its story, (J,)."""
    return np.asarray(noise_sd(seen, hyper) * np.sqrt(1 - hyper.story))


def story_pull(seen: Observations, hyper: Hyper) -> Array:
    """How a teller's wrong picture of the institutions, u ~ N(0, I), shows in each claim of a story, (J, I).

    Claims about the same institutions share the error: n of them count as n / (1 + (n − 1) story). What one
    teller says of others is wrong in its own way, up to the angle between the contrasts.
    """
    size = np.linalg.norm(seen.contrasts, axis=1, keepdims=True)
    sd = noise_sd(seen, hyper) * np.sqrt(hyper.story)
    return np.asarray(sd[:, None] * seen.contrasts / size)


@dataclass(frozen=True, eq=False)
class Geometry:
    """What the claims have to do with each other whatever the hyperparameters: computed once per fit."""

    seen: Observations

    @property
    def weeks(self) -> int:
        return int(self.seen.weeks.shape[1])

    @cached_property
    def _every_week(self) -> Array:
        return np.arange(self.weeks, dtype=np.float64)

    @cached_property
    def _contrasts(self) -> Array:
        return np.asarray(self.seen.contrasts @ self.seen.contrasts.T)

    @cached_property
    def _places(self) -> Array:
        return np.asarray(self.seen.places @ self.seen.places.T)

    @cached_property
    def _one_story(self) -> NDArray[np.bool_]:
        return np.asarray(self.seen.stories[:, None] == self.seen.stories)

    def covariance(self, hyper: Hyper) -> Array:
        """K (J, J): prior covariance of the claims' functionals, with the noise that stories share."""
        H = self.seen.weeks
        walk = _between(H, walk_covariance(self._every_week, self.weeks, hyper))
        place = _between(H, place_covariance(self._every_week, self.weeks, hyper))
        pull = story_pull(self.seen, hyper)
        return np.asarray(self._contrasts * (walk + self._places * place) + self._one_story * (pull @ pull.T))

    def towards(self, hyper: Hyper, weeks: Array | None = None) -> tuple[Array, Array]:
        """Covariance of the walk, and of one place's deviation, with each claim's weeks, in some weeks
        (default: all T of them): two of (len(weeks), J).

        cov(z[p, i, t], claim j) = contrast[j, i] · (walk[t, j] + places[j, p] · place[t, j])
        """
        H = self.seen.weeks
        of = self._every_week if weeks is None else weeks
        return (
            np.asarray((H @ walk_covariance(of, self.weeks, hyper).T).T),
            np.asarray((H @ place_covariance(of, self.weeks, hyper).T).T),
        )


def _between(H: csr_array, covariance: Array) -> Array:
    half = H @ covariance
    return np.asarray(H @ half.T)


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


def _centred(paths: Array) -> Array:
    return np.asarray(paths - paths.mean(axis=-1, keepdims=True))
