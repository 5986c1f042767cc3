"""What a sequential solver carries from week to week besides the state: as few numbers as will do.

A claim on a change speaks of two weeks. Its earlier half is carried as one number, and claims that look back
at the same place and weeks need no more numbers together than their contrasts have dimensions. The errors
that a group of claims shares are carried from its first claim to its last. Where the group speaks at two
times, only what both have in common is, in the span of the side that has fewer dimensions; what is left, and
all of a group that speaks once, is covariance within its chunk.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Weeks = tuple[tuple[int, float], ...]

_SAME = 1e-9  # part of a contrast, or of an error's variance, that is rounding


class Sum(NamedTuple):
    """A carried half: Σ weight · reach ⊗ contrast · state over ``weeks``, needed until the week ``last``."""

    reach: Array
    contrast: Array
    weeks: Weeks
    last: int


class Errors(NamedTuple):
    """Standard normal numbers with their first and last weeks, (claim, number, loading) of the claims that
    speak of them, and (claim, claim, covariance) within chunks, each pair once, beyond what these give."""

    lives: list[tuple[int, int]]
    loadings: list[tuple[int, int, float]]
    pairs: list[tuple[int, int, float]]


def halves(
    contrasts: Array, reach: Array, spoken: Sequence[Weeks], last: Index
) -> tuple[list[Sum], list[list[tuple[int, float]]]]:
    """The numbers carried, and of which each claim's earlier half is which combination.

    Of the claims with the same earlier places and weeks, those that are needed longest come first, and one
    whose contrast they span needs no number of its own: so no more are ever carried than have to be.
    """
    same: dict[tuple[bytes, Weeks], list[int]] = defaultdict(list)
    for claim in np.argsort(-last, kind="stable"):
        if len(spoken[claim]) > 1:
            same[reach[claim].tobytes(), spoken[claim][:-1]].append(int(claim))
    sums: list[Sum] = []
    of: list[list[tuple[int, float]]] = [[] for _ in spoken]
    for (_, weeks), claims in same.items():
        numbers: list[int] = []
        for claim in claims:
            contrast = contrasts[claim]
            if numbers:
                pivots = np.array([sums[number].contrast for number in numbers])
                parts = np.linalg.lstsq(pivots.T, contrast)[0]
                if np.abs(contrast - parts @ pivots).max() < _SAME * np.abs(contrast).max():
                    kept = zip(numbers, parts.tolist(), strict=True)
                    of[claim] = [(number, part) for number, part in kept if abs(part) > _SAME]
                    continue
            of[claim] = [(len(sums), 1.0)]
            numbers.append(len(sums))
            sums.append(Sum(reach[claim], contrast, weeks, int(last[claim])))
    return sums, of


def errors(units: Array, groups: Index, last: Index, chunk_of: Index) -> Errors:
    """Errors with covariance units · unitsᵀ in each group (−1 is none)."""
    found = Errors([], [], [])
    for members in _members(groups):
        times = np.unique(chunk_of[members])
        directions = np.empty((units.shape[1], 0))
        if len(times) == 2:
            sides = [_span(units[members[chunk_of[members] == time]]) for time in times]
            directions = min(sides, key=lambda side: side.shape[1])
        elif len(times) > 2:
            directions = _span(units[members])
        loadings = units[members] @ directions
        weeks = int(last[members].min()), int(last[members].max())
        for claim, row in zip(members.tolist(), loadings, strict=True):
            found.loadings.extend(
                (claim, len(found.lives) + at, float(row[at])) for at in np.flatnonzero(row).tolist()
            )
        found.lives.extend([weeks] * directions.shape[1])
        if len(times) < 3:
            rest = units[members] - loadings @ directions.T
            shared = (rest @ rest.T) * (chunk_of[members][:, None] == chunk_of[members])
            for one, other in zip(*np.nonzero(np.tril(np.abs(shared) > _SAME)), strict=True):
                found.pairs.append((int(members[one]), int(members[other]), float(shared[one, other])))
    return found


def _members(of: Index) -> Iterable[Index]:
    """Claims by group."""
    order = np.argsort(of, kind="stable")
    bounds = np.flatnonzero(np.diff(of[order])) + 1
    return [group for group in np.split(order, bounds) if len(group) and of[group[0]] >= 0]


def _span(rows: Array) -> Array:
    """An orthonormal basis of what these rows span, as columns."""
    values, vectors = np.linalg.eigh(rows.T @ rows)
    return np.asarray(vectors[:, values > _SAME * max(values.max(), 1e-300)])
