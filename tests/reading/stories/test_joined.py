from hypothesis import given
from hypothesis import strategies as st

from satrap.reading.stories.joined import Joined

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


def test_sets_grow_by_joining() -> None:
    joined = Joined(4)
    assert joined.join(0, 1)
    assert joined.join(1, 2)
    assert joined.root(0) == joined.root(2) != joined.root(3)


def test_a_set_has_one_name() -> None:
    joined = Joined(4)
    joined.call(0, "a")
    joined.call(3, "b")
    assert joined.join(0, 1)
    assert joined.join(2, 3)
    assert (joined.name(1), joined.name(2)) == ("a", "b")
    assert not joined.join(1, 2)


@given(PAIRS, PAIRS)
def test_no_order_of_joining_brings_together_what_was_told_apart(
    kept: list[tuple[int, int]], tried: list[tuple[int, int]]
) -> None:
    joined = Joined(12)
    kept = [(a, b) for a, b in kept if a != b]
    for a, b in kept:
        joined.tell_apart(a, [b])
    for a, b in tried:
        assert joined.join(a, b) == (joined.root(a) == joined.root(b))
    assert all(joined.root(a) != joined.root(b) for a, b in kept)


@given(PAIRS)
def test_without_decisions_everything_joins(tried: list[tuple[int, int]]) -> None:
    joined = Joined(12)
    assert all(joined.join(a, b) for a, b in tried)
