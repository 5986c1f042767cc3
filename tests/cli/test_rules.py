from pathlib import Path

import pytest
from tests.cli.test_main import run

BAD = """rules:
- id: arrest.mine
  kind: arrest
  verbs: [nab]
  when: {obj: [official]}
  example: {text: "Agents greeted the minister."}
"""


def test_failures_are_printed_with_file_and_line_and_the_exit_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(BAD, encoding="utf-8")
    assert run("rules", "test", str(path)) == 1
    said = capsys.readouterr().out
    assert f"{path}:2: arrest.mine: its example makes no arrest claim" in said
    assert "1 failed" in said


def test_rules_are_listed_by_kind_with_their_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "list", "--kind", "exile", "--json") == 0
    said = capsys.readouterr().out
    assert '"kind": "exile"' in said
    assert '"kind": "arrest"' not in said
    assert "personnel.yaml:" in said
