"""Checking that nothing was altered, dropped, inserted or reordered."""

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from satrap.claims import Claim
from satrap.claims.wire import decode
from satrap.ledger.entry import GENESIS, Entry, EntryKind
from satrap.ledger.schema import claim, entry
from satrap.reports import Report


class Verification(msgspec.Struct, frozen=True):
    """``root`` is the hash of the last entry: it commits to every entry before it. ``fault`` is None when
    the whole chain holds, else one line naming the first entry that doesn't."""

    entries: int
    root: str
    fault: str | None

    @property
    def holds(self) -> bool:
        return self.fault is None


def verify(connection: Connection) -> Verification:
    """Recompute every hash in order, check that each quote stands in its report, and that the index of
    claims holds exactly the claims of the record.

    What this does not prove: that the whole file was not replaced by another, self-consistent one. Keep a
    root outside the ledger (the brief prints it) to be able to tell.
    """
    previous, count = GENESIS, 0
    texts: dict[str, str] = {}
    recorded: set[str] = set()

    def result(fault: str | None) -> Verification:
        return Verification(count, previous.hex(), fault)

    for row in connection.execute(select(entry).order_by(entry.c.seq)):
        if row.seq != count + 1:
            return result(f"entry {count + 1} is missing")
        chained = _chained(row, previous)
        if chained is None or chained != row.hash:
            return result(f"entry {row.seq} ({row.kind}, {row.at}) was altered: its hash does not match")
        previous, count = chained, row.seq
        if row.kind == EntryKind.REPORT_ADDED:
            report = msgspec.json.decode(row.body, type=Report)
            texts[report.hash] = report.text
        elif row.kind == EntryKind.CLAIM_READ:
            read: Claim = decode(row.body)
            if not read.quote.holds_in(texts.get(read.report, "")):
                return result(f"entry {row.seq}: the quote of claim {read.id} does not stand in its report")
            recorded.add(read.id)
    if set(connection.scalars(select(claim.c.id))) != recorded:
        return result("the index of claims differs from the record")
    return result(None)


def _chained(row: Any, previous: bytes) -> bytes | None:
    """The hash the row ought to have; None where a field is not of its type: SQLite lets anything in."""
    if not isinstance(row.body, bytes) or not all(isinstance(f, str) for f in (row.kind, row.at, row.author)):
        return None
    return Entry(row.seq, row.kind, row.at, row.author, row.body).chained_to(previous)
