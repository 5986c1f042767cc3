"""Words of a paragraph, with offsets: the smallest things the grammar of postings speaks of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# a word with its inner apostrophes; a number with its ordinal ending; or one mark
_WORD = re.compile(r"['’]s\b|[^\W\d_]+(?:['’`](?!s\b)[^\W\d_]+)*|\d+(?:st|nd|rd|th)?|[^\w\s]|_")
_PARAGRAPH = re.compile(r"[^\n]+")
JOINERS = frozenset(".-–—‑")


class Word(NamedTuple):
    """``text`` at offsets ``start`` to ``end`` of the report, and in lower case."""

    text: str
    start: int
    end: int
    lower: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Two to eight capital letters."""
        return 2 <= len(self.text) <= 8 and self.text.isalpha() and self.text.isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.text) <= 4 and self.text.isalpha() and self.text.isupper()


def paragraphs(text: str) -> Iterator[list[Word]]:
    """The words of each line of ``text``: nobody's post is told across a line break."""
    for line in _PARAGRAPH.finditer(text):
        words = [
            Word(found[0], found.start(), found.end(), found[0].lower())
            for found in _WORD.finditer(text, line.start(), line.end())
        ]
        if words:
            yield words


def touching(words: list[Word], at: int) -> bool:
    """Whether the word at ``at`` follows the one before it without a space."""
    return at > 0 and words[at - 1].end == words[at].start
