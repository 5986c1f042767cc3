"""Claims as numbers: the functional of the latent surface that each speaks of, and the bounds it gives."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Array = NDArray[np.float64]
Index = NDArray[np.int64]

_BY_CLAIM = (
    "contrasts",
    "places",
    "lower",
    "upper",
    "news",
    "log_noise",
    "levels",
    "stories",
    "publishers",
)
_LEAST_GROUP = 3  # claims from which something about their publisher, source or hedge may be learned


@dataclass(frozen=True, eq=False)
class Functional:
    """f = Σ over institutions, places, weeks of contrast · places · weeks · z, and the bounds of f + noise.

    ``contrast`` (I,) is turned so that what the claim asserts is upward; ``places`` (P,) sums to one;
    ``weeks`` holds (week, weight) pairs; ``lower`` and ``upper`` are multiples of the cut, possibly infinite;
    ``news`` is −1 for a reported loss, 1 for a reported gain, and moves the lower bound by the bad-news bias.
    ``log_noise`` is the logarithm of the claim's noise relative to a stated claim by a source of weight one,
    as declared; each group in ``groups``, (kind of group, name), adds what is learned of it. ``publisher`` is
    whose standing slant a claim on a ``level`` shares; in a change it cancels.
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
    level: bool = False
    publisher: str = ""
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Observations:
    """J functionals as arrays: contrasts (J, I) centred, places (J, P), weeks (J, T) sparse, others (J,).

    ``members`` (J, G) says which of the G ``groups`` a claim belongs to; a group of one or two is none. The R
    claims that a later one contradicts are no observations, but have groups too, ``refuted`` (R, G), and the
    logarithm of the noise declared for them, ``refuted_noise`` (R,).
    """

    claims: tuple[str, ...]
    contrasts: Array
    places: Array
    weeks: csr_array
    lower: Array
    upper: Array
    news: Array
    log_noise: Array
    levels: NDArray[np.bool_]
    stories: Index
    publishers: Index
    story_names: tuple[str, ...]
    publisher_names: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    members: csr_array
    refuted: csr_array
    refuted_noise: Array

    @classmethod
    def stack(
        cls,
        rows: Sequence[Functional],
        institutions: int,
        places: int,
        weeks: int,
        refuted: Sequence[Functional] = (),
    ) -> Self:
        """Line up the functionals of a surface with I institutions, P places and T weeks."""
        contrasts = np.array([row.contrast for row in rows]).reshape(-1, institutions)
        sizes = Counter(group for row in (*rows, *refuted) for group in row.groups)
        groups = sorted(group for group, size in sizes.items() if size >= _LEAST_GROUP)
        position = {group: number for number, group in enumerate(groups)}
        stories = tuple(dict.fromkeys(row.story for row in rows))
        publishers = tuple(dict.fromkeys(row.publisher for row in rows))
        return cls(
            claims=tuple(row.claim for row in rows),
            contrasts=contrasts - contrasts.mean(axis=1, keepdims=True),
            places=np.array([row.places for row in rows]).reshape(-1, places),
            weeks=_sparse([row.weeks for row in rows], weeks),
            lower=np.array([row.lower for row in rows], dtype=np.float64),
            upper=np.array([row.upper for row in rows], dtype=np.float64),
            news=np.array([row.news for row in rows], dtype=np.float64),
            log_noise=np.array([row.log_noise for row in rows], dtype=np.float64),
            levels=np.array([row.level for row in rows], dtype=np.bool_),
            stories=_numbered([row.story for row in rows], stories),
            publishers=_numbered([row.publisher for row in rows], publishers),
            story_names=stories,
            publisher_names=publishers,
            groups=tuple(groups),
            members=_members(rows, position),
            refuted=_members(refuted, position),
            refuted_noise=np.array([row.log_noise for row in refuted], dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.claims)

    def content(self) -> list[bytes]:
        """All that decides a fit, as bytes, without any name."""
        sparse = (self.weeks, self.members, self.refuted)
        arrays = [getattr(self, name) for name in (*_BY_CLAIM, "refuted_noise")]
        for one in sparse:
            arrays += [one.indptr, one.indices, one.data, np.array(one.shape)]
        return [np.ascontiguousarray(one).tobytes() for one in arrays]

    def of(self, surface: Array) -> Array:
        """The functionals' values (J,) on a surface (P, T, I)."""
        total = np.zeros(len(self))
        for place, values in enumerate(surface):
            rows = np.flatnonzero(self.places[:, place])
            told = ((self.weeks[rows] @ values) * self.contrasts[rows]).sum(axis=1)
            total[rows] += self.places[rows, place] * told
        return total

    def joined(self, row: Functional) -> "Observations":
        """One further claim alone, in the stories, publishers and groups of these."""
        alone = Observations.stack([row], self.contrasts.shape[1], self.places.shape[1], self.weeks.shape[1])
        return replace(
            alone,
            stories=np.array([_place(self.story_names, row.story)]),
            publishers=np.array([_place(self.publisher_names, row.publisher)]),
            story_names=self.story_names,
            publisher_names=self.publisher_names,
            groups=self.groups,
            members=_members([row], {one: number for number, one in enumerate(self.groups)}),
        )

    def subset(self, kept: NDArray[np.bool_]) -> "Observations":
        """Some of the claims, with all groups."""
        return replace(
            self,
            claims=tuple(claim for claim, keep in zip(self.claims, kept, strict=True) if keep),
            weeks=self.weeks[np.flatnonzero(kept)],
            members=self.members[np.flatnonzero(kept)],
            **{name: getattr(self, name)[kept] for name in _BY_CLAIM},
        )

    def coarse(self, step: int) -> "Observations":
        """The same claims on a grid of ``step`` weeks; a change stays one over at least one step."""
        rows = []
        for claim in range(len(self)):
            part = slice(self.weeks.indptr[claim], self.weeks.indptr[claim + 1])
            weeks, weights = self.weeks.indices[part], self.weeks.data[part]
            at = np.maximum(np.round(weeks / step).astype(int), 0)
            if not self.levels[claim] and len(at) == 2:
                apart = max(1, round((weeks.max() - weeks.min()) / step))
                at = np.where(weeks == weeks.max(), max(at.max(), apart), max(at.max(), apart) - apart)
            merged: dict[int, float] = {}
            for week, weight in zip(at.tolist(), weights.tolist(), strict=True):
                merged[week] = merged.get(week, 0.0) + weight
            rows.append(list(merged.items()))
        return replace(self, weeks=_sparse(rows, self.weeks.shape[1] // step + 2))


def _members(rows: Sequence[Functional], position: Mapping[tuple[str, str], int]) -> csr_array:
    return _sparse(
        [[(position[one], 1.0) for one in row.groups if one in position] for row in rows], len(position)
    )


def _sparse(rows: Sequence[Sequence[tuple[int, float]]], width: int) -> csr_array:
    entries = [(number, column, value) for number, row in enumerate(rows) for column, value in row]
    where = np.array([entry[:2] for entry in entries], dtype=np.int64).reshape(-1, 2)
    values = np.array([entry[2] for entry in entries], dtype=np.float64)
    return csr_array((values, tuple(where.T)), shape=(len(rows), width))


def _numbered(names: Sequence[str], known: Sequence[str]) -> Index:
    numbers = {name: number for number, name in enumerate(known)}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _place(names: Sequence[str], name: str) -> int:
    """Position of a name, or the position after the last."""
    return names.index(name) if name in names else len(names)
