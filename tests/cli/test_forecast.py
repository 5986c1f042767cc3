"""satrap forecast: from a sentence to a score."""

import json
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest

import satrap
from satrap.cli.main import main
from satrap.country import load_pack
from satrap.country.chronology import chronology

QUESTION = "inspection of MSS by 2017-06-30"
DAY = ("--day", "2016-12-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with as_file(chronology(load_pack("kp"))) as path:
        rows = path.read_text(encoding="utf-8").splitlines()
    made = tmp_path_factory.mktemp("forecast")
    wanted = [row for row in rows if "2016-10" <= json.loads(row)["published"] < "2017-03"]
    (made / "reports.jsonl").write_text("\n".join(wanted), encoding="utf-8")
    satrap.init(made / "kp", country="kp").read([made / "reports.jsonl"])
    return made / "kp"


def said(folder: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main(["forecast", *arguments, "-C", str(folder), "--json"])
    return json.loads(capfd.readouterr().out)


def test_ask_register_list_settle_score(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    [asked] = said(folder, capfd, "ask", QUESTION, *DAY)
    assert asked["text"] == QUESTION
    base = next(one for one in asked["forecasts"] if one["forecaster"] == "base rates")
    assert sum(base["probabilities"]) == pytest.approx(1.0)

    [sealed] = said(folder, capfd, "register", QUESTION, *DAY, "--by", "base rates")
    assert sealed["said"]["forecast"]["probabilities"] == base["probabilities"]
    [listed] = said(folder, capfd, "list", "--open")
    assert listed["forecasts"][0]["hash"] == sealed["hash"]

    [settled] = said(folder, capfd, "settle")
    assert (settled["answer"], settled["state"]) == ("yes", "answered")
    assert said(folder, capfd, "settle") == []
    assert said(folder, capfd, "list", "--open") == []

    assert said(folder, capfd, "score")["scores"] == [], "made from a past cut: no test of foresight"
    [score] = said(folder, capfd, "score", "--hindsight")["scores"]
    assert score["brier"] == pytest.approx((1 - base["probabilities"][0]) ** 2)


def test_a_list_of_questions_from_a_file(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(f"- {QUESTION}\n- head of MSS dismissed within 12 months\n")
    found = said(folder, capfd, "ask", "--file", str(path), *DAY, "--by", "base rates")
    assert [one["text"] for one in found] == [QUESTION, "head of MSS dismissed by 2017-12-01"]


def test_what_would_tell_of_an_event(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    [found] = said(folder, capfd, "plan", QUESTION, *DAY, "--by", "base rates")
    bits = [row["bits"] for row in found["plan"]]
    assert bits == sorted(bits, reverse=True)
    assert bits[0] > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "inspection of MSZ within 6 months"], "column 15"),
        (["ask", QUESTION, *DAY, "--by", "nobody"], "unknown forecaster"),
        (["settle", "ffff", "--answer", "no", "--note", "so"], "no registered question"),
        (["score", "--reference", "nobody"], "unknown forecaster"),
    ],
)
def test_faults_are_one_line_and_exit_code_1(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["forecast", *arguments, "-C", str(folder)])
    assert left.value.code == 1
    assert words in capfd.readouterr().err


def test_nothing_asked_and_half_a_settlement_are_wrong_usage(folder: Path) -> None:
    for arguments in (["ask"], ["settle", "--answer", "no"]):
        with pytest.raises(SystemExit) as left:
            main(["forecast", *arguments, "-C", str(folder)])
        assert left.value.code == 2
