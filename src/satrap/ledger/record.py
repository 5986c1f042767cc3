"""Checking the record: every entry against its hash, the hashes against the tree's tiles and heads.

A range of entries is checked from the tiles before it, which whoever checks the ranges before holds against
their entries: so ranges can be checked apart, and the record holds where every one does.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from satrap.ledger import merkle
from satrap.ledger.entry import hashes
from satrap.ledger.schema import entry, head, tile
from satrap.ledger.tree import NOTHING, Head, frontier

WHOLE = 1 << merkle.TILE  # entries of a tile: ranges begin at multiples of it
FETCH = 8 * WHOLE

Advance = Callable[[int], None]  # so many entries more are checked


class Fault(Exception):  # noqa: N818 — the ledger's, not ours
    """What is wrong with the ledger, in one line that names the entry."""


def check_entries(connection: Connection, first: int, last: int, advance: Advance) -> None:
    """Check the entries after ``first`` (a multiple of 256) up to ``last``, the tiles and heads over them.

    Raises Fault.
    """
    tree = frontier(connection, first)
    heads = _heads(connection, first, last)
    tiles = _tiles(connection, first, last)
    next_head = next(heads, None)
    for rows in _chunks(connection, first, last):
        leaves = _checked(rows, tree.size + 1)
        at = 0
        while at < len(leaves):
            upto = min(len(leaves), at + next_head.size - tree.size) if next_head else len(leaves)
            _grow(tree, leaves[at:upto], tiles)
            if next_head and next_head.size == tree.size:
                _check_head(next_head, tree, rows[upto - 1])
                next_head = next(heads, None)
            at = upto
        advance(len(rows))
    if tree.size != last or next_head:
        raise Fault(f"entry {tree.size + 1} is missing")


def check_heads(connection: Connection) -> None:
    """Check that no head is missing and time never goes back. Raises Fault."""
    before = NOTHING
    for one in _heads(connection):
        if not (isinstance(one.root, bytes) and isinstance(one.size, int)):
            raise Fault(f"the head of write {before.number + 1} was altered: a field is not of its type")
        if one.number != before.number + 1:
            raise Fault(f"the head of write {before.number + 1} is missing")
        if one.at < before.at:
            raise Fault(f"the head of write {one.number} ({one.at}) is of before the one before it")
        before = one


def check_end(connection: Connection, last: int) -> None:
    """Check that no entry and no tile stands beyond the last head. Raises Fault."""
    newest = connection.scalar(select(func.max(entry.c.seq))) or 0
    if newest > last:
        raise Fault(f"entry {newest} stands beyond the last head")
    for level, position in connection.execute(select(tile.c.level, tile.c.position)):
        if _end_of(level, position) > last:
            raise Fault(f"the tile over entries up to {_end_of(level, position)} stands beyond the last head")


def _checked(rows: Sequence[Any], first: int) -> list[bytes]:
    """The hashes of rows that must be entries ``first``, ``first + 1``, …"""
    for expected, row in enumerate(rows, first):
        if row[0] != expected:
            raise Fault(f"entry {expected} is missing")
    try:
        leaves = hashes((seq, kind, at, author, body) for seq, kind, at, author, _, body in rows)
    except (TypeError, AttributeError):
        leaves = []
    if leaves != [row[4] for row in rows]:
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


def _grow(tree: merkle.Frontier, leaves: Sequence[bytes], tiles: dict[tuple[int, int], bytes]) -> None:
    for made in tree.extend(leaves):
        if tiles.pop((made.level, made.position), None) != made.hash:
            end = _end_of(made.level, made.position)
            raise Fault(f"the tile over entries up to {end}, or one of these, was altered")


def _check_head(one: Head, tree: merkle.Frontier, last: Any) -> None:
    if one.root != tree.root:
        raise Fault(f"the head of {one.size} entries, or one of these, was altered: the root differs")
    if one.at != last[2]:
        raise Fault(f"the head of {one.size} entries was altered: its time differs from its last entry's")


def _chunks(connection: Connection, first: int, last: int) -> Iterator[Sequence[Any]]:
    asked = select(entry).where(entry.c.seq > first, entry.c.seq <= last).order_by(entry.c.seq)
    if connection.dialect.name != "sqlite":
        yield from connection.execute(asked, execution_options={"yield_per": FETCH}).partitions()
        return
    # plain tuples from the driver's cursor: making rows of them took a tenth of the time
    statement = str(asked.compile(dialect=connection.dialect))
    cursor = connection.exec_driver_sql(statement, (first, last)).cursor
    while cursor and (rows := cursor.fetchmany(FETCH)):
        yield rows


def _heads(connection: Connection, first: int = 0, last: int | None = None) -> Iterator[Head]:
    asked = select(head).where(head.c.size > first).order_by(head.c.size)
    if last is not None:
        asked = asked.where(head.c.size <= last)
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        yield Head(*row)


def _tiles(connection: Connection, first: int, last: int) -> dict[tuple[int, int], bytes]:
    """Tiles completed after entry ``first`` up to ``last``, by level and position: one in 255 entries."""
    found: dict[tuple[int, int], bytes] = {}
    for level, position, hash in connection.execute(select(tile)):
        if first < _end_of(level, position) <= last:
            found[level, position] = hash
    return found


def _end_of(level: int, position: int) -> int:
    """The last entry under a tile."""
    return (position + 1) << level * merkle.TILE
