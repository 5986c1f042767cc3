"""From claims to the whole surface: posterior means, and joint draws of every office and week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.claimspace import ClaimSpace
from satrap.estimate.coordinates import Coordinates
from satrap.estimate.ep import Conditioned, Sites, Solution
from satrap.estimate.ep import Prior as ClaimsPrior
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper, Prior
from satrap.estimate.learn import Evidence, Solver, explore, fitted
from satrap.estimate.parallel import each
from satrap.estimate.sequential import Sequential
from satrap.estimate.shelf import NOWHERE, Arrays, Shelf, kept
from satrap.estimate.surface import (
    draw_errors,
    draw_place,
    draw_walk,
    prior_change_sd,
    spread,
    towards,
)
from satrap.estimate.thinning import thinned

Array = NDArray[np.float64]
Progress = Callable[[str, float], None]

PAIRS = 288  # of surfaces: a draw and its mirror image about the mean
DRAWS = 24  # of the hyperparameters of many claims, which their claims leave little room
_PROPOSED, _FEWER = 256, 128  # settings weighed, of few claims and of more
_CHEAP = 150  # claims up to which each of them may be kept
_FINE = 1e-6  # tolerance of the sites
_FEW = 400  # claims up to which their covariance matrix is the faster way
_STEP = 4  # weeks of the grid on which hyperparameters of more claims are learned
_MOST = 4000  # claims that they are learned from
_ROOM = 2**29  # bytes that may be kept to answer questions at once
_COARSE, _ROUGH = 1e-3, 1e-2  # tolerances of the sites of more claims than that, and of their beginning


@dataclass(frozen=True, eq=False)
class Conditional:
    """The posterior at one setting of the hyperparameters, which gives ``count`` of the mixture's draws."""

    hyper: Hyper
    count: int
    solution: Solution

    @cached_property
    def kept(self) -> Conditioned:
        """The claims given their sites, for those who ask more than once and have the room."""
        return self.solution.conditioned


@dataclass(frozen=True, eq=False)
class Posterior:
    """A mixture of Gaussian posteriors of the surface, one per hyperparameter draw."""

    seen: Observations
    parts: tuple[Conditional, ...]
    effective_draws: float

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    def likeliest(self, count: int) -> "Posterior":
        """The mixture of its ``count`` likeliest settings alone."""
        parts = sorted(self.parts, key=lambda part: part.count, reverse=True)[:count]
        return Posterior(self.seen, tuple(parts), self.effective_draws)

    def influence(self, place: int, week: int) -> Array:
        """What each claim adds to the posterior mean of z[place, ·, week], (J, I); it sums over claims to
        posterior mean − prior mean exactly, because the mean is linear in the dual weights."""
        seen, added = self.seen, np.zeros_like(self.seen.contrasts)
        for part in self.parts:
            [walk], [deviation] = towards(seen, part.hyper, np.array([float(week)]))
            reach = walk + deviation * seen.places[:, place]
            added += (part.count / self.total) * (reach * part.solution.alpha)[:, None] * seen.contrasts
        return added

    def change(self, place: int, institution: int, first: int, last: int) -> tuple[float, float, float]:
        """Posterior mean and standard deviation, and the prior's, of z's change between two weeks."""
        seen, share = self.seen, np.array([part.count / self.total for part in self.parts])
        means, variances, priors = [], [], []
        for part in self.parts:
            given = self.given(part)
            walk, deviation = towards(seen, part.hyper, np.array([float(last), float(first)]))
            reach = walk[0] - walk[1] + (deviation[0] - deviation[1]) * seen.places[:, place]
            k, tau = reach * seen.contrasts[:, institution], part.solution.sites.tau
            prior = prior_change_sd(abs(last - first), seen.contrasts.shape[1], part.hyper) ** 2
            priors.append(prior)
            means.append(k @ part.solution.alpha)
            variances.append(prior - k @ (tau * (k - given.mean(tau * k))))
        mean = float(share @ means)
        variance = float(share @ (np.array(variances) + (np.array(means) - mean) ** 2))
        return mean, variance**0.5, float(share @ priors) ** 0.5

    def given(self, part: Conditional) -> Conditioned:
        """A part's claims given its sites: kept where all parts' take little room, else made anew."""
        return part.kept if self._light else part.solution.conditioned

    @cached_property
    def _light(self) -> bool:
        return sum(part.solution.prior.nbytes for part in self.parts) <= _ROOM

    def refitted(self, kept: NDArray[np.bool_]) -> "Posterior":
        """The posterior on some of the claims only, at the same hyperparameters."""
        solver = solver_for(self.seen.subset(kept))

        def again(part: Conditional) -> Conditional:
            sites = part.solution.sites
            start = Sites(sites.tau[kept], sites.nu[kept])
            return Conditional(part.hyper, part.count, fitted(solver, part.hyper, start, _FINE))

        return Posterior(solver.seen, tuple(each(again, self.parts)), self.effective_draws)

    def means(self) -> Array:
        """Posterior mean of z, (P, T, I)."""
        seen = self.seen
        total = np.zeros((seen.places.shape[1], seen.weeks.shape[1], seen.contrasts.shape[1]))
        for part in self.parts:
            walk, places = spread(seen, part.hyper, part.solution.alpha[:, None])
            total += (part.count / self.total) * (walk + places)[:, :, 0]
        return total

    def draw(self, seed: int, progress: Progress) -> tuple[NDArray[np.float32], Array]:
        """Joint draws of the surface (S, P, T, I), and how much the claims narrowed each office, (P, T, I).

        Matheron's rule (Journel & Huijbregts 1978; Wilson et al. 2020, arXiv:2002.09309): a draw from the
        prior, corrected by what its own claims would have taught. Draws come in pairs mirrored about the
        posterior mean, so that means carry no sampling error. The second value is posterior over prior
        standard deviation, both from the same draws, so that it is one exactly where claims say nothing.
        """
        seen = self.seen
        shape = (seen.places.shape[1], seen.weeks.shape[1], seen.contrasts.shape[1])
        out = np.empty((2 * self.total, *shape), dtype=np.float32)
        starts = 2 * np.cumsum([0, *(part.count for part in self.parts)])
        overall = self.means()

        def drawn(number: int) -> tuple[Array, Array]:
            part, at = self.parts[number], int(starts[number])
            count = part.count
            rng = np.random.default_rng([seed, number])
            mean_walk, mean_places = spread(seen, part.hyper, part.solution.alpha[:, None])
            walk, places, pull = self._prior_draws(rng, part, count)
            taught_walk, taught_places = spread(seen, part.hyper, pull)
            before, after = np.zeros(shape), np.zeros(shape)
            for place in range(shape[0]):
                prior = walk + places[place]
                mean = (mean_walk + mean_places[place])[:, 0]
                apart = prior - taught_walk - taught_places[place]
                before[place] = (prior**2).sum(axis=1)
                after[place] = (apart**2).sum(axis=1) + count * (mean - overall[place]) ** 2
                apart = apart.transpose(1, 0, 2)
                out[at : at + count, place] = mean + apart
                out[at + count : at + 2 * count, place] = mean - apart
            return before, after

        before, after = np.zeros(shape), np.zeros(shape)
        numbers = range(len(self.parts))
        for one, other in each(drawn, numbers, lambda done: progress("drawing surfaces", done)):
            before += one
            after += other
        return out, np.sqrt(after / before)

    def _prior_draws(
        self, rng: np.random.Generator, part: Conditional, count: int
    ) -> tuple[Array, list[Array], Array]:
        """Prior draws of the walk and of each place's deviation, and the pull (J, count) of their claims."""
        seen, hyper = self.seen, part.hyper
        weeks, institutions = seen.weeks.shape[1], seen.contrasts.shape[1]
        walk = draw_walk(rng, hyper, weeks, institutions, count)
        places = [draw_place(rng, hyper, weeks, institutions, count) for _ in range(seen.places.shape[1])]
        told = draw_errors(rng, seen, hyper, count)
        reach = seen.places.sum(axis=1)
        for weight, values in ((reach, walk), *zip(seen.places.T, places, strict=True)):
            rows = np.flatnonzero(weight)
            observed = (seen.weeks[rows] @ values.reshape(weeks, -1)).reshape(len(rows), count, institutions)
            told[rows] += weight[rows, None] * np.einsum("jci,ji->jc", observed, seen.contrasts[rows])
        return walk, places, part.solution.explain(told, rng.standard_normal(told.shape))


def fit(
    seen: Observations,
    priors: Mapping[str, Prior],
    *,
    seed: int,
    progress: Progress,
    shelf: Shelf = NOWHERE,
) -> Posterior:
    """Condition the surface on the claims, over draws of the hyperparameters.

    Hyperparameters of many claims are learned on a grid of four weeks, where a fit costs a fraction, and from
    some of them where they are very many. Steps that ``shelf`` has are taken from it, the others put there.
    """
    step = 1 if len(seen) <= _FEW else _STEP
    some = seen if len(seen) <= _MOST else seen.subset(thinned(seen, _MOST, seed))
    solver = solver_for(some if step == 1 else some.coarse(step))
    learned_from = Evidence(solver, Coordinates.plain(priors, solver.seen.groups), step)
    progress("weighing hyperparameters", 0.0)
    keep = PAIRS if len(seen) <= _CHEAP else DRAWS
    mixture = explore(
        learned_from,
        seed=seed,
        points=_PROPOSED if step == 1 else _FEWER,
        keep=keep,
        told=lambda done: progress("weighing hyperparameters", done),
        shelf=shelf,
    )
    solver, start = solver_for(seen), mixture.sites
    tolerance = _FINE if some is seen else _COARSE

    def conditioned(draw: tuple[int, Hyper, int]) -> Conditional:
        number, hyper, count = draw
        made = kept(shelf, f"part {number}", lambda: _numbers(fitted(solver, hyper, start, tolerance)))
        return Conditional(hyper, count * PAIRS // keep, _solution(made, solver.at(hyper)))

    draws = list(zip(range(len(mixture.draws)), mixture.draws, mixture.counts, strict=True))
    if some is not seen:  # the others have no sites yet: one setting finds a beginning for all
        begun = kept(shelf, "begun", lambda: _numbers(fitted(solver, mixture.draws[0], None, _ROUGH)))
        start = Sites(begun["tau"], begun["nu"])
    parts = each(conditioned, draws, lambda done: progress("fitting claims", done))
    return Posterior(seen, tuple(parts), mixture.effective)


def _numbers(solution: Solution) -> Arrays:
    return {
        "tau": solution.sites.tau,
        "nu": solution.sites.nu,
        "alpha": solution.alpha,
        "centre": solution.centre,
        "width": solution.width,
        "log_evidence": np.array(solution.log_evidence),
    }


def _solution(made: Arrays, prior: ClaimsPrior) -> Solution:
    sites = Sites(made["tau"], made["nu"])
    return Solution(sites, prior, made["alpha"], made["centre"], made["width"], float(made["log_evidence"]))


def solver_for(seen: Observations) -> Solver:
    """The faster of the two exact solvers."""
    return ClaimSpace(seen) if len(seen) <= _FEW else Sequential.of(seen)
