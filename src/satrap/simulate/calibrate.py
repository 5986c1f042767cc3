"""Posterior draws of a scenario's parameters, given what was observed.

The sampler moves in standard normal space, where a parameter's quantile is Φ(z) and every prior is N(0, I):
z′ = √(1−b²) z + b ξ leaves that prior as it is (preconditioned Crank–Nicolson; Cotter et al. 2013, Stat. Sci.
28:424), so a parameter that no target informs keeps its prior however many there are. A proposal moves some
of them, so that those that targets hold tightly do not keep the rest from moving. Each evaluation lives
one future with chance of its own: its likelihood is unbiased for that of the parameters, and the draws'
parameters have the exact posterior (pseudo-marginal; Andrieu & Roberts 2009, Ann. Stat. 37:697). Chains,
acceptance and autocorrelation times: emcee.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from satrap.errors import ScenarioError
from satrap.simulate.answers import Answers, Progress
from satrap.simulate.posterior import Posterior
from satrap.simulate.targets import Targets
from satrap.simulate.units import Floats

MOVES = ((1.0, 0.1), (1.0, 0.3), (0.5, 0.3), (0.25, 0.3), (0.5, 1.0), (0.1, 1.0))
"""Step b, and the share of parameters that move: bold for what targets leave open, careful for what they
hold; taken in turn by chance, so that none needs tuning."""


def calibrate(
    answers: Answers,
    targets: Targets,
    walkers: int = 64,
    steps: int = 400,
    pilot: int = 1024,
    progress: Progress | None = None,
) -> Posterior:
    """Sample the posterior; the same arguments give the same draws. `answers` ask for the targets' outcomes.

    Each chain starts from the likeliest of its own lot of `pilot` draws of the prior; the first third of the
    `steps` is dropped. Raises ScenarioError if the targets' outcomes are undefined in all of them.
    """
    if walkers < 2 or steps < 8 or pilot < walkers:
        raise ScenarioError(
            f"{walkers} walkers, {steps} steps, {pilot} pilot draws: too few",
            remedy="ask for at least 2 walkers, 8 steps, and as many pilot draws as walkers",
        )
    emcee = _emcee()
    rng = np.random.RandomState(answers.seed % 2**32)  # emcee's kind
    lived = _Lived(answers, targets, pilot + walkers * steps, progress)
    first = rng.standard_normal((pilot, len(answers.parameters)))
    found = lived(first)
    start = first[_picked(found[:, 0], walkers, rng)]
    moves = [emcee.moves.MHMove(_crank_nicolson(*one)) for one in MOVES]
    sampler = emcee.EnsembleSampler(walkers, start.shape[1], lived, moves=moves, vectorize=True)
    state = emcee.State(start, random_state=rng.get_state())
    for _ in sampler.sample(state, iterations=steps, skip_initial_state_check=True):
        pass
    return Posterior(
        answers=answers,
        targets=targets,
        quantiles=ndtr(sampler.get_chain(discard=steps // 3)),
        accepted=float(sampler.acceptance_fraction.mean()),
        pilot=found[:, 1:],
        evaluations=lived.done,
    )


class _Lived:
    """Log-likelihood and outcomes at points z, each point with the chance of a member nobody had before."""

    def __init__(self, answers: Answers, targets: Targets, total: int, progress: Progress | None) -> None:
        self.answers, self.targets, self.total, self.progress = answers, targets, total, progress
        self.done = 0

    def __call__(self, z: Floats) -> Floats:
        members = np.arange(self.done, self.done + len(z))
        found = self.answers.at(ndtr(z), members).values()
        self.done += len(z)
        if self.progress is not None:
            self.progress(min(self.done, self.total), self.total)
        return np.column_stack([self.targets.log_likelihood(found), found])


def _crank_nicolson(step: float, share: float) -> Callable[[Floats, Any], tuple[Floats, Floats]]:
    def propose(z: Floats, rng: Any) -> tuple[Floats, Floats]:
        moved = np.sqrt(1 - step**2) * z + step * rng.standard_normal(z.shape)
        # reversible in the prior: the likelihood alone decides
        return np.where(rng.random_sample(z.shape) < share, moved, z), np.zeros(len(z))

    return propose


def _picked(log_likelihood: Floats, number: int, rng: Any) -> NDArray[np.int64]:
    """One draw by likelihood out of each of `number` equal lots, so that chains share no ancestor."""
    lots = log_likelihood[: len(log_likelihood) // number * number].reshape(number, -1)
    best = lots.max(axis=1, keepdims=True)
    if not np.isfinite(best).any():
        raise ScenarioError(
            "no draw of the prior has the targets' outcomes at all",
            remedy="leave out the target that is undefined everywhere, or ask for its level",
        )
    weights = np.exp(lots - np.where(np.isfinite(best), best, 0))
    weights[~np.isfinite(best[:, 0])] = 1.0  # a lot without any: its chain may still find its way
    edges = np.cumsum(weights, axis=1)
    at = rng.random_sample((number, 1)) * edges[:, -1:]
    return np.asarray((edges < at).sum(axis=1) + np.arange(number) * lots.shape[1])


def _emcee() -> Any:
    """An extra: few calibrate."""
    from importlib import import_module

    try:
        return import_module("emcee")
    except ImportError:
        raise ScenarioError("calibration needs emcee", remedy="pip install 'satrap[parameters]'") from None
