import sqlite3
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, MetaData, Table, select, text
from tests.ledger.conftest import Recorder, claims_of, report

from satrap.claims import Argument
from satrap.errors import LedgerError
from satrap.ledger import Ledger, schema
from satrap.ledger.store import Store


def test_the_migrations_make_the_declared_tables(ledger: Ledger, where: Path | str) -> None:
    with Store(where).reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_a_ledger_of_now_needs_no_migration(ledger: Ledger, where: Path | str) -> None:
    assert not Ledger.migrate(where)


BEFORE_VOLUMES = Table(
    "posting",
    MetaData(),
    Column("term", schema.Word, primary_key=True),
    Column("claim", schema.Seq, primary_key=True, autoincrement=False),
    Column("body", schema.Seq, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)


def test_postings_without_volumes_are_moved_into_them(
    ledger: Ledger, where: Path | str, record: Recorder
) -> None:
    for text_, published, when in (
        ("The ministry lost.", "2017-06-15", None),
        ("The ministry won.", "2017-06", "2012-03/.."),
        ("The ministry stood.", "2017-06-15", "2017-02"),
    ):
        source = report(text_, published)
        record(source, claims_of(source, 2, when))
    undated = msgspec.structs.replace(source, published=None)
    record(undated, claims_of(undated))
    first, second, *_ = ledger.claims()
    ledger.accept(first.id)
    police = (Argument("Ministry of People's Security", "MPS"),)
    ledger.correct(second.id, second.claim.clone(roles={"holder": police}))
    before = ledger.claims(), ledger.timeline(institution="MPS")
    posting = schema.posting.c
    with Store(where).writing() as connection:
        rows = connection.execute(select(posting.term, posting.claim, posting.body)).mappings().all()
        schema.posting.drop(connection)
        BEFORE_VOLUMES.create(connection)
        connection.execute(BEFORE_VOLUMES.insert(), [dict(row) for row in rows])
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(LedgerError, match=r"earlier satrap; .*satrap migrate"):
        Ledger.open(where)
    assert Ledger.migrate(where)
    migrated = Ledger.open(where)
    assert migrated.verify().fault is None
    assert (migrated.claims(), migrated.timeline(institution="MPS")) == before


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
