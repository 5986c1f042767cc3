"""Opening the database: a SQLite file or a PostgreSQL URL, durable before anything is acknowledged."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from satrap.errors import LedgerError
from satrap.ledger import sqlite

WAIT = 30  # seconds to wait for another writer
LOCK = 0x7361747261700001  # PostgreSQL's advisory lock that a writer holds: "satrap", 1
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what is acknowledged has reached the disk
    "foreign_keys=ON",
    "wal_autocheckpoint=8000",  # pages, 32 MiB: a page written by many transactions is copied back once
    "cache_size=-65536",  # KiB; with the usual 2 MiB, appending to a million claims reads its indices again
)
TOGETHER = 50  # rows of one statement: measured, of 1 row to 150 the fewest for nearly the least time
FETCH = 2000  # rows fetched at a time where there may be many

REMEDIES = {  # by what the message contains
    "database is locked": "another satrap is writing: wait for it to end and run this again",
    "lock timeout": "another satrap is writing: wait for it to end and run this again",
    "attempt to write a readonly database": "make the file and its folder writable",
    "unable to open database file": "check that the folder exists and is writable",
    "database or disk is full": "free some space and run this again: nothing recorded is lost",
    "No space left on device": "free some space and run this again: nothing recorded is lost",
    "file is not a database": "restore it from a backup, or name another project folder",
    "password": "put it in PGPASSWORD or in ~/.pgpass",
    "does not exist": "make the database first: createdb NAME",
    "connection failed": "check that the server runs, and the host and port in the URL",
    "permission denied": "ask the database's owner to grant it",
}


class Store:
    """The database at ``where``: one writer at a time, readers in snapshots.

    A path is a SQLite file (write-ahead log, synced at every commit); ``vfs`` names one of apsw's file
    systems for it. A URL, ``postgresql://user@host/name``, is a PostgreSQL database; it holds no password.
    """

    def __init__(self, where: Path | str, *, vfs: str | None = None) -> None:
        self.url = _url(where)
        self.vfs = vfs
        self.engine = _sqlite(self.url, vfs) if self.path else _postgresql(self.url)

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for a server's database."""
        on_file = self.url.get_backend_name() == "sqlite" and self.url.database
        return Path(on_file) if on_file else None

    @property
    def name(self) -> str:
        """What to call it in a message: the file's name, or the database's name and host."""
        return self.path.name if self.path else f"{self.url.database} on {self.url.host or 'this machine'}"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot: everything read inside is of one moment."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one way to write: all of it or, on any failure, none of it."""
        options: dict[str, Any] = {"writing": True}
        if not self.path:
            # what the statement after the lock sees must be what the writer before committed
            options["isolation_level"] = "READ COMMITTED"
        with (
            self._translated(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what the database says into one line a person can act on; never the statement's values."""
        try:
            yield
        except (
            DBAPIError,
            self.engine.dialect.loaded_dbapi.Error,
        ) as error:  # the driver itself, where asked
            told = str(error.orig if isinstance(error, DBAPIError) else error).strip()
            said = told.splitlines()[0] if told else "it failed"
            remedy = next((r for part, r in REMEDIES.items() if part in said), None)
            raise LedgerError(
                f"{self.name}: {said}", remedy=remedy or "run `satrap verify`, or restore it from a backup"
            ) from error


@contextmanager
def scratch() -> Iterator[Connection]:
    """An empty SQLite database that is gone afterwards, in memory as long as it is small."""
    with _scratch().connect() as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
            connection.exec_driver_sql(f"PRAGMA {pragma}").close()  # one still open would lock tables
        connection.exec_driver_sql("BEGIN")
        yield connection


@cache
def _scratch() -> Engine:
    return create_engine("sqlite://", module=sqlite, creator=lambda: sqlite.connect(""), poolclass=NullPool)


def insert_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows, given in the order of the table's columns, as fast as the driver can."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    rows = chain([first], rows)
    begun = f"{table.name} ({', '.join(column.name for column in table.columns)})"
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = f"({', '.join('?' * len(first))})"
        # what refers to other tables goes row by row: of a longer statement on it SQLite keeps a journal
        size = len(first) * (1 if table.foreign_keys else TOGETHER)
        values = chain.from_iterable(rows)
        for width, some in groupby(iter(lambda: tuple(islice(values, size)), ()), len):
            statement = f"INSERT INTO {begun} VALUES {', '.join([marks] * (width // len(first)))}"
            driver.cursor().executemany(statement, some)
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {begun} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _url(where: Path | str) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError:
        raise LedgerError("the ledger's URL cannot be read", remedy="postgresql://user@host/name") from None
    if url.password is not None:
        raise LedgerError(
            "the ledger's URL holds a password, which would be read by whoever reads the settings",
            remedy="leave it out and put it in PGPASSWORD or in ~/.pgpass",
        )
    if url.get_backend_name() == "sqlite" and url.database:
        return URL.create("sqlite", database=url.database)
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise LedgerError(
        f"no ledger can be kept in {url.get_backend_name()}",
        remedy="name a file, or postgresql://user@host/name",
    )


def _sqlite(url: URL, vfs: str | None) -> Engine:
    made = create_engine(url, module=sqlite, connect_args={"timeout": WAIT, "vfs": vfs}, hide_parameters=True)

    @event.listens_for(made, "connect")
    def configure(connection: sqlite.Connection, _record: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


def _postgresql(url: URL) -> Engine:
    try:
        made = create_engine(url, isolation_level="REPEATABLE READ", hide_parameters=True)
    except ModuleNotFoundError as error:
        raise LedgerError("PostgreSQL needs its driver", remedy="pip install 'satrap[postgres]'") from error

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    return made
