"""Lines of dialogue and headings: "WALLACE: ...", "Poll: voters turn away"."""

import re

from satrap.reading.attribution.model import Attribution, Span
from satrap.reading.attribution.spans import trim
from satrap.reading.layout import Layout

_SPEAKER = re.compile(r'"?\s*((?:[A-Z][A-Z.\'-]+\s?){1,4})(:)\s')
_HEADING = re.compile(r"((?:(?:[A-Z][\w.'-]*|the|of|and|in)\s?){1,6})(:)\s+(?=\S)")


def dialogue(layout: Layout, headings: frozenset[str]) -> tuple[list[Attribution], list[Span]]:
    """What a transcript's speakers say, up to the next speaker, and what a heading's source says.

    Also the spans of the transcript, whose sentences are not the report's own.
    """
    found: list[Attribution] = []
    spoken: list[Span] = []
    paragraphs: dict[int, Span] = {}
    for one in layout.sentences:
        start, _ = paragraphs.get(one.paragraph, (one.start, one.end))
        paragraphs[one.paragraph] = (start, one.end)
    for number, (start, end) in paragraphs.items():
        line = _SPEAKER.match(layout.plain, start, end)
        if line is not None:
            found.append(_line(line, end, layout, "dialogue"))
            continue
        heading = _HEADING.match(layout.plain, start, end)
        if heading is not None and number == 0 and heading.group(1).lower().split()[-1] in headings:
            found.append(_line(heading, end, layout, "heading"))
    return found, spoken


def _line(match: re.Match[str], end: int, layout: Layout, rule: str) -> Attribution:
    content = trim(layout.plain, match.end(), end)
    kind = "direct" if rule == "dialogue" else "indirect"
    source = trim(layout.plain, *match.span(1))
    return Attribution(source, match.span(2), (content,), kind, ":", rule)
