"""Opening the database: SQLite, durable before anything is acknowledged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from satrap.errors import LedgerError

WAIT = 30  # seconds to wait for another writer

REMEDIES = {
    "database is locked": "another satrap is writing: wait for it to end and run this again",
    "attempt to write a readonly database": "make the file and its folder writable",
    "unable to open database file": "check that the folder exists and is writable",
    "database or disk is full": "free some space and run this again: nothing recorded is lost",
    "file is not a database": "restore it from a backup, or name another project folder",
}


class Store:
    """The SQLite file at ``path``: write-ahead log, synced at every commit, one writer at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: everything read inside is of one moment."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one way to write: all of it or, on any failure, none of it."""
        with (
            self._translated(),
            self.engine.connect().execution_options(immediate=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what the database says into one line a person can act on."""
        try:
            yield
        except DBAPIError as error:
            said = str(error.orig)
            remedy = REMEDIES.get(said, "run `satrap verify`, or restore the file from a backup")
            raise LedgerError(f"{self.path.name}: {said}", remedy=remedy) from error


def _engine(path: Path) -> Engine:
    made = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT})

    @event.listens_for(made, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver would begin a transaction only before the first INSERT; `begin` below does it instead.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return made
