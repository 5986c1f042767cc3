"""Lines that a page's or a mail's width broke, put back into paragraphs."""

from collections.abc import Iterator, Sequence

FULL = 0.85  # of the widest lines: set in proportional type, lines of one column differ that much
WRAPPED = 40  # characters; narrower text is a list or verse, whose line ends are its own


def unwrapped(text: str) -> str:
    """Paragraphs of ``text``, apart by an empty line.

    A line into which the next line's first word would have fitted was ended on purpose; one into which it
    would not was broken by the width. Empty lines always end a paragraph.
    """
    lines = [line.strip() for line in text.splitlines()]
    width = _width(lines)
    if width < WRAPPED:
        return "\n\n".join(line for line in lines if line)
    return "\n\n".join(" ".join(paragraph) for paragraph in _paragraphs(lines, width))


def _width(lines: Sequence[str]) -> int:
    """Of a column: what nine lines in ten keep to, so that a stray long one does not set it."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _paragraphs(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    gathered: list[str] = []
    for line in lines:
        if gathered and (not line or len(gathered[-1]) + 1 + len(line.split(maxsplit=1)[0]) < FULL * width):
            yield gathered
            gathered = []
        if line:
            gathered.append(line)
    if gathered:
        yield gathered
