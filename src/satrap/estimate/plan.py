"""The order in which a sequential solver meets the claims: what it has to carry from week to week.

The state of a week is the nation's and every place's log-ratios in I − 1 orthonormal contrasts. A claim on a
change speaks of two weeks, so its earlier half is *carried*: one number, whatever the size of the state, and
one for all claims with the same earlier half. What the claims of one story, or the level claims of one
publisher, have in common is carried from the first of them to the last.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import helmert

from satrap.estimate.functionals import Observations

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_CHUNK = 32  # claims taken in at once: enough for matrix products, few enough for their triangular solves
_SAME = 9  # decimals to which contrasts and weights must agree to share what is carried


class Plan(NamedTuple):
    """Claims in solving order and what happens in each week; slots 0 … base − 1 are the week's state.

    ``order`` (J,) lists claims by their last week. Chunk c takes in order[chunks[c]:chunks[c + 1]], week t
    the chunks week_chunks[t]:week_chunks[t + 1], and it needs sizes[t] slots. Claim k of the order is the
    sparse row k of H (``rows``, ``slots``, ``values``), where values of kind 1 are to be multiplied by the
    size of a story's error, those of kind 2 by that of a publisher's. ``alone`` (J, 2) is the squared
    loading of such errors that no other claim shares. In week t the carried sums week_steps[t]:week_steps[t
    + 1] grow by their rows of sparse weights over the state (or begin, where ``step_new``), and the slots
    fresh[week_fresh[t]:week_fresh[t + 1]] begin as standard normal errors.
    """

    base: int
    order: Index
    chunks: Index
    week_chunks: Index
    sizes: Index
    rows: Index
    slots: Index
    values: Array
    kinds: Index
    alone: Array
    week_steps: Index
    step_slot: Index
    step_rows: Index
    step_slots: Index
    step_values: Array
    step_new: NDArray[np.bool_]
    week_fresh: Index
    fresh: Index


def basis(institutions: int) -> Array:
    """Orthonormal contrasts of I institutions, (I, I − 1): Helmert's, the isometric log-ratio coordinates of
    Egozcue et al. (2003)."""
    return np.asarray(helmert(institutions).T)


def plan(seen: Observations) -> Plan:
    """Decide what is carried, where and for how long."""
    count, weeks = seen.weeks.shape
    contrasts = seen.contrasts @ basis(seen.contrasts.shape[1])
    span = contrasts.shape[1]
    base = span * (seen.places.shape[1] + 1)
    sign, pattern_of, patterns = _patterns(contrasts, seen.places)
    spoken = [_spoken(seen, claim) for claim in range(count)]
    last = np.array([each[-1][0] for each in spoken], dtype=np.int64)
    order = np.argsort(last, kind="stable")

    lives: list[tuple[int, int]] = []  # first and last week of everything that is carried
    carried: dict[tuple[object, ...], int] = {}
    carrier = np.full(count, -1, dtype=np.int64)
    steps: list[tuple[int, int, int, float, bool]] = []
    for claim in order:
        before = spoken[claim][:-1]
        if not before:
            continue
        key = (int(pattern_of[claim]), *before)
        if key not in carried:
            carried[key] = len(lives)
            lives.append((before[0][0], int(last[claim])))
            steps += [
                (week, carried[key], int(pattern_of[claim]), weight, number == 0)
                for number, (week, weight) in enumerate(before)
            ]
        carrier[claim] = carried[key]
        lives[carried[key]] = lives[carried[key]][0], int(last[claim])

    alone, started = np.zeros((count, 2)), len(lives)
    effects: list[list[tuple[int, float, int]]] = [[] for _ in range(count)]
    units = contrasts / np.linalg.norm(contrasts, axis=1, keepdims=True)
    for kind, of in enumerate((seen.stories, np.where(seen.levels, seen.publishers, -1))):
        for members in _groups(of):
            if len(members) == 1:
                alone[members[0], kind] = 1.0
                continue
            loadings = _loadings(units[members])
            slots = range(len(lives), len(lives) + loadings.shape[1])
            lives += [(int(last[members].min()), int(last[members].max()))] * loadings.shape[1]
            for claim, row in zip(members, loadings, strict=True):
                effects[claim] += [(slot, value, kind + 1) for slot, value in zip(slots, row, strict=True)]
    slots_of, sizes = _allot(lives, base, weeks)
    chunks, week_chunks = _chunks(last[order], weeks)
    rows: list[tuple[Index, Array, Index]] = []
    for claim in order:
        slots, values = patterns[pattern_of[claim]]
        shared = [(slots_of[number], value, kind) for number, value, kind in effects[claim]]
        if carrier[claim] >= 0:
            shared.append((slots_of[carrier[claim]], sign[claim], 0))
        more = np.array(shared, dtype=np.float64).reshape(-1, 3)
        rows.append(
            (
                np.concatenate([slots, more[:, 0].astype(np.int64)]),
                np.concatenate([sign[claim] * spoken[claim][-1][1] * values, more[:, 1]]),
                np.concatenate([np.zeros(len(slots), np.int64), more[:, 2].astype(np.int64)]),
            )
        )
    steps.sort(key=lambda step: step[0])
    fresh = sorted(range(started, len(lives)), key=lambda number: lives[number][0])
    return Plan(
        base=base,
        order=order,
        chunks=chunks,
        week_chunks=week_chunks,
        sizes=sizes,
        rows=_starts([len(row[0]) for row in rows]),
        slots=_joined([row[0] for row in rows], np.int64),
        values=_joined([row[1] for row in rows], np.float64),
        kinds=_joined([row[2] for row in rows], np.int64),
        alone=alone[order],
        week_steps=_by_week([step[0] for step in steps], weeks),
        step_slot=slots_of[np.array([step[1] for step in steps], dtype=np.int64)],
        step_rows=_starts([len(patterns[step[2]][0]) for step in steps]),
        step_slots=_joined([patterns[step[2]][0] for step in steps], np.int64),
        step_values=_joined([step[3] * patterns[step[2]][1] for step in steps], np.float64),
        step_new=np.array([step[4] for step in steps], dtype=np.bool_),
        week_fresh=_by_week([lives[number][0] for number in fresh], weeks),
        fresh=slots_of[np.array(fresh, dtype=np.int64)],
    )


def _spoken(seen: Observations, claim: int) -> tuple[tuple[int, float], ...]:
    """(week, weight) pairs of a claim, in order of time."""
    start, end = seen.weeks.indptr[claim], seen.weeks.indptr[claim + 1]
    pairs = zip(seen.weeks.indices[start:end].tolist(), seen.weeks.data[start:end].tolist(), strict=True)
    return tuple(sorted(pairs))


def _patterns(contrasts: Array, places: Array) -> tuple[Array, Index, list[tuple[Index, Array]]]:
    """Sign (J,), number of the pattern (J,), and each pattern's slots and values: places × contrasts up to
    sign, over the nation (which every place shares) and the places."""
    count = len(contrasts)
    rounded = contrasts.round(_SAME)
    leading = rounded[np.arange(count), (rounded != 0).argmax(axis=1)] if count else np.empty(0)
    sign = np.where(leading < 0, -1.0, 1.0)
    rows = np.hstack([places.sum(axis=1, keepdims=True), places, contrasts * sign[:, None]]).round(_SAME)
    found, first, of = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    patterns = []
    for claim in first:
        reach = np.append(places[claim].sum(), places[claim])
        value = np.outer(reach, contrasts[claim] * sign[claim]).ravel()
        slots = np.flatnonzero(np.abs(value) > 1e-12)
        patterns.append((slots, value[slots]))
    return sign, of.reshape(-1).astype(np.int64) if len(found) else np.empty(0, np.int64), patterns


def _groups(of: Index) -> list[Index]:
    """Claims by group; group −1 is none."""
    order = np.argsort(of, kind="stable")
    bounds = np.flatnonzero(np.diff(of[order])) + 1
    return [group for group in np.split(order, bounds) if len(group) and of[group[0]] >= 0]


def _loadings(units: Array) -> Array:
    """Loadings on as few independent errors as give the claims of a group the correlations units · unitsᵀ."""
    values, vectors = np.linalg.eigh(units.T @ units)
    return np.asarray(units @ vectors[:, values > 1e-9 * max(values.max(), 1e-300)])


def _allot(lives: Sequence[tuple[int, int]], base: int, weeks: int) -> tuple[Index, Index]:
    """A slot for everything carried, the lowest that is free; and the slots in use in each week."""
    slots, sizes = np.zeros(len(lives), dtype=np.int64), np.full(weeks, base, dtype=np.int64)
    free_from: list[int] = []  # week from which each carrying slot may be used again
    for number in sorted(range(len(lives)), key=lambda number: lives[number]):
        first, last = lives[number]
        found = next((slot for slot, week in enumerate(free_from) if week <= first), len(free_from))
        if found == len(free_from):
            free_from.append(0)
        free_from[found] = last + 1
        slots[number] = base + found
        np.maximum(sizes[first : last + 1], base + found + 1, out=sizes[first : last + 1])
    return slots, sizes


def _chunks(last: Index, weeks: int) -> tuple[Index, Index]:
    bounds, week_chunks = [0], [0]
    for week in range(weeks):
        start, end = np.searchsorted(last, [week, week + 1])
        bounds += [min(at + _CHUNK, int(end)) for at in range(int(start), int(end), _CHUNK)]
        week_chunks.append(len(bounds) - 1)
    return np.array(bounds, dtype=np.int64), np.array(week_chunks, dtype=np.int64)


def _by_week(sorted_weeks: Sequence[int], weeks: int) -> Index:
    return np.searchsorted(np.array(sorted_weeks, dtype=np.int64), np.arange(weeks + 1)).astype(np.int64)


def _starts(lengths: Iterable[int]) -> Index:
    return np.concatenate([[0], np.cumsum(list(lengths), dtype=np.int64)]).astype(np.int64)


def _joined(parts: Sequence[NDArray], kind: type) -> NDArray:  # type: ignore[type-arg]
    return np.concatenate([np.empty(0, dtype=kind), *parts]).astype(kind)
