"""Words and how they hang together: the one interface between a language pipeline and everything after it.

Dependency labels are those of the CLEAR scheme that spaCy's English models use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from satrap.reading.mentions import Named


@dataclass(eq=False, slots=True)
class Token:
    """A word, or a whole name that the pack knows. ``start`` and ``end`` are offsets in the report."""

    index: int
    text: str
    lemma: str
    tag: str
    dep: str
    start: int
    end: int
    named: Named | None = None
    head: Token = None  # type: ignore[assignment]  # set when the sentence is linked
    children: list[Token] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    @property
    def is_verb(self) -> bool:
        return self.tag.startswith("VB")

    @property
    def is_noun(self) -> bool:
        return self.tag.startswith("NN") or self.named is not None

    @property
    def is_root(self) -> bool:
        return self.head is self

    def kids(self, *deps: str) -> list[Token]:
        """Children by dependency label, in text order."""
        return [child for child in self.children if child.dep in deps]

    def ancestors(self) -> Iterator[Token]:
        """The heads above this word, nearest first."""
        token = self
        while not token.is_root:
            token = token.head
            yield token

    def subtree(self, *without: str) -> list[Token]:
        """This word and all below it, in text order; branches whose label is in ``without`` are left out."""
        found, queue = [], [self]
        while queue:
            token = queue.pop()
            found.append(token)
            queue += [child for child in token.children if child.dep not in without]
        return sorted(found, key=lambda token: token.index)

    def within(self, other: Token) -> bool:
        """Whether this word is ``other`` or stands below it."""
        return self is other or any(above is other for above in self.ancestors())


def link(tokens: list[Token], heads: list[int]) -> None:
    """Hang every word on its head."""
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if token.head is not token:
            token.head.children.append(token)
