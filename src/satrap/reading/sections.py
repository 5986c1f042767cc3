"""The stretches a report is read in: one for all but the longest, so that memory does not grow with length.

Pronouns, "the source" and carried attribution reach back a few sentences or a paragraph; nothing that matters
is lost where a report longer than a book chapter is cut between paragraphs.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from satrap.reading.layout import Layout, Sentence
from satrap.reading.mentions import Named

LENGTH = 400  # sentences, some 9,000 words; the paragraph in which it ends is kept whole


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report with the names in it; offsets are the report's. ``relevant``: worth parsing."""

    start: int
    end: int
    layout: Layout
    named: list[Named]
    relevant: bool

    @property
    def prose(self) -> list[tuple[Sentence, list[Named]]]:
        """Every sentence that can hold claims, with the names in it."""
        starts = [one.start for one in self.named]
        return [
            (sentence, [one for one in self._between(starts, sentence) if one.end <= sentence.end])
            for sentence in self.layout.sentences
            if sentence.prose
        ]

    def _between(self, starts: list[int], sentence: Sentence) -> Sequence[Named]:
        return self.named[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]


def divide(layout: Layout, length: int = LENGTH) -> Iterator[tuple[Layout, int, int]]:
    """Layouts of sections of ``length`` sentences or the few more that end a paragraph, each with its bounds
    in the text; sentences are numbered anew from 1."""
    sentences = layout.sentences
    first, opening, quotations = 0, 0, list(layout.quotations)
    while first < len(sentences):
        last = min(first + length, len(sentences))
        while last < len(sentences) and sentences[last].paragraph == sentences[last - 1].paragraph:
            last += 1
        closing = sentences[last].start if last < len(sentences) else len(layout.plain)
        within = bisect_left(quotations, closing, key=lambda one: one.start)
        yield (
            Layout(
                layout.plain,
                tuple(replace(one, number=one.number - first) for one in sentences[first:last]),
                tuple(quotations[:within]),
            ),
            opening,
            closing,
        )
        first, opening, quotations = last, closing, quotations[within:]
