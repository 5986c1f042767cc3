from textwrap import fill

from hypothesis import given
from hypothesis import strategies as st

from satrap.reports.wrapped import unwrapped

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=60, max_size=120)


@given(paragraphs=st.lists(WORDS.map(" ".join), min_size=1, max_size=4), width=st.integers(60, 90))
def test_paragraphs_set_to_any_width_come_back(paragraphs: list[str], width: int) -> None:
    broken = "\n\n".join(fill(one, width, break_long_words=False) for one in paragraphs)
    assert unwrapped(broken) == "\n\n".join(paragraphs)


@given(text=st.text("ab .\n", max_size=300))
def test_no_word_is_lost_or_moved(text: str) -> None:
    assert unwrapped(text).split() == text.split()


def test_a_list_keeps_its_lines() -> None:
    assert unwrapped("Dismissed:\nthe head\nhis deputy") == "Dismissed:\n\nthe head\n\nhis deputy"
