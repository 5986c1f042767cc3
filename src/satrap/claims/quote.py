"""Anchoring a quotation in the text it was taken from (W3C Web Annotation selectors)."""

from typing import Self

import msgspec

CONTEXT = 32  # characters of prefix and suffix; the W3C model leaves the length to the writer


class Quote(msgspec.Struct, frozen=True):
    """Exact words with both W3C anchors: TextPositionSelector and TextQuoteSelector.

    ``start`` and ``end`` are offsets in Unicode code points, end exclusive. See
    https://www.w3.org/TR/annotation-model/#text-quote-selector.
    """

    exact: str
    start: int
    end: int
    prefix: str
    suffix: str

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Self:
        """Cut a quote out of ``text``; raises ValueError where the span is empty or outside it."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is empty or outside a text of {len(text)} characters")
        return cls(
            exact=text[start:end],
            start=start,
            end=end,
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
        )

    def holds_in(self, text: str) -> bool:
        """Whether the words still stand at their offsets. An altered text orphans the quote;
        it is never re-anchored to a lookalike."""
        return text[self.start : self.end] == self.exact

    def overlaps(self, other: "Quote") -> bool:
        """Whether two quotes of one text share a character."""
        return self.start < other.end and other.start < self.end
