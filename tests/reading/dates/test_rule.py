from pathlib import Path

import pytest

from satrap.claims import When
from satrap.errors import ReadingError
from satrap.reading.dates import DateRules, Grammar, find_dates
from satrap.reading.dates.rule import Exemplified, Relation
from satrap.yamlfile import load

RULES = DateRules.bundled()
EVERY: tuple[Exemplified, ...] = (*RULES.times, *RULES.around, *RULES.ranges, *RULES.relations)
PUBLISHED = When.parse("2017-06-15")
EXAMPLES = [(rule, text, edtf) for rule in EVERY for text, edtf in rule.examples.items()]

ONE = """
classes: {year: {digits: '20\\d\\d'}}
ahead: will
behind: was
deadlines: by
times:
- {id: date.an, pattern: 'anno_{year}', make: calendar, examples: {"anno 2016": ['2016']}}
around: []
ranges: []
relations: []
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


def test_another_language_is_another_file_of_rules(tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text(ONE)
    (one,) = find_dates("Anno 2016 was hard.", None, Grammar.of(load(path, DateRules, ReadingError)))
    assert one.when == When.parse("2016")


def test_a_way_of_making_times_that_does_not_exist_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text(ONE.replace("make: calendar", "make: stars"))
    with pytest.raises(ReadingError, match=r"dates\.yaml:7: times\[0\]\.make"):
        load(path, DateRules, ReadingError)
