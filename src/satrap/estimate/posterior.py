"""From claims to the whole surface: posterior means, and joint draws of every office and week."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.ep import Sites, Solution, solve
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper, Prior, explore
from satrap.estimate.surface import Geometry, draw_place, draw_walk, noise_sd, own_noise_sd, story_pull

Array = NDArray[np.float64]
Progress = Callable[[str, float], None]

DRAWS = 24  # of the hyperparameters
_LEARN_FROM = 300  # claims
_ROUGH, _FINE = 1e-2, 1e-6  # tolerance of a fit while weighing hyperparameters, and of the final ones
PAIRS = 12  # of surfaces for each of them: a draw and its mirror image about the mean


@dataclass(frozen=True, eq=False)
class Conditional:
    """The posterior at one setting of the hyperparameters, which counts ``count`` times in the mixture."""

    hyper: Hyper
    count: int
    solution: Solution


@dataclass(frozen=True, eq=False)
class Posterior:
    """A mixture of Gaussian posteriors of the surface, one per hyperparameter draw."""

    geometry: Geometry
    parts: tuple[Conditional, ...]
    effective_draws: float

    @property
    def seen(self) -> Observations:
        return self.geometry.seen

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    def influence(self, place: int, week: int) -> Array:
        """What each claim adds to the posterior mean of z[place, ·, week], (J, I); it sums over claims to
        posterior mean − prior mean exactly, because the mean is linear in the dual weights."""
        seen, added = self.seen, np.zeros_like(self.seen.contrasts)
        for part in self.parts:
            [walk], [deviation] = self.geometry.towards(part.hyper, np.array([float(week)]))
            reach = walk + deviation * seen.places[:, place]
            added += (part.count / self.total) * (reach * part.solution.alpha)[:, None] * seen.contrasts
        return added

    def refitted(self, kept: NDArray[np.bool_]) -> "Posterior":
        """The posterior on some of the claims only, at the same hyperparameters."""
        geometry = Geometry(subset(self.seen, kept))
        parts = tuple(_condition(geometry, part.hyper, part.count) for part in self.parts)
        return Posterior(geometry, parts, self.effective_draws)

    def means(self) -> Array:
        """Posterior mean of z, (P, T, I)."""
        seen = self.seen
        places, institutions = seen.places.shape[1], seen.contrasts.shape[1]
        total = np.zeros((places, self.geometry.weeks, institutions))
        for part in self.parts:
            walk, deviation = self.geometry.towards(part.hyper)
            push = part.solution.alpha[:, None] * seen.contrasts * (part.count / self.total)
            total += walk @ push
            for place in range(places):
                total[place] += deviation @ (seen.places[:, place, None] * push)
        return total

    def draw(self, seed: int, progress: Progress) -> tuple[NDArray[np.float32], Array]:
        """Joint draws of the surface (S, P, T, I), and how much the claims narrowed each office, (P, T, I).

        Matheron's rule (Journel & Huijbregts 1978; Wilson et al. 2020, arXiv:2002.09309): a draw from the
        prior, corrected by what its own claims would have taught. Draws come in pairs mirrored about the
        posterior mean, so that means carry no sampling error. The second value is posterior over prior
        standard deviation, both from the same draws, so that it is one exactly where claims say nothing.
        """
        seen = self.seen
        places, institutions = seen.places.shape[1], seen.contrasts.shape[1]
        shape = (places, self.geometry.weeks, institutions)
        out = np.empty((2 * PAIRS * self.total, *shape), dtype=np.float32)
        before, after, at = np.zeros(shape), np.zeros(shape), 0
        overall = self.means()
        for number, part in enumerate(self.parts):
            progress("drawing surfaces", number / len(self.parts))
            count = PAIRS * part.count
            rng = np.random.default_rng([seed, number])
            walk, deviation = self.geometry.towards(part.hyper)
            push = part.solution.alpha[:, None] * seen.contrasts
            prior, pull = self._prior_draws(rng, part, count)
            national = prior[0] - (walk @ pull).reshape(prior[0].shape)
            for place in range(places):
                mine = seen.places[:, place, None]
                mean = walk @ push + deviation @ (mine * push)
                touching = seen.places[:, place] > 0
                taught = deviation[:, touching] @ (mine * pull)[touching]
                spread = national + prior[1][place] - taught.reshape(national.shape)
                before[place] += ((prior[0] + prior[1][place]) ** 2).sum(axis=1)
                after[place] += (spread**2).sum(axis=1) + count * (mean - overall[place]) ** 2
                spread = spread.transpose(1, 0, 2)
                out[at : at + count, place] = mean + spread
                out[at + count : at + 2 * count, place] = mean - spread
            at += 2 * count
        return out, np.sqrt(after / before)

    def _prior_draws(
        self, rng: np.random.Generator, part: Conditional, count: int
    ) -> tuple[tuple[Array, list[Array]], Array]:
        """Prior draws (walk, deviation of each place), and the pull (J, count · I) of their own claims."""
        seen, hyper = self.seen, part.hyper
        weeks, institutions = self.geometry.weeks, seen.contrasts.shape[1]
        walk = draw_walk(rng, hyper, weeks, institutions, count)
        deviations = [draw_place(rng, hyper, weeks, institutions, count) for _ in range(seen.places.shape[1])]
        observed = seen.weeks @ walk.reshape(weeks, -1)
        for place, deviation in enumerate(deviations):
            observed += seen.places[:, place, None] * (seen.weeks @ deviation.reshape(weeks, -1))
        told = (observed.reshape(len(seen), count, institutions) * seen.contrasts[:, None, :]).sum(axis=2)
        errors = rng.standard_normal((int(seen.stories.max(initial=-1)) + 1, count, institutions))
        told += (errors[seen.stories] * story_pull(seen, hyper)[:, None, :]).sum(axis=2)
        pull = part.solution.explain(told, rng.standard_normal(told.shape))
        return (walk, deviations), (pull[:, :, None] * seen.contrasts[:, None, :]).reshape(
            len(seen), count * institutions
        )


def fit(seen: Observations, priors: dict[str, Prior], *, seed: int, progress: Progress) -> Posterior:
    """Condition the surface on the claims, over draws of the hyperparameters.

    Hyperparameters are learned from at most ``_LEARN_FROM`` claims, in whole stories, because they need some
    200 fits of cubic cost; with more claims than that they are a little less sure than they could be.
    """
    learned_from = Geometry(subset(seen, _whole_stories(seen.stories, _LEARN_FROM)))
    tried, last = 0, None

    def log_evidence(hyper: Hyper) -> float:
        nonlocal tried, last
        progress("weighing hyperparameters", 1 - 1 / (1 + tried / 100))
        tried += 1
        # Settings tried one after another are close, so each starts from the sites of the last
        solution = _condition(learned_from, hyper, 1, start=last, tolerance=_ROUGH).solution
        last = solution.sites
        return solution.log_evidence

    mixture = explore(priors, log_evidence, seed=seed, keep=DRAWS)
    geometry, sites = Geometry(seen), None
    parts: list[Conditional] = []
    for hyper, count in zip(mixture.draws, mixture.counts, strict=True):
        progress("fitting claims", len(parts) / len(mixture.draws))
        parts.append(_condition(geometry, hyper, count, start=sites))
        sites = parts[-1].solution.sites
    return Posterior(geometry, tuple(parts), mixture.effective)


def _whole_stories(stories: NDArray[np.int64], limit: int) -> NDArray[np.bool_]:
    """Which claims belong to the first stories that together have at most ``limit``; of a single story that
    is longer, its first claims. Stories are numbered in the order of hashes, so this is no biased choice."""
    kept = np.cumsum(np.bincount(stories)) <= limit
    return kept[stories] if kept.any() else np.arange(len(stories)) < limit


def _condition(
    geometry: Geometry, hyper: Hyper, count: int, start: Sites | None = None, tolerance: float = _FINE
) -> Conditional:
    seen = geometry.seen
    lower = seen.lower * hyper.cut + seen.news * hyper.bad_news * noise_sd(seen, hyper)
    solution = solve(
        geometry.covariance(hyper), lower, seen.upper * hyper.cut, own_noise_sd(seen, hyper), start, tolerance
    )
    return Conditional(hyper, count, solution)


def subset(seen: Observations, kept: NDArray[np.bool_]) -> Observations:
    """Some of the claims."""
    return Observations(
        claims=tuple(claim for claim, keep in zip(seen.claims, kept, strict=True) if keep),
        contrasts=seen.contrasts[kept],
        places=seen.places[kept],
        weeks=seen.weeks[np.flatnonzero(kept)],
        lower=seen.lower[kept],
        upper=seen.upper[kept],
        news=seen.news[kept],
        log_noise=seen.log_noise[kept],
        log_source=seen.log_source[kept],
        log_certainty=seen.log_certainty[kept],
        stories=seen.stories[kept],
    )
