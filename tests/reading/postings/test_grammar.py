"""The word lists and the links as data: faults are found when they are loaded."""

import pytest
from pydantic import ValidationError

from satrap.reading.postings.grammar import Links, Phrases, bundled
from satrap.reading.postings.words import paragraphs


def links(shape: str) -> dict[str, object]:
    link = {"id": "one", "shape": shape, "example": {"text": "x"}}
    return {"macros": {"org": "(?P<org>O)?"}, "links": [link], "words": {}, "breaks": []}


def test_a_macro_stands_for_its_pattern() -> None:
    made = Links.model_validate(links("(?P<person>P){org}"))
    assert made.compiled(made.links[0]).pattern == "(?P<person>P)(?P<org>O)?"


@pytest.mark.parametrize("shape", ["(?P<person>P", "(?P<post>T)", "(?P<person>P)(?P<boss>T)"])
def test_a_shape_that_names_no_person_or_is_no_pattern_is_a_fault(shape: str) -> None:
    with pytest.raises(ValidationError, match="one"):
        Links.model_validate(links(shape))


def test_every_acronym_of_a_rank_stands_for_a_rank() -> None:
    names = bundled().names
    assert set(names.acronyms.values()) <= names.ranks
    known = {word for rank in names.ranks for word in rank.split()}
    assert {word for full in names.abbreviations.values() for word in full.split()} <= known


@pytest.mark.parametrize("text", ["Lt. Gen.", "Lt.-Gen.", "Lt-General", "Lieutenant General", "LT GEN"])
def test_abbreviations_and_hyphens_make_the_same_phrase(text: str) -> None:
    phrases = Phrases(["lieutenant general", "lieutenant"], {"lt": "lieutenant", "gen": "general"})
    [words] = paragraphs(text)
    assert phrases.at(words, 0) == (len(words), False)


def test_a_full_stop_after_a_full_word_ends_a_phrase() -> None:
    phrases = Phrases(["major", "major general"])
    [words] = paragraphs("Major. General")
    assert phrases.at(words, 0) == (1, False)
