"""Which claims a question is about, before what they say is fetched.

Most questions walk along the list of a term, volume after volume, and look into the lists of the others.
Those lists hold what never changes of a claim's version: the days it may be of, the entry that tells it. What
else it must meet, such as still being held at that moment, is asked of the few that are left.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from satrap.claims import Status
from satrap.ledger import schema, terms
from satrap.ledger.store import FETCH

PROBED = 3  # volumes at most that tell a short list from a long one


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


Keys = Sequence[Any]  # rows of (claim, body), in the order of the question


def candidates(
    connection: Connection, known: int, as_of: date | None, by: Filters, order: Order
) -> Iterator[Keys]:
    """Claims and the entries that tell them, some at a time: all that the question is about, in its order,
    and some that it is not, for :func:`conditions` to tell."""
    lists = term_lists(connection, known, by)
    if not lists or _is_of_few(by):
        asked = _versions(connection, known, as_of, by, lists)
        first, key, day = schema.claim_version.c, [schema.claim_version.c.claim], _by_then()
    else:
        walked = schema.posting.alias("walked")
        asked = _postings(connection, known, as_of, by, lists, walked)
        first, key, day = walked.c, [walked.c.claim, walked.c.body], walked.c.day
    if order == Order.NEWEST:
        asked = asked.order_by(day.desc().nulls_last(), *key)
    else:
        asked = asked.order_by(*([first.volume] if "volume" in first else []), *key)
    size, seen, last = _first_page(by), 0, None
    while True:
        page = asked.limit(size)
        if order == Order.NEWEST:
            page = page.offset(seen)
        elif last is not None:
            page = page.where(tuple_(*key) > tuple_(*last))
        keys = connection.execute(page).all()
        yield keys
        if len(keys) < size:
            return
        seen, last, size = seen + size, keys[-1][: len(key)], min(2 * size, FETCH)


def _first_page(by: Filters) -> int:
    """As many as are asked for and a few more, as some have been rejected or said otherwise since."""
    wanted = by["limit"] + by.get("offset", 0) if "limit" in by else FETCH
    return min(wanted + wanted // 8 + 8, FETCH)


def _is_of_few(by: Filters) -> bool:
    """Whether a filter that is no term leaves few claims, and has an index."""
    return "report" in by or "story" in by or by.get("status", Status.READ) != Status.READ


def _versions(
    connection: Connection, known: int, as_of: date | None, by: Filters, lists: Sequence[Sequence[str]]
) -> Select[Any]:
    version = schema.claim_version.c
    return select(version.claim, version.body).where(
        version.claim <= known,
        version.claim > by.get("after", 0),
        open_at(schema.claim_version, known),
        *conditions(connection, known, as_of, by),
        *on_lists(lists),
    )


def _postings(
    connection: Connection,
    known: int,
    as_of: date | None,
    by: Filters,
    lists: Sequence[Sequence[str]],
    walked: Any,
) -> Select[Any]:
    """A walk along the shortest list, with looks into the others."""
    after = by.get("after", 0)
    numbers = range(after >> schema.VOLUME, (known >> schema.VOLUME) + 1)
    few, *others = _shortest_first(connection, lists, numbers)
    first = walked.c
    asked = select(first.claim, first.body, first.day, first.volume).where(
        _within(walked, numbers, few), first.claim <= known, first.body <= known, first.claim > after
    )
    for at, some in enumerate(others):
        other = schema.posting.alias(f"other_{at}")
        asked = asked.where(_stands_in(other, some, first.volume, first.claim, first.body))
    if as_of is not None:
        asked = asked.where(or_(first.day <= as_of.toordinal(), first.day.is_(None)))
    for name in ("possibly_on", "certainly_on"):
        if name in by:
            day = by[name].toordinal()
            asked = asked.where(first.day <= day, first.latest >= day)
    return asked.distinct() if len(few) > 1 else asked


def _within(table: Any, numbers: range, some: Sequence[str]) -> ColumnElement[bool]:
    volumes: BindParameter[Any] = bindparam("numbers", list(numbers), expanding=True, literal_execute=True)
    return and_(table.c.volume.in_(volumes), _one_of(table.c.term, some))


def _one_of(term: ColumnElement[str], some: Sequence[str]) -> ColumnElement[bool]:
    return term == some[0] if len(some) == 1 else term.in_(some)


def _stands_in(
    table: Any,
    some: Sequence[str],
    volume: ColumnElement[int],
    claim: ColumnElement[int],
    body: ColumnElement[int],
) -> ColumnElement[bool]:
    there = table.c
    return exists().where(
        there.volume == volume, _one_of(there.term, some), there.claim == claim, there.body == body
    )


def on_lists(lists: Sequence[Sequence[str]]) -> Iterator[ColumnElement[bool]]:
    """That a version stands in every list."""
    version = schema.claim_version.c
    volume = version.claim // (1 << schema.VOLUME)
    for some in lists:
        yield _stands_in(schema.posting, some, volume, version.claim, version.body)


def _shortest_first(
    connection: Connection, lists: Sequence[Sequence[str]], numbers: range
) -> list[Sequence[str]]:
    """By how much of some volumes each list fills."""
    if len(lists) == 1:
        return [*lists]
    some = numbers[:: -(-len(numbers) // PROBED)]
    counts = [
        select(func.count()).where(_within(schema.posting, some, one)).scalar_subquery() for one in lists
    ]
    lengths = connection.execute(select(*counts)).one()
    return [one for _, one in sorted(zip(lengths, lists, strict=True), key=lambda pair: pair[0])]


def open_at(table: Any, known: int | BindParameter[int]) -> ColumnElement[bool]:
    """Rows of a table that held after entry ``known``."""
    until = table.c.known_until
    return and_(table.c.known_from <= known, or_(until.is_(None), until > known))


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


def _by_then() -> ColumnElement[str | None]:
    """The first day that a version may have been true, or else was told."""
    version = schema.claim_version.c
    return func.coalesce(version.earliest, version.reported)


def conditions(
    connection: Connection, known: int, as_of: date | None, by: Filters
) -> Iterator[ColumnElement[bool]]:
    """What a version must meet, terms apart."""
    version = schema.claim_version.c
    if "status" in by:
        yield version.status == by["status"].value
        if by["status"] != Status.READ:
            yield literal_column("status <> 'read'")  # as the partial index says it
    else:
        yield version.status != Status.REJECTED.value
    if as_of is not None:
        yield or_(_by_then() <= as_of.isoformat(), _by_then().is_(None))
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


def _known_as(connection: Connection, known: int, id: str) -> list[str]:
    """An id and all that were merged into it, or into one that was."""
    table, found = schema.merge, [id]
    for one in found:
        asked = select(table.c.entity).where(table.c.known_as == one, open_at(table, known))
        found += connection.scalars(asked)
    return found
