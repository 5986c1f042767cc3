from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.ledger import merkle
from satrap.ledger.merkle import (
    Frontier,
    Tile,
    consistency_path,
    extends,
    includes,
    inclusion_path,
    join,
    levels,
    peaks_of,
)

# The eight leaves and the roots of the test vectors that Certificate Transparency's implementations share
# (RFC 6962 reference code, merkletree/serial_hasher_test); they hold for RFC 9162 too.
VECTOR_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def numbered(count: int) -> list[bytes]:
    return [b"%d" % n for n in range(count)]


def frontier(leaves: list[bytes]) -> Frontier:
    made = Frontier()
    for one in leaves:
        made.push(merkle.leaf(one))
    return made


def test_the_known_test_vectors() -> None:
    for size, root in enumerate(VECTOR_ROOTS, 1):
        assert frontier(VECTOR_LEAVES[:size]).root.hex() == root
    assert Frontier().root == sha256().digest() == naive([])


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_the_naive_recursions(leaves: list[bytes]) -> None:
    assert frontier(leaves).root == naive(leaves)


@given(st.integers(0, 600), st.lists(st.integers(1, 600), max_size=4))
def test_extending_is_pushing_each_whatever_the_portions(first: int, portions: list[int]) -> None:
    hashes = [merkle.leaf(one) for one in numbered(first + sum(portions))]
    one_by_one = Frontier()
    expected = [tile for hash in hashes for tile in one_by_one.push(hash)]
    at_once = Frontier()
    made: list[Tile] = []
    start = 0
    for size in (first, *portions):
        made += at_once.extend(hashes[start : start + size])
        start += size
    assert (at_once.size, at_once.peaks) == (one_by_one.size, one_by_one.peaks)
    assert made == expected


@given(st.integers(0, 3), st.integers(1, 256), st.data())
def test_the_levels_over_a_tile_give_the_root_at_each_of_its_leaves(
    tiles: int, size: int, data: st.DataObject
) -> None:
    before = frontier(numbered(256 * tiles))
    leaves = numbered(256 * tiles + size)
    count = data.draw(st.integers(1, size))
    over = levels([merkle.leaf(one) for one in leaves[256 * tiles :]])
    assert join([*before.peaks, *peaks_of(over, count)]) == naive(leaves[: 256 * tiles + count])


def test_tiles_are_the_roots_over_256_to_the_level() -> None:
    leaves = numbered(600)
    tiles = Frontier().extend([merkle.leaf(one) for one in leaves])
    assert tiles == [Tile(1, n, naive(leaves[256 * n : 256 * (n + 1)])) for n in range(2)]


@given(st.data(), st.integers(1, 80))
def test_an_inclusion_proof_holds_for_its_leaf_and_no_other(data: st.DataObject, size: int) -> None:
    leaves = numbered(size)
    index = data.draw(st.integers(0, size - 1))
    root = naive(leaves)
    path = inclusion_path(index, size, lambda a, b: naive(leaves[a:b]))
    assert includes(merkle.leaf(leaves[index]), index, size, path, root)
    assert not includes(merkle.leaf(b"another"), index, size, path, root)
    other = data.draw(st.integers(0, size))
    assert other == index or not includes(merkle.leaf(leaves[index]), other, size, path, root)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        altered = (*path[:at], bytes(32), *path[at + 1 :])
        assert not includes(merkle.leaf(leaves[index]), index, size, altered, root)
        assert not includes(merkle.leaf(leaves[index]), index, size, path[:-1], root)
    assert not includes(merkle.leaf(leaves[index]), index, size, (*path, bytes(32)), root)


@given(st.data(), st.integers(1, 80))
def test_a_consistency_proof_holds_for_its_sizes_and_roots_only(data: st.DataObject, size: int) -> None:
    leaves = numbered(size)
    old = data.draw(st.integers(1, size))
    before, root = naive(leaves[:old]), naive(leaves)
    path = consistency_path(old, size, lambda a, b: naive(leaves[a:b]))
    assert extends(old, before, size, root, path)
    assert not extends(old, bytes(32), size, root, path)
    assert old == size or not extends(old, before, size, bytes(32), path)
    rewritten = [b"x", *leaves[1:]]
    assert not extends(old, before, size, naive(rewritten), path)
    if path:
        assert not extends(old, before, size, root, path[:-1])
    assert not extends(old, before, size, root, (*path, bytes(32)))


def test_a_subtree_stands_only_where_its_size_divides() -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        frontier(numbered(3)).push(bytes(32), 1)
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion_path(3, 3, lambda *_: b"")
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_path(4, 3, lambda *_: b"")
