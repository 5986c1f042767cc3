"""One write: entries appended, the tree grown, the tables brought up to date, all in one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from satrap.claims import Claim, Reading, Status
from satrap.errors import LedgerError
from satrap.ledger import bodies, schema
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.merkle import Frontier
from satrap.ledger.projection import Projection
from satrap.ledger.store import insert_rows
from satrap.ledger.tree import frontier, last_head
from satrap.reports import Report


class Recording(msgspec.Struct, frozen=True):
    """A report with what a version of a reader made of it."""

    report: Report
    claims: tuple[Claim, ...]
    reader: str
    version: str


class Write:
    """Entries that will be durable together. ``known`` is the tree's right edge as this process last saw it:
    where nobody else has written since, it need not be read again.

    Time never goes back within a ledger: where the clock does, entries keep the time of the last head.
    """

    def __init__(self, connection: Connection, author: str, moment: datetime, known: Frontier) -> None:
        newest = last_head(connection)
        if (known.size, known.root) != (newest.size, newest.root):
            known = frontier(connection, newest.size)
            if known.root != newest.root:
                raise LedgerError(
                    "the ledger does not hold", remedy="run `satrap verify` to see what changed"
                )
        self.tree = known.copy()
        self.at = max(newest.at, iso(moment))
        self.connection = connection
        self._author = author
        self._seq = newest.size
        self._entries: list[Entry] = []
        self._tables = Projection(connection)

    def append(self, kind: EntryKind, body: Any, encoded: bytes | None = None) -> int:
        """Append one entry and return its number; ``encoded`` where the body has been encoded already."""
        self._seq += 1
        made = Entry(self._seq, kind, self.at, self._author, encoded or bodies.encode(body))
        self._entries.append(made)
        self._tables.apply(made, body)
        return self._seq

    def look_up(self, reports: Iterable[str]) -> None:
        """Ask for many reports at once before recording them."""
        self._tables.look_up(reports)

    def record(self, one: Recording) -> bool:
        """Append a report with its claims; False, and nothing, where this reading is recorded already."""
        hash = one.report.hash
        known = self._tables.reported(hash)
        if known and (one.reader, one.version) in self._tables.readings(known):
            return False
        if not known:
            self.append(EntryKind.REPORT_ADDED, one.report)
        made = {claim.id: claim for claim in one.claims}  # two rules may make the same claim: it is one
        before = self._said_before(hash, made) if known else {}
        for id, claim in made.items():
            encoded = bodies.encode(claim)
            if id not in before or _content(before[id]) != _content(claim):
                self.append(EntryKind.CLAIM_READ, claim, encoded)
        self.append(EntryKind.REPORT_READ, bodies.ReportRead(hash, one.reader, one.version, tuple(made)))
        return True

    def _said_before(self, hash: str, made: Iterable[str]) -> dict[str, Claim]:
        """How the ledger has the claims that it knows, of those made now."""
        report = self._tables.reported(hash)
        assert report is not None
        versions = self._tables.versions(report.seq)
        told = {versions[id].body: id for id in made if id in versions}
        entry = schema.entry.c
        asked = select(entry.seq, entry.kind, entry.body).where(entry.seq.in_(list(told)))
        rows: list[Any] = [
            *self.connection.execute(asked),
            *(one for one in self._entries if one.seq in told),
        ]
        found: dict[str, Claim] = {}
        for row in rows:
            body = bodies.decode(EntryKind(row.kind), row.body)
            found[told[row.seq]] = body.corrected if isinstance(body, bodies.ClaimCorrected) else body
        return found

    def version(self, claim: str) -> Any:
        """The newest version of a claim; raises LedgerError where there is none."""
        return self._tables.version(claim)

    def finish(self) -> None:
        """Write it all; the caller commits."""
        if not self._entries:
            return
        hashes = [one.hash for one in self._entries]
        rows = [
            (one.seq, one.kind.value, one.at, one.author, hash, one.body)
            for one, hash in zip(self._entries, hashes, strict=True)
        ]
        insert_rows(self.connection, schema.entry, rows)
        tiles = self.tree.extend(hashes)
        insert_rows(self.connection, schema.tile, [msgspec.structs.astuple(one) for one in tiles])
        insert_rows(self.connection, schema.head, [(self.tree.size, self.tree.root, self.at)])
        self._tables.flush()


_NOBODY = Reading("", "", 0.0)


def _content(claim: Claim) -> Claim:
    """A claim without who read it: another version of a reader that says the same says nothing new."""
    return claim.clone(reading=_NOBODY, status=Status.READ)


def iso(moment: datetime) -> str:
    """A moment as the ledger writes it: UTC, microseconds; sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
