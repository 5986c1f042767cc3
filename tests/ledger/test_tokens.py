import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.ledger.tokens import LONGEST, segments, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def test_words_are_folded() -> None:
    assert texts("The MINISTRY’s Café, Straße") == ["the", "ministry", "s", "cafe", "strasse"]


def test_hangul_becomes_its_pairs_and_its_last_syllable() -> None:
    assert texts("조직비서가 왔다") == ["조직", "직비", "비서", "서가", "가", "왔다", "다"]


def test_digits_and_hangul_are_cut_apart() -> None:
    assert texts("2017년 MSS가") == ["2017", "년", "mss", "가"]


def test_decomposed_hangul_is_the_same_word() -> None:
    assert texts(unicodedata.normalize("NFD", "비서")) == texts("비서") == ["비서", "서"]


def test_kana_keep_their_marks() -> None:
    assert texts("がか") == ["がか", "か"]


@pytest.mark.parametrize("text", ["", "—…“”", "_ _", "\x00\n", "👍"])
def test_what_holds_no_letter_has_no_token(text: str) -> None:
    assert texts(text) == []


@given(st.text())
def test_tokens_stand_in_the_text_in_order(text: str) -> None:
    found = list(tokens(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.text and len(one.text) <= LONGEST and one.text.isalnum() for one in found)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_cut_as_any_other_text(text: str) -> None:
    assert texts(text) == [segment.text for segment in segments(text)]
