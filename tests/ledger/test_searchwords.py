import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.errors import LedgerError
from satrap.ledger.searchwords import Alternative, Term, Words
from satrap.ledger.tokens import tokens


def parse(asked: str) -> tuple[Alternative, ...]:
    return Words.parse(asked).alternatives


def test_words_stand_for_all_of_them() -> None:
    assert parse("Kim dismissed") == (Alternative((Term(("kim",)), Term(("dismissed",)))),)


def test_phrases_and_joined_words_keep_their_order() -> None:
    assert parse('"Abuse of power" kim-won-hong')[0].wanted == (
        Term(("abuse", "of", "power")),
        Term(("kim", "won", "hong")),
    )


def test_a_star_begins_a_word_or_the_last_of_a_phrase() -> None:
    assert parse('execut* "state secur"*')[0].wanted == (
        Term(("execut",), True),
        Term(("state", "secur"), True),
    )


def test_a_minus_leaves_out_and_or_separates() -> None:
    assert parse('arrest -"house arrest" OR exile') == (
        Alternative((Term(("arrest",)),), (Term(("house", "arrest")),)),
        Alternative((Term(("exile",)),)),
    )


def test_part_of_an_unspaced_word_is_a_phrase_of_pairs() -> None:
    assert parse("비서")[0].wanted == (Term(("비서",)),)
    assert parse("조직비서")[0].wanted == (Term(("조직", "직비", "비서")),)
    assert parse("법")[0].wanted == (Term(("법",), True),)
    assert parse('"작년 2017년"')[0].wanted == (Term(("작년", "년", "2017", "년"), True),)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ('"abuse of', "never closes"),
        ("  ", "holds no word"),
        ("*", "holds no word"),
        ('""', "holds no word"),
        ("-kim", "only says what to leave out"),
        ("kim OR", "one side of OR"),
        ("OR kim", "one side of OR"),
        ("kim OR -pak", "only says what to leave out"),
        ("kim " * 65, "too many words"),
        ("k" * 1001, "1001 characters"),
    ],
)
def test_a_question_that_asks_for_nothing_is_told_what_to_write(asked: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        Words.parse(asked)


@given(st.text(max_size=60))
def test_whatever_is_asked_becomes_quoted_words_or_an_error(asked: str) -> None:
    try:
        words = Words.parse(asked)
    except LedgerError:
        return
    for one in words.alternatives:
        for term in (*one.wanted, *one.without):
            assert term.tokens
            assert all(token.isalnum() for token in term.tokens)


def marked(asked: str, text: str) -> list[str]:
    return [text[start:end] for start, end in Words.parse(asked).marks([*tokens(text)])]


def test_marks_are_the_words_as_the_text_writes_them() -> None:
    assert marked("cafe minist* -gone", "The Café of MINISTERS is gone") == ["Café", "MINISTERS"]
    assert marked('"won hong" kim', "Kim Won Hong; Hong Won") == ["Kim", "Won Hong"]
    assert marked("비서 서가", "조직비서가 왔다") == ["비서가"]
    assert marked("가", "조직비서가 왔다") == ["가"]
