"""satrap vault: two people keep together what the ledger does not take."""

import json
from pathlib import Path

import pytest
from tests.cli.test_main import REPORT, run


@pytest.fixture
def keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    """Two holders' recipients, and the options that give both their keys."""
    recipients, options = [], []
    for name in ("min.key", "jun.key"):
        assert run("vault", "key", str(tmp_path / name)) == 0
        recipients.append(capsys.readouterr().out.strip())
        options += ["--key", str(tmp_path / name)]
    return recipients, options


@pytest.fixture
def vault(tmp_path: Path, keys: tuple[list[str], list[str]]) -> str:
    path = str(tmp_path / "sources.vault")
    assert run("vault", "init", path, *keys[0]) == 0
    return path


def test_what_is_put_without_a_key_is_got_with_both(
    vault: str, keys: tuple[list[str], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("vault", "put", vault, "voice-1", "--field", "name=Pak", "--note", "met in Dandong") == 0
    capsys.readouterr()
    assert run("vault", "get", vault, "voice-1", *keys[1]) == 0
    assert capsys.readouterr().out == "name: Pak\nnote: met in Dandong\n"
    assert run("vault", "get", vault, *keys[1]) == 0
    assert capsys.readouterr().out == "voice-1\n"


def test_one_key_opens_nothing(
    vault: str, keys: tuple[list[str], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("vault", "get", vault, *keys[1][:2]) == 1
    assert "one of the two keys is missing; both holders' keys are needed" in capsys.readouterr().err


def test_it_tells_whose_it_is_and_is_handed_over(
    vault: str, keys: tuple[list[str], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("vault", "recipients", vault) == 0
    assert capsys.readouterr().out.split() == keys[0]
    run("vault", "key", str(tmp_path / "new.key"))
    new = capsys.readouterr().out.strip()
    assert run("vault", "recipients", vault, "--change", keys[0][0], new, *keys[1]) == 0
    assert capsys.readouterr().out.split() == [keys[0][0], new]


@pytest.mark.parametrize("opened", [False, True], ids=["locked", "open"])
def test_reading_keeps_in_the_vault_what_it_does_not_record(
    vault: str,
    keys: tuple[list[str], list[str]],
    tmp_path: Path,
    opened: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, report = tmp_path / "north-korea", tmp_path / "from Mr Pak.txt"
    report.write_text(REPORT, encoding="utf-8")
    run("init", str(folder), "--country", "kp")
    read = ("read", "-C", str(folder), str(report), "--author", "Kim Min", "--vault", vault)
    assert run(*read, *(keys[1] if opened else ())) == 0
    capsys.readouterr()
    assert run("vault", "get", vault, *keys[1], "--json") == 0
    [entry] = json.loads(capsys.readouterr().out)
    assert run("vault", "get", vault, entry, *keys[1], "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["sealed"] == {
        "author": "Kim Min",
        "origin": "from Mr Pak.txt",
    }
    assert b"Pak" not in (folder / "ledger.db").read_bytes()


def test_a_field_without_a_value_is_refused(vault: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("vault", "put", vault, "voice-1", "--field", "Pak") == 2
    assert "write NAME=VALUE" in capsys.readouterr().err
    assert run("vault", "put", vault, "voice-1") == 2
