"""An attribution: some words put on someone's word, mind or wish."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """``source`` says, thinks, wants or shows (``cue``) the ``content``; spans are offsets in the report.

    ``source`` is None where the text names none ("reportedly", "is expected to"). ``content`` may have gaps: the
    words around "he said". ``kind`` is direct (all in quotation marks), mixed (some) or indirect (none).
    ``lemma`` is the cue's base form, ``rule`` which construction was read. ``level`` counts the attributions and
    quotations that the cue itself stands in: 0 is on the writer's own word, 1 on the word of another source.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    kind: str
    lemma: str
    rule: str
    level: int = 0
