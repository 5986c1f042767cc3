"""Which of a predicate's arguments fills which role of a kind, by how often it did in coded claims.

A path of slots ("obj.of") is counted for the kind and role, the predicate's shape (active, passive, noun,
adjective) and whether the words it leads to can fill the role; rare counts lean on those of the kind's family
and of the role at large.
"""

from collections.abc import Iterator, Mapping, Sequence

from satrap.claims import family
from satrap.reading.entities import Discourse
from satrap.reading.frames import Frames
from satrap.reading.predicates import Slots
from satrap.reading.references import ACTORS
from satrap.reading.tokens import Token

Counts = Mapping[str, Sequence[int]]  # of a key: how often the path led to the coded argument, and to any
_PEOPLE = frozenset({"residents", "person", "official", "human", "staff"})
_WANTED = {
    "holder": ACTORS,
    "from": ACTORS,
    "to": ACTORS,
    "by": ACTORS,
    "on": _PEOPLE,
    "person": _PEOPLE,
    "of": ACTORS | _PEOPLE,
    "toward": ACTORS | {"measure"},
}
_BELOW = ("of", "owner", "modifier", "by", "in", "against", "from", "to", "for", "on")
_BELOW_CLAUSE = ("subj", "obj", "of", "on", "to", "from", "against", "for")
_CLAUSES = frozenset({"comp", "inf"})
_NO_ARGUMENTS = frozenset({"neg", "prt", "adv", "prep"})
_PRIOR, _WEIGHT = 0.1, 3.0  # what a path never seen is held to be, and how many counts a wider class is worth


def paths(slots: Slots) -> Iterator[str]:
    """The paths that may lead to an argument: a filled slot, and one step on."""
    yield "self"
    for slot, found in slots.items():
        if found and slot not in _NO_ARGUMENTS:
            yield slot
            yield from (f"{slot}.{one}" for one in (_BELOW_CLAUSE if slot in _CLAUSES else _BELOW))


def fits(role: str, found: Sequence[Token], discourse: Discourse) -> int:
    """2 where a word is of a class that the role wants, 1 where no class is known of any, else 0."""
    classes = frozenset[str]().union(*(discourse.classes(one) for one in found))
    return 2 if classes & _WANTED[role] else int(not classes)


def keys(kind: str, role: str, shape: str, path: str, fit: int) -> tuple[str, str, str]:
    """The classes a path is counted in, widest first."""
    end = f"{role}|{path}|{fit}"
    return end, f"{family(kind)}|{shape}|{end}", f"{kind}|{shape}|{end}"


class Paths:
    """Ranks the paths of a predicate for a role."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def likelihood(self, kind: str, role: str, shape: str, path: str, fit: int) -> float:
        """How often such a path leads to what fills the role, in (0, 1)."""
        found = _PRIOR
        for key in keys(kind, role, shape, path, fit):
            hits, seen = self._counts.get(key, (0, 0))
            found = (hits + _WEIGHT * found) / (seen + _WEIGHT)
        return found

    def ranked(
        self, kind: str, role: str, shape: str, leads: Mapping[str, Sequence[Token]], discourse: Discourse
    ) -> list[tuple[float, str]]:
        """The paths that lead anywhere with their likelihoods, likeliest first."""
        return sorted(
            (
                (self.likelihood(kind, role, shape, path, fits(role, found, discourse)), path)
                for path, found in leads.items()
            ),
            reverse=True,
        )


def reached(token: Token, slots: Slots, frames: Frames, discourse: Discourse) -> dict[str, list[Token]]:
    """Where the paths of a predicate lead."""
    found = {path: frames.tokens_at(path, token, slots, discourse) for path in paths(slots)}
    return {path: words for path, words in found.items() if words}
