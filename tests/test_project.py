"""The five steps on a project folder, as a notebook calls them."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from importlib.resources import as_file
from pathlib import Path

import numpy as np
import pytest

import satrap
from satrap.claims import Claim, When
from satrap.country import load_pack
from satrap.country.chronology import chronology
from satrap.errors import ProjectError, ReadingError
from satrap.futures import initial_state
from satrap.ledger import Ledger
from satrap.project import Project
from satrap.reports import Report
from satrap.simulate import load_scenario

START, END = date(2016, 1, 1), date(2017, 12, 31)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The chronology of 2017, as a user's own file of reports would look."""
    with as_file(chronology(load_pack("kp"))) as path:
        rows = path.read_text(encoding="utf-8").splitlines()
    return [row for row in rows if json.loads(row)["published"].startswith("2017")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> Project:
    folder = tmp_path_factory.mktemp("project")
    made = satrap.init(folder / "north-korea", country="kp")
    reports = folder / "reports.jsonl"
    reports.write_text("\n".join(lines), encoding="utf-8")
    made.read([reports])
    return made


def test_a_project_reopens_with_what_was_recorded(project: Project) -> None:
    again = satrap.open(project.folder)
    assert again.pack.code == "KP"
    assert again.claims() == project.claims()


def test_a_folder_is_made_a_project_once(project: Project) -> None:
    with pytest.raises(ProjectError, match="already"):
        satrap.init(project.folder, country="kp")


def test_opening_another_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="satrap init"):
        satrap.open(tmp_path)


def test_an_interrupted_init_is_finished_by_the_next(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger.db")  # killed before the settings were written
    assert satrap.init(tmp_path, country="by").verify().holds


def test_the_path_from_claims_to_futures_and_brief(project: Project, tmp_path: Path) -> None:
    estimate = project.estimate(start=START, end=END)
    scenario = load_scenario("kp-2017")
    run = project.simulate(scenario, start_from=estimate, runs=8, seed=3)
    assert run.runs == 8
    path = tmp_path / "brief.html"
    brief = project.brief(path, estimate=estimate, as_of=date(2017, 6, 15), since=date(2016, 12, 1))
    assert brief.findings
    assert project.ledger.root in path.read_text(encoding="utf-8")


def test_futures_start_from_what_the_estimate_does_not_know(project: Project) -> None:
    estimate = project.estimate(start=START, end=END)
    scenario = load_scenario("kp-2017")
    state = initial_state(scenario, estimate, draws=16, seed=0)
    assert state.log_ratios.shape[0] == 16
    assert np.ptp(state.log_ratios, axis=0).min() > 0, "every member starts from a draw of its own"
    assert len(initial_state(scenario, None, 16, 0).log_ratios) == 1


def test_an_estimate_as_of_a_day_uses_what_had_appeared_by_then(project: Project) -> None:
    day = date(2017, 3, 1)
    claims = project.claims()
    then = {one.id for one in claims if one.published and one.published <= day}
    found = project.estimate(start=START, end=END, published_by=day)
    assert found.used
    assert {*found.used, *(one.claim for one in found.unused)} == then < {one.id for one in claims}


def test_a_scenario_without_stylised_facts_still_makes_an_outlook(tmp_path: Path) -> None:
    made = satrap.init(tmp_path / "belarus", country="by")
    estimate = made.estimate(start=START, end=END)
    futures = made.futures(load_scenario("by-2020"), start_from=None, runs=8)
    assert futures.facts is None
    brief = made.brief(tmp_path / "brief.html", estimate=estimate, futures=futures)
    assert brief.outlook is not None


class Fragile:
    """A reader with a fault that one report brings out."""

    name = "fragile"
    version = "1"
    languages = frozenset({"en"})

    def read(self, report: Report) -> list[Claim]:
        if "secret name" in report.text:
            raise RuntimeError(report.text)
        return []


def test_a_fault_of_the_reader_costs_one_report_and_its_message_tells_no_text(tmp_path: Path) -> None:
    made = satrap.init(tmp_path / "p", country="kp")
    made.reader = Fragile()
    reports = [
        Report(text=text, publisher="A", published=When.parse("2017"), origin=f"{n}.txt")
        for n, text in enumerate(["One.", "A secret name.", "Three."])
    ]
    summary = made.read_reports(reports)
    assert summary.read == 2
    [failure] = summary.failures
    assert "1.txt" in str(failure)
    assert "secret" not in str(failure)


def test_reading_killed_half_way_is_resumed_without_loss_or_doubles(tmp_path: Path, lines: list[str]) -> None:
    folder = tmp_path / "p"
    satrap.init(folder, country="kp")
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "satrap", "read", "-C", str(folder), str(reports)]
    reading = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    ledger = Ledger.open(folder / "ledger.db")
    deadline = time.monotonic() + 60
    while not ledger.reports() and time.monotonic() < deadline:
        time.sleep(0.01)
    reading.send_signal(signal.SIGKILL)
    reading.wait()
    before = ledger.reports()
    assert ledger.verify().holds
    summary = satrap.open(folder).read([reports])
    assert summary.known == len(before) > 0
    assert summary.read + summary.known == len(lines) == len(ledger.reports())
    ids = [one.id for one in ledger.claims()]
    assert len(ids) == len(set(ids))


OWN_RULE = """rules:
- id: arrest.mine
  kind: arrest
  verbs: [pinch]
  when: {obj: [official]}
  roles: {person: [obj]}
  example: {text: "Agents pinched the minister."}
"""


def test_rules_in_the_project_s_folder_are_read_with(tmp_path: Path) -> None:
    made = satrap.init(tmp_path / "p", country="kp")
    (tmp_path / "p" / "rules").mkdir()
    (tmp_path / "p" / "rules" / "mine.yaml").write_text(OWN_RULE, encoding="utf-8")
    made.read_reports([Report(text="Agents pinched the minister.", publisher="A")])
    assert [one.claim.reading.rules for one in made.claims()] == [("arrest.mine",)]


@pytest.mark.parametrize("key", ["", "k-123"])
def test_a_language_model_is_asked_only_where_the_settings_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    satrap.init(tmp_path / "p", country="kp")
    assert satrap.open(tmp_path / "p").reader.name == "rules"
    settings = "country: kp\nllm: {url: 'http://127.0.0.1:9/v1', model: m, key_env: MODEL_KEY, retries: 0}\n"
    (tmp_path / "p" / "satrap.yaml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("MODEL_KEY", key)
    opened = satrap.open(tmp_path / "p")
    if not key:
        with pytest.raises(ReadingError, match="export MODEL_KEY"):
            _ = opened.reader
        return
    assert opened.reader.name == "rules+llm"
    [failure] = opened.read_reports([Report(text="Rain fell on Hyesan.", publisher="A")]).failures
    assert "cannot be reached" in str(failure)
    assert opened.ledger.reports() == {}, "what was not read is read again next time"
