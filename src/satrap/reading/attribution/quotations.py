"""Quotations that run beyond the sentence of their cue, before it or after it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from satrap.reading.attribution.model import Span
from satrap.reading.attribution.spans import Found, Quoted, trim
from satrap.reading.layout import Layout, Quotation, Sentence


class Quotations:
    """Gives each speech the whole of its quotation and the quotations that carry it on."""

    def __init__(self, layout: Layout, quoted: Quoted, speaking: frozenset[str]) -> None:
        self._layout = layout
        self._quoted = quoted
        self._speaking = speaking
        self._starts = [one.start for one in layout.sentences]

    def follow(self, found: list[tuple[Sentence, Found]]) -> None:
        voiced = {
            sentence.number for sentence, one in found if one.source and not self._quoted.holds(one.cue)
        }
        for sentence, one in found:
            speaks = one.rule == "according" or (one.cue.is_verb and one.cue.lemma in self._speaking)
            if not speaks or self._quoted.holds(one.cue):
                continue
            held = [quote for word in one.words if (quote := self._quoted.at(word.start)) is not None]
            own = sorted(set(held), key=lambda quote: quote.start)
            wide = [quote for quote in own if quote.start < sentence.start or sentence.end < quote.end]
            one.beyond += [trim(self._layout.plain, quote.start, quote.end) for quote in wide]
            if own:
                one.beyond += self._carried_on(sentence, own[-1], voiced)

    def _carried_on(self, sentence: Sentence, last: Quotation, voiced: set[int]) -> Iterator[Span]:
        """Quotations after it that no other cue claims: in its paragraph, or where one was left open."""
        end, paragraph, plain = max(sentence.end, last.end), sentence.paragraph, self._layout.plain
        for quote in self._quoted.after(last):
            if quote.start < end:
                continue
            first = bisect_left(self._starts, quote.start)
            touched = self._layout.sentences[first : bisect_right(self._starts, quote.end - 1)]
            if not touched or touched[0].start != quote.start or plain[end : quote.start].strip():
                return
            if (touched[0].paragraph != paragraph and last.closed) or any(
                one.number in voiced for one in touched
            ):
                return
            yield trim(plain, quote.start, quote.end)
            end, last, paragraph = quote.end, quote, touched[0].paragraph
