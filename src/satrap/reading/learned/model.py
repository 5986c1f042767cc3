"""The tagger's weights: a multinomial logistic model of claim kinds, its paths to arguments, and its judge.

Where a kind often goes both ways, each way is a class of its own ("authority.up"). Trained by
``training/tagger.py``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import IO

import numpy as np
import numpy.typing as npt

from satrap.claims import Direction
from satrap.reading.learned.features import Seen
from satrap.reading.learned.words import Words

WEIGHTS: Traversable = files(__package__) / "tagger.npz"
NONE = "none"
CLAUSE_SHARE = 0.5  # of the clause's mean vector beside the word's own: keeps its weights small
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Arrays: ``by_name`` (features, classes), ``by_sense`` (2 · dimensions, classes), ``bias`` (classes,).

    ``judge`` are the weights of :data:`satrap.reading.learned.judge.EVIDENCE`; ``paths`` the counts of
    :class:`satrap.reading.learned.arguments.Paths`.
    """

    classes: tuple[str, ...]
    names: Mapping[str, int]
    by_name: Floats
    by_sense: Floats
    bias: Floats
    paths: Mapping[str, Sequence[int]]
    judge: Floats
    threshold: float
    version: str

    @classmethod
    @cache
    def bundled(cls) -> "Model":
        with WEIGHTS.open("rb") as file:
            return cls.load(file)

    @classmethod
    def load(cls, file: IO[bytes]) -> "Model":
        kept = np.load(file)
        told = json.loads(bytes(kept["told"]))
        return cls(
            classes=tuple(told["classes"]),
            names={name: row for row, name in enumerate(told["names"])},
            by_name=kept["by_name"].astype(np.float32),
            by_sense=kept["by_sense"].astype(np.float32),
            bias=kept["bias"].astype(np.float32),
            paths=told["paths"],
            judge=kept["judge"],
            threshold=told["threshold"],
            version=told["version"],
        )

    def save(self, file: IO[bytes]) -> None:
        """Weights in half precision: no probability changes in its third digit."""
        told = {
            "classes": self.classes,
            "names": list(self.names),
            "paths": self.paths,
            "threshold": self.threshold,
            "version": self.version,
        }
        np.savez_compressed(
            file,
            told=np.frombuffer(json.dumps(told).encode(), np.uint8),
            by_name=self.by_name.astype(np.float16),
            by_sense=self.by_sense.astype(np.float16),
            bias=self.bias,
            judge=self.judge,
        )

    def probabilities(self, seen: Sequence[Seen], words: Words) -> Floats:
        """Of every class for each predicate: shape (predicates, classes), rows sum to one."""
        scores = senses(seen, words) @ self.by_sense + self.bias
        for row, one in enumerate(seen):
            scores[row] += self.by_name[self.rows(one)].sum(0)
        scores -= scores.max(1, keepdims=True)
        np.exp(scores, out=scores)
        return np.asarray(scores / scores.sum(1, keepdims=True), np.float32)

    def rows(self, seen: Seen) -> list[int]:
        """The features of a predicate that the model has weights for."""
        return list({row for name in seen.names if (row := self.names.get(name)) is not None})

    def strongest(self, seen: Seen, of: str, words: Words, most: int) -> list[tuple[str, float]]:
        """What speaks most for a class against none, in nats; the words' senses count as one feature each."""
        at, none = self.classes.index(of), self.classes.index(NONE)
        found = [
            (name, float(self.by_name[row, at] - self.by_name[row, none]))
            for name in dict.fromkeys(seen.names)
            if (row := self.names.get(name)) is not None
        ]
        vector, weights = senses([seen], words)[0], self.by_sense[:, at] - self.by_sense[:, none]
        own = words.dimensions
        found.append(("sense of the word", float(vector[:own] @ weights[:own])))
        found.append(("sense of the clause", float(vector[own:] @ weights[own:])))
        return sorted(found, key=lambda one: -one[1])[:most]

    def best(self, probabilities: Floats) -> Iterator[tuple[int, Direction | None]]:
        """Per predicate the likeliest kind, as its place among :attr:`kinds`, and its likelier way."""
        found = _layout(self.classes)
        for row, at in zip(probabilities, self.by_kind(probabilities)[:, 1:].argmax(1) + 1, strict=True):
            ways = found.ways[at]
            _, _, way = self.classes[ways[int(row[ways].argmax())]].partition(".")
            yield int(at), Direction(way) if way else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds by the order of their classes, none first."""
        return _layout(self.classes).kinds

    def by_kind(self, probabilities: Floats) -> Floats:
        """Of every kind, its ways together: shape (predicates, kinds)."""
        return probabilities @ _layout(self.classes).merging


@dataclass(frozen=True, slots=True)
class _Layout:
    """Kinds, their classes' columns, and the matrix (classes, kinds) that sums these."""

    kinds: tuple[str, ...]
    ways: tuple[list[int], ...]
    merging: Floats


@cache
def _layout(classes: tuple[str, ...]) -> _Layout:
    of = [name.partition(".")[0] for name in classes]
    kinds = tuple(dict.fromkeys(of))
    ways = tuple([at for at, kind in enumerate(of) if kind == one] for one in kinds)
    merging = np.zeros((len(classes), len(kinds)), np.float32)
    for row, kind in enumerate(of):
        merging[row, kinds.index(kind)] = 1
    return _Layout(kinds, ways, merging)


def senses(seen: Sequence[Seen], words: Words) -> Floats:
    """The vector of each word, and the mean of its clause's: shape (predicates, 2 · dimensions)."""
    own = words.vectors(np.array([one.row for one in seen], np.intp))
    clause = np.zeros_like(own)
    for row, one in enumerate(seen):
        rows = [at for at in (one.row, *one.clause) if at >= 0]
        if rows:
            clause[row] = words.mean(rows)
    return np.concatenate([own, CLAUSE_SHARE * clause], axis=1)
