"""On whose word: claims are counted, stories are counted once, and voices only where they are independent."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from satrap.claims import RecordedClaim, SourceKind
from satrap.publish.words import count

_OWN_VOICE = {SourceKind.PUBLISHER, SourceKind.MEDIA, SourceKind.UNSPECIFIED}


class Word(NamedTuple):
    """How many claims, in how many stories, from at least how many independent voices."""

    claims: int
    stories: int
    voices: int

    def __str__(self) -> str:
        return (
            f"{count(self.claims, 'claim')} in {count(self.stories, 'story')}, "
            f"at least {count(self.voices, 'independent voice')}"
        )


def word_of(claims: Iterable[RecordedClaim]) -> Word:
    """Count claims, their stories and their voices.

    Voices are a lower bound. Two anonymous sources of one kind, place and outlet may be one person, so they
    count as one; so do the tellers of one story in several outlets; and an outlet's own words count only in
    stories where it quotes nobody.
    """
    given = list(claims)
    quoting = {one.story for one in given if one.claim.voice.kind not in _OWN_VOICE}
    same = _Classes()
    for one in given:
        voice = one.claim.voice
        if voice.kind in _OWN_VOICE and one.story in quoting:
            continue
        who = (voice.kind, voice.place)
        same.join((*who, voice.name or one.outlet), (*who, "in story", one.story))
    return Word(len(given), len({one.story for one in given}), same.count())


class _Classes:
    """Disjoint sets of things known to be the same (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def _root(self, thing: Hashable) -> Hashable:
        parent = self._parent.setdefault(thing, thing)
        while parent != self._parent[parent]:
            parent = self._parent[parent]
        self._parent[thing] = parent
        return parent

    def join(self, one: Hashable, other: Hashable) -> None:
        self._parent[self._root(one)] = self._root(other)

    def count(self) -> int:
        return sum(thing == parent for thing, parent in self._parent.items())
