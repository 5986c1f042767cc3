"""Holding SQLite's full-text index (FTS5) against one made anew from the same documents.

SQLite's own check of an index compares a sum over its words that is easily met by another index, and does not
look at all that answers come from. Here every word at every place is compared, then what ranks answers, then
whether each word is found where it is looked up.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from satrap.ledger.record import Fault

BATCH = 2000  # rows compared together
# https://sqlite.org/fts5.html, section 9 (its tables) and 8 (fts5vocab)
VOCABULARIES = {"instance": "search_places", "row": "search_words"}
ALIKE = (
    "SELECT k, v FROM search_config ORDER BY k",
    "SELECT term, doc, col, offset FROM temp.search_places",  # in this order, by its making
    "SELECT id, sz FROM search_docsize ORDER BY id",  # words of each document
    "SELECT block FROM search_data WHERE id = 1",  # documents, words of all
)


def check_index(connection: Connection, again: Connection) -> None:
    """Raises Fault where the table ``search`` of one differs from that of the other."""
    with _vocabularies(connection), _vocabularies(again):
        for asked in ALIKE:
            kept, right = _rows(connection, asked), _rows(again, asked)
            while made := next(right, []):
                if next(kept, []) != made:
                    raise Fault(_DIFFERS)
            if next(kept, []):
                raise Fault(_DIFFERS)
        count = "SELECT count(*) FROM search WHERE search MATCH ?"
        for words in _rows(again, "SELECT term, doc FROM temp.search_words"):
            for word, documents in words:
                if connection.exec_driver_sql(count, (f'"{word}"',)).scalar() != documents:
                    raise Fault(_DIFFERS)


_DIFFERS = "the search index differs from what the record makes: `satrap search --rebuild` replaces it"


@contextmanager
def _vocabularies(connection: Connection) -> Iterator[None]:
    """Tables of the index's words, for as long as they are needed."""
    for kind, name in VOCABULARIES.items():
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab(main, search, {kind})")
    try:
        yield
    finally:
        for name in VOCABULARIES.values():
            connection.exec_driver_sql(f"DROP TABLE temp.{name}")


def _rows(connection: Connection, asked: str) -> Iterator[Sequence[Any]]:
    cursor = connection.exec_driver_sql(asked).cursor
    while cursor and (rows := cursor.fetchmany(BATCH)):
        yield rows
