"""How much an observation is expected to tell of an answer, in bits."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def information(answer: Array, observed: Array) -> Array:
    """Mutual information in bits: ``answer`` (A,) are its probabilities, ``observed`` (A, ..., O) those
    of what may be observed under each answer. Shape (...), between 0 and the answer's entropy."""
    joint = answer.reshape(-1, *[1] * (observed.ndim - 1)) * observed
    marginal = joint.sum(axis=0)
    before = entropy(answer)
    with np.errstate(divide="ignore", invalid="ignore"):
        given = joint / marginal
        left = -(joint * np.where(joint > 0, np.log2(given), 0.0)).sum(axis=(0, -1))
    return np.asarray(np.clip(before - left, 0.0, before))


def entropy(chances: Array) -> float:
    """In bits."""
    kept = chances[chances > 0]
    return float(-(kept * np.log2(kept)).sum())
