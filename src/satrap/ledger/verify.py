"""Checking that nothing was altered, dropped, inserted or reordered."""

import subprocess
import sys
from collections.abc import Callable

import msgspec

from satrap.errors import LedgerError
from satrap.ledger.merkle import TILE
from satrap.ledger.record import Fault, check_end, check_entries, check_heads
from satrap.ledger.store import Store
from satrap.ledger.tables import check_database, check_tables
from satrap.ledger.tree import NOTHING, Head, last_head

ALONE = 200_000  # entries that one process checks before a second one would have started

MISTYPED = (TypeError, ValueError, AttributeError, OverflowError)  # what comes of using such a value

Progress = Callable[[str, int, int], None]  # what is being checked, done, of how many


class Verification(msgspec.Struct, frozen=True):
    """``root`` is that of the tree over all ``entries``. ``fault`` is None when everything holds, else one
    line naming the first entry, or the table, that doesn't."""

    entries: int
    root: str
    fault: str | None

    @property
    def holds(self) -> bool:
        return self.fault is None


def verify(store: Store, *, tables: bool = True, progress: Progress | None = None) -> Verification:
    """Hold the record against itself, then the database and the tables made from the record against it.

    The record: every entry has the hash of its fields and stands at its place; the tree over the hashes has
    the tiles and the heads that were kept; no head is missing and time never goes back. Without ``tables``
    only this. What it does not prove: that the whole file was not replaced by another, self-consistent one.
    Keep a root outside the ledger (the brief prints it) to be able to tell.
    """
    head, fault = NOTHING, None
    try:
        with store.reading() as connection:
            check_heads(connection)
            head = last_head(connection)
        _check_record(store, head, progress)
        with store.reading() as connection:
            check_end(connection, head.size)
        if tables:
            with store.reading() as connection:
                check_database(connection)
                check_tables(connection, head.size, _counting("tables", head.size, progress))
    except Fault as found:
        fault = str(found)
    except LedgerError as error:  # the database itself gave up: that is what is wrong
        fault = error.problem
    except MISTYPED as error:  # SQLite keeps any value in any column, whatever the column's type
        fault = f"a value is not of its column's type, or cannot be read ({type(error).__name__})"
    return Verification(head.size, head.root.hex(), fault)


def _check_record(store: Store, head: Head, progress: Progress | None) -> None:
    """Check all entries, the second half of many in another process."""
    middle = head.size if head.size <= ALONE or store.vfs else head.size // 2 >> TILE << TILE
    other = _start(store, middle, head.size) if middle < head.size else None
    try:
        with store.reading() as connection:
            check_entries(connection, 0, middle, _counting("entries", middle, progress))
    except Fault:
        if other:
            other.kill()
            other.communicate()
        raise
    if other:
        said, _ = other.communicate()
        if other.returncode:
            raise LedgerError("the second half could not be checked", remedy="run `satrap verify` again")
        if said:
            raise Fault(said)


def _start(store: Store, first: int, last: int) -> subprocess.Popen[str]:
    """A Python of its own, no fork: who calls may have threads, or be a script without a main guard."""
    run = "import sys; from satrap.ledger.verify import write_fault; write_fault(*sys.argv[1:])"
    where = store.url.render_as_string()
    return subprocess.Popen(
        [sys.executable, "-c", run, where, str(first), str(last)], stdout=subprocess.PIPE, text=True
    )


def write_fault(where: str, first: str, last: str) -> None:
    """Check a range of entries and write what is wrong with it, if anything is, to standard output."""
    try:
        with Store(where).reading() as connection:
            check_entries(connection, int(first), int(last), lambda _: None)
    except Fault as fault:
        sys.stdout.write(str(fault))


def _counting(what: str, total: int, progress: Progress | None) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(what, done, total)

    return advance
