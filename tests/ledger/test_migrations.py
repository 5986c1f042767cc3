import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from satrap.errors import LedgerError
from satrap.ledger import Ledger, schema
from satrap.ledger.store import Store


def test_the_migrations_make_the_declared_tables(ledger: Ledger, where: Path | str) -> None:
    with Store(where).reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_a_ledger_of_now_needs_no_migration(ledger: Ledger, where: Path | str) -> None:
    assert not Ledger.migrate(where)


@pytest.mark.parametrize(
    ("revision", "said"), [("0000", "earlier satrap; .*satrap migrate"), ("9999", "later satrap")]
)
def test_a_ledger_of_another_time_says_so(
    ledger: Ledger, where: Path | str, revision: str, said: str
) -> None:
    with Store(where).writing() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    with pytest.raises(LedgerError, match=said):
        Ledger.open(where)


def test_the_layout_of_the_first_trials_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    sqlite3.connect(path).execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB)")
    with pytest.raises(LedgerError, match="read the reports again"):
        Ledger.open(path)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "addresses.db"
    sqlite3.connect(path).execute("CREATE TABLE people (name TEXT)")
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger.open(path)
    with pytest.raises(LedgerError, match="exists already"):
        Ledger.create(path)
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger.open_or_create(path)


def test_a_creation_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    assert Ledger.open_or_create(path).verify().holds
    assert Ledger.open_or_create(path).head.size == 1
