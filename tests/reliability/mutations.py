"""Random changes of a ledger: of its file's bytes, and of its rows by someone who took the guards off."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGE = 4096
TABLES = (
    "entry",
    "head",
    "tile",
    "report",
    "reading",
    "claim_version",
    "posting",
    "story",
    "merge",
    "event",
)

Change = Callable[[bytes, random.Random], bytes]
Rows = dict[str, list[tuple[object, ...]]]


def flip(content: bytes, chance: random.Random) -> bytes:
    """One bit of one byte."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def overwrite(content: bytes, chance: random.Random) -> bytes:
    """A run of random bytes."""
    at = chance.randrange(len(content))
    some = chance.randbytes(chance.choice((1, 2, 8, 64, 512)))
    return (content[:at] + some + content[at + len(some) :])[: len(content)]


def swap_pages(content: bytes, chance: random.Random) -> bytes:
    """Two pages in each other's place."""
    a, b = chance.sample(range(len(content) // PAGE), 2)
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    pages[a], pages[b] = pages[b], pages[a]
    return b"".join(pages)


def swap_spans(content: bytes, chance: random.Random) -> bytes:
    """Two short runs of bytes in each other's place."""
    size = chance.choice((1, 4, 16, 64))
    a, b = sorted(chance.sample(range(len(content) - size), 2))
    if b - a < size:
        return flip(content, chance)
    return (
        content[:a]
        + content[b : b + size]
        + content[a + size : b]
        + content[a : a + size]
        + content[b + size :]
    )


def truncate(content: bytes, chance: random.Random) -> bytes:
    """The end cut off."""
    if chance.random() < 0.5:
        return content[: chance.randrange(1, len(content) // PAGE) * PAGE]
    return content[: chance.randrange(1, len(content))]


def old_page(content: bytes, chance: random.Random) -> bytes:
    """A page of another page's content, as a write to the wrong place leaves it."""
    a, b = chance.sample(range(len(content) // PAGE), 2)
    return content[: a * PAGE] + content[b * PAGE : (b + 1) * PAGE] + content[(a + 1) * PAGE :]


IN_FILE: tuple[Change, ...] = (flip, flip, flip, overwrite, swap_pages, swap_spans, truncate, old_page)


def in_rows(path: Path, chance: random.Random) -> str:
    """Change one thing in the rows, with the guards taken off and put on again; returns what."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        file.execute("PRAGMA synchronous=OFF")
        file.execute("BEGIN")
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        act = chance.choice((_swap, _delete, _duplicate, _edit, _edit, _edit))
        told = act(file, chance)
        for _, sql in guards:
            file.execute(sql)
        file.execute("COMMIT")
    return told


def _table(file: sqlite3.Connection, chance: random.Random) -> tuple[str, list[str], list[str]]:
    """A table that has rows (every other time the record itself), its columns and its key."""
    while True:
        name = "entry" if chance.random() < 0.5 else chance.choice(TABLES)
        if file.execute(f"SELECT 1 FROM {name}").fetchone():
            columns = file.execute(f"PRAGMA table_info({name})").fetchall()
            return name, [one[1] for one in columns], [one[1] for one in columns if one[5]]


def _row(file: sqlite3.Connection, table: str, chance: random.Random) -> tuple[object, ...]:
    rows = file.execute(f"SELECT * FROM {table}").fetchall()
    found: tuple[object, ...] = chance.choice(rows)
    return found


def _where(columns: list[str], key: list[str], row: tuple[object, ...]) -> tuple[str, list[object]]:
    return " AND ".join(f"{one} = ?" for one in key), [row[columns.index(one)] for one in key]


def _swap(file: sqlite3.Connection, chance: random.Random) -> str:
    """Two entries in each other's place, all but their numbers."""
    last = file.execute("SELECT max(seq) FROM entry").fetchone()[0]
    a = chance.randrange(1, last)
    b = a + 1 if chance.random() < 0.5 else chance.randrange(1, last + 1)
    rows = {one[0]: one[1:] for one in file.execute("SELECT * FROM entry WHERE seq IN (?, ?)", (a, b))}
    if len(rows) < 2 or rows[a] == rows[b]:
        return _edit(file, chance)
    for seq, row in ((a, rows[b]), (b, rows[a])):
        file.execute("UPDATE entry SET kind=?, at=?, author=?, hash=?, body=? WHERE seq=?", (*row, seq))
    return f"swap entries {a} and {b}"


def _delete(file: sqlite3.Connection, chance: random.Random) -> str:
    table, columns, key = _table(file, chance)
    where, values = _where(columns, key, _row(file, table, chance))
    file.execute(f"DELETE FROM {table} WHERE {where}", values)
    if table == "entry" and chance.random() < 0.5:  # and close the gap
        file.execute("UPDATE entry SET seq = -seq + 1 WHERE seq > ?", values)
        file.execute("UPDATE entry SET seq = -seq WHERE seq < 0")
    return f"delete a row of {table}"


def _duplicate(file: sqlite3.Connection, chance: random.Random) -> str:
    """A row again under another key; an entry at the end, or between two others."""
    table, columns, key = _table(file, chance)
    row = dict(zip(columns, _row(file, table, chance), strict=True))
    if table == "entry":
        last = file.execute("SELECT max(seq) FROM entry").fetchone()[0]
        at = chance.randrange(1, last + 2)
        file.execute("UPDATE entry SET seq = -seq - 1 WHERE seq >= ?", (at,))
        file.execute("UPDATE entry SET seq = -seq WHERE seq < 0")
        row["seq"] = at
    else:
        row[key[-1]] = _other(row[key[-1]], chance)
    marks = ", ".join("?" * len(columns))
    file.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", [row[one] for one in columns])
    return f"duplicate a row of {table}"


def _edit(file: sqlite3.Connection, chance: random.Random) -> str:
    """Another value in one field of one row."""
    table, columns, key = _table(file, chance)
    row = _row(file, table, chance)
    at = chance.randrange(len(columns))
    where, values = _where(columns, key, row)
    file.execute(
        f"UPDATE OR REPLACE {table} SET {columns[at]} = ? WHERE {where}", [_other(row[at], chance), *values]
    )
    return f"edit {columns[at]} in {table}"


def _other(value: object, chance: random.Random) -> object:
    """Another value of the same type."""
    match value:
        case bytes() if value:
            at = chance.randrange(len(value))
            return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
        case str() if value:
            at = chance.randrange(len(value))
            return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        case int():
            return value + chance.choice((-1, 1, 2, 1000))
    return "x"


def readable(path: Path) -> Rows | None:
    """All that anyone can read of a ledger: every row of every table and the tables' own making; None where
    SQLite cannot read it."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            file.text_factory = bytes
            found: Rows = {
                "schema": sorted(file.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"), key=str)
            }
            for name in (*TABLES, "alembic_version"):
                found[name] = sorted(file.execute(f"SELECT * FROM {name}"), key=str)
            return found
    except sqlite3.Error:
        return None
