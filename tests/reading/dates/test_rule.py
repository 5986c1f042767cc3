from pathlib import Path

import pytest

from satrap.claims import When
from satrap.errors import ReadingError
from satrap.reading.dates import Grammar, english, find_dates
from satrap.reading.dates.rule import DateContexts, DateTimes, DateWords, Exemplified, Relation
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

TIMES = load(RULES / "dates" / "times.yaml", DateTimes, ReadingError)
CONTEXTS = load(RULES / "dates" / "contexts.yaml", DateContexts, ReadingError)
EVERY: tuple[Exemplified, ...] = (*TIMES.times, *CONTEXTS.around, *CONTEXTS.ranges, *CONTEXTS.relations)
PUBLISHED = When.parse("2017-06-15")
EXAMPLES = [(rule, text, edtf) for rule in EVERY for text, edtf in rule.examples.items()]

WORDS = """
classes: {year: {digits: '20\\d\\d'}}
ahead: will
behind: was
deadlines: by
since: since
effective: as of
telling: said on
"""
ONE = """
times:
- {id: date.an, cue: [anno], pattern: 'anno_{year}', make: calendar, examples: {"anno 2016": ['2016']}}
"""


@pytest.mark.parametrize(
    ("rule", "text", "edtf"), EXAMPLES, ids=[f"{r.id}: {text}" for r, text, _ in EXAMPLES]
)
def test_every_rule_reads_its_own_examples(rule: Exemplified, text: str, edtf: list[str | None]) -> None:
    found = find_dates(text, PUBLISHED)
    times = [one.held(PUBLISHED) if isinstance(rule, Relation) else one.when for one in found]
    assert [time and time.edtf for time in times] == edtf
    assert not edtf or any(rule.id in one.rules for one in found)


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in EVERY]
    assert len(set(ids)) == len(ids)


def test_every_cue_is_a_class_or_a_word() -> None:
    for rule in TIMES.times:
        assert all(cue in english().words.classes or cue.isalnum() for cue in rule.cue), rule.id


def test_another_language_is_other_words_and_rules(tmp_path: Path) -> None:
    words, times = tmp_path / "words.yaml", tmp_path / "times.yaml"
    words.write_text(WORDS)
    times.write_text(ONE)
    grammar = Grammar.of(
        load(words, DateWords, ReadingError),
        load(times, DateTimes, ReadingError),
        DateContexts(around=(), ranges=(), relations=()),
    )
    (one,) = find_dates("Anno 2016 was hard.", None, grammar)
    assert one.when == When.parse("2016")


def test_a_way_of_making_times_that_does_not_exist_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "times.yaml"
    path.write_text(ONE.replace("make: calendar", "make: stars"))
    with pytest.raises(ReadingError, match=r"times\.yaml:3: times\[0\]\.make"):
        load(path, DateTimes, ReadingError)
