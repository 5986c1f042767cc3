"""Attribution over a text: sentences, then quotations that run beyond them, then lines of dialogue."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from satrap.reading.attribution.dialogue import dialogue
from satrap.reading.attribution.model import Attribution, Directness
from satrap.reading.attribution.others import OtherReader
from satrap.reading.attribution.quotations import Quotations
from satrap.reading.attribution.spans import Found, Quoted, join, spans
from satrap.reading.attribution.verbs import VerbReader
from satrap.reading.attribution.words import CueWords
from satrap.reading.language import Pipeline
from satrap.reading.layout import Layout, Sentence, lay_out
from satrap.reading.tokens import Token

Parsed = Sequence[tuple[Sentence, list[Token]]]


def attributions(report_text: str, pipeline: Pipeline) -> list[Attribution]:
    """Every attribution of a text, by where its cue stands."""
    layout = lay_out(_one_mark(report_text))
    words = pipeline.parse((layout.plain, one, []) for one in layout.sentences)
    return bundled().find(layout, list(zip(layout.sentences, words, strict=True)))


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
        quoted = Quoted(layout.quotations)
        found = [(sentence, one) for sentence, tokens in parsed for one in self._sentence(tokens, quoted)]
        Quotations(layout, quoted, self._cues.verbs.quotation).follow(found)
        made = [one for _, each in found if (one := _attribution(each, layout, quoted)) is not None]
        return _levelled(sorted([*dialogue(layout, self._cues), *made], key=lambda one: one.cue), quoted)

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


def _attribution(found: Found, layout: Layout, quoted: Quoted) -> Attribution | None:
    content = join([*spans(found.words, layout.plain), *found.beyond])
    if not content:
        return None
    whole = sum(end - start for start, end in content)
    covered = sum(quoted.covered(start, end) for start, end in content)
    kind = Directness.INDIRECT if not covered else Directness.DIRECT if covered >= whole else Directness.MIXED
    return Attribution(found.source, found.span, content, kind, found.lemma, found.rule)


def _levelled(found: list[Attribution], quoted: Quoted) -> list[Attribution]:
    """Each with the number of others around its cue; a quotation that no cue claims is one too."""
    starts = sorted(start for one in found for start, _ in one.content)
    ends = sorted(end for one in found for _, end in one.content)
    levelled = []
    for one in found:
        at = one.cue[0]
        around = bisect_right(starts, at) - bisect_right(ends, at)
        around -= any(start <= at < end for start, end in one.content)
        if one.lemma == ":":  # a speaker's line opens a level of its own
            levelled.append(one)
            continue
        quote = quoted.at(at)
        levelled.append(replace(one, level=max(around, int(quote is not None and quote.start < at))))
    return levelled


def _one_mark(text: str) -> str:
    """Doubled apostrophes as quotation marks, without moving an offset."""
    parts, at = [], 0
    while (mark := text.find("''", at)) >= 0:
        opening = mark == 0 or text[mark - 1].isspace() or text[mark - 1] in "([-—"
        parts += [text[at:mark], ' "' if opening else '" ']
        at = mark + 2
    return "".join([*parts, text[at:]])
