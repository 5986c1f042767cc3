"""Questions to the ledger: each answers as of a day in the world and a moment of the record."""

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from satrap.claims import RecordedClaim
from satrap.claims.wire import decode
from satrap.ledger.schema import claim, entry, reading, reading_claim, report, story
from satrap.reports import Report


def has_report(connection: Connection, digest: str) -> bool:
    return connection.execute(select(report.c.hash).where(report.c.hash == digest)).first() is not None


def has_reading(connection: Connection, digest: str, reader: str, version: str) -> bool:
    found = select(reading.c.seq).where(
        reading.c.report == digest, reading.c.reader == reader, reading.c.version == version
    )
    return connection.execute(found).first() is not None


def known_claims(connection: Connection, digest: str) -> set[str]:
    return set(connection.scalars(select(claim.c.id).where(claim.c.report == digest)))


def reports(connection: Connection, known_at: str | None) -> dict[str, Report]:
    asked = (
        select(report.c.hash, entry.c.body).join(entry, entry.c.seq == report.c.seq).order_by(report.c.seq)
    )
    if known_at is not None:
        asked = asked.where(entry.c.at <= known_at)
    return {row.hash: msgspec.json.decode(row.body, type=Report) for row in connection.execute(asked)}


def stories(connection: Connection, known_at: str | None) -> dict[str, str]:
    """Story of each report that was ever joined to one; a report not named is a story of its own."""
    latest = _latest(story, known_at)
    asked = select(story.c.report, story.c.story).join(latest, latest.c.seq == story.c.seq)
    return {row.report: row.story for row in connection.execute(asked)}


def claims(connection: Connection, as_of: date | None, known_at: str | None) -> list[RecordedClaim]:
    """Claims that the latest reading of each report made.

    With ``as_of``, only those that may already have been true on that day: dated (or, undated, published)
    on or before it. A claim about the future of that day is kept: it had been made.
    """
    latest = _latest(reading, known_at)
    asked = (
        select(claim.c.id, claim.c.report, claim.c.at, entry.c.body)
        .join(reading_claim, reading_claim.c.claim == claim.c.id)
        .join(latest, latest.c.seq == reading_claim.c.reading)
        .join(entry, entry.c.seq == claim.c.seq)
        .order_by(claim.c.seq)
    )
    if as_of is not None:
        asked = asked.where((claim.c.earliest <= as_of.isoformat()) | claim.c.earliest.is_(None))
    told = stories(connection, known_at)
    of = reports(connection, known_at)
    return [_recorded(row, of[row.report], told) for row in connection.execute(asked)]


def _latest(table: Any, known_at: str | None) -> Any:
    asked: Select[Any] = select(func.max(table.c.seq).label("seq")).group_by(table.c.report)
    if known_at is not None:
        asked = asked.where(table.c.at <= known_at)
    return asked.subquery()


def _recorded(row: Any, source: Report, told: dict[str, str]) -> RecordedClaim:
    return RecordedClaim(
        id=row.id,
        claim=decode(row.body),
        publisher=source.publisher,
        outlet=source.outlet or source.publisher,
        published=source.published.earliest if source.published else None,
        story=told.get(row.report, row.report),
        known_at=datetime.fromisoformat(row.at),
    )
