"""How a report is laid out: paragraphs, sentences, quotations, and the lines that are not its prose.

Everything here works on offsets into the report's own text, so that a claim's quote is always verbatim.
"""

import re
from dataclasses import dataclass

# One character for one character, so that offsets survive: no-break and thin spaces, curly apostrophes.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2013": "-",
        "\u2011": "-",
    }
)
_BREAK = re.compile(r"\n[ \t\r\u00a0]*\n\s*|(?<=[.!?:”\"’])[ \t\r\u00a0]*\n\s*")
_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9À-ÝА-Я])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|St|No|Nos|vs|Jr|Sr|Rev|Hon|Vol|Art"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|est|cf|e\.g|i\.e|U\.S|U\.N|U\.K|D\.P\.R\.K|a\.m|p\.m)"
    r"|(?:^|[\s(\"“])[A-Z])\.$"
)
_CLOSED = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_BYLINE = re.compile(r"^(by\s+[A-Z]|photo\b|image\b|caption\b|source:|\(?image:|\[photo)", re.IGNORECASE)
_QUESTION = re.compile(r"^(q|question|interviewer)\s*[:.]", re.IGNORECASE)
_HEADING_WORDS = 25  # a line this short and without a full stop is a heading, a byline or a caption


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report: offsets, its paragraph, and whether it is prose that can hold claims."""

    number: int
    start: int
    end: int
    paragraph: int
    prose: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, marks included; one that is not closed runs to the end of its paragraph."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A report cut into sentences. ``plain`` is the text with typographic marks flattened, same offsets."""

    plain: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]


def lay_out(text: str) -> Layout:
    """Paragraphs, sentences and quotations of ``text``."""
    plain = text.translate(_PLAIN)
    sentences: list[Sentence] = []
    quotations: list[Quotation] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        prose = _is_prose(text[start:end])
        for first, last in _sentences(text, start, end):
            sentences.append(Sentence(len(sentences) + 1, first, last, number, prose))
        quotations += _quotations(text, start, end)
    return Layout(plain, tuple(sentences), tuple(quotations))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for gap in _BREAK.finditer(text):
        bounds.append((at, gap.start()))
        at = gap.end()
    bounds.append((at, len(text)))
    return [_trim(text, start, end) for start, end in bounds if text[start:end].strip()]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, at = [], start
    for stop in _END.finditer(text, start, end):
        if text[stop.start()] == "." and _ABBREVIATION.search(
            text[max(start, stop.start() - 12) : stop.start() + 1]
        ):
            continue
        spans.append(_trim(text, at, stop.end()))
        at = stop.end()
    if text[at:end].strip():
        spans.append(_trim(text, at, end))
    return spans


def _quotations(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    for index in range(start, end):
        mark = text[index]
        if mark in "“«„" or (mark == '"' and opened is None):
            opened = index if opened is None else opened
        elif mark in "”»" or mark == '"':
            if opened is not None:
                found.append(Quotation(opened, index + 1, True))
            opened = None
    if opened is not None:
        found.append(Quotation(opened, end, False))
    return found


def _is_prose(paragraph: str) -> bool:
    line = paragraph.strip()
    if _QUESTION.match(line):
        return False
    if _CLOSED.search(line):
        return not (_BYLINE.match(line) and len(line.split()) <= _HEADING_WORDS)
    return len(line.split()) > _HEADING_WORDS


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
