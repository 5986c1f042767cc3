"""brat stand-off annotations: spans, relations, events and attributes over a text that stays as it is.

The format: https://brat.nlplab.org/standoff.html. Offsets are Unicode code points, ends exclusive.
"""

import re
from dataclasses import dataclass, field

from satrap.errors import ReportError
from satrap.exchange.taking import UnreadableError, why

_SPANS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")


@dataclass(frozen=True)
class Span:
    """A text-bound annotation; discontinuous ones have several fragments."""

    id: str
    type: str
    fragments: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        return self.fragments[-1][1]

    def words(self, text: str) -> str:
        """The words of its fragments, a space between them."""
        return " ".join(" ".join(text[start:end].split()) for start, end in self.fragments)


@dataclass(frozen=True)
class Link:
    """A relation or an event: its arguments by name, several where numbered (Actor, Actor2). ``trigger`` is
    the id of an event's span."""

    id: str
    type: str
    arguments: dict[str, tuple[str, ...]]
    trigger: str | None = None


@dataclass
class Annotations:
    """What an annotation file says: spans and links by id, attributes of either by its id."""

    spans: dict[str, Span] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)

    def spans_of(self, identity: str) -> tuple[Span, ...]:
        """A span itself; of an event, its trigger."""
        link = self.links.get(identity)
        found = self.spans.get((link.trigger or "") if link else identity)
        return (found,) if found else ()


def parse(annotated: str, text: str, where: str) -> Annotations:
    """Read an annotation file over its text. Notes, normalisations and equivalences are passed over.

    Raises ReportError, naming the line, where one is malformed, or its words do not stand at its offsets.
    """
    made = Annotations()
    for number, line in enumerate(annotated.split("\n"), 1):
        try:
            _line(line.rstrip("\r"), text, made)
        except (ValueError, IndexError) as fault:
            raise ReportError(
                f"{where}:{number}: {why(fault)}",
                remedy="mend this line, or take the text that was annotated",
            ) from None
    return made


def _line(line: str, text: str, made: Annotations) -> None:
    identity, _, rest = line.partition("\t")
    match identity[:1]:
        case "T":
            made.spans[identity] = _span(identity, rest, text)
        case "R":
            kind, *arguments = rest.split()
            made.links[identity] = Link(identity, kind, _arguments(arguments))
        case "E":
            head, *arguments = rest.split()
            kind, _, trigger = head.partition(":")
            made.links[identity] = Link(identity, kind, _arguments(arguments), trigger)
        case "A" | "M":
            name, target, *value = rest.split()
            made.attributes.setdefault(target, {})[name] = value[0] if value else ""
        case "" | "#" | "N" | "*":
            pass
        case _:
            raise UnreadableError("it begins no annotation")


def _span(identity: str, rest: str, text: str) -> Span:
    head, _, words = rest.partition("\t")
    kind, _, offsets = head.partition(" ")
    if not _SPANS.fullmatch(offsets):
        raise UnreadableError("its offsets are none")
    fragments = tuple((int(start), int(end)) for start, end in (one.split() for one in offsets.split(";")))
    span = Span(identity, kind, fragments)
    if any(not 0 <= start < end <= len(text) for start, end in fragments):
        raise UnreadableError("its offsets lie outside the text")
    if words and span.words(text) != " ".join(words.split()):
        raise UnreadableError("its words do not stand at its offsets")
    return span


def _arguments(written: list[str]) -> dict[str, tuple[str, ...]]:
    arguments: dict[str, tuple[str, ...]] = {}
    for one in written:
        name, _, target = one.partition(":")
        bare = name if name.startswith("Arg") else name.rstrip("0123456789")
        arguments[bare] = (*arguments.get(bare, ()), target)
    return arguments
