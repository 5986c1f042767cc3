"""The record as lines of JSON, which make the same ledger again on either store: same entries, same roots.

    {"type":"ledger","form":1,"entries":5,"root":"3f2a…"}
    {"type":"entry","seq":1,"kind":"ledger opened","at":"…","author":"…","body":{"version":2}}
    {"type":"head","number":1,"size":1,"root":"9b01…"}
    …

Only what the tree commits to is kept; the tables that answer questions are made anew. Entries are written as
they stand and checked against the roots on the way out and on the way in, so that neither a backup nor a
ledger restored from one can differ from what was recorded.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection, select

from satrap.errors import LedgerError
from satrap.ledger import bodies, schema
from satrap.ledger.entry import Entry, EntryKind, hashes
from satrap.ledger.merkle import Frontier
from satrap.ledger.projection import Projection
from satrap.ledger.store import FETCH, insert_rows
from satrap.ledger.tree import last_head

FORM = 1  # of a backup
BATCH = 5000  # entries written together
ALTERED = "run `satrap verify` to see what changed, and keep the last good backup"
DAMAGED = "use another backup"

Advance = Callable[[int, int], None] | None  # told the entries done, of how many


class Opening(msgspec.Struct, frozen=True, tag="ledger"):
    """The first line: what the backup holds when it is whole."""

    form: int
    entries: int
    root: str


class Line(msgspec.Struct, frozen=True, tag="entry"):
    """An entry; its body as it was hashed."""

    seq: int
    kind: str
    at: str
    author: str
    body: msgspec.Raw


class Cut(msgspec.Struct, frozen=True, tag="head"):
    """The end of the ``number``-th write: the root over all entries above."""

    number: int
    size: int
    root: str


def write_backup(connection: Connection, file: BinaryIO, advance: Advance = None) -> Opening:
    """Write the ledger as it is in this snapshot. Raises LedgerError where it does not hold."""
    newest = last_head(connection)
    opening = Opening(FORM, newest.size, newest.root.hex())
    encode, tree = msgspec.json.Encoder().encode, Frontier()
    file.write(encode(opening) + b"\n")
    options = {"yield_per": FETCH}
    heads = iter(
        connection.execute(select(schema.head).order_by(schema.head.c.size), execution_options=options)
    )
    next_head = next(heads, None)
    asked = select(schema.entry).where(schema.entry.c.seq <= newest.size).order_by(schema.entry.c.seq)
    for rows in connection.execute(asked, execution_options=options).partitions():
        for row, leaf in zip(rows, _leaves(rows), strict=True):
            tree.push(leaf)
            file.write(
                encode(Line(row.seq, row.kind, row.at, row.author, msgspec.Raw(bytes(row.body)))) + b"\n"
            )
            if next_head and next_head.size == tree.size:
                if next_head.root != tree.root:
                    raise LedgerError(f"the root over {tree.size} entries differs", remedy=ALTERED)
                file.write(encode(Cut(next_head.number, tree.size, tree.root.hex())) + b"\n")
                next_head = next(heads, None)
        if advance:
            advance(tree.size, newest.size)
    if tree.root != newest.root:
        raise LedgerError(f"entry {tree.size + 1} is missing", remedy=ALTERED)
    return opening


def read_backup(connection: Connection, file: Iterable[bytes], advance: Advance = None) -> Opening:
    """Make again, in empty tables, what was written. Raises LedgerError where it is damaged or not whole."""
    lines = _decoded(file)
    opening = next(lines, None)
    if not isinstance(opening, Opening) or opening.form != FORM:
        raise LedgerError("this is no backup of a ledger", remedy="name a file that `satrap backup` wrote")
    replay = _Replay(connection)
    for one in lines:
        match one:
            case Line():
                replay.add(one)
            case Cut():
                replay.cut(one)
            case Opening():
                raise LedgerError("two backups stand in one file", remedy=DAMAGED)
        if replay.held == BATCH:
            replay.flush()
            if advance:
                advance(replay.tree.size, opening.entries)
    replay.flush()
    if (replay.tree.size, replay.tree.root.hex(), replay.committed) != (
        opening.entries,
        opening.root,
        opening.entries,
    ):
        raise LedgerError(
            f"the backup ends after {replay.tree.size} of {opening.entries} entries", remedy=DAMAGED
        )
    return opening


class _Replay:
    """Entries on their way back into a store."""

    def __init__(self, connection: Connection) -> None:
        self.tree = Frontier()
        self.committed = 0  # entries under a head
        self._connection = connection
        self._number = 0
        self._at = ""
        self._clear()

    def _clear(self) -> None:
        self.held = 0
        self._rows: dict[str, list[tuple[Any, ...]]] = {"entry": [], "head": [], "tile": []}
        self._tables = Projection(self._connection)

    def add(self, line: Line) -> None:
        """The next entry."""
        body = bytes(line.body)
        if line.seq != self.tree.size + 1:
            raise LedgerError(f"entry {self.tree.size + 1} is not in the backup", remedy=DAMAGED)
        try:
            one = Entry(line.seq, EntryKind(line.kind), line.at, line.author, body)
            self._tables.apply(one, bodies.decode(one.kind, body))
        except (ValueError, LedgerError) as error:
            raise LedgerError(
                f"entry {line.seq} ({line.kind}) is not what an entry of its kind says", remedy=DAMAGED
            ) from error
        [leaf] = hashes([(line.seq, line.kind, line.at, line.author, body)])
        self._rows["tile"] += [msgspec.structs.astuple(made) for made in self.tree.push(leaf)]
        self._rows["entry"].append((line.seq, line.kind, line.at, line.author, leaf, body))
        self._at = line.at
        self.held += 1

    def cut(self, one: Cut) -> None:
        """The end of a write."""
        if (one.size, one.root) != (self.tree.size, self.tree.root.hex()):
            raise LedgerError(f"entry {self.tree.size} or one before it was altered", remedy=DAMAGED)
        self._number += 1
        if one.number != self._number:
            raise LedgerError(f"the head of write {self._number} is not in the backup", remedy=DAMAGED)
        self.committed = one.size
        self._rows["head"].append((one.size, self._number, self.tree.root, self._at))

    def flush(self) -> None:
        """Write what was gathered."""
        for table in (schema.entry, schema.tile, schema.head):
            insert_rows(self._connection, table, self._rows[table.name])
        self._tables.flush()
        self._clear()


def _leaves(rows: Sequence[Any]) -> list[bytes]:
    """The hashes of entries, which must be those they had when they were recorded."""
    try:
        found = hashes((seq, kind, at, author, body) for seq, kind, at, author, _, body in rows)
    except (TypeError, AttributeError):
        found = []
    if found != [row.hash for row in rows]:
        raise LedgerError(f"an entry from {rows[0].seq} to {rows[-1].seq} was altered", remedy=ALTERED)
    return found


def _decoded(file: Iterable[bytes]) -> Iterator[Opening | Line | Cut]:
    decoder = msgspec.json.Decoder(Opening | Line | Cut)
    for number, line in enumerate(file, 1):
        try:
            yield decoder.decode(line)
        except ValueError:  # msgspec's errors are ValueErrors; their messages may quote the line
            raise LedgerError(f"line {number} of the backup cannot be read", remedy=DAMAGED) from None


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` once all is written and on the disk; only for its owner."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)
        try:
            with os.fdopen(handle, "wb", buffering=1 << 20) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too
        finally:
            os.close(folder)
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}", remedy="name a path that can be written") from error
