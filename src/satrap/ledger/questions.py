"""Questions to the ledger: each answers as of a day in the world and a moment of the record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, or_, select

from satrap.claims import Claim, RecordedClaim, Status
from satrap.ledger import bodies, schema, terms
from satrap.ledger.entry import EntryKind
from satrap.ledger.store import FETCH
from satrap.reports import Report

PROBED = 5000  # entries of a term's list counted to tell a short list from a long one


class Filters(TypedDict, total=False):
    """What claims to give. All that are given must hold.

    ``institution``, ``person`` and ``place`` are ids of the country pack (of a person without one, the name);
    an institution *and* a place together mean the office: that institution's body there. A place includes
    all that lies in it. ``report`` is a report's hash, ``story`` a story's id. ``possibly_on`` and
    ``certainly_on`` ask for dated claims (:class:`satrap.claims.When`), ``reported_by`` for those published
    by that day. Without ``status``, rejected claims are left out. ``after`` is the position of the last claim
    of the page before; ``limit`` and ``offset`` count claims.
    """

    kind: str
    institution: str
    place: str
    person: str
    status: Status
    source_kind: str
    report: str
    publisher: str
    story: str
    possibly_on: date
    certainly_on: date
    reported_by: date
    after: int
    limit: int
    offset: int


def claims(connection: Connection, known: int, as_of: date | None, by: Filters) -> Iterator[RecordedClaim]:
    """Claims as known after entry ``known``, in the order they were first recorded.

    With ``as_of``, only those that may have been true by that day: whose date may have come, or that,
    undated, had been reported by then.
    """
    if known == 0:
        return
    version, report, story = schema.claim_version, schema.report, schema.story
    told, first = schema.entry, schema.entry.alias("first")
    asked = (
        select(
            version.c.id,
            version.c.status,
            version.c.claim,
            version.c.known_from,
            told.c.kind,
            told.c.body,
            first.c.at,
            report.c.hash,
            report.c.publisher,
            report.c.outlet,
            report.c.earliest,
            story.c.story,
        )
        .select_from(_found(connection, known, by))
        .join(told, told.c.seq == version.c.body)
        .join(first, first.c.seq == version.c.claim)
        .join(report, report.c.seq == version.c.report)
        .outerjoin(story, (story.c.report == version.c.report) & open_at(story, known))
        .where(open_at(version, known), *_conditions(as_of, by))
        .order_by(version.c.claim)
    )
    if "limit" in by or "offset" in by:
        asked = asked.limit(by.get("limit", -1 if connection.dialect.name == "sqlite" else None))
        asked = asked.offset(by.get("offset", 0))
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        yield _recorded(row)


def open_at(table: Any, known: int) -> ColumnElement[bool]:
    """Rows of a table that held after entry ``known``."""
    until = table.c.known_until
    return and_(table.c.known_from <= known, or_(until.is_(None), until > known))


def _found(connection: Connection, known: int, by: Filters) -> Any:
    """``claim_version`` joined to the lists of every term asked for, the shortest first."""
    lists = sorted(_lists(connection, known, by), key=lambda some: _length(connection, some))
    if not lists:
        return schema.claim_version
    version = schema.claim_version.c
    sources = [_postings(some, f"term_{at}") for at, some in enumerate(lists)]
    first = sources[0]
    joined: Any = first
    for other in sources[1:]:
        joined = joined.join(other, (other.c.claim == first.c.claim) & (other.c.body == first.c.body))
    return joined.join(
        schema.claim_version, (version.claim == first.c.claim) & (version.body == first.c.body)
    )


def _lists(connection: Connection, known: int, by: Filters) -> list[list[str]]:
    """For each filter that has terms, the terms of which a claim must have one."""

    def named(id: str) -> list[str]:
        return [id, *_merged_into(connection, known, id)]

    found: list[list[str]] = []
    institution, place = by.get("institution"), by.get("place")
    if institution and place:
        found.append([terms.of_office(one, place) for one in named(institution)])
    elif institution:
        found.append([terms.of_actor(one) for one in named(institution)])
    elif place:
        found.append([terms.of_place(place)])
    if "person" in by:
        found.append([terms.of_person(one) for one in named(by["person"])])
    if "kind" in by:
        found.append([terms.of_kind(by["kind"])])
    if "source_kind" in by:
        found.append([terms.of_source(by["source_kind"])])
    if "publisher" in by:
        found.append([terms.of_publisher(by["publisher"])])
    return found


def _postings(some: Sequence[str], name: str) -> Any:
    table = schema.posting
    if len(some) == 1:
        return select(table.c.claim, table.c.body).where(table.c.term == some[0]).subquery(name)
    return select(table.c.claim, table.c.body).where(table.c.term.in_(some)).distinct().subquery(name)


def _length(connection: Connection, some: Sequence[str]) -> int:
    table = schema.posting.c
    few = select(table.claim).where(table.term.in_(some)).limit(PROBED).subquery()
    return connection.scalar(select(func.count()).select_from(few)) or 0


def _conditions(as_of: date | None, by: Filters) -> list[ColumnElement[bool]]:
    version, report, story = schema.claim_version.c, schema.report.c, schema.story.c
    made: list[ColumnElement[bool]] = []
    if "status" in by:
        made.append(version.status == by["status"].value)
        if by["status"] != Status.READ:
            made.append(literal_column("status <> 'read'"))  # as the partial index says it
    else:
        made.append(version.status != Status.REJECTED.value)
    if as_of is not None:
        by_then = func.coalesce(version.earliest, version.reported)
        made.append(or_(by_then <= as_of.isoformat(), by_then.is_(None)))
    if "possibly_on" in by:
        day = by["possibly_on"].isoformat()
        made += [version.earliest <= day, version.latest >= day]
    if "certainly_on" in by:
        day = by["certainly_on"].isoformat()
        made += [version.certain_from <= day, version.certain_until >= day]
    if "reported_by" in by:
        made.append(version.reported <= by["reported_by"].isoformat())
    if "report" in by:
        made.append(report.hash == by["report"])
    if "story" in by:
        made.append(func.coalesce(story.story, report.hash) == by["story"])
    if "after" in by:
        made.append(version.claim > by["after"])
    return made


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


def _merged_into(connection: Connection, known: int, id: str) -> list[str]:
    table = schema.merge
    asked = select(table.c.entity).where(table.c.known_as == id, open_at(table, known))
    return list(connection.scalars(asked))


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
    body = bodies.decode(EntryKind(row.kind), row.body)
    claim: Claim = body.corrected if isinstance(body, bodies.ClaimCorrected) else body
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
