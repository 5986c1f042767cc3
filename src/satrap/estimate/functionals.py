"""Claims as numbers: the functional of the latent surface that each speaks of, and the bounds it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Functional:
    """f = Σ over institutions, places, weeks of contrast · places · weeks · z, and the bounds of f + noise.

    ``contrast`` (I,) is turned so that what the claim asserts is upward; ``places`` (P,) sums to one;
    ``weeks`` holds (week, weight) pairs; ``lower`` and ``upper`` are multiples of the cut, possibly infinite;
    ``news`` is −1 for a reported loss, 1 for a reported gain, and moves the lower bound by the bad-news bias.
    The three ``log_`` terms add up to the logarithm of the claim's noise relative to a stated claim by a
    source of weight one: ``log_noise`` is fixed, the other two are scaled by a learned power.
    """

    claim: str
    story: str
    contrast: Array
    places: Array
    weeks: tuple[tuple[int, float], ...]
    lower: float = 0.0
    upper: float = np.inf
    news: float = 0.0
    log_noise: float = 0.0
    log_source: float = 0.0
    log_certainty: float = 0.0


@dataclass(frozen=True, eq=False)
class Observations:
    """J functionals as arrays: contrasts (J, I) centred, places (J, P), weeks (J, T) sparse, others (J,)."""

    claims: tuple[str, ...]
    contrasts: Array
    places: Array
    weeks: csr_array
    lower: Array
    upper: Array
    news: Array
    log_noise: Array
    log_source: Array
    log_certainty: Array
    stories: NDArray[np.int64]

    @classmethod
    def stack(cls, rows: Sequence[Functional], institutions: int, places: int, weeks: int) -> Self:
        """Line up the functionals of a surface with I institutions, P places and T weeks."""
        contrasts = np.array([row.contrast for row in rows]).reshape(-1, institutions)
        entries = [(number, week, weight) for number, row in enumerate(rows) for week, weight in row.weeks]
        where = np.array([entry[:2] for entry in entries], dtype=np.int64).reshape(-1, 2)
        names = {story: number for number, story in enumerate(dict.fromkeys(row.story for row in rows))}
        return cls(
            claims=tuple(row.claim for row in rows),
            contrasts=contrasts - contrasts.mean(axis=1, keepdims=True),
            places=np.array([row.places for row in rows]).reshape(-1, places),
            weeks=csr_array(
                (np.array([entry[2] for entry in entries], dtype=np.float64), tuple(where.T)),
                shape=(len(rows), weeks),
            ),
            lower=np.array([row.lower for row in rows], dtype=np.float64),
            upper=np.array([row.upper for row in rows], dtype=np.float64),
            news=np.array([row.news for row in rows], dtype=np.float64),
            log_noise=np.array([row.log_noise for row in rows], dtype=np.float64),
            log_source=np.array([row.log_source for row in rows], dtype=np.float64),
            log_certainty=np.array([row.log_certainty for row in rows], dtype=np.float64),
            stories=np.array([names[row.story] for row in rows], dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.claims)
