"""What is read off the encoder's vectors: which kind a word claims, and which word fills a role of it.

Where a kind often goes both ways, each way is a class of its own ("authority.up").
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
import numpy.typing as npt

from satrap.claims import Direction, kinds

NONE = "none"
_WAYS = {
    "authority": ("authority", "authority.up", "authority.down"),
    "capacity": ("capacity.up", "capacity.down"),
    "sentiment": ("sentiment.up", "sentiment.down"),
    "support": ("support.up", "support.down"),
}
ROLES = ("holder", "from", "to", "by", "on", "person", "of", "toward")

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@cache
def classes() -> tuple[str, ...]:
    """None first, then the kinds in codebook order; motive and cause are read by their own grammar."""
    return (NONE, *(name for kind in tagged() for name in _WAYS.get(kind, (kind,))))


@cache
def tagged() -> tuple[str, ...]:
    """The kinds that a word may be tagged with."""
    return tuple(kind for kind, schema in kinds().items() if set(schema.main) <= set(ROLES))


@cache
def _of_kinds() -> Floats:
    """The matrix (classes, 1 + kinds) that sums the ways of a kind, none first."""
    found = np.zeros((len(classes()), 1 + len(tagged())), np.float32)
    for row, name in enumerate(classes()):
        kind = name.partition(".")[0]
        found[row, 1 + tagged().index(kind) if kind != NONE else 0] = 1
    return found


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights, of shapes: kind (width, classes), its bias; of the role head's one hidden layer: predicate and
    argument (width, hidden), sort (kinds, hidden), path (paths, hidden), trait (traits, hidden), bias
    (hidden,); role (hidden, roles), role_bias (roles,)."""

    kind: Floats
    kind_bias: Floats
    predicate: Floats
    argument: Floats
    sort: Floats
    path: Floats
    trait: Floats
    bias: Floats
    role: Floats
    role_bias: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.float16]], level: str) -> "Heads":
        return cls(*(arrays[f"{level}.{one.name}"].astype(np.float32) for one in fields(cls)))

    def arrays(self, level: str) -> dict[str, npt.NDArray[np.float16]]:
        """In half precision: no probability changes in its third digit."""
        return {f"{level}.{one.name}": getattr(self, one.name).astype(np.float16) for one in fields(self)}

    def classes(self, words: Floats) -> Floats:
        """Of each word the probability of every class; shape (words, classes)."""
        scores = words @ self.kind + self.kind_bias
        scores -= scores.max(1, keepdims=True)
        np.exp(scores, out=scores)
        return np.asarray(scores / scores.sum(1, keepdims=True), np.float32)

    def roles(self, predicate: Floats, arguments: Floats, kind: str, path: Places, traits: Floats) -> Floats:
        """How likely each argument fills each role of a claim; shape (arguments, roles)."""
        hidden = arguments @ self.argument + self.path[path] + traits @ self.trait
        hidden += predicate @ self.predicate + self.sort[tagged().index(kind)] + self.bias
        scores = np.maximum(hidden, 0) @ self.role + self.role_bias
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)


def by_kind(chances: Floats) -> Floats:
    """Of every kind its ways together, none first: shape (words, 1 + kinds)."""
    return chances @ _of_kinds()


def way(chances: Floats, kind: str) -> Direction | None:
    """The likelier way of a kind, by one word's chances of every class."""
    names = _WAYS.get(kind)
    if names is None:
        return None
    best = max(names, key=lambda name: chances[classes().index(name)])
    _, _, told = best.partition(".")
    return Direction(told) if told else None
