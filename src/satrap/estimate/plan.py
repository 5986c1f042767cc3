"""The order in which a sequential solver meets the claims: what it has to carry from week to week.

The state of a week is the nation's and every place's log-ratios in I − 1 orthonormal contrasts. What else
ties claims of different weeks together is *carried*, one number each (``carried.py``): the earlier halves of
claims on changes, and the errors that a story's or a publisher's claims share.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import helmert

from satrap.estimate.carried import errors, halves
from satrap.estimate.functionals import Observations

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_CHUNK = 128  # claims taken in at once: enough for matrix products, few enough for their triangular solves


class Plan(NamedTuple):
    """Claims in solving order and what happens in each week; slots 0 … base − 1 are the week's state.

    ``order`` (J,) lists claims by their last week. Chunk c takes in order[chunks[c]:chunks[c + 1]], week t
    the chunks week_chunks[t]:week_chunks[t + 1], and it needs sizes[t] slots. Claim k of the order is the
    sparse row k of H (``rows``, ``slots``, ``values``), where values of kind 1 are to be multiplied by the
    size of a story's error, those of kind 2 by that of a publisher's. The slots a chunk speaks of are
    used[chunk_used[c]:chunk_used[c + 1]], ascending, and ``local`` says where among them each of ``slots``
    stands. In chunk c the errors of claims pair_one and pair_other of the order have further covariances
    chunk_pairs[c]:chunk_pairs[c + 1], pair_values times the squared size of pair_kinds. In week t the carried
    sums week_steps[t]:week_steps[t + 1] grow by their rows of sparse weights over the state (or begin, where
    ``step_new``), and the slots fresh[week_fresh[t]:week_fresh[t + 1]] begin as standard normal errors.
    """

    base: int
    order: Index
    chunks: Index
    week_chunks: Index
    sizes: Index
    rows: Index
    slots: Index
    local: Index
    values: Array
    kinds: Index
    chunk_used: Index
    used: Index
    chunk_pairs: Index
    pair_one: Index
    pair_other: Index
    pair_values: Array
    pair_kinds: Index
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
    base = contrasts.shape[1] * (seen.places.shape[1] + 1)
    reach = np.hstack([seen.places.sum(axis=1, keepdims=True), seen.places])
    spoken = [_spoken(seen, claim) for claim in range(count)]
    last = np.array([each[-1][0] for each in spoken], dtype=np.int64)
    order = np.lexsort((seen.stories, last))  # what one story tells in a week comes together
    chunks, week_chunks = _chunks(last[order], weeks)
    chunk_of = np.empty(count, dtype=np.int64)
    chunk_of[order] = np.repeat(np.arange(len(chunks) - 1), np.diff(chunks))

    sums, of_half = halves(contrasts, reach, spoken, last)
    units = contrasts / np.linalg.norm(contrasts, axis=1, keepdims=True)
    shared = [
        errors(units, of, last, chunk_of) for of in (seen.stories, np.where(seen.levels, seen.publishers, -1))
    ]
    lives = [(each.weeks[0][0], each.last) for each in sums]
    effects: list[list[tuple[int, float, int]]] = [[(n, v, 0) for n, v in half] for half in of_half]
    pairs: list[tuple[int, int, float, int]] = []
    for kind, found in enumerate(shared, start=1):
        for claim, number, value in found.loadings:
            effects[claim].append((len(lives) + number, value, kind))
        lives += found.lives
        pairs += [(one, other, value, kind) for one, other, value in found.pairs]
    slots_of, sizes = _allot(lives, base, weeks)

    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    paired = sorted((int(place[one]), int(place[other]), value, kind) for one, other, value, kind in pairs)
    pair_chunks = chunk_of[order[[pair[0] for pair in paired]]] if paired else np.empty(0, np.int64)
    rows: list[tuple[Index, Array, Index]] = []
    for claim in order:
        slots, values = _state_row(reach[claim], contrasts[claim])
        more = np.array(effects[claim], dtype=np.float64).reshape(-1, 3)
        rows.append(
            (
                np.concatenate([slots, slots_of[more[:, 0].astype(np.int64)]]),
                np.concatenate([spoken[claim][-1][1] * values, more[:, 1]]),
                np.concatenate([np.zeros(len(slots), np.int64), more[:, 2].astype(np.int64)]),
            )
        )
    starts, slots = _starts([len(row[0]) for row in rows]), _joined([row[0] for row in rows], np.int64)
    looked_up = [np.unique(slots[starts[a] : starts[b]], return_inverse=True) for a, b in pairwise(chunks)]
    steps = [
        (week, number, weight, at == 0)
        for number, each in enumerate(sums)
        for at, (week, weight) in enumerate(each.weeks)
    ]
    steps.sort(key=lambda step: step[0])
    grown = [_state_row(sums[number].reach, sums[number].contrast) for _, number, _, _ in steps]
    fresh = sorted(range(len(sums), len(lives)), key=lambda number: lives[number][0])
    return Plan(
        base=base,
        order=order,
        chunks=chunks,
        week_chunks=week_chunks,
        sizes=sizes,
        rows=starts,
        slots=slots,
        local=_joined([local for _, local in looked_up], np.int64),
        values=_joined([row[1] for row in rows], np.float64),
        kinds=_joined([row[2] for row in rows], np.int64),
        chunk_used=_starts([len(used) for used, _ in looked_up]),
        used=_joined([used for used, _ in looked_up], np.int64),
        chunk_pairs=_by_time(pair_chunks, len(chunks) - 1),
        pair_one=np.array([pair[0] for pair in paired], dtype=np.int64),
        pair_other=np.array([pair[1] for pair in paired], dtype=np.int64),
        pair_values=np.array([pair[2] for pair in paired], dtype=np.float64),
        pair_kinds=np.array([pair[3] for pair in paired], dtype=np.int64),
        week_steps=_by_time([step[0] for step in steps], weeks),
        step_slot=slots_of[np.array([step[1] for step in steps], dtype=np.int64)],
        step_rows=_starts([len(slots) for slots, _ in grown]),
        step_slots=_joined([slots for slots, _ in grown], np.int64),
        step_values=_joined(
            [step[2] * values for step, (_, values) in zip(steps, grown, strict=True)], np.float64
        ),
        step_new=np.array([step[3] for step in steps], dtype=np.bool_),
        week_fresh=_by_time([lives[number][0] for number in fresh], weeks),
        fresh=slots_of[np.array(fresh, dtype=np.int64)],
    )


def _state_row(reach: Array, contrast: Array) -> tuple[Index, Array]:
    """Slots and values of a functional of a week's state: of the nation, which every place shares, and of
    each place."""
    value = np.outer(reach, contrast).ravel()
    slots = np.flatnonzero(np.abs(value) > 1e-12)
    return slots, value[slots]


def _spoken(seen: Observations, claim: int) -> tuple[tuple[int, float], ...]:
    """(week, weight) pairs of a claim, in order of time."""
    start, end = seen.weeks.indptr[claim], seen.weeks.indptr[claim + 1]
    pairs = zip(seen.weeks.indices[start:end].tolist(), seen.weeks.data[start:end].tolist(), strict=True)
    return tuple(sorted(pairs))


def _allot(lives: Sequence[tuple[int, int]], base: int, weeks: int) -> tuple[Index, Index]:
    """A slot for everything carried, the lowest that is free; and the slots in use in each week."""
    slots, sizes = np.zeros(len(lives), dtype=np.int64), np.full(weeks, base, dtype=np.int64)
    free: list[int] = []
    ending: list[tuple[int, int]] = []  # last week and slot of what is carried
    for number in sorted(range(len(lives)), key=lambda number: lives[number]):
        first, last = lives[number]
        while ending and ending[0][0] < first:
            heappush(free, heappop(ending)[1])
        slot = heappop(free) if free else base + len(ending)
        heappush(ending, (last, slot))
        slots[number] = slot
        np.maximum(sizes[first : last + 1], slot + 1, out=sizes[first : last + 1])
    return slots, sizes


def _chunks(last: Index, weeks: int) -> tuple[Index, Index]:
    bounds, week_chunks = [0], [0]
    for week in range(weeks):
        start, end = np.searchsorted(last, [week, week + 1])
        bounds += [min(at + _CHUNK, int(end)) for at in range(int(start), int(end), _CHUNK)]
        week_chunks.append(len(bounds) - 1)
    return np.array(bounds, dtype=np.int64), np.array(week_chunks, dtype=np.int64)


def _by_time(sorted_times: Sequence[int] | Index, count: int) -> Index:
    return np.searchsorted(np.array(sorted_times, dtype=np.int64), np.arange(count + 1)).astype(np.int64)


def _starts(lengths: Iterable[int]) -> Index:
    return np.concatenate([[0], np.cumsum(list(lengths), dtype=np.int64)]).astype(np.int64)


def _joined(parts: Sequence[NDArray], kind: type) -> NDArray:  # type: ignore[type-arg]
    return np.concatenate([np.empty(0, dtype=kind), *parts]).astype(kind)
