"""An attribution: some words put on someone's word, mind or wish."""

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]


class Directness(StrEnum):
    """How much of the content stands in quotation marks: all, some or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Attribution:
    """``source`` says, thinks, wants or shows (``cue``) the ``content``; spans are offsets in the report.

    ``source`` is None where the text names none ("reportedly", "is expected to"). ``content`` may have gaps:
    the words around "he said". ``lemma`` is the cue's base form, ``rule`` which construction was read.
    ``level`` counts the attributions and quotations that the cue itself stands in: 0 is on the writer's own
    word, 1 on that of a source.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    kind: Directness
    lemma: str
    rule: str
    level: int = 0
