"""The DB-API module keeps what PEP 249 promises and SQLAlchemy uses."""

from pathlib import Path

import pytest

from satrap.ledger import sqlite


@pytest.fixture
def connection(tmp_path: Path) -> sqlite.Connection:
    made = sqlite.connect(str(tmp_path / "a.db"), timeout=0.05)
    made.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB)")
    return made


def test_rows_go_in_and_come_out_with_their_types(connection: sqlite.Connection) -> None:
    cursor = connection.cursor()
    cursor.executemany("INSERT INTO t VALUES (?, ?, ?)", [(1, "비서", b"\x00\xff"), (2, "b", None)])
    assert cursor.rowcount == 2
    cursor.execute("SELECT * FROM t ORDER BY a")
    assert [column[0] for column in cursor.description] == ["a", "b", "c"]
    assert cursor.fetchone() == (1, "비서", b"\x00\xff")
    assert cursor.fetchmany(5) == [(2, "b", None)]
    assert cursor.fetchall() == []
    assert cursor.fetchone() is None


def test_columns_are_told_of_a_question_without_answers(connection: sqlite.Connection) -> None:
    cursor = connection.execute("SELECT a, b FROM t WHERE a = 7")
    assert [column[0] for column in cursor.description] == ["a", "b"]
    assert cursor.fetchall() == []


def test_a_change_tells_how_many_rows_and_no_columns(connection: sqlite.Connection) -> None:
    cursor = connection.execute("INSERT INTO t VALUES (5, 'x', NULL)")
    assert (cursor.rowcount, cursor.description, cursor.lastrowid) == (1, None, 5)
    assert connection.execute("UPDATE t SET b = 'y'").rowcount == 1
    assert connection.execute("DELETE FROM t WHERE a = 9").rowcount == 0


def test_a_transaction_is_undone_or_kept(connection: sqlite.Connection) -> None:
    for end, left in ((connection.rollback, 0), (connection.commit, 1)):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES (1, 'x', NULL)")
        end()
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (left,)
    connection.commit()  # without a transaction: nothing to do


def test_rows_that_nobody_read_to_the_end_hold_no_later_transaction_back(
    connection: sqlite.Connection, tmp_path: Path
) -> None:
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    other = sqlite.connect(str(tmp_path / "a.db"), timeout=0.05)
    other.execute("INSERT INTO t VALUES (1, 'x', NULL), (2, 'y', NULL)")
    for number, end in enumerate((connection.rollback, connection.commit), 3):
        connection.execute("BEGIN")
        held = connection.execute("SELECT a FROM t ORDER BY a")
        assert held.fetchone() == (1,)
        end()
        other.execute("INSERT INTO t VALUES (?, 'z', NULL)", (number,))
        connection.execute("BEGIN")
        assert connection.execute("SELECT max(a) FROM t").fetchone() == (number,)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "error", "said"),
    [
        ("INSERT INTO t VALUES (1, 'x', NULL), (1, 'y', NULL)", sqlite.IntegrityError, "UNIQUE"),
        ("SELECT * FROM nowhere", sqlite.ProgrammingError, "no such table"),
        ("INSERT INTO t VALUES ('word', 'x', NULL)", sqlite.DataError, "mismatch"),
    ],
)
def test_errors_are_of_the_kinds_of_pep_249(
    connection: sqlite.Connection, statement: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        connection.execute(statement)


def test_a_locked_database_is_waited_for_and_then_an_operational_error(
    connection: sqlite.Connection, tmp_path: Path
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    other = sqlite.connect(str(tmp_path / "a.db"), timeout=0.05)
    with pytest.raises(sqlite.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_what_is_closed_says_so(connection: sqlite.Connection) -> None:
    connection.close()
    with pytest.raises(sqlite.ProgrammingError):
        connection.execute("SELECT 1")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"a shopping list" * 100)
    with pytest.raises(sqlite.OperationalError, match="not a database"):
        sqlite.connect(str(tmp_path / "list")).execute("SELECT * FROM sqlite_master")


def test_a_text_that_is_none_says_so(connection: sqlite.Connection) -> None:
    with pytest.raises(sqlite.DataError, match="not UTF-8"):
        connection.execute("SELECT CAST(x'C9FF' AS TEXT)").fetchone()


def test_python_functions_can_be_called(connection: sqlite.Connection) -> None:
    connection.create_function("twice", 1, lambda n: 2 * n, deterministic=True)
    assert connection.execute("SELECT twice(21)").fetchone() == (42,)
