"""An analyst's own rules: added, put in place of bundled ones, tested, and refused with file and line."""

from pathlib import Path

import pytest

from satrap.country import Pack
from satrap.errors import ReadingError
from satrap.reading import RuleReader
from satrap.reading.rulebook import faults, nowhere, rules, written
from satrap.reports import Report

RULE = """- id: {id}
  kind: arrest
  verbs: [{verb}]
  when: {{obj: [{wanted}]}}
  roles: {{person: [obj]}}
  example: {{text: "{example}", roles: {{person: {person}}}}}
"""


def rule(
    id: str = "arrest.mine",
    verb: str = "pinch",
    wanted: str = "official",
    example: str = "Agents pinched the minister.",
    person: str = "minister",
) -> str:
    return RULE.format(id=id, verb=verb, wanted=wanted, example=example, person=person)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def write(folder: Path, *written_rules: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text("rules:\n" + "".join(written_rules), encoding="utf-8")
    return path


def test_every_bundled_rule_reads_its_own_example() -> None:
    assert [str(one) for one in faults(written())] == []


def test_a_new_rule_is_added_and_read_with(own: Path) -> None:
    write(own, rule())
    assert len(rules(own)) == len(rules()) + 1
    report = Report(text="Agents pinched the minister.", publisher="Daily Bulletin")
    [claim] = RuleReader(nowhere(), rules=rules(own), tagger=None).read(report)
    assert claim.reading.rules == ("arrest.mine",)
    assert list(faults(written(own))) == []


def test_a_rule_with_a_bundled_id_takes_its_place(own: Path) -> None:
    write(own, rule("arrest.verb"))
    book = {one.rule.id: one for one in written(own)}
    assert len(book) == len(rules())
    assert book["arrest.verb"].place == f"{own / 'mine.yaml'}:2"


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (rule(example="Agents greeted the minister."), "makes no arrest claim"),
        (rule(person="prosecutor"), "person is read as ['minister'], not 'prosecutor'"),
        (rule(wanted="wizards"), "no such word class: wizards"),
    ],
)
def test_a_rule_that_fails_is_named_with_its_line(own: Path, bad: str, problem: str) -> None:
    path = write(own, rule("arrest.fine", "collar", example="Agents collared the minister."), bad)
    [failure] = faults(written(own))
    assert (failure.place, failure.rule) == (f"{path}:8", "arrest.mine")
    assert problem in failure.problem


def test_two_own_rules_with_one_id_are_refused(own: Path) -> None:
    write(own, rule())
    write(own, rule(), name="other.yaml")
    with pytest.raises(ReadingError, match=r"other\.yaml:2.*already at .*mine\.yaml:2"):
        written(own)


def test_a_folder_without_rules_is_refused(own: Path) -> None:
    with pytest.raises(ReadingError, match="no rule files"):
        written(own)


def test_a_reader_with_other_rules_is_another_version(own: Path, pack: Pack, reader: RuleReader) -> None:
    write(own, rule())
    assert RuleReader(pack, rules=rules(), tagger=None).version == reader.version
    assert RuleReader(pack, rules=rules(own), tagger=None).version.startswith(f"{reader.version}+rules-")
