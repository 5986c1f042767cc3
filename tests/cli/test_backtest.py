"""satrap backtest: a quarter of a small ledger, end to end."""

import json
from pathlib import Path

import pytest

import satrap
from satrap.claims import When
from satrap.cli.main import main
from satrap.reports import Metadata

TEXT = "The Organization and Guidance Department inspected the Ministry of State Security, a source said."
SPAN = ("--first", "2017-01-01", "--until", "2017-04-01", "--particles", "10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("backtest")
    made = satrap.init(place / "kp", country="kp")
    for day in ("2016-10-03", "2016-12-05", "2017-02-06"):
        (place / f"{day}.txt").write_text(f"{TEXT} It was {day}.", encoding="utf-8")
        made.read([place / f"{day}.txt"], Metadata(publisher="Daily NK", published=When.parse(day)))
    return place / "kp"


def test_figures_and_page(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["backtest", "-C", str(folder), *SPAN, "--json", "--out", str(tmp_path / "page.html")])
    found = json.loads(capsys.readouterr().out)
    assert 0 < found["answered"] <= found["asked"]
    assert {"base rates", "persistence", "hazards", "stacked"} <= {
        one["forecaster"] for one in found["scores"]
    }
    assert (folder / "backtests").is_dir()
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert f"{found['asked']} questions" in page
    assert "What this does not show" in page
    assert "<table>" in page
    main(["backtest", "-C", str(folder), *SPAN, "--out", str(tmp_path / "page.md")])
    assert "answered" in capsys.readouterr().out
    assert (tmp_path / "page.md").read_text(encoding="utf-8").startswith("# Backtest, 2017-01-01")


def test_a_record_without_reports_answers_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    satrap.init(tmp_path / "kp", country="kp")
    with pytest.raises(SystemExit) as end:
        main(["backtest", "-C", str(tmp_path / "kp"), *SPAN])
    assert end.value.code == 1
    assert "too few reports" in capsys.readouterr().err


def test_a_day_within_a_quarter_is_a_mistake(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["backtest", "-C", str(folder), "--first", "2017-01-02"])
    assert end.value.code == 1
    assert "does not begin a quarter" in capsys.readouterr().err
