"""The command line as a user meets it: what it says, what it refuses, with which exit code."""

import io
import json
from pathlib import Path

import pytest

from satrap.cli.main import COMMANDS, main
from satrap.cli.read import PARTLY
from satrap.ledger import Ledger

REPORT = (
    "The authority of the Ministry of State Security has declined, an inside source in South Hwanghae "
    "Province told Daily NK. Its powers have been transferred to the party committees."
)


def run(*arguments: str) -> int:
    """Exit code of one command."""
    try:
        main(list(arguments))
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "north-korea"
    assert run("init", str(folder), "--country", "kp") == 0
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--help") == 0
    said = capsys.readouterr().out
    assert "Examples:" in said
    assert f"satrap {command}" in said


def test_reports_are_read_once_and_listed(
    project: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read = ("read", "-C", str(project), str(report), "--publisher", "Daily NK", "--published", "2017-06-15")
    assert run(*read, "--json") == 0
    first = json.loads(capsys.readouterr().out)
    assert first["read"] == 1
    assert first["claims"] >= 2
    assert run(*read, "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["read"], again["known"], again["claims"]) == (0, 1, 0)
    assert run("claims", "-C", str(project), "--kind", "transfer", "--json") == 0
    [transfer] = json.loads(capsys.readouterr().out)
    assert transfer["claim"]["roles"]["from"][0]["id"] == "MSS"
    assert transfer["claim"]["quote"]["exact"] in REPORT
    assert run("verify", "-C", str(project)) == 0


def test_what_cannot_be_read_is_listed_and_the_rest_is_read(
    project: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.touch()
    binary.write_bytes(b"\0\1\2")
    missing = tmp_path / "missing.txt"
    code = run("read", "-C", str(project), *map(str, (empty, report, binary, missing)))
    said = capsys.readouterr()
    assert code == PARTLY
    assert "1 reports read" in said.out
    assert "3 could not be read" in said.err
    assert all(name in said.err for name in ("empty.txt", "binary.txt", "missing.txt"))


def test_standard_input_and_columns_under_other_names(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    assert run("read", "-C", str(project), "-", "--publisher", "Daily NK", "--json") == 0
    piped = json.loads(capsys.readouterr().out)
    assert (piped["read"], piped["undated"], piped["unattributed"]) == (1, 1, 0)
    table = tmp_path / "clippings.csv"
    table.write_text(f'date,body,outlet\n2017-06-15,"{REPORT}",RFA\n', encoding="utf-8")
    assert (
        run("read", "-C", str(project), str(table), "--map", "text=body,published=date,publisher=outlet") == 0
    )
    assert "without" not in capsys.readouterr().err
    [one] = [r for r in Ledger.open(project / "ledger.db").reports().values() if r.publisher == "RFA"]
    assert one.text == REPORT


def test_what_nobody_said_is_counted_on_the_terminal(
    project: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", "-C", str(project), str(report)) == 0
    assert "1 without a publication date, 1 without a publisher" in capsys.readouterr().err


def test_an_address_is_listed_and_never_fetched(
    project: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", "-C", str(project), "https://example.org/a", str(report)) == PARTLY
    said = capsys.readouterr()
    assert "does not go to the network" in said.err
    assert "1 reports read" in said.out


def test_a_ledger_is_held_against_a_root_printed_earlier(
    project: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("read", "-C", str(project), str(report))
    capsys.readouterr()
    assert run("verify", "-C", str(project), "--json") == 0
    root = json.loads(capsys.readouterr().out)["root"]
    assert run("verify", "-C", str(project), "--root", root) == 0
    assert run("verify", "-C", str(project), "--root", "00" * 32) == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("init", "{tmp}/x", "--country", "atlantis"), "atlantis"),
        (("claims", "-C", "{tmp}/nowhere"), "satrap init"),
        (("claims", "-C", "{project}", "--institution", "MSX"), "MSX"),
        (("verify", "-C", "{broken}"), "satrap.yaml:1"),
        (("init", "{readonly}/x/y", "--country", "kp"), "folder"),
        (("simulate", "kp-2071", "-C", "{project}"), "kp-2017"),
        (("estimate", "-C", "{project}", "--on", "2017-06-31"), "not a day"),
        (("read", "-C", "{project}", "x.txt", "--published", "June"), "June"),
        (("read", "-C", "{project}"), "--chronology"),
        (("read", "-C", "{project}", "x.csv", "--map", "body=text"), "FIELD=COLUMN"),
        (("read", "-C", "{project}", "x.csv", "--form", "cvs"), "csv"),
        (("brief", "-C", "{project}", "--scenario", "{tmp}/none.yaml"), "none.yaml"),
    ],
)
def test_a_mistake_is_one_line_with_its_remedy(
    arguments: tuple[str, ...],
    complaint: str,
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "satrap.yaml").write_text("contry: kp\n")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    names = {"tmp": tmp_path, "project": project, "broken": broken, "readonly": blocked}
    capsys.readouterr()
    code = run(*(argument.format(**names) for argument in arguments))
    said = capsys.readouterr().err
    assert code in {1, 2}
    assert complaint in said
    assert "Traceback" not in said
