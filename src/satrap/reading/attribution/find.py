"""Attribution over a text: sentences, then quotations that run beyond them, then lines of dialogue."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from satrap.reading.attribution.dialogue import dialogue
from satrap.reading.attribution.model import Attribution, Span
from satrap.reading.attribution.others import OtherReader
from satrap.reading.attribution.quotations import follow
from satrap.reading.attribution.spans import Found, Quoted, join, spans
from satrap.reading.attribution.verbs import VerbReader, lemma_of
from satrap.reading.attribution.words import CueWords
from satrap.reading.english import Pipeline
from satrap.reading.layout import Layout, Quotation, Sentence, lay_out
from satrap.reading.tokens import Token

Parsed = Sequence[tuple[Sentence, list[Token]]]


def attributions(report_text: str, pipeline: Pipeline) -> list[Attribution]:
    """Every attribution of a text, by where its cue stands."""
    layout = lay_out(_one_mark(report_text))
    sentences = [(one, []) for one in layout.sentences]
    parsed = list(zip(layout.sentences, pipeline.parse(layout.plain, sentences), strict=True))
    return bundled().find(layout, parsed)


@cache
def bundled() -> "Attributions":
    """The component with its own cue list."""
    return Attributions(CueWords.bundled())


class Attributions:
    """Finds attributions in sentences that are already parsed."""

    def __init__(self, cues: CueWords) -> None:
        self._cues = cues
        self._verbs = VerbReader(cues)
        self._others = OtherReader(cues)

    def find(self, layout: Layout, parsed: Parsed) -> list[Attribution]:
        lines, spoken = dialogue(layout, self._cues.headings)
        found: list[tuple[Sentence, Found]] = []
        quoted = Quoted(layout.quotations)
        for sentence, tokens in parsed:
            if any(start <= sentence.start < end for start, end in spoken):
                continue
            found += [(sentence, one) for one in self._sentence(tokens, quoted)]
        follow(found, layout, self._cues.verbs.quotation)
        made = [one for _, each in found if (one := _attribution(each, layout)) is not None]
        return _levelled(sorted([*lines, *made], key=lambda one: one.cue), layout.quotations)

    def _sentence(self, tokens: list[Token], quoted: Quoted) -> list[Found]:
        found: list[Found] = []
        taken: set[Token] = set()
        for word in tokens:
            if word in taken:
                continue
            one = self._verbs.read(word, tokens, quoted) if word.is_verb else None
            one = one or self._others.read(word, quoted)
            if one is not None:
                found.append(one)
                if one.also is not None:
                    taken.add(one.also)
        return found


def _attribution(found: Found, layout: Layout) -> Attribution | None:
    content = join([*spans(found.words, layout.plain), *found.beyond])
    if not content:
        return None
    kind = _kind(content, layout.quotations)
    lemma = lemma_of(found.cue) if found.cue.is_verb else found.cue.lemma
    return Attribution(found.source, found.span, content, kind, lemma, found.rule)


def _levelled(found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Each with the number of others around its cue; a quotation that no cue claims is one too."""
    levelled = []
    for one in found:
        at = one.cue[0]
        around = sum(
            other.cue != one.cue and any(start <= at < end for start, end in other.content) for other in found
        )
        quoted = one.lemma != ":" and any(quote.start < at < quote.end for quote in quotations)
        levelled.append(replace(one, level=max(around, int(quoted))))
    return levelled


def _kind(content: Sequence[Span], quotations: Sequence[Quotation]) -> str:
    quoted = sum(
        max(0, min(end, one.end) - max(start, one.start)) for start, end in content for one in quotations
    )
    whole = sum(end - start for start, end in content)
    return "direct" if quoted >= whole else "mixed" if quoted else "indirect"


def _one_mark(text: str) -> str:
    """Doubled apostrophes as quotation marks, without moving an offset."""
    parts, at = [], 0
    while (mark := text.find("''", at)) >= 0:
        opening = mark == 0 or text[mark - 1].isspace() or text[mark - 1] in "([-—"
        parts += [text[at:mark], ' "' if opening else '" ']
        at = mark + 2
    return "".join([*parts, text[at:]])
