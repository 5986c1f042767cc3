"""The ledger's tables.

``entry`` is the record: append-only, each row chained to the one before by hash. The other tables index
entries for questions; they can be rebuilt from ``entry`` and hold nothing of their own.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION = 1  # of this layout, kept in the first entry

metadata = MetaData()

entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without gaps
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),  # ISO 8601 UTC with microseconds: sorts as text
    Column("author", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # canonical JSON
    Column("hash", LargeBinary(32), nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("seq", ForeignKey(entry.c.seq), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published", Text),  # first day the publication date may mean
)

reading = Table(
    "reading",
    metadata,
    Column("seq", ForeignKey(entry.c.seq), primary_key=True),
    Column("report", ForeignKey(report.c.hash), nullable=False),
    Column("reader", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("reading_of_report", "report", "seq"),
)

claim = Table(
    "claim",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", ForeignKey(entry.c.seq), nullable=False),
    Column("report", ForeignKey(report.c.hash), nullable=False),
    Column("kind", Text, nullable=False),
    Column("earliest", Text),  # first day on which it may have been true: its date, else publication
    Column("at", Text, nullable=False),
    Index("claim_of_report", "report"),
)

reading_claim = Table(
    "reading_claim",
    metadata,
    Column("reading", ForeignKey(reading.c.seq), primary_key=True),
    Column("claim", ForeignKey(claim.c.id), primary_key=True),
)

story = Table(
    "story",
    metadata,
    Column("seq", ForeignKey(entry.c.seq), primary_key=True),
    Column("report", ForeignKey(report.c.hash), nullable=False),
    Column("story", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("story_of_report", "report", "seq"),
)
