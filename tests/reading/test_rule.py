from pathlib import Path

import pytest

from satrap.country import Pack
from satrap.errors import ReadingError
from satrap.reading import Rule, RuleReader, bundled_rules
from satrap.reading.rule import Rules
from satrap.reports import Report
from satrap.yamlfile import load

RULES = bundled_rules()


@pytest.fixture(scope="module")
def anywhere(nowhere: Pack) -> RuleReader:
    return RuleReader(nowhere, tagger=None)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_reads_its_own_example_in_any_country(rule: Rule, anywhere: RuleReader) -> None:
    claims = anywhere.read(Report(text=rule.example.text, publisher="Daily Bulletin"))
    made = [claim for claim in claims if claim.kind == rule.kind]
    assert made, (
        f"nothing of kind {rule.kind}; read {[(claim.kind, claim.reading.rules) for claim in claims]}"
    )
    for role, text in rule.example.roles.items():
        names = [argument.name for claim in made for argument in claim.roles.get(role, ())]
        assert any(text.lower() in name.lower() for name in names), (role, names)
    if rule.direction is not None:
        assert rule.direction in {claim.direction for claim in made}


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)


def test_every_word_class_a_rule_names_exists(reader: RuleReader) -> None:
    known = set(reader.lexicon.classes) | {"any", "none", "place", "speaker"}
    for rule in RULES:
        named = {name.lstrip("!") for classes in rule.when.values() for name in classes}
        named |= {
            name
            for paths in rule.roles.values()
            for path in paths
            for part in path.split("+")
            if ":" in part
            for name in part.split(":")[1].split("|")
        }
        assert named <= known, (rule.id, named - known)


def test_a_role_the_kind_does_not_have_is_refused_with_file_line_and_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "rules:\n- id: arrest.mine\n  kind: arrest\n  verbs: [nab]\n  roles: {holder: [obj]}\n"
        "  example: {text: They nabbed him.}\n"
    )
    with pytest.raises(ReadingError, match=r"mine\.yaml:2: rules\[0\].*arrest has no role 'holder'"):
        load(path, Rules, ReadingError)
