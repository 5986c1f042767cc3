"""How the ledger's tables came to be: one step a file under ``versions``, never changed once released."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

FOLDER = Path(__file__).parent
TABLE = "alembic_version"


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest revision, within the transaction that ``connection`` is in."""
    from alembic import command  # a fifth of a second, which only who makes or migrates a ledger pays

    command.upgrade(_configured(connection), "head")


def revision(connection: Connection) -> str | None:
    """Which revision the tables are of, where the table that says so is there."""
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))
    return found


def _configured(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
