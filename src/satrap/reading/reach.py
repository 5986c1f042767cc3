"""How far what somebody says reaches in the sentence of its cue."""

import re
from dataclasses import dataclass

from satrap.reading.attribution.model import Span
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.speakers import Links
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords

_INTRO = VoiceWords.bundled().introducing


# After "..., she said" the same voice goes on: ", and the market was closed".
_RESUMES = re.compile(r"[^.;\"]{0,60}?, (?:and|but)\b")


@dataclass(slots=True)
class Speech:
    """A cue with its speaker's links and the stretch of text it introduces."""

    links: Links
    start: int
    end: int
    cue: Token
    speaker: Token
    content: tuple[Span, ...] = ()  # what is said, where it was found; else all from start to end

    def holds(self, token: Token) -> bool:
        spans = (*self.content, (self.start, self.end))
        return any(start <= token.start < end for start, end in spans)


def everywhere(sentence: Sentence, cue: Token, speaker: Token, links: Links) -> Speech:
    """What a set phrase ("according to her") puts on someone's word: the longer side of it."""
    below = cue.subtree("relcl")
    start, end = below[0].start, below[-1].end
    before = start - sentence.start > sentence.end - end
    return Speech(links, sentence.start if before else end, start if before else sentence.end, cue, speaker)


def reach(
    layout: Layout, lexicon: Lexicon, sentence: Sentence, verb: Token, subject: Token, links: Links
) -> Speech:
    """Fronted content runs up to the cue; otherwise content is what follows it."""
    plain = layout.plain
    cue_start = min(
        verb.start,
        *(
            one.subtree("relcl")[0].start
            for one in (subject, *verb.kids("nsubj", "nsubjpass"))
            if one.index < verb.index or one is subject
        ),
    )
    comma = max(plain.rfind(mark, sentence.start, verb.start) for mark in (",", '"'))
    if comma >= 0 and subject.start > comma and len(plain[comma : verb.start].split()) <= 14:
        cue_start = min(cue_start, comma + 1)
    before = plain[sentence.start : cue_start].rstrip()
    tail = plain[cue_start : verb.start].split()
    joined = bool(tail) and tail[0].lower() in {"and", "but", "while", "or", "yet", "though", "whereas"}
    follows = any(one.index > verb.index for one in verb.kids("ccomp")) and not before.endswith('"')
    fronted = (
        not joined
        and not follows
        and len(before) > 12
        and before.endswith((",", '"', "'", ",'"))
        and not _is_introduction(before)
    )
    if fronted and verb.dep in {"parataxis", "advcl"} and verb.head.index > verb.index:
        return Speech(links, sentence.start, _clause_end(plain, verb.end, sentence.end), verb, subject)
    if fronted and _RESUMES.match(plain, verb.end) and not lexicon.has("opinion", verb.lemma):
        return Speech(links, sentence.start, _clause_end(plain, verb.end, sentence.end), verb, subject)
    if fronted:
        resumes = plain.find('"', max(verb.end, cue_start), sentence.end)
        end = cue_start if resumes < 0 else sentence.end
        return Speech(links, sentence.start, end, verb, subject)
    if lexicon.has("showing", verb.lemma) or (verb.kids("auxpass") and subject.index > verb.index):
        return Speech(links, sentence.start, sentence.end, verb, subject)
    start = max(verb.end, subject.end if subject.index > verb.index else 0)
    return Speech(links, start, _clause_end(plain, start, sentence.end), verb, subject)


def within_clause(plain: str, sentence: Sentence, cue: Token, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Content without what a semicolon parts from its cue; quotations keep theirs."""
    if plain.count('"', sentence.start, sentence.end):
        return content
    start = max(sentence.start, plain.rfind("; ", sentence.start, cue.start))
    end = _clause_end(plain, cue.end, sentence.end)
    clipped = ((max(first, start), min(last, end)) for first, last in content)
    return tuple((first, last) for first, last in clipped if first < last)


def _clause_end(plain: str, start: int, end: int) -> int:
    """A semicolon ends what is said, unless it stands in the quotation."""
    at = plain.find("; ", start, end)
    return end if at < 0 or plain.count('"', start, at) % 2 else at


def _is_introduction(before: str) -> bool:
    """ "When asked about this, the source said ...": an opening phrase, not the content."""
    words = before.strip('"').split()
    first = words[0].lower()
    return first == "according" or (len(words) < 12 and before.endswith(",") and first in _INTRO)
