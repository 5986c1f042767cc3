"""Quotations beyond the sentence of their cue: "..." before it, more of it after, the next one after a colon."""

from collections.abc import Iterable

from satrap.reading.attribution.model import Span
from satrap.reading.attribution.spans import Found, trim
from satrap.reading.layout import Layout, Quotation, Sentence


def follow(found: list[tuple[Sentence, Found]], layout: Layout, speaking: frozenset[str]) -> None:
    """Give each speech the whole of its quotation and those that carry it on."""
    voiced = {sentence.number for sentence, one in found if one.source and not _inside(one.cue.start, layout)}
    for sentence, one in found:
        if one.cue.lemma not in speaking or not one.cue.is_verb or _inside(one.cue.start, layout):
            continue
        own = [quote for quote in layout.quotations if _touches(one, quote)]
        if not own and not one.words:
            continue
        one.beyond += [
            trim(layout.plain, quote.start, quote.end) for quote in own if _is_wide(quote, sentence)
        ]
        if own:
            one.beyond += _carried_on(sentence, own[-1], layout, voiced)


def _touches(one: Found, quote: Quotation) -> bool:
    return any(quote.start <= word.start < quote.end for word in one.words)


def _is_wide(quote: Quotation, sentence: Sentence) -> bool:
    return quote.start < sentence.start or sentence.end < quote.end


def _inside(at: int, layout: Layout) -> bool:
    return any(quote.start < at < quote.end for quote in layout.quotations)


def _carried_on(sentence: Sentence, last: Quotation, layout: Layout, voiced: set[int]) -> Iterable[Span]:
    """Quotations after this sentence that no other cue claims."""
    end = max(sentence.end, last.end)
    paragraph = sentence.paragraph
    by_start = {one.start: one for one in layout.sentences}
    for quote in layout.quotations:
        if quote.start < end or quote.start == last.start:
            continue
        opening = by_start.get(quote.start)
        if opening is None or layout.plain[end : quote.start].strip(" \n\t\r\u00a0"):
            return
        touched = [one.number for one in layout.sentences if one.start < quote.end and quote.start < one.end]
        same = opening.paragraph == paragraph or not last.closed
        if not same or any(number in voiced for number in touched):
            return
        yield trim(layout.plain, quote.start, quote.end)
        end, last, paragraph = quote.end, quote, opening.paragraph
