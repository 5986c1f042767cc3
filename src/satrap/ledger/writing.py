"""One write: entries appended, the tree grown, the tables brought up to date, all in one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from satrap.claims import Claim, Reading, Status
from satrap.errors import LedgerError
from satrap.ledger import bodies, schema
from satrap.ledger.entry import Entry, EntryKind, hashes
from satrap.ledger.merkle import Frontier
from satrap.ledger.projection import Projection
from satrap.ledger.store import insert_rows
from satrap.ledger.tree import frontier, last_head
from satrap.protect.stripping import strip
from satrap.reports import Report


class Recording(msgspec.Struct, frozen=True):
    """A report with what a version of a reader made of it."""

    report: Report
    claims: tuple[Claim, ...]
    reader: str
    version: str

    def stripped(self) -> "Recording":
        """The same without what is sealed: only this may be recorded."""
        report, claims, _ = strip(self.report, self.claims)
        return Recording(report, claims, self.reader, self.version)


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
        self._number = newest.number + 1
        self._entries: list[Entry] = []
        self._tables = Projection(connection)

    def append(self, kind: EntryKind, body: Any, id: str | None = None) -> int:
        """Append one entry and return its number; ``id`` of a claim where it has been computed already."""
        self._seq += 1
        made = Entry(self._seq, kind, self.at, self._author, bodies.encode(body))
        self._entries.append(made)
        self._tables.apply(made, body, id)
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
            if id not in before or _content(before[id]) != _content(claim):
                self.append(EntryKind.CLAIM_READ, claim, id)
        self.append(EntryKind.REPORT_READ, bodies.ReportRead(hash, one.reader, one.version, tuple(made)))
        return True

    def _said_before(self, hash: str, made: Iterable[str]) -> dict[str, Claim]:
        """How the ledger has the claims that it knows, of those made now."""
        report = self._tables.reported(hash)
        assert report is not None
        versions = self._tables.versions(report.seq)
        told = {versions[id].body: id for id in made if id in versions}
        here = self.tree.size  # entries after it are still to be written
        rows: list[Any] = [self._entries[seq - here - 1] for seq in told if seq > here]
        if len(rows) < len(told):
            entry = schema.entry.c
            asked = select(entry.seq, entry.kind, entry.body).where(entry.seq.in_([*told]))
            rows += self.connection.execute(asked)
        found: dict[str, Claim] = {}
        for row in rows:
            found[told[row.seq]] = bodies.claim_in(EntryKind(row.kind), row.body)
        return found

    def claim(self, id: str) -> Claim:
        """What a claim says by its newest version; raises LedgerError where there is none."""
        version = self._tables.version(id)
        entry = schema.entry.c
        row = self.connection.execute(select(entry.kind, entry.body).where(entry.seq == version.body)).one()
        return bodies.claim_in(EntryKind(row.kind), row.body)

    def text(self, hash: str) -> str:
        """The text of a report; raises LedgerError where there is none."""
        entry, report = schema.entry.c, schema.report.c
        asked = select(entry.body).join(schema.report, report.seq == entry.seq).where(report.hash == hash)
        body = self.connection.scalar(asked)
        if body is None:
            raise LedgerError(f"there is no report {hash[:12]}", remedy="read it first")
        text: str = bodies.decode(EntryKind.REPORT_ADDED, body).text
        return text

    def finish(self) -> None:
        """Write it all; the caller commits."""
        if not self._entries:
            return
        fields = [(one.seq, one.kind.value, one.at, one.author, one.body) for one in self._entries]
        leaves = hashes(fields)
        rows = ((*first, leaf, body) for (*first, body), leaf in zip(fields, leaves, strict=True))
        insert_rows(self.connection, schema.entry, rows)
        tiles = self.tree.extend(leaves)
        insert_rows(self.connection, schema.tile, map(msgspec.structs.astuple, tiles))
        insert_rows(self.connection, schema.head, [(self.tree.size, self._number, self.tree.root, self.at)])
        self._tables.flush()


_NOBODY = Reading("", "", 0.0)


def _content(claim: Claim) -> Claim:
    """A claim without who read it: another version of a reader that says the same says nothing new."""
    return claim.clone(reading=_NOBODY, status=Status.READ)


def iso(moment: datetime) -> str:
    """A moment as the ledger writes it: UTC, microseconds; sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
