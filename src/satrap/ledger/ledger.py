"""The ledger: what was reported and read, by whom and when; nothing overwritten."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import msgspec
from sqlalchemy import Connection, func, insert, select

from satrap.claims import Claim, RecordedClaim
from satrap.claims.wire import encode
from satrap.errors import LedgerError
from satrap.ledger import schema, views
from satrap.ledger.entry import GENESIS, Entry, EntryKind
from satrap.ledger.store import Store
from satrap.ledger.verify import Verification, verify
from satrap.reports import Report

Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An append-only record in one SQLite file.

    Two clocks: ``as_of`` asks about the world (what may have been true by that day), ``known_at`` about the
    record (what we held at that moment). A report is recorded with all its claims or not at all.
    """

    def __init__(self, store: Store, author: str, clock: Clock) -> None:
        self._store = store
        self._author = author
        self._clock = clock

    @classmethod
    def create(cls, path: Path, author: str = "satrap", clock: Clock = now) -> Self:
        """Make a new ledger; raises LedgerError where the file exists or cannot be written."""
        if path.exists():
            raise LedgerError(f"{path.name} exists already", remedy="open it, or choose another folder")
        ledger = cls(Store(path), author, clock)
        with ledger._store.writing() as connection:
            schema.metadata.create_all(connection)
            ledger._append(connection, EntryKind.LEDGER_OPENED, {"version": schema.VERSION})
        path.chmod(0o600)
        return ledger

    @classmethod
    def open(cls, path: Path, author: str = "satrap", clock: Clock = now) -> Self:
        """Open an existing ledger; raises LedgerError where there is none or it is of a newer layout."""
        if not path.is_file():
            raise LedgerError(f"there is no ledger {path.name}", remedy="make a project with `satrap init`")
        ledger = cls(Store(path), author, clock)
        with ledger._store.reading() as connection:
            opened = connection.execute(select(schema.entry.c.body).where(schema.entry.c.seq == 1)).scalar()
        version = msgspec.json.decode(opened or b"{}").get("version", 0)
        if version != schema.VERSION:
            raise LedgerError(
                f"{path.name} has layout {version}, this satrap reads {schema.VERSION}",
                remedy="install the satrap version that wrote it",
            )
        return ledger

    def record(self, report: Report, claims: Sequence[Claim], *, reader: str, version: str) -> bool:
        """Record a report with what a reader made of it; durable when this returns.

        Returns False, and writes nothing, where this version of this reader has read it already. Raises
        LedgerError where a claim's quote does not stand in the report.
        """
        digest = report.hash
        for claim in claims:
            if claim.report != digest or not claim.quote.holds_in(report.text):
                raise LedgerError(
                    f"claim {claim.id}: its quote does not stand in the report",
                    remedy="read the report again",
                )
        with self._store.writing() as connection:
            if views.has_reading(connection, digest, reader, version):
                return False
            at = self._clock()
            if not views.has_report(connection, digest):
                self._add_report(connection, report, at)
            made = {claim.id: claim for claim in claims}  # two rules may make the same claim: it is one
            known = views.known_claims(connection, digest)
            for claim in made.values():
                if claim.id not in known:
                    self._add_claim(connection, claim, report, at)
            body = {"report": digest, "reader": reader, "version": version, "claims": list(made)}
            seq = self._append(connection, EntryKind.REPORT_READ, body, at)
            connection.execute(
                insert(schema.reading).values(
                    seq=seq, report=digest, reader=reader, version=version, at=_text(at)
                )
            )
            if made:
                connection.execute(
                    insert(schema.reading_claim), [{"reading": seq, "claim": id} for id in made]
                )
        return True

    def has_reading(self, report: Report, *, reader: str, version: str) -> bool:
        """Whether this version of this reader has read this report: then there is nothing to do again."""
        with self._store.reading() as connection:
            return views.has_reading(connection, report.hash, reader, version)

    def join_stories(self, stories: Mapping[str, tuple[str, str]]) -> int:
        """Record which story each report (by hash) belongs to, with the evidence; only changes are written.

        ``stories`` maps a report's hash to (story id, evidence). Returns how many reports changed story.
        """
        with self._store.writing() as connection:
            current = views.stories(connection, None)
            changed = {r: s for r, s in stories.items() if current.get(r, r) != s[0]}
            at = self._clock()
            for digest, (story, evidence) in changed.items():
                body = {"report": digest, "story": story, "evidence": evidence}
                seq = self._append(connection, EntryKind.STORY_JOINED, body, at)
                connection.execute(
                    insert(schema.story).values(seq=seq, report=digest, story=story, at=_text(at))
                )
        return len(changed)

    def claims(self, *, as_of: date | None = None, known_at: datetime | None = None) -> list[RecordedClaim]:
        """Claims of the latest reading of every report, in the order they were recorded."""
        with self._store.reading() as connection:
            return views.claims(connection, as_of, _text(known_at) if known_at else None)

    def reports(self, *, known_at: datetime | None = None) -> dict[str, Report]:
        """Reports by hash, in the order they were recorded."""
        with self._store.reading() as connection:
            return views.reports(connection, _text(known_at) if known_at else None)

    def verify(self) -> Verification:
        """Recompute the whole chain; see :func:`satrap.ledger.verify.verify`."""
        with self._store.reading() as connection:
            return verify(connection)

    def contains(self, root: str) -> bool:
        """Whether a root printed earlier (hex) is that of one of our entries: the record then still holds
        everything it committed to. False for what is no hash."""
        try:
            wanted = bytes.fromhex(root)
        except ValueError:
            return False
        with self._store.reading() as connection:
            found = select(schema.entry.c.seq).where(schema.entry.c.hash == wanted)
            return connection.execute(found).first() is not None

    @property
    def root(self) -> str:
        """Hash of the last entry, hex: it commits to everything recorded so far."""
        with self._store.reading() as connection:
            return _last(connection)[1].hex()

    def _add_report(self, connection: Connection, report: Report, at: datetime) -> None:
        seq = self._append(connection, EntryKind.REPORT_ADDED, report, at)
        published = report.published.earliest.isoformat() if report.published else None
        connection.execute(
            insert(schema.report).values(
                hash=report.hash, seq=seq, publisher=report.publisher, published=published
            )
        )

    def _add_claim(self, connection: Connection, claim: Claim, report: Report, at: datetime) -> None:
        seq = self._append(connection, EntryKind.CLAIM_READ, msgspec.Raw(encode(claim)), at)
        when = claim.when or report.published
        connection.execute(
            insert(schema.claim).values(
                id=claim.id,
                seq=seq,
                report=claim.report,
                kind=claim.kind,
                at=_text(at),
                earliest=when.earliest.isoformat() if when else None,
            )
        )

    def _append(self, connection: Connection, kind: EntryKind, body: Any, at: datetime | None = None) -> int:
        seq, previous = _last(connection)
        encoded = msgspec.json.encode(body, order="sorted")
        made = Entry(seq + 1, kind, _text(at or self._clock()), self._author, encoded)
        connection.execute(
            insert(schema.entry).values(
                seq=made.seq,
                kind=kind,
                at=made.at,
                author=made.author,
                body=encoded,
                hash=made.chained_to(previous),
            )
        )
        return made.seq


def _last(connection: Connection) -> tuple[int, bytes]:
    newest = select(func.max(schema.entry.c.seq)).scalar_subquery()
    row = connection.execute(
        select(schema.entry.c.seq, schema.entry.c.hash).where(schema.entry.c.seq == newest)
    ).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
