"""`satrap export` and `satrap import`, from one project to another."""

import json
from pathlib import Path

import pytest

from satrap.cli.main import main
from satrap.exchange.events import MAPPINGS

HEAD = ("Event ID", "Event Date", "Source Name", "CAMEO Code", "Target Name", "Publisher", "Country")
ARREST = (
    "1",
    "2017-01-15",
    "Police (North Korea)",
    "173",
    "Citizen (North Korea)",
    "Harbour Post",
    "North Korea",
)
VISIT = (
    "2",
    "2017-01-16",
    "Police (North Korea)",
    "042",
    "Citizen (North Korea)",
    "Harbour Post",
    "North Korea",
)
ICEWS = "\n".join("\t".join(row) for row in (HEAD, ARREST, VISIT))


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "kp"
    main(["init", str(folder), "--country", "kp"])
    (tmp_path / "events.tab").write_text(ICEWS, encoding="utf-8")
    main(["import", "icews", str(tmp_path / "events.tab"), "-C", str(folder)])
    capsys.readouterr()
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    main(list(arguments))
    told = capsys.readouterr()
    return told.out, told.err


def test_taking_in_again_records_nothing_twice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = project.parent / "events.tab"
    out, err = run(capsys, "import", "icews", str(events), "-C", str(project))
    assert out == "1 reports, 1 known already: 1 claims.\n"
    assert err == "1 rows passed over:\n  1 × 042: no claim of ours\n"
    told = json.loads(run(capsys, "import", "icews", str(events), "-C", str(project), "--json")[0])
    assert (told["new"], told["passed_over"]) == (0, {"042: no claim of ours": 1})


def test_claims_go_from_one_project_to_another(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "export", "jsonl", str(project.parent / "out.jsonl"), "-C", str(project))
    assert out == f"{project.parent / 'out.jsonl'}: 1 claims.\n"
    other = project.parent / "other"
    main(["init", str(other), "--country", "kp"])
    run(capsys, "import", "jsonl", str(project.parent / "out.jsonl"), "-C", str(other))
    [claim] = json.loads(run(capsys, "claims", "-C", str(other), "--json")[0])
    assert (claim["claim"]["kind"], claim["outlet"]) == ("detention", "Harbour Post")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--kind", "detention"], 1),
        (["--kind", "threat"], 0),
        (["--as-of", "2017-01-14"], 0),
        (["--as-of", "2017-01-15"], 1),
        (["--known-at", "2001-01-01"], 0),
        (["--place", "KP-05"], 0),
    ],
)
def test_filters_and_clocks_choose_what_leaves(
    project: Path, capsys: pytest.CaptureFixture[str], filters: list[str], count: int
) -> None:
    out, _ = run(capsys, "export", "csl", str(project / "o.json"), "-C", str(project), "--json", *filters)
    assert json.loads(out)["claims"] == count


def test_formats_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert {one["name"] for one in json.loads(run(capsys, "export", "--list", "--json")[0])} == {
        *("csl", "datapackage", "datasette", "ftm", "ftm-statements", "jsonl", "prov", "sfm")
    }
    assert {one["name"] for one in json.loads(run(capsys, "import", "--list", "--json")[0])} == {
        *("brat", "ftm", "gdelt", "icews", "jsonl", "polecat", "sfm")
    }
    assert "Datasette" in run(capsys, "export", "--list")[0]


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "export", "--schema")[0])["title"] == "A claim of satrap"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "fmt", "x"], "unknown format 'fmt'; did you mean sfm or ftm?"),
        (["import", "icws", __file__], "unknown format 'icws'; did you mean icews?"),
        (["export", "ftm"], "Name a format and a path, or --list."),
        (["import", "icews", "nowhere.tab"], "does not exist"),
    ],
)
def test_errors_are_one_line_with_a_remedy(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert said in capsys.readouterr().err


def test_rows_that_cannot_be_read_are_exit_code_3(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = project.parent / "bad.tab"
    bad.write_text(ICEWS.replace("2017-01-15", "someday"), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["import", "icews", str(bad), "-C", str(project)])
    assert stopped.value.code == 3
    assert "bad.tab: row 2: a day that is not written %Y-%m-%d" in capsys.readouterr().err


def test_another_mapping_reads_the_same_file_anew(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = project.parent / "ours.yaml"
    mapping.write_text(MAPPINGS.joinpath("icews.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    again = ("import", "icews", str(project.parent / "events.tab"), "-C", str(project), "--json")
    for new in (1, 0):
        told = json.loads(run(capsys, *again, "--mapping", str(mapping))[0])
        assert told["new"] == new
    assert len(json.loads(run(capsys, "claims", "-C", str(project), "--json")[0])) == 1
