"""Who holds which rank and post where, as the text says it: a grammar, without a parser or a country.

A paragraph's words become mentions, mentions and connectives become a shape, and patterns over the shape link
people with ranks, posts and units. Time is proportional to the length of the text.
"""

from dataclasses import dataclass

from satrap.reading.postings.grammar import Grammar, bundled
from satrap.reading.postings.links import Links, Record
from satrap.reading.postings.mention import Kind, Known, Mention
from satrap.reading.postings.mentions import Mentions
from satrap.reading.postings.shape import shape_of
from satrap.reading.postings.words import Word, paragraphs


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` of the text, and what they say."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A person at one place of the text with what is said of him there.

    ``titles`` are appointments ("Chief of Army Staff"), ``roles`` functions that many hold ("commander").
    ``rules`` are the ids of the links that found them.
    """

    person: Span
    rank: Span | None = None
    titles: tuple[Span, ...] = ()
    roles: tuple[Span, ...] = ()
    organizations: tuple[Span, ...] = ()
    rules: tuple[str, ...] = ()


def postings(text: str, grammar: Grammar | None = None) -> list[Posting]:
    """The people of ``text`` of whom it tells a rank, a post or a unit, in text order."""
    grammar = grammar or bundled()
    known = Known()
    found: list[Posting] = []
    for words in paragraphs(text):
        mentions = Mentions(words, grammar, known)
        links = Links(shape_of(words, mentions, grammar), mentions, grammar)
        found += (_posting(text, words, record) for record in links)
    return found


def _posting(text: str, words: list[Word], record: Record) -> Posting:
    def spans(mentions: list[Mention], *kinds: Kind) -> tuple[Span, ...]:
        return tuple(sorted(_span(text, words, one) for one in mentions if one.kind in kinds))

    return Posting(
        _span(text, words, record.person),
        _span(text, words, record.rank) if record.rank else None,
        spans(record.posts, Kind.TITLE, Kind.RANK),
        spans(record.posts, Kind.ROLE),
        spans(record.units, Kind.UNIT),
        tuple(record.rules),
    )


def _span(text: str, words: list[Word], mention: Mention) -> Span:
    echo = mention.echo if mention.kind is Kind.UNIT else None
    start, end = echo or (words[mention.first].start, words[mention.last - 1].end)
    return Span(start, end, text[start:end])
