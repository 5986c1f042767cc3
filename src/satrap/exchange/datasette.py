"""A SQLite file that Datasette opens as it is: tables that refer to each other, search, metadata."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from satrap.exchange.context import Context
from satrap.exchange.files import lines
from satrap.exchange.formats import Exporter
from satrap.exchange.tables import CLAIMS, TABLES, Table
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim

DATABASE, METADATA = "claims.db", "metadata.json"
SEARCH = "claims_search"

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
_UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}"
)
"""Runs of Thai, Burmese, Khmer, kana, Han or Hangul: words in them do not stand between spaces, or carry
particles, so that a tokenizer of words does not find them."""
_LONGEST = 4  # characters of a word found inside such a run


@outward("claims as a SQLite file for Datasette")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """Fill the folder ``path``: open it with ``datasette claims.db --metadata metadata.json``."""
    database = sqlite3.connect(path / DATABASE, isolation_level=None)
    try:
        for statement in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "PRAGMA foreign_keys=ON",
            "BEGIN",
        ):
            database.execute(statement)
        for table in TABLES:
            database.execute(_ddl(table))
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows(claims, context))
            for name in table.refers:
                database.execute(f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})")
        database.execute("CREATE INDEX roles_entity ON roles (entity)")
        database.execute(
            f"CREATE VIRTUAL TABLE {SEARCH} USING fts5 (quote, about, voices, parts, content='')"
        )
        database.executemany(
            f"INSERT INTO {SEARCH} (rowid, quote, about, voices, parts) VALUES (?, ?, ?, ?, ?)",
            map(_searched, claims),
        )
        database.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize')")
        database.execute("COMMIT")
    finally:
        database.close()
    with lines(path / METADATA) as file:
        file.write(json.dumps(_metadata(context), indent=2, ensure_ascii=False).encode() + b"\n")


def parts(text: str) -> Iterator[str]:
    """What an unspaced run may hold as a word: each stretch of two to four characters."""
    for run in _UNSPACED.findall(text):
        for length in range(2, _LONGEST + 1):
            for start in range(len(run) - length + 1):
                yield run[start : start + length]


def _searched(claim: PublicClaim) -> tuple[int, str, str, str, str]:
    about, voices = " · ".join((*claim.about, *claim.places)), " · ".join(claim.voices)
    found = dict.fromkeys(parts(" ".join((claim.quote, about, voices))))
    return claim.number, claim.quote, about, voices, " ".join(found)


def _ddl(table: Table) -> str:
    columns = [
        f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        for column in table.columns
    ]
    columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [f"FOREIGN KEY ({name}) REFERENCES {other} (id)" for name, other in table.refers.items()]
    if table is CLAIMS:
        columns.append("UNIQUE (number)")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _metadata(context: Context) -> dict[str, Any]:
    title = f"Attributed claims about {context.pack.name}"
    tables: dict[str, Any] = {
        table.name: {
            "description": table.title,
            "columns": {column.name: column.description for column in table.columns},
        }
        for table in TABLES
    }
    tables["claims"] |= {
        "fts_table": SEARCH,
        "fts_pk": "number",
        "sort": "number",
        "label_column": "quote",
        "facets": ["kind", "source_kind", "certainty", "direction"],
    }
    tables["reports"] |= {"label_column": "title", "facets": ["publisher", "language"]}
    tables["roles"] |= {"facets": ["role", "entity"]}
    tables |= {name: {"hidden": True} for name in (SEARCH,)}
    return {
        "title": title,
        "description": "Who is said to hold power, where, and on whose word.",
        "license": context.licence,
        "source": f"satrap {context.version}".strip(),
        "databases": {Path(DATABASE).stem: {"tables": tables}},
    }


EXPORTER = Exporter(
    "datasette",
    "SQLite file with full-text search, and metadata, for Datasette",
    "application/vnd.sqlite3",
    write,
    marker=DATABASE,
)
