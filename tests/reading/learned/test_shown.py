"""What the encoder is shown: stand-ins for names, and pieces that lose nothing but rare letters."""

from hypothesis import given
from hypothesis import strategies as st

from satrap.reading import RuleReader
from satrap.reading.learned import shown
from satrap.reading.learned.shown import Pieces
from satrap.reading.tokens import Token
from satrap.reports import Report

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "police", "black", "##mail", "##ed", "a", "##b", "."]
PIECES = Pieces(VOCABULARY)


def _tokens(text: str, reader: RuleReader) -> list[Token]:
    [step] = reader.steps(Report(text=text, publisher="Daily Bulletin"))
    return step.tokens


def test_a_word_is_cut_into_the_longest_pieces_from_the_left() -> None:
    assert [VOCABULARY[at] for at in PIECES.of("Blackmailed")] == ["black", "##mail", "##ed"]


def test_a_word_without_pieces_is_unknown() -> None:
    assert [VOCABULARY[at] for at in PIECES.of("xylophone")] == ["[UNK]"]


def test_accents_do_not_count() -> None:
    assert PIECES.of("pólice") == PIECES.of("police")


@given(st.lists(st.text(max_size=12), max_size=6))
def test_every_word_begins_somewhere_inside_the_sentence(words: list[str]) -> None:
    ids, begins = PIECES.sentence(words)
    assert len(begins) == len(words)
    assert begins == sorted(set(begins))
    assert all(0 < at < len(ids) - 1 for at in begins)
    assert (ids[0], ids[-1]) == (PIECES.start, PIECES.end)


def test_names_are_shown_as_their_sort(reader: RuleReader) -> None:
    tokens = _tokens("The Ministry of State Security in Hyesan beat traders.", reader)
    assert [shown.word(one) for one in tokens] == ["The", "agency", "in", "ohio", "beat", "traders", "."]


def test_verbs_and_nouns_may_claim_and_heads_of_phrases_may_fill_roles(reader: RuleReader) -> None:
    tokens = _tokens("The police had launched a brutal raid on them.", reader)
    assert [tokens[at].text for at in shown.candidates(tokens)] == ["launched", "raid"]
    assert {"police", "them"} <= {one.text for one in shown.arguments(tokens)}
