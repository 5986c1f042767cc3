"""The commands on the record itself: verify, log, prove, countersign, migrate."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.ledger.conftest import claims_of, report

from satrap import settings
from satrap.cli.main import main
from satrap.errors import ProjectError
from satrap.ledger import Ledger
from satrap.settings import Settings


def run(*arguments: str) -> int:
    try:
        main(list(arguments))
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one report, two claims and a rejection by Min."""
    made = tmp_path / "north-korea"
    made.mkdir()
    ledger = Ledger.create(made / settings.LEDGER)
    source = report()
    ledger.record(source, claims_of(source, 2), reader="rules", version="1")
    ledger.by("min").reject(claims_of(source)[0].id, "misread")
    settings.write(made, Settings(country="kp"))
    return made


def test_the_log_tells_when_who_and_what(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("log", "-C", str(folder)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[-1].split()[0] == "6"
    assert lines[-1].endswith("min  claim rejected")


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ((), [1, 2, 3, 4, 5, 6]),
        (("--author", "min"), [6]),
        (("--kind", "claim read"), [3, 4]),
        (("--kind", "claim rejected"), [6]),
        (("--about", claims_of(report())[0].id), [3, 6]),
        (("--after", "2", "--limit", "2"), [3, 4]),
        (("--known-at", "2000-01-01"), []),
    ],
)
def test_the_log_is_filtered(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], numbers: list[int]
) -> None:
    assert run("log", "-C", str(folder), *arguments, "--json") == 0
    assert [one["seq"] for one in json.loads(capsys.readouterr().out)] == numbers


def test_the_record_alone_is_verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "-C", str(folder), "--record") == 0
    assert capsys.readouterr().out.startswith("6 entries hold. Root: ")


def test_an_entry_a_claim_and_a_beginning_are_proved(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Ledger.open(folder / settings.LEDGER).root
    for what in (("3",), (claims_of(report())[0].id,), ("--from", "2")):
        assert run("prove", "-C", str(folder), *what) == 0
        proof = json.loads(capsys.readouterr().out)
        assert (proof["size"], proof["root"]) == (6, root)
    assert run("prove", "-C", str(folder)) == 2
    assert run("prove", "-C", str(folder), "99") == 1
    assert "no entry 99" in capsys.readouterr().err


@pytest.fixture
def key(tmp_path: Path) -> Path:
    made = Ed25519PrivateKey.generate()
    private, public = tmp_path / "key", tmp_path / "key.pub"
    private.write_bytes(
        made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
    )
    public.write_bytes(
        made.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    )
    return private


def test_a_countersigned_root_is_checked_and_another_refused(
    folder: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("countersign", "-C", str(folder), "--key", str(key), "--out", str(tmp_path)) == 0
    statement = tmp_path / "ledger-6.txt"
    check = ("countersign", "-C", str(folder), "--check", str(statement), "--signer", f"{key}.pub")
    Ledger.open(folder / settings.LEDGER).annotate("KP-05", "the ledger grows meanwhile")
    assert run(*check) == 0
    statement.write_text(statement.read_text().replace("entries 6", "entries 5"))
    assert run(*check) == 1
    said = capsys.readouterr().err
    assert "not this key's" in said
    assert "never had this root" in said
    assert run("countersign", "-C", str(folder)) == 2


def test_a_ledger_of_now_needs_no_migration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate", "-C", str(folder)) == 0
    assert capsys.readouterr().out == "The ledger was up to date.\n"


def test_an_address_with_a_password_is_refused_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "postgresql://min:hunter2@127.0.0.1/ledger"
    assert run("init", str(tmp_path / "team"), "--country", "kp", "--ledger", url) == 1
    said = capsys.readouterr()
    assert "PGPASSWORD" in said.err
    assert "hunter2" not in said.err + said.out
    assert not (tmp_path / "team" / settings.SETTINGS).exists()


def test_settings_are_written_as_a_person_would_and_read_again(tmp_path: Path) -> None:
    said = Settings(country="packs/my: own", ledger="postgresql://min@db/ledger", author="민 #1")
    settings.write(tmp_path, said)
    assert settings.load(tmp_path) == said
    assert said.ledger_in(tmp_path) == "postgresql://min@db/ledger"
    settings.write(tmp_path, Settings(country="kp"))
    assert (tmp_path / settings.SETTINGS).read_text() == "country: kp\n"
    assert settings.load(tmp_path).ledger_in(tmp_path) == tmp_path / "ledger.db"
    with pytest.raises(ProjectError, match="not a satrap project"):
        settings.load(tmp_path / "nowhere")
