"""The SQLite file that Datasette opens: whole, searchable also in Korean, described."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchange.samples import CONTEXT, KOREAN, claims

from satrap.exchange import export
from satrap.exchange.datasette import parts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return export("datasette", claims(), CONTEXT, tmp_path / "datasette")


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{folder / 'claims.db'}?mode=ro", uri=True)
    yield connection
    connection.close()


def found(database: sqlite3.Connection, words: str) -> set[str]:
    """As Datasette asks, by the metadata's ``fts_table`` and ``fts_pk``, with its way of quoting."""
    escaped = " ".join(f'"{word}"' for word in words.split())
    asked = (
        "select id from claims where number in (select rowid from claims_search where claims_search match ?)"
    )
    return {row[0] for row in database.execute(asked, [escaped])}


def test_the_file_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(database.execute("PRAGMA foreign_key_list(roles)").fetchall()) == 1


def test_every_claim_is_there_with_its_roles_and_voices(database: sqlite3.Connection) -> None:
    told = {row[0]: row[1:] for row in database.execute("select id, kind, quote from claims")}
    assert told == {claim.id: (claim.kind, claim.quote or None) for claim in claims()}
    for claim in claims():
        asked = "select kind, place, name from voices where claim = ? order by position"
        assert [tuple(link) for link in database.execute(asked, [claim.id])] == [
            (link.kind, link.place, link.name) for link in claim.chain
        ]
        roles = database.execute("select role, name, entity from roles where claim = ?", [claim.id])
        assert set(roles) == {(role, one.name, one.id) for role, of in claim.roles.items() for one in of}


@pytest.mark.parametrize("word", ["비서", "국가보위성", "보위성", "해임", "황해남도"])
def test_korean_words_are_found_whatever_particle_follows(database: sqlite3.Connection, word: str) -> None:
    assert found(database, word) == {claim.id for claim in claims() if claim.quote == KOREAN}


def test_names_and_voices_are_found(database: sqlite3.Connection) -> None:
    assert found(database, "kim won hong") == {
        claim.id for claim in claims() if "Kim Won Hong" in claim.about or "kim-won-hong" in claim.quote
    }
    assert found(database, "조선중앙통신")


def test_what_is_not_there_is_not_found(database: sqlite3.Connection) -> None:
    assert found(database, "대통령") == set()


def test_parts_are_the_stretches_of_unspaced_runs() -> None:
    assert set(parts("in 황해남도 now")) == {"황해", "해남", "남도", "황해남", "해남도", "황해남도"}


def test_metadata_names_tables_and_columns_that_are_there(folder: Path, database: sqlite3.Connection) -> None:
    told = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    for table, about in told["databases"]["claims"]["tables"].items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        assert columns
        for name in (*about.get("columns", ()), *about.get("facets", ()), about.get("label_column")):
            assert name is None or name in columns
