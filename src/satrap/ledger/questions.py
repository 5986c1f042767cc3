"""Questions to the ledger: each answers as of a day in the world and a moment of the record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal_column, or_, select

from satrap.claims import RecordedClaim, Status
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
    ``certainly_on`` ask for dated claims (:class:`satrap.claims.When`), ``reported_since`` and
    ``reported_by`` for those published from that day on and up to it. Without ``status``, rejected claims are
    left out. ``after`` is the position of the last claim of the page before; ``limit`` and ``offset`` count
    claims.
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
    reported_since: date
    reported_by: date
    after: int
    limit: int
    offset: int


class Order(StrEnum):
    """In which order claims are given, and so which of them a limit leaves."""

    RECORDED = "recorded"
    NEWEST = "newest"  # by the first day it may have been true, or else was told; the last first


def claims(
    connection: Connection, known: int, as_of: date | None, by: Filters, order: Order = Order.RECORDED
) -> Iterator[RecordedClaim]:
    """Claims as known after entry ``known``.

    With ``as_of``, only those that may have been true by that day: whose date may have come, or that,
    undated, had been reported by then.
    """
    found = _found(connection, known, as_of, by, order).subquery("found")
    newest = [found.c.day.desc()] if order == Order.NEWEST else []
    yield from told(connection, found, known, newest)


def told(
    connection: Connection, found: FromClause, known: int, first: Sequence[ColumnElement[Any]] = ()
) -> Iterator[RecordedClaim]:
    """The claims whose versions were found (by ``claim`` and ``known_from``), ordered by ``first``, then as
    recorded."""
    version, report, story = schema.claim_version, schema.report, schema.story
    said, begun = schema.entry, schema.entry.alias("begun")
    asked = (
        select(
            version.c.id,
            version.c.status,
            version.c.claim,
            version.c.known_from,
            said.c.kind,
            said.c.body,
            begun.c.at,
            report.c.hash,
            report.c.publisher,
            report.c.outlet,
            report.c.earliest,
            story.c.story,
        )
        .select_from(found)
        .join(version, and_(version.c.claim == found.c.claim, version.c.known_from == found.c.known_from))
        .join(said, said.c.seq == version.c.body)
        .join(begun, begun.c.seq == version.c.claim)
        .join(report, report.c.seq == version.c.report)
        .outerjoin(story, and_(story.c.report == version.c.report, open_at(story, known)))
        .order_by(*first, found.c.claim)
    )
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        yield _recorded(row)


def open_at(table: Any, known: int) -> ColumnElement[bool]:
    """Rows of a table that held after entry ``known``."""
    until = table.c.known_until
    return and_(table.c.known_from <= known, or_(until.is_(None), until > known))


def _found(connection: Connection, known: int, as_of: date | None, by: Filters, order: Order) -> Select[Any]:
    """Keys of the versions asked for: a walk along the shortest list of a term, with looks into the others
    and into ``claim_version``. Bodies are joined afterwards, to no more than the limit leaves."""
    version = schema.claim_version
    day = func.coalesce(version.c.earliest, version.c.reported).label("day")
    lists = sorted(term_lists(connection, known, by), key=lambda some: _length(connection, some))
    walked = [_postings(some, f"term_{at}") for at, some in enumerate(lists)]
    if walked:
        first, joined = walked[0].c, walked[0]
        for other in walked[1:]:
            joined = joined.join(other, and_(other.c.claim == first.claim, other.c.body == first.body))
        joined = joined.join(version, and_(version.c.claim == first.claim, version.c.body == first.body))
        place = first.claim
    else:
        joined, place = version, version.c.claim
    asked = (
        select(place.label("claim"), version.c.known_from, day)
        .select_from(joined)
        .where(place <= known, open_at(version, known), *conditions(connection, known, as_of, by))
        .order_by(*([day.desc()] if order == Order.NEWEST else []), place)
    )
    if "after" in by:
        asked = asked.where(place > by["after"])
    if "limit" in by:
        asked = asked.limit(by["limit"])
    if "offset" in by:
        asked = asked.offset(by["offset"])
    return asked


def term_lists(connection: Connection, known: int, by: Filters) -> list[list[str]]:
    """For each filter that has terms, the terms of which a claim must have one."""

    def named(id: str) -> list[str]:
        return _known_as(connection, known, id)

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


def conditions(
    connection: Connection, known: int, as_of: date | None, by: Filters
) -> Iterator[ColumnElement[bool]]:
    version = schema.claim_version.c
    if "status" in by:
        yield version.status == by["status"].value
        if by["status"] != Status.READ:
            yield literal_column("status <> 'read'")  # as the partial index says it
    else:
        yield version.status != Status.REJECTED.value
    if as_of is not None:
        by_then = func.coalesce(version.earliest, version.reported)
        yield or_(by_then <= as_of.isoformat(), by_then.is_(None))
    if "possibly_on" in by:
        day = by["possibly_on"].isoformat()
        yield and_(version.earliest <= day, version.latest >= day)
    if "certainly_on" in by:
        day = by["certainly_on"].isoformat()
        yield and_(version.certain_from <= day, version.certain_until >= day)
    if "reported_since" in by:
        yield version.reported >= by["reported_since"].isoformat()
    if "reported_by" in by:
        yield version.reported <= by["reported_by"].isoformat()
    if "report" in by:
        yield version.report.in_(select(schema.report.c.seq).where(schema.report.c.hash == by["report"]))
    if "story" in by:
        yield version.report.in_(told_as(connection, known, by["story"]))


def told_as(connection: Connection, known: int, story: str) -> list[int]:
    """The reports (by entry) of a story: those joined to it, and the one it is named after."""
    table, report = schema.story, schema.report.c
    found = list(
        connection.scalars(select(table.c.report).where(table.c.story == story, open_at(table, known)))
    )
    namesake = connection.scalar(select(report.seq).where(report.hash == story, report.seq <= known))
    if namesake is not None:
        elsewhere = select(table.c.story).where(table.c.report == namesake, open_at(table, known))
        if connection.execute(elsewhere).first() is None:
            found.append(namesake)
    return found


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


def _known_as(connection: Connection, known: int, id: str) -> list[str]:
    """An id and all that were merged into it, or into one that was."""
    table, found = schema.merge, [id]
    for one in found:
        asked = select(table.c.entity).where(table.c.known_as == one, open_at(table, known))
        found += connection.scalars(asked)
    return found


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
