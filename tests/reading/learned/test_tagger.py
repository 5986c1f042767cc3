"""What the tagger adds to the rules, what it takes from them, and that a reader does without it."""

from dataclasses import replace

import pytest

from satrap.claims import kinds
from satrap.country import Pack, load_pack
from satrap.reading import RuleReader
from satrap.reading.explaining import explain
from satrap.reading.learned.judge import EVIDENCE
from satrap.reading.learned.model import Model
from satrap.reading.learned.tagger import LEARNED, Tagger
from satrap.reports import Report

# No rule of any kind is triggered by these words; the tagger has the claim from their sense.
UNRULED = "The police in Hyesan pummelled the traders."


@pytest.fixture(scope="module")
def reader(pack: Pack) -> RuleReader:
    """With a tagger that lets much pass: what is tried is what it sees, not where the line is drawn."""
    return RuleReader(pack, tagger=Tagger(replace(Model.bundled(), threshold=0.2)))


def _read(text: str, reader: RuleReader) -> list[tuple[str, str]]:
    report = Report(text=text, publisher="Daily Bulletin")
    return [(claim.kind, claim.reading.rules[0]) for claim in reader.read(report)]


def test_a_word_that_no_rule_knows_is_read_by_its_sense(reader: RuleReader) -> None:
    assert ("violence", f"{LEARNED}violence") in _read(UNRULED, reader)


def test_without_a_tagger_the_rules_read_alone(reader: RuleReader) -> None:
    alone = RuleReader(reader.pack)
    assert _read(UNRULED, alone) == []
    assert "tagger" in reader.version
    assert "tagger" not in alone.version


def test_what_is_not_about_power_is_no_claim(reader: RuleReader) -> None:
    text = "Rain fell in Hyesan on Sunday. Traders repaired the roof and bought rice at the market."
    assert _read(text, reader) == []


def test_arguments_fill_the_roles_of_the_kind(reader: RuleReader) -> None:
    [claim] = reader.read(Report(text=UNRULED, publisher="Daily Bulletin"))
    assert claim.roles["by"]
    assert "traders" in [one.name for one in claim.roles["on"]]


def test_the_explanation_names_kind_probability_and_features(reader: RuleReader) -> None:
    [sentence] = explain(Report(text=UNRULED, publisher="Daily Bulletin"), reader)
    [tagged] = [one for one in sentence.tagged if one.claims]
    assert (tagged.word, tagged.kind) == ("pummelled", "violence")
    assert 0 < tagged.probability < 1
    assert tagged.features[0][1] > 0
    assert "tagger: “pummelled” is violence with" in str(sentence)


def test_every_kind_has_a_class_and_every_piece_of_evidence_a_weight() -> None:
    model = Model.bundled()
    assert set(model.kinds) == {"none", *kinds()}
    assert model.judge.shape == (len(EVIDENCE),)
    assert 0 < model.threshold < 1


def test_other_countries_are_read_by_the_same_weights() -> None:
    text = "The police in Minsk pummelled the traders."
    assert ("violence", f"{LEARNED}violence") in _read(
        text, RuleReader(load_pack("by"), tagger=Tagger(replace(Model.bundled(), threshold=0.2)))
    )


def test_a_claim_that_two_words_carry_is_made_once(reader: RuleReader) -> None:
    assert len(_read("The minister in Hyesan is likely to be dismissed.", reader)) == 1


def test_of_two_rules_on_one_word_the_surer_author_wins(reader: RuleReader) -> None:
    assert [kind for kind, _ in _read("The governor in Hyesan shot himself in May.", reader)] == ["death"]
