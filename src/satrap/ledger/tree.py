"""The Merkle tree over the stored entries: its right edge, and proofs from the tiles kept beside them.

A tile of each level is kept once complete, so that any root or proof reads at most a few hundred rows.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from satrap.errors import LedgerError
from satrap.ledger import merkle
from satrap.ledger.schema import entry, head, tile

LEVELS = range(7, 0, -1)  # 256^7 entries are more than there will be


class Head(msgspec.Struct, frozen=True):
    """What the ledger committed to in its ``number``-th write: the root over the first ``size`` entries."""

    size: int
    number: int
    root: bytes
    at: str


_LAST = select(head).order_by(head.c.size.desc()).limit(1)
NOTHING = Head(0, 0, merkle.EMPTY, "")


class InclusionProof(msgspec.Struct, frozen=True):
    """That the entry ``seq`` stands in the ledger with this root (hashes in hex)."""

    seq: int
    size: int
    leaf: str
    path: tuple[str, ...]
    root: str

    def holds(self) -> bool:
        return merkle.includes(
            bytes.fromhex(self.leaf), self.seq - 1, self.size, _bytes(self.path), bytes.fromhex(self.root)
        )


class ConsistencyProof(msgspec.Struct, frozen=True):
    """That the ledger of ``old_size`` entries is the beginning of that of ``size`` (hashes in hex)."""

    old_size: int
    old_root: str
    size: int
    root: str
    path: tuple[str, ...]

    def holds(self) -> bool:
        return merkle.extends(
            self.old_size,
            bytes.fromhex(self.old_root),
            self.size,
            bytes.fromhex(self.root),
            _bytes(self.path),
        )


def last_head(connection: Connection) -> Head:
    found = connection.execute(_LAST).first()
    return Head(*found) if found else NOTHING


def head_at(connection: Connection, moment: str) -> Head:
    """The last head of this moment (ISO 8601 UTC) or before."""
    newest = select(head).where(head.c.at <= moment).order_by(head.c.at.desc(), head.c.size.desc()).limit(1)
    found = connection.execute(newest).first()
    return Head(*found) if found else NOTHING


def frontier(connection: Connection, size: int) -> merkle.Frontier:
    """The right edge of the tree over the first ``size`` entries."""
    return _covering(connection, 0, size)


def prove_inclusion(connection: Connection, seq: int, at: Head) -> InclusionProof:
    """Raises LedgerError where there is no such entry under this head."""
    if not 0 < seq <= at.size:
        raise LedgerError(f"there is no entry {seq}", remedy=f"name one from 1 to {at.size}")
    [leaf] = _leaves(connection, seq - 1, seq)
    path = merkle.inclusion_path(seq - 1, at.size, lambda a, b: _covering(connection, a, b).root)
    return InclusionProof(seq, at.size, leaf.hex(), _hex(path), at.root.hex())


def prove_consistency(connection: Connection, old_size: int, at: Head) -> ConsistencyProof:
    """Raises LedgerError where the ledger never had this size, or is smaller now."""
    if not 0 < old_size <= at.size:
        raise LedgerError(f"the ledger never had {old_size} entries", remedy=f"it has {at.size}")
    path = merkle.consistency_path(old_size, at.size, lambda a, b: _covering(connection, a, b).root)
    old_root = frontier(connection, old_size).root
    return ConsistencyProof(old_size, old_root.hex(), at.size, at.root.hex(), _hex(path))


def _covering(connection: Connection, start: int, end: int) -> merkle.Frontier:
    """The tree over leaves ``start`` … ``end - 1``, as the spans of proofs are: ``start`` is a multiple of a
    power of two that is not smaller than their number."""
    made = merkle.Frontier()
    for level in LEVELS:
        height = level * merkle.TILE
        at = start + made.size
        first, last = at >> height, end >> height
        if first << height == at and first < last:
            for hash in _tiles(connection, level, first, last):
                made.push(hash, height)
    made.extend(list(_leaves(connection, start + made.size, end)))
    return made


def _tiles(connection: Connection, level: int, first: int, last: int) -> Iterator[bytes]:
    asked = (
        select(tile.c.hash)
        .where(tile.c.level == level, tile.c.position >= first, tile.c.position < last)
        .order_by(tile.c.position)
    )
    return iter(connection.scalars(asked).all())


def _leaves(connection: Connection, start: int, end: int) -> Iterator[bytes]:
    if start == end:
        return
    asked = select(entry.c.hash).where(entry.c.seq > start, entry.c.seq <= end).order_by(entry.c.seq)
    yield from connection.scalars(asked)


def _hex(hashes: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(hash.hex() for hash in hashes)


def _bytes(hashes: tuple[str, ...]) -> list[bytes]:
    return [bytes.fromhex(hash) for hash in hashes]
