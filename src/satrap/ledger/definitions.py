"""Checking that tables, indices and guards are those that the migrations make, word for word."""

from functools import cache

from sqlalchemy import Connection, text

from satrap.ledger import migrations, schema
from satrap.ledger.record import Fault
from satrap.ledger.store import scratch

MASTER = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'search%'"
GUARDS = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"

Definitions = dict[tuple[str, str], tuple[str, str | None]]  # (type, name) → (table, its SQL)


def check_definitions(connection: Connection) -> None:
    """Raises Fault. Of PostgreSQL's, only that the guards are there and at work."""
    if connection.dialect.name != "sqlite":
        found = set(connection.execute(text(GUARDS)).scalars())
        if missing := {f"{table.name}_append_only" for table in schema.GUARDED} - found:
            raise Fault(_missing("trigger", min(missing)))
        return
    kept, right = _definitions(connection), _right()
    for type, name in sorted(right.keys() - kept.keys()):
        raise Fault(_missing(type, name))
    for type, name in sorted(kept.keys() - right.keys()):
        raise Fault(f"the {type} {name} is not of satrap's making")
    for (type, name), made in right.items():
        if kept[type, name] != made:
            raise Fault(f"the {type} {name} is defined otherwise than satrap made it")


def _missing(type: str, name: str) -> str:
    if type == "trigger":
        return f"the guard {name}, which refuses changes, is missing"
    return f"the {type} {name} is missing"


@cache
def _right() -> Definitions:
    with scratch() as again:
        migrations.upgrade(again)
        return _definitions(again)


def _definitions(connection: Connection) -> Definitions:
    return {(row.type, row.name): (row.tbl_name, row.sql) for row in connection.exec_driver_sql(MASTER)}
