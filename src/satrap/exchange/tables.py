"""Claims as tables that refer to each other: for data packages, SQLite, and who joins them by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from satrap.claims import kinds
from satrap.exchange.cited import Shelf
from satrap.exchange.context import Context, bounded
from satrap.protect.public import PublicClaim

Cell = str | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """``type`` is one of Table Schema's: string, integer, number, date."""

    name: str
    type: str
    description: str
    required: bool = True


@dataclass(frozen=True)
class Table:
    """``refers`` maps a column to the table whose key it names; ``rows`` are in the order of the claims."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: dict[str, str]
    rows: Callable[[Sequence[PublicClaim], Context], Iterator[Row]]


def _reports(claims: Sequence[PublicClaim], _context: Context) -> Iterator[Row]:
    shelf = Shelf()
    for claim in claims:
        shelf.report(claim)
    for identity, report in shelf.reports.items():
        yield (
            identity,
            report.publisher,
            report.outlet,
            report.title or None,
            report.url or None,
            report.language,
            report.published,
            report.published_edtf or None,
        )


def _claims(claims: Sequence[PublicClaim], context: Context) -> Iterator[Row]:
    shelf = Shelf()
    for claim in context.each(claims):
        yield _claim(claim, shelf.report(claim)[0])


def _claim(claim: PublicClaim, report: str) -> Row:
    first, last = bounded(claim.edtf) if claim.edtf else (None, None)
    reading = claim.reading
    return (
        claim.id,
        claim.number,
        report,
        claim.story,
        claim.kind,
        kinds()[claim.kind].family,
        claim.direction,
        claim.polarity,
        claim.horizon,
        claim.certainty,
        "; ".join(claim.cues) or None,
        claim.edtf or None,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        claim.quote or None,
        claim.source_kind,
        claim.status,
        reading.reader,
        reading.version,
        reading.score,
    )


def _roles(claims: Sequence[PublicClaim], _context: Context) -> Iterator[Row]:
    for claim in claims:
        for role, of in claim.roles.items():
            for position, one in enumerate(of):
                yield claim.id, role, position, one.name, one.id, "; ".join(one.tiers) or None, one.place


def _voices(claims: Sequence[PublicClaim], _context: Context) -> Iterator[Row]:
    for claim in claims:
        for position, (link, words) in enumerate(zip(claim.chain, claim.voices, strict=True)):
            yield claim.id, position, link.kind, link.place, link.name, words


def _places(claims: Sequence[PublicClaim], _context: Context) -> Iterator[Row]:
    for claim in claims:
        for position, (code, name) in enumerate(zip(claim.place_ids, claim.places, strict=True)):
            yield claim.id, position, code, name


def _text(name: str, description: str, required: bool = True) -> Column:
    return Column(name, "string", description, required)


_CLAIM = _text("claim", "id of the claim")
_POSITION = Column("position", "integer", "place in the order, from 0")

REPORTS = Table(
    "reports",
    "Reports, as far as they are public; those that tell the same of themselves are one",
    (
        _text("id", "hash of the other columns"),
        _text("publisher", "who published it"),
        _text("outlet", "who first told it, where the publisher reprints"),
        _text("title", "its title", required=False),
        _text("url", "where it was published", required=False),
        _text("language", "ISO 639 code"),
        _text("published", "when, in words"),
        _text("published_edtf", "when, as EDTF (ISO 8601-2)", required=False),
    ),
    ("id",),
    {},
    _reports,
)
CLAIMS = Table(
    "claims",
    "Claims: one assertion of one kind by one voice in one report",
    (
        _text("id", "hash of what is public of it"),
        Column("number", "integer", "its number in this export"),
        _text("report", "id of the report"),
        Column("story", "integer", "number of the story: reports that descend from one telling"),
        _text("kind", "kind of claim (codebook)"),
        _text("family", "family of the kind"),
        _text("direction", "up, down or unchanged; valence for sentiment and support", required=False),
        _text("polarity", "affirmed or denied"),
        _text("horizon", "past, present or future (a forecast), seen from publication"),
        _text("certainty", "how sure the text sounds"),
        _text("cues", "the words that tell how sure it sounds, by semicolons", required=False),
        _text("when", "when it was so, as EDTF; empty where it is not told", required=False),
        Column("earliest", "date", "first day that it may mean", required=False),
        Column("latest", "date", "last day that it may mean", required=False),
        _text("quote", "the words; empty where they are withheld", required=False),
        _text("source_kind", "kind of the innermost voice"),
        _text("status", "read, or what reviewers did with it"),
        _text("reader", "what read it"),
        _text("reader_version", "in which version"),
        Column("reader_score", "number", "how sure the reader is, 0 to 1"),
    ),
    ("id",),
    {"report": "reports"},
    _claims,
)
ROLES = Table(
    "roles",
    "Who or what fills the roles of a claim",
    (
        _CLAIM,
        _text("role", "name of the role (codebook)"),
        _POSITION,
        _text("name", "its name in the country pack, or a class of people"),
        _text("entity", "its id in the country pack", required=False),
        _text("tiers", "levels of the state, by semicolons", required=False),
        _text("place", "province of the office (ISO 3166-2)", required=False),
    ),
    ("claim", "role", "position"),
    {"claim": "claims"},
    _roles,
)
VOICES = Table(
    "voices",
    "On whose word: the chain of attribution, outermost first",
    (
        _CLAIM,
        _POSITION,
        _text("kind", "kind of source (codebook)"),
        _text("place", "province that it speaks from (ISO 3166-2)", required=False),
        _text("name", "of bodies that speak in public", required=False),
        _text("words", "the same in words"),
    ),
    ("claim", "position"),
    {"claim": "claims"},
    _voices,
)
PLACES = Table(
    "places",
    "Provinces that a claim is about; none: the whole state, or not told",
    (_CLAIM, _POSITION, _text("place", "code (ISO 3166-2)"), _text("name", "its name")),
    ("claim", "position"),
    {"claim": "claims"},
    _places,
)
TABLES = (REPORTS, CLAIMS, ROLES, VOICES, PLACES)
