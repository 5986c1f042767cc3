#!/usr/bin/env python3
"""Check a satrap ledger without satrap: this file and Python's standard library are all it takes.

    python verify_ledger.py ledger.db
    python verify_ledger.py ledger.db --root 3f2a…      the ledger once had this root (a brief prints it)
    python verify_ledger.py --proof proof.json          a proof that `satrap prove` printed, by itself
    python verify_ledger.py ledger.db --proof proof.json   … and that it is of this ledger

What is checked: every entry has the hash of its fields, no number is missing, and the Merkle tree over the
hashes (RFC 6962) has each root that the ledger kept after a write. Written from the description in
docs/explanation/ledger.md, not from satrap's code, so that a mistake in one shows in the other.

Exit code 0 where all holds, 1 where something does not, 2 where the file cannot be read.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from pathlib import Path


class BrokenError(Exception):
    """What does not hold."""


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def leaf(seq, kind, at, author, body):
    """Hash of an entry: 0x00, then each field after its length in eight bytes."""
    parts = [b"\x00"]
    for field in (str(seq).encode(), kind.encode(), at.encode(), author.encode(), body):
        parts += [len(field).to_bytes(8, "big"), field]
    return sha256(*parts)


def node(left, right):
    return sha256(b"\x01", left, right)


class Tree:
    """A growing tree, as the roots of its complete subtrees: (number of leaves, hash), the largest first."""

    def __init__(self):
        self.subtrees = []
        self.size = 0

    def append(self, hash):
        self.size += 1
        count = 1
        while self.subtrees and self.subtrees[-1][0] == count:
            _, left = self.subtrees.pop()
            hash, count = node(left, hash), 2 * count
        self.subtrees.append((count, hash))

    @property
    def root(self):
        if not self.subtrees:
            return sha256()
        result = self.subtrees[-1][1]
        for _, left in self.subtrees[-2::-1]:
            result = node(left, result)
        return result


def roots_of(path):
    """Every root that the ledger kept, by its number of entries, each recomputed from the entries."""
    database = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    heads = database.execute("SELECT size, number, root, at FROM head ORDER BY size").fetchall()
    for place, (size, number, _, _) in enumerate(heads, 1):
        if number != place:
            raise BrokenError(f"the head of write {place} is missing (the next is of {size} entries)")
    tree, found, due = Tree(), {}, iter(heads)
    head = next(due, None)
    for seq, kind, at, author, stored, body in database.execute(
        "SELECT seq, kind, at, author, hash, body FROM entry ORDER BY seq"
    ):
        if seq != tree.size + 1:
            raise BrokenError(f"entry {tree.size + 1} is missing")
        if not isinstance(body, bytes) or not all(isinstance(field, str) for field in (kind, at, author)):
            raise BrokenError(f"entry {seq} was altered: a field is not of its type")
        hash = leaf(seq, kind, at, author, body)
        if hash != stored:
            raise BrokenError(f"entry {seq} ({kind}, {at}) was altered: its hash does not match")
        tree.append(hash)
        if head and head[0] == tree.size:
            if head[2] != tree.root:
                raise BrokenError(f"the head of {tree.size} entries, or one of these, was altered")
            if head[3] != at:
                raise BrokenError(f"the head of {tree.size} entries has another time than its last entry")
            found[tree.size] = tree.root.hex()
            head = next(due, None)
    if head:
        raise BrokenError(f"entry {tree.size + 1} is missing")
    if tree.size and tree.size not in found:
        raise BrokenError(f"entry {tree.size} stands beyond the last head")
    return found


def root_of_path(leaf_hash, index, size, path):
    """The root that an inclusion proof leads to: from the leaf up, by the shape of a tree of that size."""
    if not 0 <= index < size:
        raise BrokenError(f"entry {index + 1} is not one of {size}")
    if size == 1:
        if path:
            raise BrokenError("the proof is too long")
        return leaf_hash
    if not path:
        raise BrokenError("the proof is too short")
    half = 1 << (size - 1).bit_length() - 1  # leaves of the left subtree
    if index < half:
        return node(root_of_path(leaf_hash, index, half, path[:-1]), path[-1])
    return node(path[-1], root_of_path(leaf_hash, index - half, size - half, path[:-1]))


def roots_of_path(old, size, path, old_root, whole=True):
    """(old root, root) that a consistency proof leads to; ``whole`` while the old tree is a subtree."""
    if old == size:
        if whole:
            if path:
                raise BrokenError("the proof is too long")
            return old_root, old_root
        if len(path) != 1:
            raise BrokenError("the proof is not of these sizes")
        return path[0], path[0]
    if not path:
        raise BrokenError("the proof is too short")
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        before, after = roots_of_path(old, half, path[:-1], old_root, whole)
        return before, node(after, path[-1])
    before, after = roots_of_path(old - half, size - half, path[:-1], old_root, False)
    return node(path[-1], before), node(path[-1], after)


def check_proof(proof):
    """What a proof shows, as (sentence, number of entries, root); or raises BrokenError."""
    try:
        size, root = int(proof["size"]), bytes.fromhex(proof["root"])
        path = [bytes.fromhex(step) for step in proof["path"]]
        if "seq" in proof:
            made = root_of_path(bytes.fromhex(proof["leaf"]), int(proof["seq"]) - 1, size, path)
            said = f"Entry {proof['seq']} stands in the ledger of {size} entries."
        else:
            old, old_root = int(proof["old_size"]), bytes.fromhex(proof["old_root"])
            if not 0 < old <= size:
                raise BrokenError(f"{old} entries are not the beginning of {size}")
            before, made = roots_of_path(old, size, path, old_root)
            if before != old_root:
                raise BrokenError("the proof does not lead to the earlier root")
            said = f"The ledger of {size} entries begins with the earlier one of {old}."
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenError("this is not a proof that satrap printed") from error
    if made != root:
        raise BrokenError("the proof does not lead to the root that it names")
    return said, size, root.hex()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", nargs="?", help="the SQLite file")
    parser.add_argument("--root", help="a root that the ledger must have had, in hex")
    parser.add_argument("--proof", help="a JSON file from `satrap prove`")
    asked = parser.parse_args()
    if not asked.ledger and (asked.root or not asked.proof):
        parser.error("name a ledger, or a proof with --proof")
    try:
        roots = roots_of(asked.ledger) if asked.ledger else {}
        if asked.ledger:
            last = max(roots, default=0)
            print(f"{last} entries hold. Root: {roots.get(last, sha256().hex())}")
        if asked.root and asked.root.lower() not in roots.values():
            raise BrokenError(f"the ledger never had the root {asked.root}")
        if asked.proof:
            said, size, root = check_proof(json.loads(Path(asked.proof).read_text(encoding="utf-8")))
            if asked.ledger and roots.get(size) != root:
                raise BrokenError("the proof is of another ledger, or of a size that was no end of a write")
            print(f"{said} Root: {root}")
    except BrokenError as problem:
        sys.exit(f"does not hold: {problem}")
    except (OSError, sqlite3.DatabaseError, ValueError) as problem:
        print(f"cannot be read: {problem}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
