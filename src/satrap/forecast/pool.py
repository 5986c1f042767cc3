"""Several forecasters as one: a weighted mean of their probabilities, then made as bold as the past allows.

    p = Σ w p[k] / Σ w   over the members k that answer,     w = exp(θ[k] + δ[kind, k])
    logit p′ = a + b logit p   for questions of yes and no

A linear pool (Stone 1961) is too shy where members know different things, hence the second line (Ranjan &
Gneiting 2010, J. R. Stat. Soc. B 72:71). θ, δ, a and log b have normal priors about zero, so that with
nothing settled all members weigh the same and nothing is bent. Both are fitted to the log score of what was
settled; as questions of one time share their events, each counts as ``WORTH`` of a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from satrap.forecast.forecasters import Forecast
from satrap.forecast.questions import YES, Question

Array = NDArray[np.float64]

WORTH = 0.25  # judgement
_MEMBER, _KIND = 1.0, 0.5  # sd of θ and δ: judgement
_SHIFT, _BEND = 0.5, 0.3  # sd of a and log b: judgement
_LEAST = 1e-3  # probabilities are kept this far from 0 and 1


@dataclass(frozen=True)
class Settled:
    """A question, what each member had said of it, and the option that it came to."""

    question: Question
    forecasts: tuple[Forecast, ...]
    answer: str


@dataclass(frozen=True)
class Pool:
    """``members`` (K names), ``weights`` (K,) of any kind of question and by ``kinds``; ``shift`` a and
    ``bend`` b; ``settled`` is how many questions it was learned from."""

    members: tuple[str, ...]
    weights: Array
    kinds: Mapping[str, Array] = field(default_factory=dict)
    shift: float = 0.0
    bend: float = 1.0
    settled: int = 0

    @classmethod
    def equal(cls, members: Sequence[str]) -> "Pool":
        return cls(tuple(members), np.ones(len(members)))

    def combined(self, question: Question, forecasts: Sequence[Forecast]) -> tuple[float, ...] | None:
        """Probabilities of the question's options; None where no member answers."""
        mean = self._mean(question, forecasts)
        if mean is None:
            return None
        if YES not in question.options:
            return tuple(float(one) for one in mean)
        yes = float(expit(self.shift + self.bend * logit(np.clip(mean[0], _LEAST, 1 - _LEAST))))
        return yes, 1.0 - yes

    def shares(self, question: Question, forecasts: Sequence[Forecast]) -> dict[str, float]:
        """What part each member that answers has in the mean."""
        weights = self.kinds.get(kind_of(question), self.weights)
        known = {one: weights[at] for at, one in enumerate(self.members)}
        here = {one.forecaster: float(known[one.forecaster]) for one in forecasts if one.forecaster in known}
        total = sum(here.values())
        return {name: weight / total for name, weight in here.items()}

    def _mean(self, question: Question, forecasts: Sequence[Forecast]) -> Array | None:
        shares = self.shares(question, forecasts)
        parts = [
            shares[one.forecaster] * np.array(one.probabilities)
            for one in forecasts
            if one.forecaster in shares
        ]
        return np.sum(parts, axis=0) if parts else None


def kind_of(question: Question) -> str:
    """The kind of question, as scores are grouped."""
    return type(question).__name__.lower()


def learned(members: Sequence[str], settled: Sequence[Settled]) -> Pool:
    """The pool that would have done best on what was settled, as far as its priors let it."""
    kinds = sorted({kind_of(one.question) for one in settled})
    rows = [
        (kinds.index(kind_of(one.question)), row)
        for one in settled
        if (row := _row(one, members)) is not None
    ]
    if not rows:
        return Pool.equal(members)
    kind, said = np.array([at for at, _ in rows]), np.array([row for _, row in rows])
    found = minimize(
        _surprise, np.zeros((1 + len(kinds)) * len(members)), (kind, said), jac=True, method="L-BFGS-B"
    ).x.reshape(1 + len(kinds), -1)
    weights = np.exp(found[0])
    pool = Pool(
        tuple(members), weights, {one: np.exp(found[0] + found[1 + at]) for at, one in enumerate(kinds)}
    )
    shift, bend = _bent(pool, settled)
    return Pool(pool.members, pool.weights, pool.kinds, shift, bend, len(rows))


def _row(one: Settled, members: Sequence[str]) -> list[float] | None:
    """What each member gave the answer; NaN of who said nothing."""
    by = {each.forecaster: each.of(one.answer) for each in one.forecasts}
    row = [by.get(name, float("nan")) for name in members]
    return None if np.isnan(row).all() else row


def _surprise(packed: Array, kind: NDArray[np.int64], said: Array) -> tuple[float, Array]:
    """−log posterior of θ (first row) and δ (one row a kind), with its gradient."""
    values = packed.reshape(-1, said.shape[1])
    weights = np.where(np.isnan(said), 0.0, np.exp(values[0] + values[1 + kind]))
    joint = weights * np.where(np.isnan(said), 0.0, np.clip(said, _LEAST, 1.0))
    total, mean = weights.sum(axis=1, keepdims=True), joint.sum(axis=1, keepdims=True)
    pull = WORTH * (joint / mean - weights / total)
    spread = np.array([_MEMBER, *(_KIND for _ in values[1:])])[:, None]
    gradient = -values / spread**2
    gradient[0] += pull.sum(axis=0)
    np.add.at(gradient, 1 + kind, pull)
    value = WORTH * np.log(mean / total).sum() - 0.5 * ((values / spread) ** 2).sum()
    return -float(value), -gradient.ravel()


def _bent(pool: Pool, settled: Sequence[Settled]) -> tuple[float, float]:
    """a and b of the second line, for a pool without them."""
    pairs = [
        (mean[0], one.answer == YES)
        for one in settled
        if YES in one.question.options and (mean := pool.combined(one.question, one.forecasts)) is not None
    ]
    if not pairs:
        return 0.0, 1.0
    odds = logit(np.clip([p for p, _ in pairs], _LEAST, 1 - _LEAST))
    sign = np.where([came for _, came in pairs], 1.0, -1.0)

    def surprise(at: Array) -> tuple[float, Array]:
        shift, bend = at[0], np.exp(at[1])
        given = sign * (shift + bend * odds)
        pull = WORTH * sign * expit(-given)
        value = WORTH * np.logaddexp(0.0, -given).sum() + 0.5 * ((at / [_SHIFT, _BEND]) ** 2).sum()
        slope = np.array([pull.sum(), (pull * odds).sum() * bend])
        return float(value), at / np.array([_SHIFT, _BEND]) ** 2 - slope

    shift, log_bend = minimize(surprise, np.zeros(2), jac=True, method="L-BFGS-B").x
    return float(shift), float(np.exp(log_bend))
