"""Questions to the ledger: each answers as of a day in the world and a moment of the record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, select

from satrap.claims import RecordedClaim, Status
from satrap.ledger import bodies, schema
from satrap.ledger.entry import EntryKind
from satrap.ledger.finding import Filters, Order, candidates, conditions, open_at
from satrap.ledger.store import FETCH
from satrap.reports import Report


def claims(
    connection: Connection, known: int, as_of: date | None, by: Filters, order: Order = Order.RECORDED
) -> Iterator[RecordedClaim]:
    """Claims as known after entry ``known``.

    With ``as_of``, only those that may have been true by that day: whose date may have come, or that,
    undated, had been reported by then.
    """
    skipped = by.get("offset", 0)
    ended = skipped + by["limit"] if "limit" in by else None
    if ended != skipped:
        for row in islice(_rows(connection, known, as_of, by, order), skipped, ended):
            yield _recorded(row)


def _rows(connection: Connection, known: int, as_of: date | None, by: Filters, order: Order) -> Iterator[Any]:
    must = [*conditions(connection, known, as_of, by)]
    for keys in candidates(connection, known, as_of, by, order):
        found = _told(connection, {key.claim for key in keys}, known, *must)
        for key in keys:
            row = found.get(key.claim)
            if row is not None and row.told_in == key.body:  # or another version is held, of other terms
                yield row


def told(connection: Connection, claims: Sequence[int], known: int) -> list[RecordedClaim]:
    """The claims first read in these entries, in their order, as known after entry ``known``."""
    found = _told(connection, claims, known)
    return [_recorded(found[claim]) for claim in claims]


def _version_told() -> Any:
    version, report, story = schema.claim_version, schema.report, schema.story
    said, begun = schema.entry, schema.entry.alias("begun")

    def held(table: Any) -> ColumnElement[bool]:
        known: BindParameter[int] = bindparam("known")
        return open_at(table, known)

    return (
        select(
            version.c.id,
            version.c.status,
            version.c.claim,
            version.c.known_from,
            version.c.body.label("told_in"),
            said.c.kind,
            said.c.body,
            begun.c.at,
            report.c.hash,
            report.c.publisher,
            report.c.outlet,
            report.c.earliest,
            story.c.story,
        )
        .select_from(version)
        .join(said, said.c.seq == version.c.body)
        .join(begun, begun.c.seq == version.c.claim)
        .join(report, report.c.seq == version.c.report)
        .outerjoin(story, and_(story.c.report == version.c.report, held(story)))
        .where(version.c.claim.in_(bindparam("claims", expanding=True)), held(version))
    )


_VERSION_TOLD = _version_told()  # made once: it takes as long as running it


def _told(connection: Connection, claims: Any, known: int, *must: ColumnElement[bool]) -> dict[int, Any]:
    """What is held of these claims, where it meets what it must."""
    asked = _VERSION_TOLD.where(*must)
    return {row.claim: row for row in connection.execute(asked, {"claims": list(claims), "known": known})}


def stories(connection: Connection, known: int) -> dict[str, str]:
    """Story of each report that was ever joined to one; a report not named is a story of its own."""
    table, report = schema.story, schema.report
    asked = (
        select(report.c.hash, table.c.story)
        .join(report, report.c.seq == table.c.report)
        .where(open_at(table, known))
    )
    return {row.hash: row.story for row in connection.execute(asked)}


def merges(connection: Connection, known: int) -> dict[str, str]:
    """What each merged id is known as."""
    table = schema.merge
    asked = select(table.c.entity, table.c.known_as).where(open_at(table, known))
    return {row.entity: row.known_as for row in connection.execute(asked)}


def reports(connection: Connection, known: int) -> Iterator[Report]:
    """Reports in the order they were recorded."""
    told, report = schema.entry, schema.report
    asked = (
        select(told.c.body)
        .join(report, report.c.seq == told.c.seq)
        .where(told.c.seq <= known)
        .order_by(told.c.seq)
    )
    for body in connection.scalars(asked, execution_options={"yield_per": FETCH}):
        yield bodies.decode(EntryKind.REPORT_ADDED, body)


def _recorded(row: Any) -> RecordedClaim:
    claim = bodies.claim_in(EntryKind(row.kind), row.body)
    status = Status(row.status)
    return RecordedClaim(
        id=row.id,
        claim=claim if status == claim.status else msgspec.structs.replace(claim, status=status),
        publisher=row.publisher,
        outlet=row.outlet or row.publisher,
        published=date.fromisoformat(row.earliest) if row.earliest else None,
        story=row.story or row.hash,
        known_at=datetime.fromisoformat(row.at),
        status=status,
        position=row.claim,
        version=row.known_from,
    )
