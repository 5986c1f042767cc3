"""satrap simulate: sweeps, branches, another start; and what Ctrl-C leaves."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.simulate.nation.worlds import village
from tests.simulate.small import FALL, ORDER

from satrap.cli.main import main
from satrap.simulate import Scenario
from satrap.simulate.kept import Kept

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Simulate in an empty project, from the scenario's own start; gives the exit code."""
    main(["init", str(tmp_path / "p"), "--country", "kp"])

    def simulate(scenario: Path, *arguments: str) -> int:
        try:
            main(["simulate", str(scenario), "-C", str(tmp_path / "p"), "--from", "scenario", *arguments])
        except SystemExit as stopped:
            return int(stopped.code or 0)
        return 0

    return simulate


def written(folder: Path, scenario: Scenario, **more: Any) -> Path:
    """The scenario as a file; JSON is YAML."""
    path = folder / "scenario.yaml"
    data = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    path.write_text(json.dumps({**data, **more}), encoding="utf-8")
    return path


def test_a_sweep_gives_one_row_for_each_variant(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grid = {"events": {"order": {"strength": [1, 3]}}, "mechanisms": {"deterrence": [True, False]}}
    path = written(tmp_path, village(weeks=40, events=[ORDER]), sweep=grid)
    capsys.readouterr()
    assert run(path, "--runs", "4", "--json", "--out", str(tmp_path / "grid.csv")) == 0
    found = json.loads(capsys.readouterr().out)
    rows = found["variants"]
    with (tmp_path / "grid.csv").open() as file:
        assert [row["order.strength"] for row in csv.DictReader(file)] == ["1", "3", "1", "3"]
    assert [(row["mechanisms.deterrence"], row["order.strength"]) for row in rows] == [
        (True, 1),
        (True, 3),
        (False, 1),
        (False, 3),
    ]
    assert rows[0]["change_p50"] == 0, "the first variant is the scenario itself, on the same draws"
    assert rows[1]["burden_p50"] < rows[0]["burden_p50"]
    assert rows[2]["burden_p50"] == rows[3]["burden_p50"], "without deterrence no order has an effect"
    assert run(path, "--runs", "4") == 0
    assert "4 variants, 4 runs each" in capsys.readouterr().out


def test_interrupted_the_finished_members_are_kept_and_the_same_command_goes_on(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, village(weeks=20, events=[]))
    asked = (path, "--engine", "individuals", "--runs", "5", "--out", str(tmp_path / "runs.parquet"))
    write, lived = Kept.write, list[int]()

    def interrupted(self: Kept, member: int, *rest: Any) -> None:
        if member == 3:
            raise KeyboardInterrupt
        lived.append(member)
        write(self, member, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "write", interrupted)
        assert run(*asked) == 130
    said = capsys.readouterr().err
    assert "3 of 5 members are finished and kept" in said
    assert "run it again to go on" in said

    def noted(self: Kept, member: int, *rest: Any) -> None:
        lived.append(member)
        write(self, member, *rest)

    monkeypatch.setattr(Kept, "write", noted)
    assert run(*asked) == 0
    assert lived == [0, 1, 2, 3, 4], "each member is lived once"
    assert pl.read_parquet(tmp_path / "runs.parquet")["run"].unique().sort().to_list() == [0, 1, 2, 3, 4]


def test_futures_branch_from_one_week(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, village(weeks=40, events=[FALL]))
    out = tmp_path / "futures.parquet"
    told = ("--engine", "individuals", "--branch-week", "30", "--runs", "3", "--out", str(out))
    assert run(path, *told) == 0
    by_week = pl.read_parquet(out).group_by("week").agg(pl.col("burden").n_unique()).sort("week")
    courses = by_week["burden"].to_list()
    places = 3
    assert max(courses[:30]) == places
    assert max(courses[30:]) > places


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--as-of", "2017-06-15"), "knows no claims"),
        (("--branch-week", "3"), "engine individuals"),
        (("--engine", "individuals", "--branch-week", "40"), "choose 1 to 39"),
    ],
)
def test_what_does_not_go_together_is_told(
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    complaint: str,
) -> None:
    path = written(tmp_path, village(weeks=40, events=[]))
    assert run(path, *arguments) in {1, 2}
    assert complaint in capsys.readouterr().err
