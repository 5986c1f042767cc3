"""Text into the tokens that search knows: the same when indexed and when asked for, on every store.

Words are folded (NFKC, case, accents) as SQLite's ``unicode61`` does. What is written without spaces between
words (Hangul, kana, Chinese characters) becomes its overlapping pairs of characters and its last character:
조직비서 is 조직 직비 비서 서. So any part of it is found as a phrase, of two syllables too, which an index of
trigrams misses.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 100  # characters of a token; PostgreSQL takes 2,046 bytes

_ASCII = re.compile(r"[A-Za-z0-9]+")
_ACCENTS = r"\u0300-\u036f"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_ACCENTS}\u3099\u309a])*")  # the last two: of kana
_UNSPACED = (
    r"\u1100-\u11ff\u3041-\u30ff\u3099\u309a\u3131-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_SEGMENT = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match


class Token(NamedTuple):
    """``start`` and ``end`` are where in the text it stands, in code points."""

    text: str
    start: int
    end: int


class Segment(NamedTuple):
    """A run of characters of one way of writing, folded."""

    text: str
    start: int
    end: int
    unspaced: bool

    def pairs(self) -> list[Token]:
        """The overlapping pairs of an unspaced run; of one character, none."""
        if len(self.text) != self.end - self.start:  # folding joined or took apart characters: the whole run
            places = [(self.start, self.end)] * len(self.text)
        else:
            places = [(self.start + at, self.start + at + 2) for at in range(len(self.text))]
        return [Token(self.text[at : at + 2], *places[at]) for at in range(len(self.text) - 1)]

    def last(self) -> Token:
        """The last character of an unspaced run."""
        same = len(self.text) == self.end - self.start
        return Token(self.text[-1], self.end - 1 if same else self.start, self.end)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order; each stands one position after the one before."""
    if text.isascii():
        for found in _ASCII.finditer(text):
            yield Token(found[0].lower()[:LONGEST], found.start(), found.end())
        return
    for segment in segments(text):
        if segment.unspaced:
            yield from segment.pairs()
            yield segment.last()
        else:
            yield Token(segment.text, segment.start, segment.end)


def segments(text: str) -> Iterator[Segment]:
    """The words of a text, cut where the way of writing changes: 2017년 is 2017 and 년."""
    for word in _WORD.finditer(text):
        for found in _SEGMENT.finditer(word[0]):
            folded = _fold(found[0])
            start = word.start() + found.start()
            for part in _SEGMENT.findall(folded):  # ㈜ is no Hangul until it is folded
                unspaced = bool(_IS_UNSPACED(part))
                yield Segment(part if unspaced else part[:LONGEST], start, start + len(found[0]), unspaced)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", word).casefold()
    bare = re.sub(f"[{_ACCENTS}]", "", unicodedata.normalize("NFD", plain))
    return "".join(one for one in unicodedata.normalize("NFC", bare) if one.isalnum())
