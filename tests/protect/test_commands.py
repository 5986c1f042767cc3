"""No command says what is sealed, and no error says what a report says."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.test_main import REPORT, run
from tests.protect.test_recording import leaks

from satrap.claims import Claim
from satrap.cli.main import COMMANDS
from satrap.exchange import known_exporters
from satrap.project import Project, open
from satrap.reports import Metadata, Report

SEALED = "canary-sealed-5d1e"  # in what recording strips
UNQUOTED = "canarywithheld77b2"  # in a sentence that makes no claim
TEXT = f"{REPORT}\n\nThe weather in Haeju was {UNQUOTED}.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one report that has a canary in every sealed field and one in what no claim quotes."""
    where = tmp_path_factory.mktemp("canaries")
    (where / f"{SEALED}.txt").write_text(TEXT, encoding="utf-8")
    project, out = where / "project", where / "out"
    out.mkdir()
    assert run("init", str(project), "--country", "kp") == 0
    about = ("--publisher", "Daily NK", "--published", "2017-06-15", "--author", SEALED)
    assert run("read", "-C", str(project), str(where / f"{SEALED}.txt"), *about) == 0
    return where


ESTIMATE = ("--start", "2017-01-01", "--end", "2017-12-31")
CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "claims": ((), ("--json",)),
    "conflicts": ((), ("--json",)),
    "tenure": (("MSS",), ("MSS", "--json")),
    "review": (("--json",), ("agreement",), ("agreement", "--json"), ("rules", "--json")),
    "stories": ((), ("--json",)),
    "search": (("ministry",), ("ministry", "--json")),
    "estimate": ((*ESTIMATE, "--out", "{out}/authority.csv"), (*ESTIMATE, "--json")),
    "why": (("MSS", "--on", "2017-06-15"),),
    "brief": (("--out", "{out}/brief.html", "--as-of", "2017-06-15"),),
    "verify": ((), ("--json",)),
    "backup": (("{out}/../project/backup",),),  # a copy of the ledger, so among what stays inside
    "restore": (("{out}/../project/backup", "--to", "{out}/../project/again.db"),),
    "export": tuple((form, f"{{out}}/{form}") for form in known_exporters()),
    "simulate": (("kp-2017", "--runs", "2"),),
    "rules": (("list",),),
}
"""How each command is run (`read` in the fixture); all others with nothing but the project."""

ALONE = {"demo", "read", "init", "vault", "explain", "import", "serve"}
"""Nothing of the project's passes through them; the pages that are served are looked at in ``tests/web``."""


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in ALONE])
def test_no_command_says_what_is_sealed(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for call in CALLS.get(command, ((),)):
        project = () if command in {"rules"} else ("-C", str(folder / "project"))
        run(command, *(one.format(out=folder / "out") for one in call), *project)
        said = capsys.readouterr()
        assert SEALED not in said.out + said.err, (command, call)


def test_nothing_sealed_lies_in_any_file_and_nothing_withheld_in_what_leaves(folder: Path) -> None:
    """Runs after the commands above, on all that they wrote."""
    for form in known_exporters():
        run("export", form, str(folder / "out" / form), "-C", str(folder / "project"))
    assert sum(path.is_file() for path in (folder / "out").rglob("*")) >= len(known_exporters())
    assert not leaks(folder / "project", SEALED)
    assert not leaks(folder / "out", SEALED)
    assert not leaks(folder / "out", UNQUOTED)
    assert leaks(folder / "project", UNQUOTED), "the ledger keeps the text"


Written = tuple[Path, dict[str, str]]  # an input, and which column of it holds which field


def raw(data: str | bytes, suffix: str, **columns: str) -> Callable[[Path], Written]:
    def write(where: Path) -> Written:
        path = where / f"input{suffix}"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path, columns

    return write


CSV = f'body,day\n"{UNQUOTED} is a text long enough to be one","{UNQUOTED} on Monday"\n'
FAULTY = {
    "a row whose date is text": raw(CSV, ".csv", text="body", published="day"),
    "a row without its text": raw(f"body\n{UNQUOTED}\n", ".csv"),
    "a line that is no JSON": raw(f'{{"text": "{UNQUOTED}\n', ".jsonl"),
    "a line that is no object": raw(json.dumps([UNQUOTED]), ".jsonl"),
    "a field that is no text": raw(json.dumps({"text": "It fell.", "title": [UNQUOTED]}), ".jsonl"),
    "a date that is none": raw(json.dumps({"text": "It fell.", "published": UNQUOTED}), ".jsonl"),
    "bytes that are no text": raw(UNQUOTED.encode() + b"\xff\xfe\xfa", ".txt"),
    "a page without words": raw(f"<html><!-- {UNQUOTED} --><body></body></html>", ".html"),
    "a damaged document": raw(b"%PDF-1.7 " + UNQUOTED.encode(), ".pdf"),
    "a damaged Word file": raw(b"PK\x03\x04" + UNQUOTED.encode(), ".docx"),
    "a damaged archive": raw(b"WARC/1.0\r\nWARC-Type: " + UNQUOTED.encode(), ".warc"),
    "a damaged feed": raw(f"<rss><channel><title>{UNQUOTED}", ".xml"),
    "an encrypted mail": raw(
        f"Subject: {UNQUOTED}\nContent-Type: application/pkcs7-mime\n\n{UNQUOTED}", ".eml"
    ),
    "a mail in no encoding": raw(
        f"Content-Type: text/plain; charset={UNQUOTED}\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(UNQUOTED.encode()).decode(),
        ".eml",
    ),
    "a language that nobody reads": raw(
        f"국가보위성 비서가 황해남도에서 해임되었다고 한다 {UNQUOTED}. " * 9, ".txt"
    ),
    "front matter that is none": raw(f"---\ndate: [{UNQUOTED}\n---\nIt fell.", ".md"),
}


@pytest.fixture(scope="module")
def opened(folder: Path) -> Project:
    """The project, with its reader loaded once."""
    return open(folder / "project")


@pytest.mark.parametrize("fault", FAULTY)
def test_no_error_says_what_a_report_says(fault: str, opened: Project, tmp_path: Path) -> None:
    path, mapping = FAULTY[fault](tmp_path)
    summary = opened.read([path], Metadata(columns=mapping))
    assert not any(UNQUOTED in str(failure) for failure in summary.failures)


def test_most_of_these_faults_are_errors(opened: Project, tmp_path: Path) -> None:
    failed = [
        opened.read([path], Metadata(columns=m)).failures
        for path, m in (of(tmp_path) for of in FAULTY.values())
    ]
    assert sum(map(bool, failed)) >= len(FAULTY) - 2


@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
def test_a_fault_of_our_own_says_where_and_not_what(
    debug: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot handle {UNQUOTED}")

    monkeypatch.setattr("satrap.project.Project.claims", broken)
    assert run(*debug, "claims", "-C", str(folder / "project")) == 70
    said = capsys.readouterr()
    assert UNQUOTED not in said.out + said.err
    assert "RuntimeError at " in said.err
    assert ("satrap/cli/claims.py" in said.err) is bool(debug)


def test_a_reader_that_fails_on_a_report_says_so_without_its_words(folder: Path) -> None:
    class Broken:
        name, version = "broken", "1"
        languages = frozenset({"en"})

        def read(self, report: Report) -> list[Claim]:
            raise ValueError(f"cannot parse {report.text}")

    project = open(folder / "project")
    project.__dict__["reader"] = Broken()
    (failure,) = project.read_reports([Report(text=UNQUOTED, publisher="Daily NK")]).failures
    assert "ValueError" in str(failure)
    assert UNQUOTED not in str(failure)
