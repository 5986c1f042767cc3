"""Answers given a latent: binary and ordered items, their maximum-likelihood fit, scores and standard errors.

Row n (a country in a year, a story) has a latent θ ~ N(0, 1); item i (an indicator, a teller) answers in
category k = 0 … K − 1 with

    P(answer ≥ k) = F(slope_i θ + bias_ik),   bias_i1 > bias_i2 > …       graded response (Samejima 1969)

which for K = 2 is the two-parameter model. An answer is thus a noisy value that fell between two bounds, as a
claim is in ``likelihood.py``: with F = Φ the two are one, ``slope`` being one over a claim's noise and
``bias`` its bad-news bias in units of that noise. Published indices mostly use the logistic F.

The latent is integrated out by Gauss–Hermite quadrature around each row's own posterior mean, as wide as its
posterior standard deviation (Naylor & Smith 1982; Rabe-Hesketh, Skrondal & Pickles 2005). That, with seven
points, is what Stata's ``irt`` does unless told otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit, log_expit, logsumexp, softmax

from satrap.errors import EstimateError
from satrap.estimate.likelihood import interval_probit

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Response = Callable[[Array, Array], tuple[Array, Array, Array]]

_ROUNDS = 100  # of moving the nodes, and of climbing again; some ten are enough
_SETTLED = 1e-6  # the last change of any item or node, in units of the latent
_RUNAWAY = 30.0  # a slope that means: none is finite


def logistic(lower: Array, upper: Array) -> tuple[Array, Array, Array]:
    """log P(lower < noise < upper) for logistic noise, and its slopes in ``lower`` and ``upper`` (any shape;
    bounds may be infinite)."""
    between = np.exp(lower - upper)
    shared = between / (1 - between)
    log_p = log_expit(upper) + log_expit(-lower) + np.log1p(-between)
    return log_p, -expit(lower) - shared, expit(-upper) + shared


def probit(lower: Array, upper: Array) -> tuple[Array, Array, Array]:
    """The same for standard normal noise: the estimator's likelihood of a claim."""
    log_p, _, _ = interval_probit(np.zeros_like(lower), lower, upper, np.ones_like(lower))
    density = [np.exp(-0.5 * bound**2 - 0.5 * np.log(2 * np.pi) - log_p) for bound in (lower, upper)]
    return log_p, -density[0], density[1]


@dataclass(frozen=True, eq=False)
class Answers:
    """J answers: ``rows``, ``items`` and ``values`` (J,), counted from 0; what was not answered is left out.

    ``shape`` is the number of rows N and of items I; ``counts`` (N,) says how often each row occurs.
    """

    rows: Index
    items: Index
    values: Index
    shape: tuple[int, int]
    counts: Array

    @classmethod
    def of(cls, table: Array) -> tuple["Answers", Index]:
        """From a table (rows × items) with NaN where there is no answer. Rows alike are kept once; the index
        (rows,) says which kept row each was."""
        patterns, index, counts = np.unique(
            table, axis=0, return_inverse=True, return_counts=True, equal_nan=True
        )
        rows, items = np.nonzero(np.isfinite(patterns))
        values = patterns[rows, items].astype(np.int64)
        return cls(rows, items, values, patterns.shape, counts.astype(np.float64)), index.ravel()


class Items(NamedTuple):
    """``slope`` (I,): how far the latent shows in the answer; ``bias`` (I, K − 1) falls along each row."""

    slope: Array
    bias: Array


class Scores(NamedTuple):
    """Of the latent given a row's answers, (N,): its mean (expected a posteriori) and standard deviation,
    which is the standard error that is published beside it."""

    mean: Array
    sd: Array


def at_nodes(
    items: Items, which: Index, values: Index, nodes: Array, response: Response
) -> tuple[Array, Array, Array]:
    """log P of answers (C,) at nodes (C, Q) or (Q,), and its slopes in the bounds, (C, Q) each.

    The slope in slope · θ is minus their sum; in the bias of ``values`` minus the first, in that of
    ``values + 1`` minus the second.
    """
    ends = np.full((len(items.slope), 1), np.inf)
    bias = np.hstack([ends, items.bias, -ends])
    value = items.slope[which][:, None] * nodes
    return response(-(value + bias[which, values][:, None]), -(value + bias[which, values + 1][:, None]))


def two_parameter(answers: Answers, response: Response = logistic, points: int = 7) -> Items:
    """Items by marginal maximum likelihood. The latent points where the sum of their slopes is positive.

    Raises EstimateError if an item has no answers in one of the categories, or if the likelihood rises
    without end, as where items repeat each other.
    """
    shares = _shares(answers)
    first = np.log(shares / (1 - shares))
    packed = np.concatenate([np.ones(len(first)), first[:, 0], np.log(-np.diff(first, axis=1)).ravel()])
    known = Scores(np.zeros(answers.shape[0]), np.ones(answers.shape[0]))
    for _ in range(_ROUNDS):
        known = _settled(_unpacked(packed, len(first)), answers, known, response, points)
        grid = _Grid.around(known, answers.rows, points)
        climbed = minimize(_surprise, packed, (answers, grid, response), jac=True, method="BFGS").x
        moved = float(np.abs(climbed - packed).max())
        packed = climbed
        items = _unpacked(packed, len(first))
        if np.abs(items.slope).max() > _RUNAWAY:
            raise EstimateError(
                "an item follows the latent without error: its slope has no finite estimate",
                remedy="leave out items that repeat another",
            )
        if moved < _SETTLED:
            break
    return Items(float(np.sign(items.slope.sum()) or 1.0) * items.slope, items.bias)


def scores(items: Items, answers: Answers, response: Response = logistic, points: int = 7) -> Scores:
    """Of every row, by items that are known. A row without answers has the prior's 0 and 1."""
    start = Scores(np.zeros(answers.shape[0]), np.ones(answers.shape[0]))
    return _settled(items, answers, start, response, points)


def _shares(answers: Answers) -> Array:
    """Share of an item's answers that are at least k, (I, K − 1)."""
    levels = max(int(answers.values.max(initial=0)) + 1, 2)
    table = np.zeros((answers.shape[1], levels))
    np.add.at(table, (answers.items, answers.values), answers.counts[answers.rows])
    for item, category in np.argwhere(table == 0):
        raise EstimateError(
            f"item {item} has no answer in category {category} of 0 to {levels - 1}",
            remedy="leave it out, or merge categories",
        )
    above = np.cumsum(table[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(above[:, 1:] / above[:, :1])


class _Grid(NamedTuple):
    """Nodes and log weights by row (N, Q) and the rows' answers as a sum over answers, (N, J)."""

    nodes: Array
    log_weights: Array
    sums: csr_array
    rows: Index

    @classmethod
    def around(cls, scores: Scores, rows: Index, points: int) -> "_Grid":
        x, weights = np.polynomial.hermite_e.hermegauss(points)
        nodes = scores.mean[:, None] + scores.sd[:, None] * x
        # ∫ g(θ) N(θ; 0, 1) dθ at nodes drawn for N(mean, sd²): each is weighed by the ratio of the densities
        log_weights = (
            np.log(weights / weights.sum()) + 0.5 * x**2 - 0.5 * nodes**2 + np.log(scores.sd)[:, None]
        )
        shape = len(scores.mean), len(rows)
        return cls(
            nodes, log_weights, csr_array((np.ones(len(rows)), (rows, np.arange(len(rows)))), shape), rows
        )


def _surprise(packed: Array, answers: Answers, grid: _Grid, response: Response) -> tuple[float, Array]:
    """−log p(answers) with its gradient in the packed items."""
    count = answers.shape[1]
    items, nodes = _unpacked(packed, count), grid.nodes[grid.rows]
    log_p, at_lower, at_upper = at_nodes(items, answers.items, answers.values, nodes, response)
    joint = grid.sums @ log_p + grid.log_weights
    total = logsumexp(joint, axis=1)
    expected = (answers.counts[:, None] * np.exp(joint - total[:, None]))[grid.rows]
    slope = -np.bincount(answers.items, (expected * nodes * (at_lower + at_upper)).sum(axis=1), count)
    bias = np.zeros((count, items.bias.shape[1] + 2))
    np.add.at(bias, (answers.items, answers.values), -(expected * at_lower).sum(axis=1))
    np.add.at(bias, (answers.items, answers.values + 1), -(expected * at_upper).sum(axis=1))
    # bias_k is the first less the gaps up to k, so a gap moves all that come after it
    after = np.cumsum(bias[:, -2:0:-1], axis=1)[:, ::-1]
    gaps = after[:, 1:] * np.diff(items.bias, axis=1)
    gradient = np.concatenate([slope, after[:, 0], gaps.ravel()])
    return -float(answers.counts @ total), -gradient


def _unpacked(packed: Array, count: int) -> Items:
    gaps = np.exp(packed[2 * count :].reshape(count, -1))
    first = packed[count : 2 * count, None]
    return Items(packed[:count], np.hstack([first, first - np.cumsum(gaps, axis=1)]))


def _settled(items: Items, answers: Answers, known: Scores, response: Response, points: int) -> Scores:
    """Scores at nodes that lie where the scores themselves say, beginning with those ``known``."""
    for _ in range(_ROUNDS):
        grid = _Grid.around(known, answers.rows, points)
        log_p, _, _ = at_nodes(items, answers.items, answers.values, grid.nodes[grid.rows], response)
        weights = softmax(grid.sums @ log_p + grid.log_weights, axis=1)
        mean = (weights * grid.nodes).sum(axis=1)
        sd = np.sqrt((weights * (grid.nodes - mean[:, None]) ** 2).sum(axis=1))
        # Where a row has many answers all weight falls on one node at first: nodes close in step by step
        again = Scores(mean, np.maximum(sd, known.sd / 2))
        moved = max(float(np.abs(new - old).max()) for new, old in zip(again, known, strict=True))
        known = again
        if moved < _SETTLED:
            break
    return known
