"""Several forecasters as one: a weighted mean of their probabilities, then made as bold as the past allows.

    p = Σ w p[k] / Σ w   over the members k that answer,     w = exp(θ[k] + δ[kind, k])
    logit p′ = a[kind] + b logit p   for questions of yes and no

One more member answers everything with even odds, whom surprises speak for: nobody else knows how often all
are wrong together. A linear pool (Stone 1961) is too shy where members know different things, hence the
second line (Ranjan & Gneiting 2010, J. R. Stat. Soc. B 72:71). θ, δ, a and log b have normal priors about
zero, that member's θ about ``DOUBT``, so that with nothing settled all others weigh the same and nothing is
bent. Both lines are fitted to the log score of what was settled; as questions of one time share their events,
each counts as ``WORTH`` of a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from satrap.forecast.forecasters import Forecast
from satrap.forecast.questions import YES, Question

Array = NDArray[np.float64]

WORTH = 0.25  # judgement
DOUBT = -3.0  # log weight of even odds beside a member's: judgement
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
    """``weights`` (K + 1,) of the ``members`` and of even odds, for any kind of question and by ``kinds``;
    ``shifts`` a by kind and ``bend`` b; ``settled`` is how many questions it was learned from."""

    members: tuple[str, ...]
    weights: Array
    kinds: Mapping[str, Array] = field(default_factory=dict)
    shifts: Mapping[str, float] = field(default_factory=dict)
    bend: float = 1.0
    settled: int = 0

    @classmethod
    def equal(cls, members: Sequence[str]) -> "Pool":
        """Before anything is settled."""
        return cls(tuple(members), np.exp([*(0.0 for _ in members), DOUBT]))

    def combined(self, question: Question, forecasts: Sequence[Forecast]) -> tuple[float, ...] | None:
        """Probabilities of the question's options; None where no member answers."""
        mean = self._mean(question, forecasts)
        if mean is None:
            return None
        if YES not in question.options:
            return tuple(float(one) for one in mean)
        shift = self.shifts.get(kind_of(question), 0.0)
        yes = float(expit(shift + self.bend * logit(np.clip(mean[0], _LEAST, 1 - _LEAST))))
        return yes, 1.0 - yes

    def shares(self, question: Question, forecasts: Sequence[Forecast]) -> dict[str, float]:
        """What part each member that answers has in the mean; what is left is that of even odds."""
        weights = self.kinds.get(kind_of(question), self.weights)
        known = dict(zip(self.members, weights[:-1].tolist(), strict=True))
        here = {one.forecaster: known[one.forecaster] for one in forecasts if one.forecaster in known}
        total = sum(here.values()) + float(weights[-1])
        return {name: weight / total for name, weight in here.items()}

    def _mean(self, question: Question, forecasts: Sequence[Forecast]) -> Array | None:
        shares = self.shares(question, forecasts)
        if not shares:
            return None
        even = (1.0 - sum(shares.values())) / len(question.options)
        parts = [
            shares[one.forecaster] * np.array(one.probabilities)
            for one in forecasts
            if one.forecaster in shares
        ]
        return np.asarray(np.sum(parts, axis=0) + even)


def kind_of(question: Question) -> str:
    """The kind of question, as scores are grouped."""
    return type(question).__name__.lower()


def learned(members: Sequence[str], settled: Sequence[Settled]) -> Pool:
    """The pool that would have done best on what was settled, as far as its priors let it."""
    rows = [(one, row) for one in settled if (row := _row(one, members)) is not None]
    if not rows:
        return Pool.equal(members)
    kinds = sorted({kind_of(one.question) for one, _ in rows})
    kind = np.array([kinds.index(kind_of(one.question)) for one, _ in rows])
    said = np.array([row for _, row in rows])
    begin = np.zeros((1 + len(kinds), said.shape[1]))
    begin[0, -1] = DOUBT
    best = minimize(_surprise, begin.ravel(), (kind, said), jac=True, method="L-BFGS-B")
    found = best.x.reshape(begin.shape)
    by_kind = {one: np.exp(found[0] + found[1 + at]) for at, one in enumerate(kinds)}
    pool = Pool(tuple(members), np.exp(found[0]), by_kind, settled=len(rows))
    return _bent(pool, [one for one, _ in rows])


def _row(one: Settled, members: Sequence[str]) -> list[float] | None:
    """What each member gave the answer, NaN of who said nothing; even odds last."""
    by = {each.forecaster: each.of(one.answer) for each in one.forecasts}
    row = [by.get(name, float("nan")) for name in members]
    return None if np.isnan(row).all() else [*row, 1.0 / len(one.question.options)]


def _surprise(packed: Array, kind: NDArray[np.int64], said: Array) -> tuple[float, Array]:
    """−log posterior of θ (first row) and δ (one row a kind), with its gradient."""
    values = packed.reshape(-1, said.shape[1])
    silent = np.isnan(said)
    weights = np.where(silent, 0.0, np.exp(values[0] + values[1 + kind]))
    joint = weights * np.where(silent, 0.0, np.clip(said, _LEAST, 1.0))
    total, mean = weights.sum(axis=1, keepdims=True), joint.sum(axis=1, keepdims=True)
    pull = WORTH * (joint / mean - weights / total)
    spread = np.array([_MEMBER, *(_KIND for _ in values[1:])])[:, None]
    centre = np.zeros_like(values)
    centre[0, -1] = DOUBT
    gradient = (centre - values) / spread**2
    gradient[0] += pull.sum(axis=0)
    np.add.at(gradient, 1 + kind, pull)
    value = WORTH * np.log(mean / total).sum() - 0.5 * (((values - centre) / spread) ** 2).sum()
    return -float(value), -gradient.ravel()


def _bent(pool: Pool, settled: Sequence[Settled]) -> Pool:
    """With a and b of the second line, for a pool without them."""
    pairs = [
        (kind_of(one.question), mean[0], one.answer == YES)
        for one in settled
        if YES in one.question.options and (mean := pool.combined(one.question, one.forecasts)) is not None
    ]
    if not pairs:
        return pool
    kinds = sorted({kind for kind, _, _ in pairs})
    kind = np.array([kinds.index(one) for one, _, _ in pairs])
    odds = logit(np.clip([p for _, p, _ in pairs], _LEAST, 1 - _LEAST))
    sign = np.where([came for _, _, came in pairs], 1.0, -1.0)
    spread = np.array([*(_SHIFT for _ in kinds), _BEND])

    def surprise(at: Array) -> tuple[float, Array]:
        bend = np.exp(at[-1])
        given = sign * (at[kind] + bend * odds)
        pull = WORTH * sign * expit(-given)
        value = WORTH * np.logaddexp(0.0, -given).sum() + 0.5 * ((at / spread) ** 2).sum()
        slope = np.append(np.bincount(kind, pull, len(kinds)), (pull * odds).sum() * bend)
        return float(value), at / spread**2 - slope

    *shifts, log_bend = minimize(surprise, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x.tolist()
    return replace(pool, shifts=dict(zip(kinds, shifts, strict=True)), bend=float(np.exp(log_bend)))
