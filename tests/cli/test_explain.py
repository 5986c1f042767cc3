from pathlib import Path

import pytest
from tests.cli.test_main import run

SENTENCE = "Riot police beat demonstrators in the square."


def test_a_sentence_is_explained_without_a_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", SENTENCE, "--country", "kp") == 0
    assert "violence.verb fired on “beat”" in capsys.readouterr().out


def test_a_file_is_explained_sentence_by_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{SENTENCE} Rain fell.", encoding="utf-8")
    assert run("explain", str(path), "--country", "kp", "--json") == 0
    said = capsys.readouterr().out
    assert '"trigger": "beat"' in said
    assert '"text": "Rain fell."' in said


def test_a_file_that_is_not_there_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "nosuchfile.txt", "--country", "kp") == 1
    assert "nosuchfile.txt" in capsys.readouterr().err


def test_a_long_text_that_reading_would_pass_over_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", f"{SENTENCE} " * 20, "--country", "kp") == 0
    assert "passes over it." in capsys.readouterr().out


def test_reading_can_explain_instead_of_recording(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", "--explain", SENTENCE, "--country", "kp", "--publisher", "Daily NK") == 0
    said = capsys.readouterr().out
    assert "violence.verb fired on “beat”" in said
    assert "on whose word: publisher Daily NK" in said


@pytest.mark.parametrize("command", [["explain"], ["read", "--explain"]])
def test_the_tagger_is_heard_only_where_it_is_asked_for(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*command, SENTENCE, "--country", "kp") == 0
    assert "tagger:" not in capsys.readouterr().out
    assert run(*command, SENTENCE, "--country", "kp", "--reader", "thorough") == 0
    assert "tagger: “beat” is violence with" in capsys.readouterr().out
