"""Sentences of every construction, with who says what in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satrap.reading.attribution import Attribution, Directness, attributions
from satrap.reading.english import English

PIPELINE = English()


def read(text: str) -> list[Attribution]:
    return attributions(text, PIPELINE)


def first(text: str) -> tuple[str | None, str, str]:
    """Source, cue and content of the outermost attribution, gaps as ellipses."""
    found = next(one for one in read(text) if not one.level)
    source = text[slice(*found.source)] if found.source else None
    return source, text[slice(*found.cue)], " … ".join(text[start:end] for start, end in found.content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor said that the bridge was closed.", "The mayor", "said", "that the bridge was closed"),
        ("The bridge was closed, the mayor said.", "the mayor", "said", "The bridge was closed"),
        ("The bridge, he acknowledged, was unsafe.", "he", "acknowledged", "The bridge … was unsafe"),
        ("The mayor wants to close the bridge.", "The mayor", "wants", "to close the bridge"),
        ("The mayor refused to endorse the plan.", "The mayor", "refused to endorse", "the plan"),
        ("Doctors urged the ministry to act.", "Doctors", "urged", "to act"),
        ("The mayor described the vote as a farce.", "The mayor", "described", "the vote as a farce"),
        ("The union condemned the arrests.", "The union", "condemned", "the arrests"),
        ("The opposition called for new elections.", "The opposition", "called", "new elections"),
        ("The report shows that prices fell.", "The report", "shows", "that prices fell"),
        ("He is accused of fraud by the court.", "the court", "is accused", "He … of fraud"),
        ("According to the ministry, prices fell.", "the ministry", "According", "prices fell"),
        ("The minister is confident that prices fall.", "The minister", "confident", "that prices fall"),
        ("His claim that prices fell was untrue.", "His", "claim", "that prices fell"),
        ("Traders voiced concern about the new tax.", "Traders", "voiced concern", "the new tax"),
        ("The guard reportedly fled.", None, "reportedly", "The guard … fled"),
    ],
)  # fmt: skip
def test_a_cue_has_its_source_and_content(text: str, source: str | None, cue: str, content: str) -> None:
    assert first(text) == (source, cue, content)


def test_a_quotation_around_its_cue_is_one_content_with_a_gap() -> None:
    text = "“The bridge is unsafe,” the mayor said. “It must be closed.”"
    assert first(text) == ("the mayor", "said", "The bridge is unsafe … It must be closed")


def test_a_quotation_of_several_sentences_is_taken_whole() -> None:
    text = "“The bridge is unsafe. I have seen it. It must be closed,” the mayor said."
    assert first(text)[2] == "The bridge is unsafe. I have seen it. It must be closed"


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = "The mayor said, “The bridge is unsafe.\n\n“It must be closed.”"
    assert first(text)[2].endswith("It must be closed")


def test_a_quotation_with_its_own_speaker_is_not_given_to_the_one_before() -> None:
    text = "“The bridge is unsafe,” the mayor said. “It is not,” the engineer said."
    assert [one.content for one in read(text)] == [((1, 21),), ((41, 50),)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The bridge is unsafe,” the mayor said.", Directness.DIRECT),
        ("The mayor said the bridge was “a danger” to all.", Directness.MIXED),
        ("The mayor said the bridge was a danger.", Directness.INDIRECT),
    ],
)
def test_how_much_of_it_is_quoted(text: str, kind: Directness) -> None:
    assert read(text)[0].kind is kind


def test_speech_within_speech_is_a_level_deeper() -> None:
    found = read("Lawmakers said the agency believes that the general was arrested.")
    assert [(one.lemma, one.level) for one in found] == [("say", 0), ("believe", 1)]


def test_lines_of_dialogue_belong_to_the_speaker_named_before_the_colon() -> None:
    text = "MAYOR: The bridge is unsafe.\n\nENGINEER: It is not."
    assert [text[slice(*one.source)] for one in read(text) if one.source] == ["MAYOR", "ENGINEER"]


def test_doubled_apostrophes_are_quotation_marks() -> None:
    assert first("''The bridge is unsafe,'' the mayor said.")[2] == "The bridge is unsafe"


@pytest.mark.parametrize("text", ["", "The bridge was closed.", "Rain fell on the town all day.", "“”", "::"])
def test_a_text_on_nobodys_word_has_none(text: str) -> None:
    assert read(text) == []


PIECES = [
    "The mayor",
    " said",
    " that",
    " “",
    "”",
    "''",
    ":",
    ",",
    ".",
    "\n\n",
    " he fled",
    " according to",
    " Xu",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for one in read(text):
        assert 0 <= one.cue[0] < one.cue[1] <= len(text)
        ends = [0, *(at for span in one.content for at in span), len(text)]
        assert ends == sorted(ends)
        assert all(text[start:end].strip() for start, end in one.content)
