"""Rival explanations in a project."""

from pathlib import Path

import pytest

import satrap
from satrap import rivals
from satrap.cli.main import main
from satrap.errors import ForecastError
from satrap.forecast.rivals import Mark, load_case
from satrap.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return satrap.init(tmp_path / "kp", country="kp")


def test_what_an_analyst_overrules_is_in_the_ledger_with_name_and_reason(project: Project) -> None:
    case = load_case("kp-2017")
    rivals.overrule(project, case, "reverts", "leniency", Mark.AGAINST, "letting off is new")
    [one] = rivals.weighed(project, case).overruled
    assert (one.mark, one.note, one.by) == (Mark.AGAINST, "letting off is new", "satrap")
    other = load_case("kp-2017-motive")
    assert rivals.weighed(project, other).overruled == ()


def test_another_note_on_the_cell_is_no_mark(project: Project) -> None:
    project.ledger.annotate("rivals/kp-2017/reverts/leniency", "to be talked over")
    assert rivals.overrulings(project, load_case("kp-2017")) == []


def test_overruling_without_a_reason_writes_nothing(project: Project) -> None:
    root = project.ledger.root
    with pytest.raises(ForecastError, match="needs its reason"):
        rivals.overrule(project, load_case("kp-2017"), "reverts", "leniency", Mark.AGAINST, "")
    assert project.ledger.root == root


def test_the_command_shows_weights_settings_matrix_and_plan(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rivals", "kp-2017", "-C", str(project.folder)])
    said = capsys.readouterr().out
    assert "displaced to the police" in said
    assert "rests on what was thought before" in said
