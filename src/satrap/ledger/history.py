"""The record itself: which entries there are, and which tell of one claim, report or entity."""

from collections.abc import Iterator
from typing import TypedDict

from sqlalchemy import Connection, Select, select, union

from satrap.errors import LedgerError
from satrap.ledger import schema
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.store import FETCH
from satrap.ledger.versions import shelf


class EntryFilters(TypedDict, total=False):
    """Which entries to give; all that are given must hold. ``after`` is an entry's number."""

    kind: EntryKind
    author: str
    after: int
    limit: int


def entries(connection: Connection, known: int, subject: str | None, by: EntryFilters) -> Iterator[Entry]:
    """Entries up to number ``known``, in order."""
    table = schema.entry
    asked = select(table.c.seq, table.c.kind, table.c.at, table.c.author, table.c.body)
    asked = asked.where(table.c.seq <= known).order_by(table.c.seq)
    if "kind" in by:
        asked = asked.where(table.c.kind == by["kind"].value)
        if by["kind"] not in (EntryKind.CLAIM_READ, EntryKind.REPORT_ADDED, EntryKind.REPORT_READ):
            few = select(schema.event.c.seq).where(schema.event.c.kind == by["kind"].value)
            asked = asked.where(table.c.seq.in_(few))
    if "author" in by:
        asked = asked.where(table.c.author == by["author"])
    if "after" in by:
        asked = asked.where(table.c.seq > by["after"])
    if subject is not None:
        asked = asked.where(table.c.seq.in_(_about(subject)))
    if "limit" in by:
        asked = asked.limit(by["limit"])
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        yield Entry(row.seq, EntryKind(row.kind), row.at, row.author, row.body)


def first_read(connection: Connection, claim: str) -> int:
    """The entry that first read a claim; raises LedgerError where there is none."""
    version = schema.claim_version.c
    asked = select(version.claim).where(version.shelf == shelf(claim), version.id == claim).limit(1)
    found: int | None = connection.scalar(asked)
    if found is None:
        raise LedgerError(f"there is no claim {claim}", remedy="see `satrap claims --json` for ids")
    return found


def _about(subject: str) -> Select[tuple[int]]:
    event, version, report, reading = (
        schema.event.c,
        schema.claim_version.c,
        schema.report.c,
        schema.reading.c,
    )
    told = union(
        select(event.seq).where(event.subject == subject),
        select(version.known_from).where(version.shelf == shelf(subject), version.id == subject),
        select(report.seq).where(report.hash == subject),
        select(reading.seq).join(schema.report, report.seq == reading.report).where(report.hash == subject),
    ).subquery()
    return select(told.c[0])
