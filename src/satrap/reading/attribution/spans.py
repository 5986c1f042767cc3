"""Words to spans: a cue with its auxiliaries, a noun phrase as a source, content with its gaps."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from satrap.reading.attribution.model import Span
from satrap.reading.layout import Quotation
from satrap.reading.tokens import Token

_EDGE = " \t\n\r\u00a0,.;:!?-—–()[]\"“”'‘’«»"
_BESIDE_NOUN = ("relcl", "acl", "advcl", "ccomp", "conj", "cc", "punct")
_DASHES = frozenset({",", "-", "--", "—", "("})
_ASIDE = frozenset({"although", "though", "while", "whereas", "even", "but", "when", "after", "as", "since"})


@dataclass(slots=True)
class Found:
    """An attribution of one sentence before quotations are followed beyond it."""

    cue: Token
    source: Span | None
    span: Span
    words: set[Token]
    rule: str
    lemma: str
    also: Token | None = None  # a second verb that is part of the cue
    beyond: list[Span] = field(default_factory=list)  # quotations of other sentences that belong to it


class Quoted:
    """Which words stand in which quotation."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._quotations = quotations
        self._starts = [one.start for one in quotations]

    def at(self, offset: int) -> Quotation | None:
        """The quotation around an offset."""
        index = bisect_right(self._starts, offset) - 1
        return self._quotations[index] if index >= 0 and offset < self._quotations[index].end else None

    def holds(self, word: Token) -> bool:
        return self.at(word.start) is not None

    def together(self, one: Token, other: Token) -> bool:
        found = self.at(one.start)
        return found is not None and found is self.at(other.start)

    def covered(self, start: int, end: int) -> int:
        """How many characters between two offsets stand in quotations."""
        first = max(0, bisect_right(self._starts, start) - 1)
        near = self._quotations[first : bisect_right(self._starts, end)]
        return sum(max(0, min(end, one.end) - max(start, one.start)) for one in near)

    def after(self, quotation: Quotation) -> Iterator[Quotation]:
        yield from self._quotations[bisect_right(self._starts, quotation.start) :]


def below(heads: Iterable[Token], quoted: Quoted | None = None) -> set[Token]:
    """The words of phrases; with ``quoted``, without the asides the writer adds after a comma."""
    found: set[Token] = set()
    for head in heads:
        left = set(head.subtree())
        if quoted is not None:
            for word in head.subtree():
                if word in left and word is not head and _is_aside(word, head) and not quoted.holds(word):
                    left -= set(word.subtree())
        found |= left
    return found


def _is_aside(word: Token, head: Token) -> bool:
    first = word.subtree()[0]
    if first.index == 0 or first.index <= head.index:
        return False
    if not any(one.text in _DASHES and one.index == first.index - 1 for one in word.head.children):
        return False
    return word.dep in {"relcl", "appos"} or (word.dep == "advcl" and first.lemma in _ASIDE)


def spans(words: Iterable[Token], text: str) -> list[Span]:
    """Runs of neighbouring words, without white space and punctuation at the edges."""
    runs: list[tuple[Token, Token]] = []
    for word in sorted(words, key=lambda one: one.index):
        if runs and runs[-1][1].index + 1 == word.index:
            runs[-1] = (runs[-1][0], word)
        else:
            runs.append((word, word))
    trimmed = [trim(text, first.start, last.end) for first, last in runs]
    return [(start, end) for start, end in trimmed if end > start]


def trim(text: str, start: int, end: int) -> Span:
    """The span without the white space and punctuation at its edges."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def join(found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in text order, overlapping ones merged, empty ones ("“”") left out."""
    merged: list[Span] = []
    for start, end in sorted(span for span in found if span[0] < span[1]):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def phrase(noun: Token) -> Span:
    """A noun with what belongs to it; a relative pronoun with what it stands for."""
    if noun.tag in {"WDT", "WP"} or (noun.lemma == "that" and noun.tag in {"IN", "WDT"}):
        for above in noun.ancestors():
            if above.dep == "relcl" and above.head.index < noun.index:
                return phrase(above.head)[0], noun.end
    words = noun.subtree(*_BESIDE_NOUN)
    return words[0].start, max(words[-1].end, noun.end)


def cue_span(cue: Token) -> Span:
    """A cue with the auxiliaries and negations right before it and the particle right after."""
    around = {one.index: one for one in cue.kids("aux", "auxpass", "neg", "prt", "advmod")}
    first = last = cue
    while first.index - 1 in around:
        first = around[first.index - 1]
    if last.index + 1 in around and around[last.index + 1].dep == "prt":
        last = around[last.index + 1]
    return first.start, last.end
