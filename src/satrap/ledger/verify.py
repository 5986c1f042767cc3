"""Checking that nothing was altered, dropped, inserted or reordered."""

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from satrap.ledger import merkle, schema
from satrap.ledger.entry import leaf_of
from satrap.ledger.store import FETCH


class Verification(msgspec.Struct, frozen=True):
    """``root`` is that of the tree over all entries. ``fault`` is None when everything holds, else one line
    naming the first entry that doesn't."""

    entries: int
    root: str
    fault: str | None

    @property
    def holds(self) -> bool:
        return self.fault is None


def verify(connection: Connection) -> Verification:
    """Recompute the tree over all entries and hold every head and tile against it.

    What this does not prove: that the whole file was not replaced by another, self-consistent one. Keep a
    root outside the ledger (the brief prints it) to be able to tell.
    """
    tree = merkle.Frontier()
    heads = {row.size: row.root for row in connection.execute(select(schema.head.c.size, schema.head.c.root))}

    def result(fault: str | None) -> Verification:
        return Verification(tree.size, tree.root.hex(), fault)

    asked = select(schema.entry).order_by(schema.entry.c.seq)
    for row in connection.execute(asked, execution_options={"yield_per": FETCH}):
        if row.seq != tree.size + 1:
            return result(f"entry {tree.size + 1} is missing")
        if _leaf(row) != row.hash:
            return result(f"entry {row.seq} ({row.kind}, {row.at}) was altered: its hash does not match")
        tree.push(row.hash)
        if tree.size in heads and heads.pop(tree.size) != tree.root:
            return result(f"the head of {row.seq} entries, or an entry before it, was altered")
    if heads:
        return result(f"entry {tree.size + 1} is missing")
    return result(None)


def _leaf(row: Any) -> bytes | None:
    """The leaf of a row; None where a field is not of its type: SQLite lets anything in."""
    if not isinstance(row.body, bytes) or not all(isinstance(f, str) for f in (row.kind, row.at, row.author)):
        return None
    return leaf_of(row.seq, row.kind, row.at, row.author, row.body)
