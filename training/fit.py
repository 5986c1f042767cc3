"""Logistic models by L-BFGS: of classes, with a penalty a block of weights, and of one outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]
ROUNDS = 70  # further ones change no figure in its second digit


@dataclass(frozen=True, slots=True)
class Softmax:
    """``by_name`` (features, classes), ``by_sense`` (dimensions, classes), ``bias`` (classes,)."""

    by_name: Floats
    by_sense: Floats
    bias: Floats

    def __call__(self, names: csr_matrix, senses: Floats) -> Floats:
        """Probabilities, shape (cases, classes)."""
        return _softmax(names @ self.by_name + senses @ self.by_sense + self.bias)


def softmax(
    names: csr_matrix,
    senses: Floats,
    wanted: Floats,
    weights: Floats,
    penalties: tuple[float, float],
    start: Softmax | None = None,
) -> Softmax:
    """Minimises the weighted cross-entropy to ``wanted`` (cases, classes), each block's squares penalised.

    From ``start``, which is near already, half the rounds do.
    """
    classes = wanted.shape[1]
    shapes = [(names.shape[1], classes), (senses.shape[1], classes), (classes,)]
    cuts = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes)])
    transposed = names.T.tocsr()
    each = weights[:, None]

    def blocks(flat: npt.NDArray[np.float64]) -> list[Floats]:
        small = flat.astype(np.float32)
        return [
            small[start:end].reshape(shape) for start, end, shape in zip(cuts, cuts[1:], shapes, strict=False)
        ]

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        by_name, by_sense, bias = blocks(flat)
        given = _softmax(names @ by_name + senses @ by_sense + bias)
        total = -float((each * wanted * np.log(given + 1e-12)).sum(dtype=np.float64))
        rest = (given - wanted) * each
        slopes = [transposed @ rest, senses.T @ rest, rest.sum(0)]
        for block, slope, penalty in zip((by_name, by_sense), slopes, penalties, strict=False):
            total += penalty / 2 * float((block.astype(np.float64) ** 2).sum())
            slope += penalty * block
        return total, np.concatenate([slope.ravel() for slope in slopes]).astype(np.float64)

    first, rounds = np.zeros(cuts[-1]), ROUNDS
    if start is not None:
        first = np.concatenate([start.by_name.ravel(), start.by_sense.ravel(), start.bias]).astype(np.float64)
        rounds = ROUNDS // 2
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return Softmax(*blocks(found.x))


def logistic(evidence: Floats, right: Sequence[bool], penalty: float = 1.0) -> Floats:
    """Weights of a logistic model of one outcome; shape (evidence,)."""
    signs = np.where(np.array(right), 1.0, -1.0)
    given = evidence.astype(np.float64)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = signs * (given @ weights)
        total = float(np.logaddexp(0, -scores).sum()) + penalty / 2 * float(weights @ weights)
        slope = -given.T @ (signs / (1 + np.exp(scores))) + penalty * weights
        return total, slope

    found = minimize(loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, np.float32)


def _softmax(scores: Floats) -> Floats:
    scores = scores - scores.max(1, keepdims=True)
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(1, keepdims=True), np.float32)
