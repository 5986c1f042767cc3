"""Taking claims in: what an importer is given, what it yields, and claims rebuilt from what a format told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    Source,
    SourceKind,
    When,
    kinds,
)
from satrap.country import Pack
from satrap.errors import ReportError
from satrap.exchange.names import Names
from satrap.reports import UNKNOWN, Found, Metadata, Report

_WORD = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class Taking:
    """What an importer knows beside the file: the country, what the analyst says of the reports, and, for
    formats whose codes are not satrap's, a mapping of their own."""

    pack: Pack
    given: Metadata = field(default_factory=Metadata)
    mapping: Path | None = None

    @cached_property
    def names(self) -> Names:
        return Names(self.pack)


@dataclass(frozen=True)
class Taken:
    """A report and the claims that a file told of it. ``story`` is what the file says it shares with others
    that come from one telling, empty where it does not say."""

    report: Report
    claims: tuple[Claim, ...]
    story: str = ""


@dataclass(frozen=True)
class PassedOver:
    """A row that is no claim of ours, by kind of reason: reasons are counted, rows are not listed."""

    reason: str


Outcome = Taken | PassedOver | ReportError


class UnreadableError(ValueError):
    """Why a row cannot be read, in words of ours alone: what stands in it may be anybody's."""


def why(fault: Exception) -> str:
    """What may be said of a fault: a message of ours, where a JSON value is wrong its path, else nothing."""
    if isinstance(fault, UnreadableError):
        return str(fault)
    path = str(fault).partition(" - at ")[2] if isinstance(fault, msgspec.MsgspecError) else ""
    return f"not what it should be at {path}" if path else "not in a form that satrap can read"


def named(word: str) -> str:
    """A word of the file's own scheme, such as a code, where it looks like one."""
    return word if _WORD.fullmatch(word) else "something unnamed"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a format tells it: a `Claim` without its place in a text.

    ``quote`` stands for the text; where it is empty, what the other fields tell takes its place. With ``row``
    they are no words that anybody wrote, but the cells of a row. Raises UnreadableError where a field breaks
    the codebook or is no date.
    """

    kind: str
    roles: dict[str, tuple[Argument, ...]] = {}
    direction: Direction | None = None
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    horizon: Horizon = Horizon.PAST
    cues: tuple[str, ...] = ()
    when: str = ""
    places: tuple[str, ...] = ()
    quote: str = ""
    chain: tuple[Source, ...] = ()
    reading: Reading
    publisher: str = UNKNOWN
    outlet: str = ""
    title: str = ""
    url: str = ""
    language: str = "und"
    published: str = ""
    origin: str = ""
    row: bool = False

    def __post_init__(self) -> None:
        schema = kinds().get(self.kind)
        if schema is None:
            raise UnreadableError("a kind of claim that the codebook does not have")
        if not self.roles.keys() <= set(schema.roles):
            raise UnreadableError(f"a role that {self.kind} does not have")
        try:
            for edtf in filter(None, (self.when, self.published)):
                When.parse(edtf)
        except ValueError:
            raise UnreadableError("a date that is not EDTF, such as 2017, 2017-06 or 2017-06-15") from None

    @property
    def words(self) -> str:
        """What the report's text says of it."""
        if self.quote:
            return self.quote
        named = "; ".join(f"{role}: {', '.join(a.name for a in of)}" for role, of in self.roles.items())
        return " ".join(filter(None, ("[words withheld]", self.kind, self.direction, named, self.when)))


def rebuilt(told: Iterable[Told]) -> Iterator[Taken]:
    """Reports made of the words that were told of them, with their claims.

    Claims of one publisher, title, address and day are of one report, whose text is their words in order,
    each once: the rest of it did not come along.
    """
    reports: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        key = (one.publisher, one.outlet, one.title, one.url, one.published, one.language)
        reports.setdefault(key, []).append(one)
    for together in reports.values():
        yield _report(together)


def _report(together: list[Told]) -> Taken:
    first = together[0]
    starts: dict[str, int] = {}
    length = 0
    for one in together:
        if one.words not in starts:
            starts[one.words] = length
            length += len(one.words) + 2
    text = "\n\n".join(starts)
    report = Report(
        text=text,
        publisher=first.publisher,
        outlet=first.outlet if first.outlet != first.publisher else None,
        title=first.title or None,
        url=first.url or None,
        published=When.parse(first.published) if first.published else None,
        language=first.language,
        origin=first.origin or None,
        provenance={"text": str(Found.ROW)} if first.row else {},
    )
    digest = report.hash
    return Taken(report, tuple(_claim(one, digest, text, starts[one.words]) for one in together))


def _claim(told: Told, digest: str, text: str, start: int) -> Claim:
    return Claim(
        report=digest,
        quote=Quote.at(text, start, start + len(told.words)),
        kind=told.kind,
        said_by=told.chain or (Source(SourceKind.PUBLISHER, name=told.publisher),),
        reading=told.reading,
        roles=told.roles,
        direction=told.direction if kinds()[told.kind].directional else None,
        polarity=told.polarity,
        certainty=told.certainty,
        cues=told.cues,
        horizon=told.horizon,
        when=When.parse(told.when) if told.when else None,
        places=told.places,
    )
