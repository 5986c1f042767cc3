"""Weights: what they compute, and that a saved model is the same model."""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from satrap.reading.learned.features import Seen
from satrap.reading.learned.model import Model
from satrap.reading.learned.words import Words

MODEL, WORDS = Model.bundled(), Words.bundled()
KNOWN = sorted(MODEL.names)[:400]

predicates = st.lists(
    st.builds(
        Seen,
        shape=st.sampled_from(["v", "vp", "n", "a"]),
        names=st.lists(st.sampled_from([*KNOWN, "word:never seen"]), max_size=20),
        row=st.integers(-1, 100),
        clause=st.lists(st.integers(0, 100), max_size=5),
    ),
    min_size=1,
    max_size=4,
)


@given(predicates)
def test_probabilities_of_the_classes_sum_to_one(seen: list[Seen]) -> None:
    found = MODEL.probabilities(seen, WORDS)
    assert found.shape == (len(seen), len(MODEL.classes))
    np.testing.assert_allclose(found.sum(1), 1, rtol=1e-5)


@given(predicates)
def test_the_likeliest_kind_has_the_probability_of_its_ways_together(seen: list[Seen]) -> None:
    found = MODEL.probabilities(seen, WORDS)
    for row, by_kind, (at, way) in zip(found, MODEL.by_kind(found), MODEL.best(found), strict=True):
        kind = MODEL.kinds[at]
        ways = [p for p, name in zip(row, MODEL.classes, strict=True) if name.partition(".")[0] == kind]
        assert abs(sum(ways) - by_kind[at]) < 1e-5
        assert way is None or f"{kind}.{way}" in MODEL.classes


def test_a_saved_model_reads_the_same() -> None:
    kept = io.BytesIO()
    MODEL.save(kept)
    kept.seek(0)
    again = Model.load(kept)
    one = [Seen("v", KNOWN[:10], 5, [1, 2])]
    np.testing.assert_array_equal(again.probabilities(one, WORDS), MODEL.probabilities(one, WORDS))
    assert (again.paths.keys(), again.threshold) == (MODEL.paths.keys(), MODEL.threshold)


def test_a_word_is_nearer_to_its_like_than_to_others() -> None:
    rows = np.array([WORDS.row(word, "v") for word in ("extort", "blackmail", "rain")])
    extort, blackmail, rain = WORDS.vectors(rows)
    assert extort @ blackmail > extort @ rain


def test_a_word_that_the_table_lacks_has_no_vector() -> None:
    assert WORDS.row("xyzzy", "v") == -1
    assert not WORDS.vectors(np.array([-1])).any()
