"""Reports joined one pair at a time, never against what a person decided."""

from collections import defaultdict
from collections.abc import Iterable


class Joined:
    """Sets of reports (by position), merged by :meth:`join` (Galler & Fischer 1964, with path halving).

    A set has at most one name that a person gave it, and never holds two reports that a person told apart.
    """

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._names: dict[int, str] = {}  # by root
        self._apart: dict[int, set[int]] = defaultdict(set)  # by root: what may not come in

    def root(self, one: int) -> int:
        parent = self._parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def name(self, one: int) -> str | None:
        return self._names.get(self.root(one))

    def call(self, one: int, name: str) -> None:
        """A report that has not been joined yet is told under this name."""
        self._names[one] = name

    def tell_apart(self, one: int, others: Iterable[int]) -> None:
        for other in others:
            self._apart[self.root(one)].add(other)
            self._apart[self.root(other)].add(one)

    def join(self, a: int, b: int) -> bool:
        """Whether the two are in one set now."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return True
        names = {self._names[one] for one in (a, b) if one in self._names}
        if len(names) > 1 or self._are_apart(a, b) or self._are_apart(b, a):
            return False
        self._parent[b] = a
        if names:
            self._names[a] = names.pop()
        if b in self._apart:
            self._apart[a] |= self._apart.pop(b)
        return True

    def _are_apart(self, one: int, other: int) -> bool:
        return any(self.root(kept_out) == other for kept_out in self._apart.get(one, ()))
