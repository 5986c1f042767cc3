"""Full-text search over claims: what they quote, whom they name, who says so.

The index is made from the record alone and holds nothing of its own. It is brought up to the last entry when
somebody searches, not when something is recorded, so that appending stays as fast as without it. A document
is one entry that tells a claim, and is never changed: which versions are asked for, the question decides.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Float,
    MetaData,
    Table,
    Text,
    and_,
    bindparam,
    func,
    inspect,
    select,
    text,
)

from satrap.claims import Claim, RecordedClaim
from satrap.ledger import bodies, finding, questions, schema
from satrap.ledger.entry import EntryKind
from satrap.ledger.finding import Filters
from satrap.ledger.fulltext import check_index
from satrap.ledger.history import first_read
from satrap.ledger.record import Fault
from satrap.ledger.searchwords import Words
from satrap.ledger.store import Store, insert_rows, scratch
from satrap.ledger.tokens import tokens
from satrap.ledger.tree import last_head

FORM = 1  # of the documents: an index of another form is made anew
BATCH = 20_000  # entries taken in together; others may write in between
MOST = 10_000  # tokens of a document; PostgreSQL takes no more positions than 16,383
SHOWN = 20

TELLING = (EntryKind.CLAIM_READ, EntryKind.CLAIM_CORRECTED)

Progress = Callable[[int, int], None]  # entries taken in, of how many

_metadata = MetaData()
_state = Table("search_state", _metadata, Column("form", schema.Seq), Column("upto", schema.Seq))
_on_sqlite = Table(
    "search",
    MetaData(),
    *(Column("rowid", schema.Seq), Column("quote", Text), Column("about", Text), Column("claim", schema.Seq)),
)
_on_postgresql = Table(
    "search",
    MetaData(),
    *(Column("body", schema.Seq), Column("claim", schema.Seq), Column("words", Text)),
)

MAKE = {
    # `ascii` leaves our tokens as they are
    "sqlite": ["CREATE VIRTUAL TABLE search USING fts5(quote, about, claim UNINDEXED, tokenize = 'ascii')"],
    "postgresql": [
        "CREATE TABLE search (body bigint PRIMARY KEY, claim bigint NOT NULL, words tsvector NOT NULL)",
        "CREATE INDEX search_by_word ON search USING gin (words)",
    ],
}
# What is quoted weighs twice what the claim is about: a choice, not measured. Okapi BM25 (Robertson and
# Zaragoza 2009, doi:10.1561/1500000019) is SQLite's; PostgreSQL's rank counts and places words, but does not
# weigh how rare they are.
RANKED = {
    "sqlite": "SELECT rowid AS body, claim, -bm25(search, 2.0, 1.0) AS score "
    "FROM search WHERE search MATCH :asked",
    "postgresql": "SELECT body, claim, ts_rank_cd('{0, 0, 0.5, 1}', words, asked, 1) AS score "
    "FROM search, CAST(:asked AS tsquery) AS asked WHERE words @@ asked",
}


class Hit(msgspec.Struct, frozen=True):
    """``score`` orders the claims of one answer and means nothing else; ``marks`` are where in the quote the
    words stand, as [start, end) in code points: none where only what the claim is about has them."""

    claim: RecordedClaim
    score: float
    marks: tuple[tuple[int, int], ...]


class Found(msgspec.Struct, frozen=True):
    """The best of ``total`` claims found, the best first."""

    hits: tuple[Hit, ...]
    total: int


class _Document(NamedTuple):
    """What is indexed of an entry: ``claim`` is the entry that first read the claim that ``body`` tells."""

    body: int
    claim: int
    quote: list[str]
    about: list[str]


def search(connection: Connection, words: Words, known: int, as_of: date | None, by: Filters) -> Found:
    """Claims as known after entry ``known`` that the words are found in, by an index that :func:`fill` has
    brought up to date."""
    dialect = connection.dialect.name
    asked = words.for_fts5() if dialect == "sqlite" else words.for_tsquery()
    ranked = text(RANKED[dialect]).bindparams(bindparam("asked", asked))
    hit = (
        ranked.columns(Column("body", schema.Seq), Column("claim", schema.Seq), Column("score", Float))
        .cte("hit")
        .prefix_with("MATERIALIZED")
    )
    version = schema.claim_version
    found = (
        select(version.c.claim, hit.c.score, func.count().over().label("total"))
        .select_from(hit)
        .join(version, and_(version.c.claim == hit.c.claim, version.c.body == hit.c.body))
        .where(
            finding.open_at(version, known),
            *finding.conditions(connection, known, as_of, by),
            *finding.on_lists(finding.term_lists(connection, known, by)),
        )
        .order_by(hit.c.score.desc(), version.c.claim)
        .limit(by.get("limit", SHOWN))
        .offset(by.get("offset", 0))
    )
    rows = connection.execute(found).all()
    claims = questions.told(connection, [row.claim for row in rows], known)
    hits = tuple(_hit(claim, row.score, words) for claim, row in zip(claims, rows, strict=True))
    return Found(hits, rows[0].total if rows else 0)


def _hit(recorded: RecordedClaim, score: float, words: Words) -> Hit:
    quote = recorded.claim.quote.exact
    return Hit(recorded, score, words.marks([*tokens(quote)]))


def fill(store: Store, progress: Progress | None = None) -> None:
    """Bring the index up to the last entry, some thousand entries in each transaction."""
    with store.reading() as connection:
        last, upto = last_head(connection).size, _upto(connection)
    while upto is None or upto < last:
        with store.writing() as connection:
            upto = _extend(connection, last)
        if progress:
            progress(upto, last)


def forget(store: Store) -> None:
    """Drop the index: the next search makes it anew."""
    with store.writing() as connection:
        _drop(connection)


def refresh(connection: Connection) -> None:
    """Have SQLite see what other connections wrote to the index: its check of the file does not look by
    itself, and finds the index damaged."""
    if inspect(connection).has_table("search"):
        connection.execute(text("SELECT 1 FROM search WHERE search MATCH 'a' LIMIT 1")).all()


def check(connection: Connection, size: int) -> None:
    """Hold every document, up to where the index goes, against the entry it was made from, and the index
    against one made anew of these. Raises Fault."""
    upto = _upto(connection)
    if upto is None:
        return
    if upto > size:
        raise Fault("the search index says it goes beyond the last entry")
    with scratch() as again:
        for statement in MAKE["sqlite"]:
            again.exec_driver_sql(statement)
        for first in range(0, upto + 1, BATCH):  # beyond the last one too: nothing may stand there
            last = min(first + BATCH, upto)
            documents = [*_documents(connection, first, last)]
            if not _holds(connection, documents, first, last if last < upto else None):
                raise Fault(f"the search index differs from what entries {first + 1} to {last} say")
            insert_rows(again, _on_sqlite, [_for_fts5(one) for one in documents])
        if connection.dialect.name == "sqlite":
            check_index(connection, again)


def _upto(connection: Connection) -> int | None:
    """The last entry taken in; None where there is no index of this form."""
    if not inspect(connection).has_table(_state.name):
        return None
    return connection.scalar(select(_state.c.upto).where(_state.c.form == FORM))


def _extend(connection: Connection, last: int) -> int:
    """Take in the next entries, up to ``last`` at most; returns the last one taken in."""
    upto = _upto(connection)
    if upto is None:
        _drop(connection)
        _metadata.create_all(connection)
        for statement in MAKE[connection.dialect.name]:
            connection.execute(text(statement))
        connection.execute(_state.insert(), {"form": FORM, "upto": 0})
        upto = 0
    end = min(upto + BATCH, max(last, upto))
    documents = _documents(connection, upto, end)
    if connection.dialect.name == "sqlite":
        insert_rows(connection, _on_sqlite, [_for_fts5(one) for one in documents])
    else:
        insert_rows(connection, _on_postgresql, [_for_tsvector(one) for one in documents])
    connection.execute(_state.update().values(upto=end))
    return end


def _drop(connection: Connection) -> None:
    connection.execute(text("DROP TABLE IF EXISTS search"))
    _metadata.drop_all(connection)


def _documents(connection: Connection, after: int, last: int) -> Iterator[_Document]:
    """What entries after ``after`` up to ``last`` tell, in order."""
    entry, version = schema.entry.c, schema.claim_version.c
    new = set(
        connection.scalars(
            select(version.claim).where(
                version.claim > after, version.claim <= last, version.known_from == version.claim
            )
        )
    )
    asked = (
        select(entry.seq, entry.kind, entry.body)
        .where(entry.seq > after, entry.seq <= last, entry.kind.in_([kind.value for kind in TELLING]))
        .order_by(entry.seq)
    )
    for seq, kind, body in connection.execute(asked).all():
        told = bodies.decode(EntryKind(kind), body)
        claim: Claim = told.corrected if isinstance(told, bodies.ClaimCorrected) else told
        id = told.claim if isinstance(told, bodies.ClaimCorrected) else None
        first = seq if seq in new else first_read(connection, id or claim.id)
        yield _Document(seq, first, _texts([claim.quote.exact]), _texts(_about(claim)))


def _about(claim: Claim) -> Iterator[str]:
    """What a claim names beside the words it quotes: its kind, who fills its roles, who says so."""
    yield claim.kind
    for arguments in claim.roles.values():
        for argument in arguments:
            yield argument.name
            if argument.id:
                yield argument.id
    for source in claim.said_by:
        yield source.kind.value
        if source.name:
            yield source.name


def _texts(texts: Iterator[str] | Sequence[str]) -> list[str]:
    return [token.text for one in texts for token in tokens(one)][:MOST]


def _for_fts5(one: _Document) -> tuple[Any, ...]:
    return one.body, " ".join(one.quote), " ".join(one.about), one.claim


def _for_tsvector(one: _Document) -> tuple[Any, ...]:
    """With a position left free between the two parts: no phrase goes from one into the other."""
    words = [f"'{token}':{at}A" for at, token in enumerate(one.quote, 1)]
    words += [f"'{token}':{at}B" for at, token in enumerate(one.about, len(one.quote) + 2)]
    return one.body, one.claim, " ".join(words)


def _holds(connection: Connection, documents: Sequence[_Document], after: int, last: int | None) -> bool:
    """Whether the index has these documents and no other after entry ``after`` up to ``last``."""
    if connection.dialect.name == "sqlite":
        table = _on_sqlite.c
        asked = select(*table).where(table.rowid > after).order_by(table.rowid)
        if last is not None:
            asked = asked.where(table.rowid <= last)
        return [tuple(row) for row in connection.execute(asked)] == [_for_fts5(one) for one in documents]
    table = _on_postgresql.c
    counted = select(func.count()).where(table.body > after)
    if last is not None:
        counted = counted.where(table.body <= last)
    made = [_for_tsvector(one) for one in documents]
    alike = text(
        "SELECT count(*) FROM search JOIN unnest(CAST(:body AS bigint[]), CAST(:claim AS bigint[]), "
        "CAST(:words AS text[])) AS made(body, claim, words) ON search.body = made.body "
        "AND search.claim = made.claim AND search.words = CAST(made.words AS tsvector)"
    )
    given = dict(zip(("body", "claim", "words"), map(list, zip(*made, strict=True)), strict=False))
    same = connection.scalar(alike, given) if made else 0
    return connection.scalar(counted) == len(made) == same
