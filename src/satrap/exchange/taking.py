"""Taking claims in: what an importer is given, what it yields, and claims rebuilt from what a format told."""

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
from satrap.reports import UNKNOWN, Metadata, Report


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
    """A report and the claims that a file told of it."""

    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class PassedOver:
    """A row that is no claim of ours, by kind of reason: reasons are counted, rows are not listed."""

    reason: str


Outcome = Taken | PassedOver | ReportError


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a format tells it: a `Claim` without its place in a text.

    ``quote`` stands for the text; where it is empty, what the other fields tell takes its place.
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
    each once: the rest of it did not come along. Raises ValueError for a claim that breaks the codebook.
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
    )
    digest = report.hash
    return Taken(report, tuple(_claim(one, digest, text, starts[one.words]) for one in together))


def _claim(told: Told, digest: str, text: str, start: int) -> Claim:
    schema = kinds().get(told.kind)
    return Claim(
        report=digest,
        quote=Quote.at(text, start, start + len(told.words)),
        kind=told.kind,
        said_by=told.chain or (Source(SourceKind.PUBLISHER, name=told.publisher),),
        reading=told.reading,
        roles=told.roles,
        direction=told.direction if schema is None or schema.directional else None,
        polarity=told.polarity,
        certainty=told.certainty,
        cues=told.cues,
        horizon=told.horizon,
        when=When.parse(told.when) if told.when else None,
        places=told.places,
    )
