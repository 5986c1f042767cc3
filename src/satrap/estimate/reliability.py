"""Sources as noisy answerers: what each is worth, learned from disagreement, and how far they err together.

A question (did the office lose its cases?) has the answer x = 1, yes, or x = −1, no. Stories tell of it, and
in each some tellers say yes or no:

    yes  ⇔  slope_j (x + s u) + bias_j + ε > 0,     u ~ N(0, 1) of the story, ε ~ N(0, 1) of the answer

So does a claim speak in the estimator, where a contrast of offices stands for x: ``slope`` is one over the
teller's noise (``surface.own_noise_sd``), ``bias`` its readiness to say yes whatever is the case
(``Hyper.bad_news``), and s u the error that a story's tellers share (``surface.story_sd``): the answers of
one story are worth ``worth`` answers, while stories add up. With s = 0 all answers are independent (Dawid &
Skene 1979, Applied Statistics 28, 20–28, in probit form). Slopes and biases spread around those of the
teller's group, such as its publisher, and groups around a prior; how far tellers spread is learned.

Answers alone tell how much tellers agree, not how much of that is truth and how much a common error,
e = s² / (1 + s²). So e is weighed by questions whose answer is known, and without any stays at its prior.

A slope below zero is a teller more often wrong than right. The estimator's noise is positive: it has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit, log_expit, logsumexp

from satrap.errors import EstimateError
from satrap.estimate.items import Items, at_nodes, probit

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Pair = tuple[float, float]

ERRORS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)  # prior: any of these shares e of agreement, all alike
_POINTS = 15  # of the quadrature over what a story shares
_ROUNDS, _SETTLED = 10, 0.02  # of learning how far tellers spread: the most; the relative change that ends it
_MEAN = ((1.0, 1.0), (0.0, 1.0))  # prior: mean and spread of groups' slopes, and of their biases
_SPREAD = (0.5, 0.7)  # prior: how far the tellers of a group lie from it in slope and in bias …
_WORTH = 2.0  # … which counts as much as so many tellers


def worth(answers: Array, share: Array | float) -> Array:
    """Independent answers that n answers of one story are worth: n / (1 + (n − 1) ρ) (Kish 1965)."""
    return np.asarray(answers / (1 + (answers - 1) * share))


@dataclass(frozen=True, eq=False)
class Statements:
    """J answers: ``story`` and ``teller`` (J,), ``yes`` (J,) 0 or 1; ``question`` (S,) of each story and
    ``group`` (M,) of each teller. All are counted from 0."""

    story: Index
    teller: Index
    yes: Index
    question: Index
    group: Index


@dataclass(frozen=True, eq=False)
class Tellers:
    """Tellers if ``error`` of what a story's tellers agree on is error.

    ``slope`` and ``bias`` (M,); ``spread`` of both within a group; ``prevalence`` of yes among questions;
    ``log_odds`` (N,) that the answer to each question is yes.
    """

    error: float
    slope: Array
    bias: Array
    spread: Pair
    prevalence: float
    log_odds: Array

    @property
    def share(self) -> float:
        """ρ: what a story shares of the noise variance of a teller of mean slope."""
        shared = float(self.slope.mean()) ** 2 * self.error / (1 - self.error)
        return shared / (1 + shared)


class Verdict(NamedTuple):
    """``probability`` (N,) that the answer to each question is yes; ``weights`` of the candidates; ``share``,
    their mean ρ."""

    probability: Array
    weights: Array
    share: float


def tellers(said: Statements, error: float) -> Tellers:
    """Slopes, biases and prevalence at the mode of their posterior, truth and common error integrated out;
    spreads by EM, with each teller's uncertainty from the curvature at its mode.

    Raises EstimateError without answers, or if ``error`` is not in [0, 1).
    """
    if not len(said.yes):
        raise EstimateError("no answers", remedy="reliability is learned from what sources say")
    if not 0 <= error < 1:
        raise EstimateError(f"a common error of {error:g}", remedy="it is at least 0 and below 1")
    model, spread = _Model.of(said, error), _SPREAD
    packed = model.start()
    for _ in range(_ROUNDS):
        packed = minimize(model.surprise, packed, (spread,), jac=True, method="L-BFGS-B",
                          options={"maxiter": 100, "maxcor": 30}).x  # fmt: skip
        before, spread = spread, model.spreads(packed, spread)
        if all(abs(new / old - 1) < _SETTLED for new, old in zip(spread, before, strict=True)):
            break
    part = model.parts(packed)
    return Tellers(
        error, part.values[0], part.values[1], spread, float(expit(part.odds)), model.told(part).log_odds
    )


def verdict(candidates: Sequence[Tellers], known: Index, answers: Index) -> Verdict:
    """Weigh common errors by questions ``known`` (L,) with their ``answers`` (L,), 0 or 1, and average.

    The likelihood of the statements has no part in the weights: it takes any two heaps of stories for yes and
    no. With nothing known all candidates weigh the same.
    """
    log_odds = np.array([one.log_odds for one in candidates])
    told = log_expit((2.0 * answers - 1.0) * log_odds[:, known]).sum(axis=1)
    weights = np.exp(told - logsumexp(told))
    return Verdict(weights @ expit(log_odds), weights, float(weights @ [one.share for one in candidates]))


class _Parts(NamedTuple):
    """The packed vector by name: slopes, biases of tellers (2, M) and of groups (2, G), log odds of yes."""

    values: Array
    means: Array
    odds: float


class _Told(NamedTuple):
    """What answers say at one setting: log p of all; log odds (N,); by cell and node (C, 2Q) how many answers
    are expected there, and the slope of log P in slope × node + bias."""

    total: float
    log_odds: Array
    expected: Array
    slopes: Array


@dataclass(frozen=True, eq=False)
class _Model:
    """A teller's answers yes are alike at every node, as are its answers no: each is one *cell*, C = 2M, and
    ``stories`` (S, C) counts a story's answers by cell. ``nodes`` (2Q,): Q for "no", then Q for "yes"."""

    said: Statements
    stories: csr_array
    questions: csr_array
    nodes: Array
    log_weights: Array

    @classmethod
    def of(cls, said: Statements, error: float) -> "_Model":
        x, weights = np.polynomial.hermite_e.hermegauss(_POINTS)
        shared, count, tellers = np.sqrt(error / (1 - error)) * x, len(said.question), len(said.group)
        cell = said.teller + tellers * said.yes
        by_question = said.question, np.arange(count)
        return cls(
            said=said,
            stories=csr_array((np.ones(len(cell)), (said.story, cell)), (count, 2 * tellers)),
            questions=csr_array((np.ones(count), by_question), (int(said.question.max()) + 1, count)),
            nodes=np.concatenate([shared - 1, shared + 1]),
            log_weights=np.log(weights / weights.sum()),
        )

    def start(self) -> Array:
        values = np.repeat([mean for mean, _ in _MEAN], len(self.said.group))
        means = np.repeat([mean for mean, _ in _MEAN], int(self.said.group.max()) + 1)
        return np.concatenate([values, means, [0.0]])

    def parts(self, packed: Array) -> _Parts:
        ends = 2 * len(self.said.group)
        return _Parts(packed[:ends].reshape(2, -1), packed[ends:-1].reshape(2, -1), float(packed[-1]))

    def told(self, part: _Parts) -> _Told:
        count = part.values.shape[1]
        cells = np.tile(np.arange(count), 2), np.repeat([0, 1], count)
        items = Items(part.values[0], part.values[1][:, None])
        log_p, at_lower, at_upper = at_nodes(items, *cells, self.nodes, probit)
        joint = (self.stories @ log_p).reshape(len(self.said.question), 2, -1) + self.log_weights
        by_answer = logsumexp(joint, axis=2)
        chances = self.questions @ by_answer + log_expit(part.odds * np.array([-1.0, 1.0]))
        total = logsumexp(chances, axis=1)
        weigh = (chances - total[:, None])[self.said.question] - by_answer
        weights = np.exp(joint + weigh[:, :, None]).reshape(len(joint), -1)
        return _Told(
            float(total.sum()),
            chances[:, 1] - chances[:, 0],
            self.stories.T @ weights,
            -(at_lower + at_upper),
        )

    def surprise(self, packed: Array, spread: Pair) -> tuple[float, Array]:
        """−log posterior with its gradient."""
        part = self.parts(packed)
        told, within, (mean, wide) = self.told(part), np.array(spread)[:, None], np.array(_MEAN).T[:, :, None]
        pull = told.expected * told.slopes
        likelihood = self._by_teller(np.stack([pull @ self.nodes, pull.sum(axis=1)]))
        apart = (part.values - part.means[:, self.said.group]) / within
        off = (part.means - mean) / wide
        value = told.total - 0.5 * ((apart**2).sum() + (off**2).sum() + part.odds**2)
        groups = (
            np.stack([np.bincount(self.said.group, row, off.shape[1]) for row in apart / within]) - off / wide
        )
        odds = (expit(told.log_odds) - expit(part.odds)).sum() - part.odds
        return -value, -np.concatenate([(likelihood - apart / within).ravel(), groups.ravel(), [odds]])

    def spreads(self, packed: Array, spread: Pair) -> Pair:
        """How far tellers lie from their groups: mean square distance of modes plus their own uncertainty."""
        part = self.parts(packed)
        told = self.told(part)
        weight = told.expected * told.slopes**2
        information = self._by_teller(np.stack([weight @ self.nodes**2, weight.sum(axis=1)]))
        variance = 1 / (information + 1 / np.array(spread)[:, None] ** 2)
        squares = ((part.values - part.means[:, self.said.group]) ** 2 + variance).sum(axis=1)
        found = np.sqrt((squares + _WORTH * np.array(_SPREAD) ** 2) / (part.values.shape[1] + _WORTH))
        return float(found[0]), float(found[1])

    def _by_teller(self, by_cell: Array) -> Array:
        """Sums over a teller's two cells, (2, C) to (2, M)."""
        return np.asarray(by_cell.reshape(len(by_cell), 2, -1).sum(axis=1))
