"""Near-duplicates: reports with much the same words.

Texts are compared by their runs of five words. Pairs worth comparing are found by MinHash sketches, parts of
which fall into the same bucket (Broder 1997, doi:10.1109/SEQUEN.1997.666900; Leskovec et al., Mining of
Massive Datasets, ch. 3), so that work grows with the number of reports and not with its square.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from satrap.reading.stories.link import Link

Hashes = NDArray[np.uint64]

SHINGLE = 5  # words; the usual length for news text
ALIKE = 0.3  # share of common runs from which two texts are rewrites of one

BANDS = 64  # of two hashes each: of pairs with 30% in common, 1 − (1 − 0.3²)^64 = 99.8% meet in a bucket
NEIGHBOURS = 16  # that a report is compared with in one bucket, however full it is
LIKELY = 0.18  # share of equal hashes below which a pair is not worth counting: three deviations below 0.3
CHUNK = 1 << 16  # pairs

_WORD = re.compile(r"\w+")


def near_duplicates(texts: Sequence[str]) -> Iterator[Link]:
    """Pairs of texts with at least ``ALIKE`` of their runs in common, by position."""
    vocabulary: dict[str, int] = {}
    sketches = np.full((len(texts), 2 * BANDS), _NOTHING)
    for at, text in enumerate(texts):
        found = _shingles(text, vocabulary)
        if len(found):
            sketches[at] = _sketch(found)
    told = np.flatnonzero((sketches != _NOTHING).any(axis=1))

    @lru_cache(maxsize=4096)
    def shingles(at: int) -> Hashes:
        return _shingles(texts[at], vocabulary)

    for a, b in _candidates(sketches[told]):
        first, second = int(told[a]), int(told[b])
        common = len(np.intersect1d(shingles(first), shingles(second), assume_unique=True))
        alike = common / (len(shingles(first)) + len(shingles(second)) - common)
        if alike >= ALIKE:
            yield Link(first, second, alike, f"{alike:.0%} of {SHINGLE}-word runs in common")


def _shingles(text: str, vocabulary: dict[str, int]) -> Hashes:
    """A hash for each different run of words, sorted."""
    words = _WORD.findall(text.casefold())
    for word in words:
        if word not in vocabulary:
            vocabulary[word] = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
    hashes = np.array([vocabulary[word] for word in words], dtype=np.uint64)
    count = len(words) - SHINGLE + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    return np.unique(sum(hashes[at : at + count] * _PLACE[at] for at in range(SHINGLE)))


def _sketch(shingles: Hashes) -> NDArray[np.uint32]:
    """The smallest of the hashes under each of many multiply-shift functions (Dietzfelbinger et al. 1997)."""
    mixed = (_FACTOR[:, None] * shingles[None, :] + _TERM[:, None]) >> np.uint64(32)
    return np.asarray(mixed.min(axis=1), dtype=np.uint32)


def _candidates(sketches: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs (a < b) that share a bucket and whose sketches say that they are likely alike, each once."""
    size = len(sketches)
    met = [np.empty(0, dtype=np.int64)]
    for band in range(BANDS):
        keys = sketches[:, 2 * band].astype(np.uint64) << np.uint64(32) | sketches[:, 2 * band + 1]
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        for step in range(1, min(NEIGHBOURS, size - 1) + 1):
            same = np.flatnonzero(keys[step:] == keys[:-step])
            if not len(same):
                break
            met.append(order[same] * size + order[same + step])  # a < b: the sort is stable
        if band % 8 == 7:
            met = [np.unique(np.concatenate(met))]
    [pairs] = met
    for at in range(0, len(pairs), CHUNK):
        a, b = np.divmod(pairs[at : at + CHUNK], size)
        likely = (sketches[a] == sketches[b]).mean(axis=1) >= LIKELY
        yield from zip(a[likely].tolist(), b[likely].tolist(), strict=True)


_NOTHING = np.uint32(0xFFFFFFFF)
_random = np.random.default_rng(1997)


def _odd(count: int) -> Any:
    return _random.integers(0, 1 << 63, count, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


_PLACE, _FACTOR, _TERM = _odd(SHINGLE), _odd(2 * BANDS), _odd(2 * BANDS)
