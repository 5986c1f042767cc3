"""The ledger: what was reported and read, by whom and when; nothing overwritten."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self, Unpack

from sqlalchemy import Connection, inspect, select

from satrap.claims import Claim, RecordedClaim
from satrap.errors import LedgerError
from satrap.ledger import bodies, history, lookup, migrations, questions, reviews, schema, search, tree
from satrap.ledger.backup import Advance, Opening, read_backup, replacing, write_backup
from satrap.ledger.decisions import Decisions
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.finding import Filters, Order
from satrap.ledger.history import EntryFilters
from satrap.ledger.merkle import Frontier
from satrap.ledger.placements import placements
from satrap.ledger.reviews import Act
from satrap.ledger.searchwords import Words
from satrap.ledger.store import Store
from satrap.ledger.verify import Progress, Verification, verify
from satrap.ledger.writing import Recording, Write, iso
from satrap.reports import Placement, Report

FORM = 2  # of the entries
LATEST = 200  # claims of a timeline
BATCH = 10_000  # claims made durable together by record_many

Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


class Ledger(Decisions):
    """An append-only record in a SQLite file or a PostgreSQL database.

    Two clocks: ``as_of`` asks about the world (what may have been true by that day), ``known_at`` about the
    record (what we held at that moment). A report is recorded with all its claims or not at all. ``author``
    is who writes through this handle.
    """

    def __init__(self, store: Store, author: str, clock: Clock) -> None:
        self._store = store
        self._author = author
        self._clock = clock
        self._tree = Frontier()

    @classmethod
    def create(cls, where: Path | str, author: str = "satrap", clock: Clock = now) -> Self:
        """Make a new ledger in a file or at a PostgreSQL URL (``postgresql://user@host/name``).

        Raises LedgerError where something is there already or it cannot be written.
        """
        ledger = cls(Store(where), author, clock)
        with ledger._making() as connection:
            write = Write(connection, author, clock(), ledger._tree)
            write.append(EntryKind.LEDGER_OPENED, bodies.LedgerOpened(FORM))
            write.finish()
        return ledger

    @classmethod
    def open(cls, where: Path | str, author: str = "satrap", clock: Clock = now) -> Self:
        """Open an existing ledger; raises LedgerError where there is none or its tables are not of now."""
        ledger = cls(Store(where), author, clock)
        path = ledger._store.path
        if path and not path.is_file():
            raise LedgerError(f"there is no ledger {path.name}", remedy="make a project with `satrap init`")
        with ledger._store.reading() as connection:
            migrations.check(connection, ledger._store.name)
        return ledger

    @classmethod
    def open_or_create(cls, where: Path | str, author: str = "satrap", clock: Clock = now) -> Self:
        """Open a ledger, or make it where nothing is yet."""
        store = Store(where)
        if not store.path or store.path.is_file():
            with store.reading() as connection:
                if inspect(connection).get_table_names():
                    return cls.open(where, author, clock)
        return cls.create(where, author, clock)

    @classmethod
    def migrate(cls, where: Path | str) -> bool:
        """Bring an older ledger's tables to those of this version; False where they are. Entries stay."""
        store = Store(where)
        with store.reading() as connection:
            if migrations.revision(connection) == schema.REVISION:
                return False
        with store.writing() as connection:
            migrations.upgrade(connection)
        return True

    @classmethod
    def restore(
        cls,
        where: Path | str,
        file: Path,
        author: str = "satrap",
        clock: Clock = now,
        progress: Advance = None,
    ) -> Self:
        """Make a ledger again from a :meth:`backup`, of whichever store: whole, with the same root, or not.

        Raises LedgerError where something is there already, or the backup is damaged.
        """
        ledger = cls(Store(where), author, clock)
        try:
            with file.open("rb") as lines, ledger._making() as connection:
                read_backup(connection, lines, progress)
        except OSError as error:
            raise LedgerError(f"{error.filename}: {error.strerror}", remedy="name other paths") from error
        return ledger

    def by(self, author: str) -> Self:
        """The same ledger, written by someone else."""
        return type(self)(self._store, author, self._clock)

    def record(self, report: Report, claims: Sequence[Claim], *, reader: str, version: str) -> bool:
        """Record a report with what a reader made of it; durable when this returns.

        Returns False, and writes nothing, where this version of this reader has read it already. Raises
        LedgerError where a claim's quote does not stand in the report.
        """
        return self.record_many([Recording(report, tuple(claims), reader, version)]) == 1

    def record_many(self, recordings: Iterable[Recording]) -> int:
        """Record many reports, some thousand claims in each transaction; returns how many were new.

        What is drawn from ``recordings`` may be larger than memory. Interrupted, it leaves whole reports, and
        running it again goes on.
        """
        return sum(self._record_batch(batch) for batch in _batches(recordings))

    def has_reading(self, report: Report, *, reader: str, version: str) -> bool:
        """Whether this version of this reader has read this report: then there is nothing to do again."""
        table = schema.reading.c
        asked = (
            select(table.seq)
            .join(schema.report, schema.report.c.seq == table.report)
            .where(schema.report.c.hash == report.hash, table.reader == reader, table.version == version)
        )
        with self._store.reading() as connection:
            return connection.execute(asked).first() is not None

    def claims(
        self,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        **filters: Unpack[Filters],
    ) -> list[RecordedClaim]:
        """Claims in the order they were recorded; see :class:`satrap.ledger.finding.Filters`."""
        return list(self.stream(as_of=as_of, known_at=known_at, **filters))

    def stream(
        self,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[RecordedClaim]:
        """As :meth:`claims`, one at a time and all of one moment: for more than memory holds."""
        with self._store.reading() as connection:
            yield from questions.claims(connection, self._known(connection, known_at), as_of, filters)

    def timeline(
        self,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        **filters: Unpack[Filters],
    ) -> list[RecordedClaim]:
        """The latest claims by when they may first have been true, the newest first; an office's with
        ``institution`` and ``place``. 200, unless ``limit`` says otherwise. What has no date stands where it
        was told."""
        by = Filters(**{"limit": LATEST, **filters})
        with self._store.reading() as connection:
            known = self._known(connection, known_at)
            return list(questions.claims(connection, known, as_of, by, Order.NEWEST))

    def search(
        self,
        asked: str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        progress: search.Progress | None = None,
        **filters: Unpack[Filters],
    ) -> search.Found:
        """The claims that words are found in (:mod:`satrap.ledger.searchwords`), the best 20 unless ``limit``
        says otherwise. Takes in first what was recorded since the last search; the first may take a while.
        """
        words = Words.parse(asked)
        search.fill(self._store, progress)
        with self._store.reading() as connection:
            return search.search(connection, words, self._known(connection, known_at), as_of, filters)

    def forget_search(self) -> None:
        """Drop the search index: the next search makes it anew."""
        search.forget(self._store)

    def reports(self, *, known_at: datetime | None = None) -> dict[str, Report]:
        """Reports by hash, in the order they were recorded."""
        return {report.hash: report for report in self.stream_reports(known_at=known_at)}

    def stream_reports(self, *, known_at: datetime | None = None) -> Iterator[Report]:
        """As :meth:`reports`, one at a time."""
        with self._store.reading() as connection:
            yield from questions.reports(connection, self._known(connection, known_at))

    def claim(self, id: str, *, known_at: datetime | None = None) -> RecordedClaim:
        """One claim by its id or the beginning of it, rejected ones too; raises LedgerError where that is no
        claim's or several claims'."""
        with self._store.reading() as connection:
            return lookup.claim(connection, self._known(connection, known_at), id)

    def report(self, hash: str) -> Report:
        """One report by its hash or the beginning of it; raises LedgerError as :meth:`claim` does."""
        with self._store.reading() as connection:
            return lookup.report(connection, self._known(connection, None), hash)

    def acts(self, *, known_at: datetime | None = None) -> list[Act]:
        """What reviewers decided about claims, in order."""
        with self._store.reading() as connection:
            return reviews.acts(connection, self._known(connection, known_at))

    def placements(self) -> list[Placement]:
        """What people decided about stories: the last word on each report, the oldest first."""
        with self._store.reading() as connection:
            return placements(connection, self._known(connection, None))

    def stories(self, *, known_at: datetime | None = None) -> dict[str, str]:
        """The story of each report (by hash) that is not a story of its own."""
        with self._store.reading() as connection:
            return questions.stories(connection, self._known(connection, known_at))

    def merges(self, *, known_at: datetime | None = None) -> dict[str, str]:
        """What each merged id is known as."""
        with self._store.reading() as connection:
            return questions.merges(connection, self._known(connection, known_at))

    def entries(
        self, *, subject: str | None = None, known_at: datetime | None = None, **by: Unpack[EntryFilters]
    ) -> Iterator[Entry]:
        """What happened, in order, one at a time; see :class:`satrap.ledger.history.EntryFilters`.

        ``subject`` is a claim's id, a report's hash, an entity's id: everything that happened to it.
        """
        with self._store.reading() as connection:
            yield from history.entries(connection, self._known(connection, known_at), subject, by)

    def verify(self, *, tables: bool = True, progress: Progress | None = None) -> Verification:
        """Hold everything against everything else; see :func:`satrap.ledger.verify.verify`."""
        return verify(self._store, tables=tables, progress=progress)

    def backup(self, path: Path, progress: Advance = None) -> Opening:
        """Write the record as it is at this moment to ``path``, while others may go on writing.

        Returns how many entries it holds and their root. What was at ``path`` stays until all is written.
        Raises LedgerError where the record does not hold or ``path`` cannot be written.
        """
        with replacing(path) as file, self._store.reading() as connection:
            return write_backup(connection, file, progress)

    def prove(self, entry: int | str) -> tree.InclusionProof:
        """That an entry (its number, or the id of the claim it first read) stands in the ledger as it is now.

        Raises LedgerError where there is none.
        """
        with self._store.reading() as connection:
            seq = entry if isinstance(entry, int) else history.first_read(connection, entry)
            return tree.prove_inclusion(connection, seq, tree.last_head(connection))

    def consistency(self, old_size: int) -> tree.ConsistencyProof:
        """That the ledger still begins with the first ``old_size`` entries it once consisted of."""
        with self._store.reading() as connection:
            return tree.prove_consistency(connection, old_size, tree.last_head(connection))

    @property
    def root(self) -> str:
        """Root of the tree over all entries, hex: it commits to everything recorded so far."""
        return self.head.root.hex()

    @property
    def head(self) -> tree.Head:
        """What the ledger commits to now: size, root, time."""
        return self.head_at(None)

    def head_at(self, known_at: datetime | None) -> tree.Head:
        """What it committed to at a moment; now where that is None. Size 0 where nothing was there yet."""
        with self._store.reading() as connection:
            if known_at is None:
                return tree.last_head(connection)
            return tree.head_at(connection, iso(known_at))

    def contains(self, root: str) -> bool:
        """Whether a root printed earlier (hex) is one that this ledger had: the record then still holds
        everything it committed to. False for what is no hash."""
        try:
            wanted = bytes.fromhex(root)
        except ValueError:
            return False
        with self._store.reading() as connection:
            found = select(schema.head.c.size).where(schema.head.c.root == wanted)
            return connection.execute(found).first() is not None

    def had(self, size: int, root: str) -> bool:
        """Whether this was the root (hex) when the ledger had ``size`` entries, by the entries it has now."""
        with self._store.reading() as connection:
            if not 0 < size <= tree.last_head(connection).size:
                return False
            return tree.frontier(connection, size).root.hex() == root

    @contextmanager
    def _making(self) -> Iterator[Connection]:
        """Empty tables, which are there once all is written, or not at all."""
        if self._store.path:
            self._store.path.touch(0o600)  # before anything is in it
        with self._store.writing() as connection:
            if inspect(connection).get_table_names():  # none are left by a making that was killed
                raise LedgerError(f"{self._store.name} exists already", remedy="open it, or choose another")
            migrations.upgrade(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Write]:
        """The one way to write: all of it or none."""
        with self._store.writing() as connection:
            write = Write(connection, self._author, self._clock(), self._tree)
            yield write
            write.finish()
        self._tree = write.tree

    def _record_batch(self, batch: Sequence[Recording]) -> int:
        for one in batch:
            _check_quotes(one.report, one.claims)
        with self._writing() as write:
            write.look_up(one.report.hash for one in batch)
            return sum(write.record(one.stripped()) for one in batch)

    def _known(self, connection: Connection, known_at: datetime | None) -> int:
        """How many entries there were at a moment."""
        if known_at is None:
            return tree.last_head(connection).size
        return tree.head_at(connection, iso(known_at)).size


def _check_quotes(report: Report, claims: Collection[Claim]) -> None:
    hash = report.hash
    for claim in claims:
        if claim.report != hash or not claim.quote.holds_in(report.text):
            raise LedgerError(
                f"claim {claim.id}: its quote does not stand in the report", remedy="read the report again"
            )


def _batches(recordings: Iterable[Recording]) -> Iterator[list[Recording]]:
    batch: list[Recording] = []
    size = 0
    for one in recordings:
        batch.append(one)
        size += len(one.claims) + 1
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
