"""How the ledger's tables came to be: one step a file under ``versions``, never changed once released."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from satrap.errors import LedgerError
from satrap.ledger.schema import REVISION

FOLDER = Path(__file__).parent
TABLE = "alembic_version"


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision, within the transaction that ``connection`` is in."""
    from alembic import command  # a fifth of a second, which only who makes or migrates a ledger pays

    command.upgrade(_configured(connection), "head")


def revision(connection: Connection) -> str | None:
    """Which revision the tables are of; None where nothing says so."""
    if not inspect(connection).has_table(TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))
    return found


def check(connection: Connection, name: str) -> None:
    """Raises LedgerError, with what to do, where the tables of the ledger called ``name`` are not of now."""
    found = revision(connection)
    if found == REVISION:
        return
    if found is not None and found < REVISION:
        raise LedgerError(
            f"{name} was made by an earlier satrap", remedy="bring it up to date: satrap migrate"
        )
    if found is not None:
        raise LedgerError(f"{name} was made by a later satrap", remedy="install that version or a newer one")
    if inspect(connection).has_table("entry"):
        raise LedgerError(
            f"{name} has the layout of satrap's first trials, which is no longer read",
            remedy="make a new project and read the reports again",
        )
    raise LedgerError(f"{name} is not a ledger", remedy="make one with `satrap init`")


def _configured(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
