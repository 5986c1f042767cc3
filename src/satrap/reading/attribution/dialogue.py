"""Lines of dialogue and headings: "WALLACE: ...", "Poll: voters turn away"."""

import re

from satrap.reading.attribution.model import Attribution, Directness, Span
from satrap.reading.attribution.spans import trim
from satrap.reading.attribution.words import CueWords
from satrap.reading.layout import Layout

_SPEAKER = re.compile(r'"?\s*((?:[A-Z][A-Z.\'-]+\s?){1,4})(:)\s')
_HEADING = re.compile(r"((?:(?:[A-Z][\w.'-]*|the|of|and|in)\s?){1,6})(:)\s+(?=\S)")


def dialogue(layout: Layout, cues: CueWords) -> list[Attribution]:
    """What a transcript's speakers say in their paragraphs, and what the source of the first heading says."""
    found: list[Attribution] = []
    paragraphs: dict[int, Span] = {}
    for one in layout.sentences:
        start, _ = paragraphs.get(one.paragraph, (one.start, one.end))
        paragraphs[one.paragraph] = (start, one.end)
    for number, (start, end) in paragraphs.items():
        line = _SPEAKER.match(layout.plain, start, end)
        heading = _HEADING.match(layout.plain, start, end) if number == 0 else None
        if line is not None:
            found.append(_line(line, end, layout, Directness.DIRECT, "dialogue"))
        elif heading is not None and _names_a_voice(heading.group(1), cues):
            found.append(_line(heading, end, layout, Directness.INDIRECT, "heading"))
    return found


def _names_a_voice(words: str, cues: CueWords) -> bool:
    """A word for a text or a voice, or a name of up to three words."""
    found = words.lower().split()
    return found[-1] in cues.headings or (
        len(found) <= 3 and words[0].isupper() and not set(found) & cues.labels
    )


def _line(match: re.Match[str], end: int, layout: Layout, kind: Directness, rule: str) -> Attribution:
    content = trim(layout.plain, match.end(), end)
    return Attribution(trim(layout.plain, *match.span(1)), match.span(2), (content,), kind, ":", rule)
