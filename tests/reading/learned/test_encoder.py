"""The encoder that comes with satrap: a vector a word, the same each time, from the package's files alone."""

import socket

import numpy as np
import pytest

from satrap.reading.learned.model import FOLDER, LEVELS, Model

WORDS = [["The", "police", "fleeced", "traders", "."], [], ["Rain", "fell", "in", "Ohio", "."]]


@pytest.mark.parametrize("deep", [False, True])
def test_every_word_has_a_vector_in_its_context(deep: bool) -> None:
    first, empty, last = Model.bundled().encoder.encode(WORDS, deep=deep)
    assert len(first) == len(last) == 5
    assert len(empty) == 0
    assert not np.allclose(first[4], last[4])  # the same full stop


def test_the_same_sentences_have_the_same_vectors() -> None:
    encoder = Model.bundled().encoder
    for once, again in zip(encoder.encode(WORDS, deep=True), encoder.encode(WORDS, deep=True), strict=True):
        np.testing.assert_array_equal(once, again)


def test_a_sentence_longer_than_is_seen_still_has_a_vector_a_word() -> None:
    [found] = Model.bundled().encoder.encode([["traders"] * 400], deep=False)
    assert len(found) == 400


def test_it_loads_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    model = Model.load(FOLDER)
    assert set(model.levels) == set(LEVELS)
    assert len(model.encoder.encode(WORDS[:1], deep=True)[0]) == 5
