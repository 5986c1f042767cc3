"""Postings of the Security Force Monitor on their way in: its claim sheets, or a download of personnel.

A range that starts is an appointment, one that ends a dismissal (or what its context says), one that does
neither an appearance in the post. Ranks are in the words only: a claim has no place for them.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from satrap.claims import Argument, Certainty, Horizon, Reading, Source, SourceKind
from satrap.errors import ReportError
from satrap.exchange.files import plain
from satrap.exchange.formats import Importer
from satrap.exchange.monitor import BEGINNING, ENDING, POSTINGS, SEEN, SOURCES
from satrap.exchange.taking import Outcome, PassedOver, Taking, Told, UnreadableError, named, rebuilt, why
from satrap.reports import UNKNOWN

# what we ask of a row: the claim sheet's column, and that of WhoWasInCommand's download of personnel
_COLUMNS = {
    "person": ("satrap:person", "posting:person:names:qa", "person:name"),
    "unit": ("satrap:institution", "posting:unit:names:qa", "unit:name"),
    "title": ("posting:titles:assertion", "person:posting_title"),
    "role": ("posting:roles:assertion", "person:posting_role"),
    "first": ("first_precise:range", "person:posting_first_cited_date"),
    "last": ("last_precise:range", "person:posting_last_cited_date"),
    "starts": ("starting:range", "person:posting_first_cited_date_start"),
    "ends": ("ending:range", "person:posting_last_cited_date_end"),
    "began": ("starting_context:range", "person:posting_first_cited_date_start_context"),
    "ended": ("ending_context:range", "person:posting_last_cited_date_end_context"),
}
_NOT_TOLD = ("satrap:", "researcher:", "internal_comments:", "status:", "citation:", "about_entity:")
_IDS = (":refs:", ":id", "id:admin", "admin:id")
_READING = Reading("Security Force Monitor", "1", 1.0)  # coded by hand

Row = Mapping[str, str]


def read(path: Path, taking: Taking) -> Iterator[Outcome]:
    """The claims of a file of postings, or of a folder with ``postings.csv`` in it; sources are looked up in
    ``sources.csv`` beside it. Rows without a person, a body or a readable date are errors."""
    file = path / POSTINGS if path.is_dir() else path
    beside = file.with_name(SOURCES)
    sources = (
        {row["source:access_point_id:admin"]: row for _, row in _rows(beside)} if beside.is_file() else {}
    )
    told: list[Told] = []
    for number, row in _rows(file):
        where = f"{file.name}: row {number}"
        if row.get("type:claim", "posting") != "posting":
            yield PassedOver(f"a claim of another type: {named(row['type:claim'])}")
            continue
        cited = row.get("citation:refs:claim", "").partition(";")[0].strip()
        try:
            told += _told(row, sources.get(cited, {}), where, taking)
        except ValueError as fault:
            yield ReportError(f"{where}: {why(fault)}", remedy="mend or remove this row")
    yield from rebuilt(told)


def _rows(file: Path) -> Iterator[tuple[int, Row]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            for number, row in enumerate(csv.DictReader(handle), 2):
                yield number, {name: plain(cell or "").strip() for name, cell in row.items() if name}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReportError(f"{file.name}: {error}", remedy="export it again as CSV (UTF-8)") from error


def _told(row: Row, source: Row, where: str, taking: Taking) -> Iterator[Told]:
    person, unit = _cell(row, "person"), _cell(row, "unit")
    if not person or not unit:
        raise UnreadableError("no person or no unit")
    names = taking.names
    place = row.get("satrap:place") or None
    roles: dict[str, tuple[Argument, ...]] = {
        "person": (names.argument(person),),
        "institution": (names.argument(unit, place),),
    }
    title = row.get("satrap:post") or _cell(row, "title") or _cell(row, "role")
    if title:
        roles["post"] = (names.post(title),)
    given = taking.given
    publisher = source.get("source:publication_name") or given.publisher or UNKNOWN
    published = source.get("satrap:published") or source.get("source:published_timestamp", "")[:10]
    for kind, when in _boundaries(row):
        yield Told(
            kind=kind,
            roles=roles,
            certainty=Certainty(row.get("satrap:certainty") or Certainty.STATED),
            horizon=Horizon(row.get("satrap:horizon") or (Horizon.PRESENT if kind == SEEN else Horizon.PAST)),
            when=when,
            quote=row.get("satrap:quote") or _words(row),
            chain=tuple(_chain(row.get("satrap:voices", ""), publisher)),
            reading=_READING,
            publisher=publisher,
            outlet=source.get("satrap:outlet") or given.outlet or "",
            title=source.get("source:title") or given.title or "",
            url=source.get("source:url") or given.url or "",
            language=source.get("satrap:language") or given.language or "und",
            published=published or (given.published.edtf if given.published else ""),
            origin=where,
            row=not row.get("satrap:quote"),
        )


def _boundaries(row: Row) -> Iterator[tuple[str, str]]:
    """Kinds of claim with their dates: one for each end of the range that the row speaks of."""
    if row.get("satrap:kind"):
        yield row["satrap:kind"], row.get("satrap:when", "")
        return
    loose = _window(row.get("first_imprecise:range", ""), row.get("last_imprecise:range", ""))
    first, last = _cell(row, "first"), _cell(row, "last")
    starts, ends = _yes(_cell(row, "starts")), _yes(_cell(row, "ends"))
    if starts:
        yield _kind(_cell(row, "began"), BEGINNING, "appointment"), first or loose
    if ends:
        yield _kind(_cell(row, "ended"), ENDING, "dismissal"), last or loose
    if not starts and not ends:
        yield SEEN, _window(first, last) or loose


def _kind(context: str, kinds: Mapping[str, str], otherwise: str) -> str:
    folded = context.casefold()
    return next((kind for kind, word in kinds.items() if word.casefold() in folded), otherwise)


def _window(first: str, last: str) -> str:
    return first if first == last or not last else f"{first or '..'}/{last}"


def _yes(cell: str) -> bool:
    return cell.casefold() in {"y", "yes", "true", "1"}


def _cell(row: Row, asked: str) -> str:
    return next((row[name] for name in _COLUMNS[asked] if row.get(name)), "")


def _chain(written: str, publisher: str) -> Iterator[Source]:
    if not written:
        yield Source(SourceKind.PUBLISHER, name=publisher)
        return
    for link in written.split(" > "):
        kind, _, rest = link.partition("|")
        place, _, name = rest.partition("|")
        yield Source(SourceKind(kind), place or None, name or None)


def _words(row: Row) -> str:
    """The row as text: what it tells of the posting, and nothing of who typed it."""
    told = (
        f"{name}: {cell}"
        for name, cell in row.items()
        if cell and not name.startswith(_NOT_TOLD) and not any(one in name for one in _IDS)
    )
    return "\n".join(told)


IMPORTER = Importer(
    "sfm", "postings of the Security Force Monitor: claim sheets or WhoWasInCommand's CSV", read
)
