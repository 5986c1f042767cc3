"""Estimates sealed in the ledger: what the entry says, and what verifying finds."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import as_file
from pathlib import Path

import pytest

import satrap
from satrap.cli.main import main
from satrap.country import load_pack
from satrap.country.chronology import chronology
from satrap.errors import LedgerError
from satrap.estimate import model
from satrap.ledger import EntryKind, bodies
from satrap.project import Project
from satrap.published import Published, check, publish

START, END = date(2016, 9, 1), date(2017, 6, 30)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    with as_file(chronology(load_pack("kp"))) as path:
        rows = path.read_text(encoding="utf-8").splitlines()
    folder = tmp_path_factory.mktemp("published")
    spring = [row for row in rows if json.loads(row)["published"].startswith(("2017-01", "2017-02"))]
    (folder / "reports.jsonl").write_text("\n".join(spring), encoding="utf-8")
    made = satrap.init(folder / "kp", country="kp")
    made.read([folder / "reports.jsonl"])
    return made


@pytest.fixture(scope="module")
def sealed(project: Project) -> Published:
    return publish(project, start=START, end=END)


def test_the_entry_says_from_what_record_by_what_model_with_what_numbers(
    project: Project, sealed: Published
) -> None:
    [entry] = project.ledger.entries(kind=EntryKind.ESTIMATE_PUBLISHED)
    said = bodies.decode(entry.kind, entry.body)
    assert entry.seq == sealed.seq
    assert said == sealed.said
    assert project.ledger.contains(said.cut)
    assert said.cut != project.ledger.root, "the cut is the root before the entry"
    assert said.model == model()
    assert sha256(sealed.path.read_bytes()).hexdigest() == said.hash
    assert (said.start, said.end) == ("2016-09-01", "2017-06-30")
    assert not sealed.estimate.prior_only


def test_what_was_published_holds_and_can_be_made_again(project: Project, sealed: Published) -> None:
    project.ledger.annotate("MSS", "a note after the cut changes nothing")
    assert list(check(project, again=True)) == []


@pytest.fixture
def altered(sealed: Published) -> Iterator[Path]:
    whole = sealed.path.read_bytes()
    sealed.path.write_bytes(whole.replace(b"true", b"false", 1))
    yield sealed.path
    sealed.path.write_bytes(whole)


def test_an_altered_table_is_found_by_verify(
    project: Project, altered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", "-C", str(project.folder)])
    assert stopped.value.code == 1
    assert "not the table that was published" in capsys.readouterr().err


def test_numbers_and_roots_that_the_record_does_not_give_are_found(tmp_path: Path) -> None:
    made = satrap.init(tmp_path / "empty", country="kp")
    told = publish(made, start=START, end=END).said
    for wrong in (
        bodies.EstimatePublished(told.cut, told.model, "0" * 64, told.known_at, told.start, told.end),
        bodies.EstimatePublished("0" * 64, told.model, told.hash),
    ):
        made.ledger.register(EntryKind.ESTIMATE_PUBLISHED, wrong)
    numbers, root = check(made, again=True)
    assert "other numbers" in numbers
    assert "root" in root


def test_nothing_can_be_published_from_before_the_ledger_was(project: Project) -> None:
    with pytest.raises(LedgerError, match="held nothing"):
        publish(project, start=START, end=END, known_at=datetime(2001, 1, 1, tzinfo=UTC))


def test_the_command_seals_and_says_where(
    project: Project, sealed: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    main(
        [
            "estimate",
            "-C",
            str(project.folder),
            "--publish",
            "--start",
            str(START),
            "--end",
            str(END),
            "--json",
        ]
    )
    said = capsys.readouterr()
    assert "made from root" in said.err
    assert json.loads(said.out)
    assert len(list(project.ledger.entries(kind=EntryKind.ESTIMATE_PUBLISHED))) == 2
