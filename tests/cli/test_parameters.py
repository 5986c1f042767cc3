"""satrap parameters and satrap calibrate: small questions, end to end."""

import json
from pathlib import Path

import polars as pl
import pytest
from tests.simulate.small import FALL, ORDER, small

from satrap import project
from satrap.cli.main import main
from satrap.simulate import load_scenario

SHORT = small(weeks=40, events=[ORDER, FALL])
TARGETS = """id: seen
title: what was seen
targets:
  - {id: bribes, quantity: burden, from: 2016-07-04, to: 2016-12-31, value: 0.05, sd: 0.004, source: made}
"""


def write(path: Path) -> None:
    """A scenario of forty weeks in three provinces (JSON is YAML)."""
    path.write_text(SHORT.model_dump_json(by_alias=True, exclude_none=True), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project.init(tmp_path / "project", "kp")
    return tmp_path / "project"


def test_parameters_in_a_table_a_file_and_a_chart(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "base.yaml")
    out, chart = tmp_path / "found.parquet", tmp_path / "found.svg"
    options = ["--of", "burden", "--trajectories", "2", "--base", "4", "--top", "2", "--members", "1"]
    asked = ["parameters", str(tmp_path / "base.yaml"), "-C", str(folder), *options]
    main([*asked, "--out", str(out), "--chart", str(chart)])
    assert "judgement" in capsys.readouterr().out
    assert {"strength", "total", "informed_by"} <= set(pl.read_parquet(out).columns)
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    main([*asked, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["on"] == "2017-04-03"
    assert told["sobol"]["points"] == 4 * (3 + 2)
    assert told["rows"][0]["outcome"] == "burden"


def test_calibration_writes_a_scenario_that_says_what_informed_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "base.yaml")
    (tmp_path / "seen.yaml").write_text(TARGETS, encoding="utf-8")
    out, draws = tmp_path / "sub" / "found.yaml", tmp_path / "draws.parquet"
    out.parent.mkdir()
    asked = [
        "calibrate",
        str(tmp_path / "base.yaml"),
        "--targets",
        str(tmp_path / "seen.yaml"),
        "-C",
        str(folder),
    ]
    few = ["--walkers", "16", "--steps", "24", "--pilot", "64"]
    main([*asked, *few, "--out", str(out), "--draws", str(draws)])
    assert "keep their prior" in capsys.readouterr().out
    found = load_scenario(out)
    assert found.parameters["burden"].informed_by == "data"
    assert "targets seen" in found.parameters["burden"].source
    assert found.parameters["drift"] == SHORT.parameters["drift"]
    assert len(pl.read_parquet(draws)) == 16 * 16
    main([*asked, *few, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["met"][0]["target"] == "bribes"
