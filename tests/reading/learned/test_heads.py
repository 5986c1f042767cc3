"""What is read off the vectors: chances are chances, and a saved head is the same head."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import kinds
from satrap.reading.learned.arguments import PATHS, TRAITS
from satrap.reading.learned.heads import ROLES, Heads, by_kind, classes, tagged, way

WIDTH, HIDDEN = 6, 4


def _heads(seed: int) -> Heads:
    draw = np.random.default_rng(seed)

    def some(*shape: int) -> npt.NDArray[np.float32]:
        return draw.normal(size=shape).astype(np.float16).astype(np.float32)

    return Heads(
        some(WIDTH, len(classes())),
        some(len(classes())),
        some(WIDTH, HIDDEN),
        some(WIDTH, HIDDEN),
        some(len(tagged()), HIDDEN),
        some(PATHS, HIDDEN),
        some(TRAITS, HIDDEN),
        some(HIDDEN),
        some(HIDDEN, len(ROLES)),
        some(len(ROLES)),
    )


@given(st.integers(0, 99))
def test_chances_of_the_classes_and_of_the_kinds_sum_to_one(seed: int) -> None:
    words = np.random.default_rng(seed).normal(size=(3, WIDTH)).astype(np.float32)
    chances = _heads(seed).classes(words)
    np.testing.assert_allclose(chances.sum(1), 1, rtol=1e-5)
    np.testing.assert_allclose(by_kind(chances).sum(1), 1, rtol=1e-5)


@given(st.integers(0, 99), st.sampled_from(tagged()))
def test_a_kind_has_the_chance_of_its_ways_together(seed: int, kind: str) -> None:
    words = np.random.default_rng(seed).normal(size=(1, WIDTH)).astype(np.float32)
    [chances] = _heads(seed).classes(words)
    ways = [chance for name, chance in zip(classes(), chances, strict=True) if name.partition(".")[0] == kind]
    assert abs(by_kind(chances[None])[0, 1 + tagged().index(kind)] - sum(ways)) < 1e-5
    told = way(chances, kind)
    assert told is None or f"{kind}.{told}" in classes()


@given(st.integers(0, 99), st.integers(1, 5))
def test_every_argument_has_a_chance_at_every_role(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    found = _heads(seed).roles(
        draw.normal(size=WIDTH).astype(np.float32),
        draw.normal(size=(count, WIDTH)).astype(np.float32),
        "extortion",
        draw.integers(0, PATHS, count),
        draw.normal(size=(count, TRAITS)).astype(np.float32),
    )
    assert found.shape == (count, len(ROLES))
    assert np.all((found >= 0) & (found <= 1))


def test_a_saved_head_is_the_same() -> None:
    heads = _heads(1)
    again = Heads.of(heads.arrays("fast"), "fast")
    np.testing.assert_array_equal(again.kind, heads.kind)
    np.testing.assert_array_equal(again.role_bias, heads.role_bias)


def test_every_kind_is_tagged_but_those_with_a_grammar_of_their_own() -> None:
    assert {*tagged(), "motive", "cause"} == set(kinds())
