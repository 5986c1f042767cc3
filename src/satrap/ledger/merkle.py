"""A Merkle tree over a growing list of entries (RFC 6962 section 2.1, RFC 9162 section 2.1).

Pure: leaves and hashes in, hashes and proofs out. Leaves are hashed with a 0x00 before them and nodes with a
0x01, so that neither can pass for the other.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

import msgspec

TILE = 8  # height of a tile: the hash over 2^8 leaves, 2^16 leaves, … is kept
EMPTY = sha256().digest()  # root of the tree without leaves

Span = Callable[[int, int], bytes]  # (start, end) → root of the leaves start … end-1


class Tile(msgspec.Struct, frozen=True):
    """Root of the complete subtree over leaves ``position · 256^level`` up to the next multiple."""

    level: int
    position: int
    hash: bytes


def leaf(data: bytes) -> bytes:
    """Hash of one leaf."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: all that is needed to append to it and to know its root.

    ``peaks`` are the roots of the complete subtrees that the leaves fall into, largest first: one for each
    bit of ``size`` that is set.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def copy(self) -> "Frontier":
        return Frontier(self.size, self.peaks)

    def push(self, hash: bytes, height: int = 0) -> list[Tile]:
        """Append a complete subtree of 2^height leaves; returns the tiles that it completes, itself among
        them where it is one, the lowest first.

        Raises ValueError where the tree's size is no multiple of the subtree's.
        """
        if self.size & ((1 << height) - 1):
            raise ValueError(f"a subtree of height {height} cannot stand at leaf {self.size}")
        place = self.size >> height
        completed = [Tile(height // TILE, place, hash)] if height and not height % TILE else []
        self.size += 1 << height
        while place & 1:
            hash = node(self.peaks.pop(), hash)
            place >>= 1
            height += 1
            if not height % TILE:
                completed.append(Tile(height // TILE, place, hash))
        self.peaks.append(hash)
        return completed

    def extend(self, leaves: Sequence[bytes]) -> list[Tile]:
        """Append the hashes of many leaves; the same as pushing each, twice as fast over whole tiles."""
        completed: list[Tile] = []
        at, whole = 0, 1 << TILE
        while at < len(leaves):
            if self.size % whole == 0 and len(leaves) - at >= whole:
                completed += self.push(levels(leaves[at : at + whole])[TILE][0], TILE)
                at += whole
            else:
                completed += self.push(leaves[at])
                at += 1
        return completed

    @property
    def root(self) -> bytes:
        return join(self.peaks)


def join(peaks: Sequence[bytes]) -> bytes:
    """The root over neighbouring complete subtrees, the largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in peaks[-2::-1]:
        root = node(peak, root)
    return root


def levels(hashes: Sequence[bytes]) -> list[Sequence[bytes]]:
    """All complete subtrees over these leaves, by height: the leaves, those over two of them, over four …"""
    made = [hashes]
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)  # one without a neighbour is in no larger one
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        made.append(hashes)
    return made


def peaks_of(levels: Sequence[Sequence[bytes]], count: int) -> list[bytes]:
    """The complete subtrees that the first ``count`` of these leaves fall into, the largest first."""
    heights = range(len(levels) - 1, -1, -1)
    return [levels[height][(count >> height) - 1] for height in heights if count >> height & 1]


def _split(size: int) -> int:
    """The largest power of two below ``size``: where a tree of that size divides."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_path(index: int, size: int, span: Span) -> tuple[bytes, ...]:
    """The hashes that lead from leaf ``index`` (from 0) to the root of the first ``size`` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(span(middle, end))
            end = middle
        else:
            path.append(span(start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_path(old: int, size: int, span: Span) -> tuple[bytes, ...]:
    """The hashes that show the first ``old`` leaves to be the beginning of the first ``size``."""
    if not 0 < old <= size:
        raise ValueError(f"a tree of {old} is not the beginning of one of {size}")
    path: list[bytes] = []
    start, end, whole = 0, size, True  # whole: the old tree is a subtree whose root the verifier has
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(span(middle, end))
            end = middle
        else:
            path.append(span(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(span(start, end))
    return tuple(reversed(path))


def includes(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a path proves that a leaf stands at ``index`` of the tree with this root.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    place, last, hash = index, size - 1, leaf_hash
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            hash = node(step, hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash = node(hash, step)
        place, last = place >> 1, last >> 1
    return last == 0 and hash == root


def extends(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a path proves that the tree of ``old`` leaves is the beginning of that of ``size``.

    RFC 9162, section 2.1.4.2.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return not path and old_root == root
    steps = list(path)
    if not old & (old - 1):
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node(step, first), node(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == root
