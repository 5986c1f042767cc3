"""Checking that nothing was altered, dropped, inserted or reordered."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from struct import Struct

import msgspec

from satrap.errors import LedgerError
from satrap.ledger.record import WHOLE, Fault, check_end, check_entries, check_heads
from satrap.ledger.store import Store
from satrap.ledger.tables import check_database, check_tables
from satrap.ledger.tree import NOTHING, last_head

ALONE = 200_000  # entries that one process checks before another one would have started
TAKEN = 64 * WHOLE  # entries that a process takes at a time
RANGES = 1000  # at most, so that all of them find room in a pipe
RANGE = Struct("!QQ")  # the entry before its first, and its last

MISTYPED = (TypeError, ValueError, AttributeError, OverflowError)  # what comes of using such a value
FAULTS = (Fault, LedgerError, *MISTYPED)

Found = tuple[int, str]  # where the range begins, what is wrong in it
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
        _check_record(store, head.size, progress)
        with store.reading() as connection:
            check_end(connection, head.size)
        if tables:
            with store.reading() as connection:
                check_database(connection)
                check_tables(connection, head.size, _counting("tables", head.size, progress))
    except FAULTS as error:
        fault = _told(error)
    return Verification(head.size, head.root.hex(), fault)


def _told(error: Exception) -> str:
    match error:
        case Fault():
            return str(error)
        case LedgerError():  # the database itself gave up: that is what is wrong
            return error.problem
    # SQLite keeps any value in any column, whatever the column's type
    return f"a value is not of its column's type, or cannot be read ({type(error).__name__})"


def _check_record(store: Store, size: int, progress: Progress | None) -> None:
    """Check all entries; many in several processes, each of which takes the next range that nobody has.

    Raises Fault, for the first of the ranges that do not hold.
    """
    step = max(TAKEN, size // RANGES // WHOLE * WHOLE)
    mine, ranges = os.pipe()
    with os.fdopen(mine, "rb", buffering=0) as todo, ExitStack() as running:
        with os.fdopen(ranges, "wb") as all_of_them:
            for first in range(0, size, step):
                all_of_them.write(RANGE.pack(first, min(first + step, size)))
        count = 1 if store.vfs else min(os.cpu_count() or 1, 1 + size // ALONE)
        others = [running.enter_context(_start(store, todo.fileno())) for _ in range(1, count)]
        faults = [_take(store, todo.fileno(), size, progress)]
        for other in others:
            said, _ = other.communicate()
            if other.returncode:
                raise LedgerError("some entries could not be checked", remedy="run `satrap verify` again")
            faults.append(msgspec.json.decode(said, type=Found | None))
    if found := min(filter(None, faults), default=None):
        raise Fault(found[1])


def _start(store: Store, todo: int) -> "subprocess.Popen[bytes]":
    """A Python of its own, no fork: who calls may have threads, or be a script without a main guard."""
    run = "import sys; from satrap.ledger.verify import write_fault; write_fault(sys.argv[1])"
    where = store.url.render_as_string()
    return subprocess.Popen([sys.executable, "-c", run, where], stdin=todo, stdout=subprocess.PIPE)


def write_fault(where: str) -> None:
    """Check the ranges of entries that standard input tells, and write what is wrong to standard output."""
    found = _take(Store(where), sys.stdin.fileno(), 0, None)
    sys.stdout.write(msgspec.json.encode(found).decode())


def _take(store: Store, todo: int, size: int, progress: Progress | None) -> Found | None:
    """Check range after range until none is left: those after one that does not hold need no check."""
    first = 0
    try:
        with store.reading() as connection:
            while taken := os.read(todo, RANGE.size):
                first, last = RANGE.unpack(taken)
                check_entries(connection, first, last)
                if progress:
                    progress("entries", last, size)
    except FAULTS as error:
        return first, _told(error)
    finally:
        while os.read(todo, 1 << 16):
            pass
    return None


def _counting(what: str, total: int, progress: Progress | None) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(what, done, total)

    return advance
