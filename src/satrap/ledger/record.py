"""Checking the record: every entry against its hash, the hashes against the tree's tiles and heads.

A range of entries is checked from the tiles before it, which whoever checks the ranges before holds against
their entries: so ranges can be checked apart, and the record holds where every one does.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from satrap.ledger import merkle
from satrap.ledger.entry import hashes
from satrap.ledger.schema import entry, head, tile
from satrap.ledger.store import FETCH
from satrap.ledger.tree import LEVELS, NOTHING, Head, frontier

WHOLE = 1 << merkle.TILE  # entries of a tile: read together, as many as the processor's cache holds


class Fault(Exception):  # noqa: N818 — the ledger's, not ours
    """What is wrong with the ledger, in one line that names the entry."""


def check_entries(connection: Connection, first: int, last: int) -> None:
    """Check the entries after ``first`` (a multiple of 256) up to ``last``, the tiles and heads over them.

    Raises Fault.
    """
    tree = frontier(connection, first)
    tiles = _tiles(connection, first, last)
    heads = _heads(connection, first, last)
    next_head = next(heads, None)
    end = first
    for rows in _chunks(connection, first, last):
        levels = merkle.levels(_checked(rows, end + 1))
        while next_head and next_head.size <= end + len(rows):
            count = next_head.size - end
            root = merkle.join([*tree.peaks, *merkle.peaks_of(levels, count)])
            _check_head(next_head, root, rows[count - 1][2])
            next_head = next(heads, None)
        if len(rows) == WHOLE:
            _check_tiles(tree.push(levels[-1][0], merkle.TILE), tiles)
        end += len(rows)
    if end != last:
        raise Fault(f"entry {end + 1} is missing")


def check_heads(connection: Connection) -> None:
    """Check that no head is missing and time never goes back. Raises Fault."""
    before = NOTHING
    for one in _heads(connection):
        if not (isinstance(one.root, bytes) and isinstance(one.size, int)):
            raise Fault(f"the head of write {before.number + 1} was altered: a field is not of its type")
        if one.size < 1:
            raise Fault(f"the head of write {one.number} was altered: it is of {one.size} entries")
        if one.number != before.number + 1:
            raise Fault(f"the head of write {before.number + 1} is missing")
        if one.at < before.at:
            raise Fault(f"the head of write {one.number} ({one.at}) is of before the one before it")
        before = one


def check_end(connection: Connection, last: int) -> None:
    """Check that no entry and no tile stands outside the ``last`` entries there are. Raises Fault."""
    for outermost in (func.min(entry.c.seq), func.max(entry.c.seq)):
        seq = connection.scalar(select(outermost))
        if seq is not None and not 0 < seq <= last:
            raise Fault(f"entry {seq} stands beyond the last head")
    for level, position in connection.execute(select(tile.c.level, tile.c.position)):
        if level not in LEVELS or not 0 <= position < last >> level * merkle.TILE:
            raise Fault(f"tile {position} of level {level} does not stand over the {last} entries")


def _checked(rows: Sequence[Any], first: int) -> list[bytes]:
    """The hashes of rows that must be entries ``first``, ``first + 1``, …"""
    seqs, kinds, times, authors, kept, bodies = zip(*rows, strict=True)
    if seqs != tuple(range(first, first + len(rows))):
        missing = next(wanted for wanted, seq in enumerate(seqs, first) if wanted != seq)
        raise Fault(f"entry {missing} is missing")
    try:
        leaves = hashes(zip(seqs, kinds, times, authors, bodies, strict=True))
    except (TypeError, AttributeError):
        leaves = []
    if tuple(leaves) != kept:
        for row in rows:
            _check_alone(*row)
    return leaves


def _check_alone(seq: int, kind: str, at: str, author: str, hash: bytes, body: bytes) -> None:
    try:
        [leaf] = hashes([(seq, kind, at, author, body)])
    except (TypeError, AttributeError):
        raise Fault(f"entry {seq} was altered: a field is not of its type") from None
    if leaf != hash:
        raise Fault(f"entry {seq} ({kind}, {at}) was altered: its hash does not match")


def _check_tiles(made: Sequence[merkle.Tile], kept: dict[tuple[int, int], bytes]) -> None:
    for one in made:
        if kept.get((one.level, one.position)) != one.hash:
            end = (one.position + 1) << one.level * merkle.TILE
            raise Fault(f"the tile over entries up to {end}, or one of these, was altered")


def _check_head(one: Head, root: bytes, at: str) -> None:
    if one.root != root:
        raise Fault(f"the head of {one.size} entries, or one of these, was altered: the root differs")
    if one.at != at:
        raise Fault(f"the head of {one.size} entries was altered: its time differs from its last entry's")


def _chunks(connection: Connection, first: int, last: int) -> Iterator[Sequence[Any]]:
    """Rows of entries, a tile's at a time."""
    asked = select(entry).where(entry.c.seq > first, entry.c.seq <= last).order_by(entry.c.seq)
    if connection.dialect.name != "sqlite":
        yield from connection.execute(asked, execution_options={"yield_per": FETCH}).partitions(WHOLE)
        return
    # plain tuples from the driver's cursor: making rows of them took a tenth of the time
    statement = str(asked.compile(dialect=connection.dialect))
    cursor = connection.exec_driver_sql(statement, (first, last)).cursor
    while cursor and (rows := cursor.fetchmany(WHOLE)):
        yield rows


def _heads(connection: Connection, first: int | None = None, last: int | None = None) -> Iterator[Head]:
    """Heads by size: all, or those over more than ``first`` entries and at most ``last``."""
    asked = select(head).order_by(head.c.size)
    if first is not None:
        asked = asked.where(head.c.size > first, head.c.size <= last)
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        yield Head(*row)


def _tiles(connection: Connection, first: int, last: int) -> dict[tuple[int, int], bytes]:
    """Tiles completed after entry ``first`` up to ``last``, by level and position: one in 255 entries."""
    found: dict[tuple[int, int], bytes] = {}
    for level in LEVELS:
        begin, end = (at >> level * merkle.TILE for at in (first, last))
        if begin < end:
            asked = select(tile.c.position, tile.c.hash).where(
                tile.c.level == level, tile.c.position >= begin, tile.c.position < end
            )
            found |= {(level, position): hash for position, hash in connection.execute(asked)}
    return found
