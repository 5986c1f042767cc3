"""Reading into a project: what is listed and not read, what stays unknown, and what an interruption costs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import satrap
from satrap.claims import Claim, When
from satrap.errors import ReportError
from satrap.ledger import Ledger
from satrap.project import BATCH, Project
from satrap.reports import Report

KOREAN = "국가보위상 김원홍이 지난 1월 해임되었다고 황해남도 소식통이 전했다."


class Silent:
    """A reader that makes no claims of anything."""

    name, version = "silent", "1"
    languages = frozenset({"en"})

    def read(self, report: Report) -> list[Claim]:
        return []


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = satrap.init(tmp_path / "p", country="kp")
    made.reader = Silent()
    return made


def report(text: str, url: str | None = None) -> Report:
    return Report(text=text, publisher="A", published=When.parse("2017"), url=url)


def test_what_is_in_a_language_that_no_reader_reads_is_listed(project: Project, tmp_path: Path) -> None:
    (tmp_path / "korean.txt").write_text(KOREAN, encoding="utf-8")
    (tmp_path / "english.txt").write_text("He fell.", encoding="utf-8")
    summary = project.read([tmp_path / "korean.txt", tmp_path / "english.txt"])
    assert summary.read == 1
    [failure] = summary.failures
    assert "korean.txt" in str(failure)
    assert "ko by its words" in str(failure)


def test_who_reads_is_what_the_settings_say_or_the_caller(tmp_path: Path) -> None:
    satrap.init(tmp_path / "p", country="kp")
    assert "tagger" not in satrap.open(tmp_path / "p").rule_reader.version
    settings = tmp_path / "p" / "satrap.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "reader: thorough\n", encoding="utf-8")
    thorough = satrap.open(tmp_path / "p").rule_reader.version
    assert "tagger" in thorough
    assert satrap.open(tmp_path / "p", "fast").rule_reader.version != thorough
    assert "tagger" not in satrap.open(tmp_path / "p", "rules").rule_reader.version


def test_what_stays_unknown_is_counted(project: Project) -> None:
    summary = project.read_reports([report("One."), Report(text="Two.", publisher="unknown publisher")])
    assert (summary.read, summary.undated, summary.unattributed) == (2, 1, 1)


def test_the_same_report_twice_in_a_batch_is_read_once(project: Project) -> None:
    summary = project.read_reports([report("One."), report("One.", url="https://example.org/a")])
    assert (summary.read, summary.known) == (1, 1)


def test_reports_are_recorded_while_the_rest_is_yet_to_come(project: Project) -> None:
    seen = []

    def coming() -> Iterator[Report | ReportError]:
        for number in range(2 * BATCH + 1):
            seen.append(len(project.ledger.reports()))
            yield report(f"Number {number}.")

    done: list[int] = []
    summary = project.read_reports(coming(), done.append)
    assert summary.read == 2 * BATCH + 1
    assert seen[-1] == 2 * BATCH
    assert done == [BATCH, 2 * BATCH, 2 * BATCH + 1]


def test_stories_left_unjoined_by_a_kill_are_joined_by_the_next_run(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_twice = [
        report("He fell.", url="https://example.org/a"),
        report("He did fall.", url="https://example.org/a"),
    ]
    with monkeypatch.context() as patched:
        patched.setattr(Project, "_join_stories", lambda _: 0)  # killed after the last report
        project.read_reports(told_twice)
    summary = project.read_reports(told_twice)
    assert (summary.read, summary.known, summary.stories_joined) == (0, 2, 1)


def test_reading_stopped_with_ctrl_c_keeps_what_was_recorded_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    satrap.init(folder, country="kp")
    rows = [
        json.dumps({"text": f"Clerk {n} was dismissed in Hyesan.", "language": "en"})
        for n in range(12 * BATCH)
    ]
    table = tmp_path / "reports.jsonl"
    table.write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "satrap", "read", "-C", str(folder), str(table)]
    # a shell that runs the tests in the background lets them ignore Ctrl-C, which a child inherits
    heeding = signal.signal(signal.SIGINT, signal.default_int_handler)
    reading = subprocess.Popen(command, env=os.environ, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, heeding)
    ledger = Ledger.open(folder / "ledger.db")
    deadline = time.monotonic() + 60
    while not ledger.reports() and time.monotonic() < deadline:
        time.sleep(0.01)
    reading.send_signal(signal.SIGINT)
    _, said = reading.communicate(timeout=60)
    assert reading.returncode == 130
    assert "run it again" in said
    assert "Traceback" not in said
    before = len(ledger.reports())
    assert 0 < before < len(rows)
    again = satrap.open(folder)
    again.reader = _Same(again.reader.name, again.reader.version)
    summary = again.read([table])
    assert (summary.known, summary.read) == (before, len(rows) - before)
    assert ledger.verify().holds


class _Same(Silent):
    """Under the name of another reader, so that what that one has read is known; quick."""

    def __init__(self, name: str, version: str) -> None:
        self.name, self.version = name, version
