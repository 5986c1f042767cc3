"""SQLite as a DB-API 2.0 module (PEP 249) over apsw, for SQLAlchemy's pysqlite dialect.

apsw carries its own current SQLite, the same on every machine, and lets tests put a file system of their own
under it. Transactions are begun and ended by whoever uses the connection, never by this module.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from time import sleep
from typing import Any
from weakref import WeakSet

import apsw

apilevel = "2.0"
threadsafety = 1
paramstyle = "qmark"
Binary = bytes
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))

LOOK = 0.002  # seconds between looks at a lock


class Error(Exception):
    """Base of what goes wrong in the database."""


class Warning(Exception):  # noqa: N818 — the name that PEP 249 gives it
    """Never raised here; PEP 249 asks for it."""


class InterfaceError(Error):
    """The module was used wrongly."""


class DatabaseError(Error):
    """The database failed."""


class OperationalError(DatabaseError):
    """Locked, full, unreadable, not a database …"""


class IntegrityError(DatabaseError):
    """A constraint was broken."""


class DataError(DatabaseError):
    """A value is out of range."""


class InternalError(DatabaseError):
    """SQLite contradicts itself."""


class ProgrammingError(DatabaseError):
    """A statement is wrong."""


class NotSupportedError(DatabaseError):
    """SQLite cannot do this."""


_AS: dict[type[Exception], type[Error]] = {
    apsw.ConstraintError: IntegrityError,
    apsw.SQLError: ProgrammingError,
    apsw.ConnectionClosedError: ProgrammingError,
    apsw.CursorClosedError: ProgrammingError,
    apsw.BindingsError: ProgrammingError,
    apsw.MismatchError: DataError,
    apsw.TooBigError: DataError,
    apsw.InternalError: InternalError,
    apsw.MisuseError: InterfaceError,
}


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise _AS.get(type(error), OperationalError)(str(error)) from error
    except UnicodeDecodeError as error:
        raise DataError("a text in the database is not UTF-8") from error


class Cursor:
    """One statement and its rows."""

    arraysize = 256

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        with _translated():
            self._cursor = connection.cursor()
        self.description: Any = None
        self.rowcount = -1

    @property
    def lastrowid(self) -> int:
        return self._connection.last_insert_rowid()

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        # apsw forgets the columns of a statement that has ended, as one without rows has at once
        self.description = None
        self._cursor.exec_trace = self._describe
        before = self._connection.total_changes()
        with _translated():
            self._cursor.execute(statement, tuple(parameters))
        self.rowcount = -1 if self.description else self._connection.total_changes() - before
        return self

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        self.description = None
        self._cursor.exec_trace = None
        before = self._connection.total_changes()
        with _translated():
            self._cursor.executemany(statement, parameters)
        self.rowcount = self._connection.total_changes() - before
        return self

    def fetchone(self) -> Any:
        with _translated():
            return self._cursor.fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        with _translated():
            return list(islice(self._cursor, size or self.arraysize))

    def fetchall(self) -> list[Any]:
        with _translated():
            return self._cursor.fetchall()

    def close(self) -> None:
        self._cursor.close(True)

    def _describe(self, cursor: apsw.Cursor, _statement: str, _bindings: Any) -> bool:
        columns = [(*column, None, None, None, None, None) for column in cursor.get_description()]
        self.description = columns or None
        return True


class Connection:
    """One connection; a transaction lasts from a BEGIN that the caller executes to commit or rollback."""

    isolation_level: str | None = None

    def __init__(self, connection: apsw.Connection) -> None:
        self.apsw = connection
        self._cursors: WeakSet[Cursor] = WeakSet()

    def cursor(self) -> Cursor:
        made = Cursor(self.apsw)
        self._cursors.add(made)
        return made

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(statement, parameters)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def close(self) -> None:
        self.apsw.close(True)

    def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], *, deterministic: bool = False
    ) -> None:
        self.apsw.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def _end(self, statement: str) -> None:
        # one read in part, and still held, would keep the next transaction in this one's past
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()
        if self.apsw.in_transaction:
            with _translated():
                self.apsw.execute(statement)


def _wait(looks: int, *, patience: int) -> bool:
    """Wait a moment for a lock and look again. SQLite's own handler waits longer and longer, up to a tenth of
    a second: another writer, whose transactions follow each other closely, would seldom let it in."""
    sleep(LOOK)
    return looks < patience


def connect(database: str, *, timeout: float = 5.0, vfs: str | None = None, **_others: Any) -> Connection:
    """Open or make a database file, waiting up to ``timeout`` seconds for a lock, on a VFS of apsw's."""
    with _translated():
        opened = apsw.Connection(database, vfs=vfs)
        opened.set_busy_handler(partial(_wait, patience=round(timeout / LOOK)))
    return Connection(opened)
