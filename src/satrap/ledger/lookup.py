"""One claim or report, by its id or as much of it as a person types."""

import re
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, select

from satrap.claims import RecordedClaim
from satrap.errors import LedgerError
from satrap.ledger import bodies, finding, questions, schema
from satrap.ledger.entry import EntryKind
from satrap.ledger.versions import shelf
from satrap.reports import Report

T = TypeVar("T")
ENOUGH = 4  # digits of an id

_ID = re.compile(r"[0-9a-f]{,64}")


def claim(connection: Connection, known: int, begun: str) -> RecordedClaim:
    """The claim whose id begins so, as known after entry ``known``."""
    begun = _digits("claim", begun)
    version = schema.claim_version
    found = (
        select(version.c.claim)
        .where(version.c.shelf == shelf(begun), version.c.id.startswith(begun))
        .where(finding.open_at(version, known))
        .limit(2)
    )
    one = _single("claim", begun, connection.scalars(found).all())
    [claim] = questions.told(connection, one, known)
    return claim


def report(connection: Connection, known: int, begun: str) -> Report:
    """The report whose hash begins so."""
    begun = _digits("report", begun)
    table, entry = schema.report.c, schema.entry.c
    asked = (
        select(entry.body)
        .join(schema.report, table.seq == entry.seq)
        .where(table.hash >= begun, table.hash < begun + "g", table.seq <= known)
        .limit(2)
    )
    [body] = _single("report", begun, connection.scalars(asked).all())
    told: Report = bodies.decode(EntryKind.REPORT_ADDED, body)
    return told


def _digits(what: str, begun: str) -> str:
    if len(begun) < ENOUGH or not _ID.fullmatch(begun):
        remedy = f"give at least {ENOUGH} of its digits (0-9, a-f)"
        raise LedgerError(f"{begun[:64]!r} is not the id of a {what}", remedy=remedy)
    return begun


def _single(what: str, begun: str, found: Sequence[T]) -> Sequence[T]:
    if not found:
        remedy = "see `satrap claims --json` for ids, `satrap log` for what happened"
        raise LedgerError(f"there is no {what} {begun}", remedy=remedy)
    if len(found) > 1:
        raise LedgerError(f"several ids of a {what} begin with {begun}", remedy="give more digits")
    return found
