from hypothesis import given
from hypothesis import strategies as st

from satrap.reading.layout import lay_out


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in lay_out(text).sentences]


def test_a_full_stop_inside_a_quotation_ends_a_sentence_with_its_closing_mark() -> None:
    assert sentences("“They left.” Nobody came back.") == ["“They left.”", "Nobody came back."]


def test_abbreviations_and_initials_do_not_end_sentences() -> None:
    assert len(sentences("Gen. A. Ivanov met Lt. Col. Petrov in the U.S. embassy on Feb. 3 this year.")) == 1


def test_a_title_line_is_not_prose_and_holds_no_claims() -> None:
    layout = lay_out("Police chief sacked\n\nThe police chief was sacked on Monday.")
    assert [one.prose for one in layout.sentences] == [False, True]


def test_an_interview_question_is_not_prose() -> None:
    layout = lay_out("Q: Was the chief sacked?\n\nYes, he was sacked in May.")
    assert [one.prose for one in layout.sentences] == [False, True]


def test_blank_lines_made_of_no_break_spaces_separate_paragraphs() -> None:
    layout = lay_out("One thing happened.\n\u00a0\nAnother thing happened.")
    assert [one.paragraph for one in layout.sentences] == [0, 1]


def test_a_quotation_left_open_runs_to_the_end_of_its_paragraph_only() -> None:
    text = "He said: “We are poor.\n\nThe office closed."
    (quotation,) = lay_out(text).quotations
    assert text[quotation.start : quotation.end] == "“We are poor."
    assert not quotation.closed


@given(st.text(alphabet="Ab .!?“”\"'\n\u00a0’(", max_size=200))
def test_sentences_are_in_order_never_overlap_and_lose_only_space(text: str) -> None:
    layout = lay_out(text)
    at = 0
    for one in layout.sentences:
        assert text[at : one.start].strip() == ""
        assert one.start < one.end
        at = one.end
    assert text[at:].strip() == ""


@given(st.text(max_size=200))
def test_flattening_marks_keeps_every_offset(text: str) -> None:
    assert len(lay_out(text).plain) == len(text)
