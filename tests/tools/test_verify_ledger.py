"""The verifier that needs no satrap agrees with satrap, on what holds and on what doesn't."""

import ast
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import to_builtins
from tests.ledger.conftest import claims_of, report

from satrap.ledger import Ledger, Recording

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    # -I -S: no installed package, no path of this environment
    return subprocess.run(
        [sys.executable, "-I", "-S", str(TOOL), *map(str, arguments)], capture_output=True, text=True
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> Ledger:
    made = Ledger.create(path)
    for batch in range(3):
        made.record_many(
            Recording(
                source := report(f"Report {batch}-{n} of the ministry."),
                tuple(claims_of(source, 3)),
                "r",
                "1",
            )
            for n in range(20)
        )
    return made


def test_it_is_short_and_needs_only_the_standard_library() -> None:
    source = TOOL.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 200
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in ([ast.alias(node.module or "")] if isinstance(node, ast.ImportFrom) else node.names)
    }
    assert imported <= sys.stdlib_module_names


def test_it_finds_the_root_that_satrap_finds(path: Path, ledger: Ledger) -> None:
    done = run(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{ledger.head.size} entries hold. Root: {ledger.root}\n"
    assert run(path, "--root", ledger.root).returncode == 0
    assert "never had the root" in run(path, "--root", "00" * 32).stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE entry SET author = 'x' WHERE seq = 9", "entry 9 .* was altered"),
        ("UPDATE entry SET body = 'text' WHERE seq = 9", "field is not of its type"),
        ("DELETE FROM entry WHERE seq = 9", "entry 9 is missing"),
        ("DELETE FROM head WHERE number = 2", "head of write 2 is missing"),
        ("DELETE FROM head WHERE number = 4", "beyond the last head"),
        ("UPDATE head SET root = zeroblob(32) WHERE number = 3", "head of .* was altered"),
        ("UPDATE head SET at = '2016' WHERE number = 3", "another time"),
    ],
)
def test_it_finds_tampering(path: Path, ledger: Ledger, change: str, said: str) -> None:
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(change)
    connection.commit()
    done = run(path)
    assert done.returncode == 1
    assert re.search(said, done.stderr), done.stderr
    assert not ledger.verify().holds


def test_it_checks_the_proofs_that_satrap_prints(path: Path, ledger: Ledger, tmp_path: Path) -> None:
    size = ledger.head.size
    proofs = [ledger.prove(seq) for seq in (1, 200, size)] + [
        ledger.consistency(old) for old in (1, 82, size)
    ]
    for proof in proofs:
        said = to_builtins(proof)
        file = tmp_path / "proof.json"
        file.write_text(json.dumps(said))
        assert run("--proof", file).returncode == 0
        assert run(path, "--proof", file).returncode == 0
        for key, value in said.items():
            file.write_text(json.dumps({**said, key: altered(value)}))
            assert run(path, "--proof", file).returncode == 1, key


def altered(value: int | str | list[str]) -> int | str | list[str]:
    match value:
        case int():
            return value + 1
        case str():
            return "00" * 32
    return [*value, "00" * 32]


def test_what_cannot_be_read_is_told_apart_from_what_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "list.db").write_bytes(b"a shopping list" * 100)
    assert run(tmp_path / "list.db").returncode == 2
    assert run(tmp_path / "nowhere.db").returncode == 2
    (tmp_path / "proof.json").write_text("[]")
    assert run("--proof", tmp_path / "proof.json").returncode == 1
