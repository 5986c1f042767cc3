"""Checking the tables made from the record: made again from every entry, they must come out the same."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Table, select, text

from satrap.claims import Claim
from satrap.errors import LedgerError
from satrap.ledger import bodies, schema, search
from satrap.ledger.definitions import check_definitions
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.projection import Projection
from satrap.ledger.record import Fault
from satrap.ledger.store import FETCH, scratch
from satrap.reports import Report

BATCH = 5000  # entries taken in before rows are written
TEXTS = 64  # report texts kept to look quotes up in: claims follow their report

Advance = Callable[[int], None]  # told how many entries more are taken in


def check_tables(connection: Connection, size: int, advance: Advance) -> None:
    """Project the first ``size`` entries anew and compare every row; check on the way that each quote stands
    in its report. Raises Fault."""
    with scratch() as again:
        for statement in _definitions():
            again.exec_driver_sql(statement)
        _project(connection, again, size, advance)
        for table in schema.PROJECTIONS:
            _compare(connection, again, table)
    search.check(connection, size)


@cache
def _definitions() -> list[str]:
    """How SQLite makes the tables: to write these statements takes longer than to check a small ledger."""
    with scratch() as first:
        schema.metadata.create_all(first, [*schema.PROJECTIONS])
        return [*first.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").scalars()]


def check_database(connection: Connection) -> None:
    """Check what the database itself knows: its pages and indices (SQLite), its tables and guards.

    Raises Fault.
    """
    if connection.dialect.name == "sqlite":
        search.refresh(connection)
        said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
        if said != "ok":
            raise Fault(f"SQLite finds the file damaged: {said}")
        if broken := connection.execute(text("PRAGMA foreign_key_check")).first():
            raise Fault(f"a row of table {broken[0]} leads to an entry or report that is not there")
    check_definitions(connection)


def _project(record: Connection, again: Connection, size: int, advance: Advance) -> None:
    quotes = _Quotes(record)
    made, held = Projection(again), 0
    asked = select(schema.entry).where(schema.entry.c.seq <= size).order_by(schema.entry.c.seq)
    for row in record.execute(asked, execution_options={"yield_per": FETCH}):
        try:
            one = Entry(row.seq, EntryKind(row.kind), row.at, row.author, row.body)
            body = bodies.decode(one.kind, one.body)
            made.apply(one, body)
            quotes.check(one.seq, body, made)
        except (ValueError, LedgerError) as error:  # msgspec's errors are ValueErrors
            raise Fault(f"entry {row.seq} ({row.kind}) is not what an entry of its kind says") from error
        held += 1
        if held == BATCH:
            made.flush()
            advance(held)
            made, held = Projection(again), 0
    made.flush()
    advance(held)


class _Quotes:
    """Looks every quote up in the text it was taken from."""

    def __init__(self, record: Connection) -> None:
        self._record = record
        self._texts: OrderedDict[str, str] = OrderedDict()

    def check(self, seq: int, body: Any, made: Projection) -> None:
        if isinstance(body, Report):
            self._keep(body.hash, body.text)
            return
        claim = body.corrected if isinstance(body, bodies.ClaimCorrected) else body
        if isinstance(claim, Claim) and not claim.quote.holds_in(self._text(claim.report, made)):
            raise Fault(f"entry {seq}: the quote of its claim does not stand in the report")

    def _text(self, hash: str, made: Projection) -> str:
        if hash not in self._texts:
            report = made.reported(hash)
            assert report is not None  # or the claim could not have been applied
            told = schema.entry.c
            body = self._record.scalar(select(told.body).where(told.seq == report.seq))
            self._keep(hash, bodies.decode(EntryKind.REPORT_ADDED, body or b"").text)
        return self._texts[hash]

    def _keep(self, hash: str, text: str) -> None:
        self._texts[hash] = text
        if len(self._texts) > TEXTS:
            self._texts.popitem(last=False)


def _compare(connection: Connection, again: Connection, table: Table) -> None:
    """Every row of a table against the row made anew, both in the order of the table's key."""
    asked = select(table).order_by(*table.primary_key.columns)
    options = {"yield_per": FETCH}
    kept = connection.execute(asked, execution_options=options).partitions()
    made = again.execute(asked, execution_options=options).partitions()
    for some, right in zip_longest(kept, made, fillvalue=()):
        if [tuple(row) for row in some] != [tuple(row) for row in right]:
            wrong = next(pair for pair in zip_longest(some, right) if pair[0] != pair[1])
            keys = [column.name for column in table.primary_key.columns]
            first = min(tuple(getattr(row, key) for key in keys) for row in wrong if row is not None)
            shown = ", ".join(f"{key} {at}" for key, at in zip(keys, first, strict=True) if key != "term")
            raise Fault(f"table {table.name} differs from what the record says ({shown})")
