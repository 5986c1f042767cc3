"""The ledger's tables.

``entry`` is the record and ``head`` what it committed to after each write: append-only, guarded by triggers.
The other tables index entries for questions; they are rebuilt from ``entry`` and hold nothing of their own.

Times within the ledger are sequence numbers: what was known after entry *n* is every row with
``known_from <= n`` and ``known_until`` NULL or ``> n``. ``head`` turns a moment into such an *n*.
Every change of a table comes with a migration; a test holds the two against each other.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

REVISION = "0002"  # the migration that makes these tables

Seq = BigInteger().with_variant(Integer, "sqlite")  # SQLite's row ids must be called INTEGER
Word = Text().with_variant(Text(collation="C"), "postgresql")  # sorted by code point on both stores

VOLUME = 12  # bits: claims first read in 4096 entries that follow each other are one volume of the index

metadata = MetaData()

entry = Table(
    "entry",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=False),  # 1, 2, 3 … without gaps
    Column("kind", Word, nullable=False),
    Column("at", Word, nullable=False),  # ISO 8601 UTC with microseconds: sorts as text
    Column("author", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # of the other fields: the leaf of the tree
    Column("body", LargeBinary, nullable=False),  # canonical JSON
)

head = Table(
    "head",
    metadata,
    Column("size", Seq, primary_key=True, autoincrement=False),  # entries after a write
    Column("number", Seq, nullable=False),  # of the write: 1, 2, 3 … without gaps
    Column("root", LargeBinary, nullable=False),  # of the Merkle tree over them
    Column("at", Word, nullable=False),  # never before an earlier head
    Index("head_by_root", "root"),
    Index("head_by_time", "at"),
)

tile = Table(
    "tile",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),  # over 256^level leaves
    Column("position", Seq, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("seq", ForeignKey(entry.c.seq), primary_key=True, autoincrement=False),
    Column("hash", Word, nullable=False, unique=True),
    Column("publisher", Word, nullable=False),
    Column("outlet", Word),
    Column("earliest", Word),  # first and last day that the publication date may mean
    Column("latest", Word),
)

reading = Table(
    "reading",
    metadata,
    Column("seq", ForeignKey(entry.c.seq), primary_key=True, autoincrement=False),
    Column("report", ForeignKey(report.c.seq), nullable=False),
    Column("reader", Word, nullable=False),
    Column("version", Word, nullable=False),
    Index("reading_of_report", "report"),
)

claim_version = Table(
    "claim_version",
    metadata,
    Column(
        "claim", Seq, primary_key=True, autoincrement=False
    ),  # entry that first read it: its place in line
    Column("known_from", Seq, primary_key=True, autoincrement=False),  # entry that made this version
    Column("known_until", Seq),  # entry that ended it
    Column("id", Word, nullable=False),
    Column("shelf", Word, nullable=False),  # first two digits of the id
    Column("body", ForeignKey(entry.c.seq), nullable=False),  # entry that says what is claimed
    Column("report", ForeignKey(report.c.seq), nullable=False),
    Column("status", Word, nullable=False),
    Column("kind", Word, nullable=False),
    Column("horizon", Word, nullable=False),
    Column("earliest", Word),  # first and last day it may have been true, NULL where the text gives no date
    Column("latest", Word),
    Column("certain_from", Word),  # days on each of which it was true, where the text gives such
    Column("certain_until", Word),
    Column("reported", Word),  # first day the publication date may mean: when it was told, not when it began
    # ids are random: an index by id alone would write to as many pages as there are new claims, this one
    # writes to the ends of 256 shelves (measured at 500,000 claims: appending 1.6 times as fast)
    Index("claim_by_id", "shelf", "claim", "id"),
    Index("claim_of_report", "report"),
    Index(
        "claim_reviewed",
        "status",
        "claim",
        sqlite_where=text("status <> 'read'"),
        postgresql_where=text("status <> 'read'"),
    ),
    sqlite_with_rowid=False,
)

posting = Table(  # which claims a term leads to; see satrap.ledger.terms
    "posting",
    metadata,
    # by volume first: what is recorded together is indexed together, at the table's end, so that the
    # millionth claim costs what the first did; with the term first, each batch wrote all over the table
    Column("volume", Seq, primary_key=True, autoincrement=False),
    Column("term", Word, primary_key=True),
    Column("claim", Seq, primary_key=True, autoincrement=False),
    Column("body", Seq, primary_key=True, autoincrement=False),
    # as numbers (1 is 0001-01-01), so that a walk along a term need not look into claim_version for them
    Column("day", Integer),  # first that it may have been true, or where undated, that it was told
    Column("latest", Integer),  # last that it may have been true; NULL where the text gives no date
    sqlite_with_rowid=False,
)

story = Table(  # the story a report belongs to; a report without a row is a story of its own
    "story",
    metadata,
    Column("report", ForeignKey(report.c.seq), primary_key=True, autoincrement=False),
    Column("known_from", ForeignKey(entry.c.seq), primary_key=True, autoincrement=False),
    Column("known_until", Seq),
    Column("story", Word, nullable=False),
    Index("story_by_name", "story"),
    sqlite_with_rowid=False,
)

merge = Table(  # ids that mean the same as another
    "merge",
    metadata,
    Column("entity", Word, primary_key=True),
    Column("known_from", ForeignKey(entry.c.seq), primary_key=True, autoincrement=False),
    Column("known_until", Seq),
    Column("known_as", Word, nullable=False),
    Index("merge_known_as", "known_as"),
    sqlite_with_rowid=False,
)

event = Table(  # every entry that is neither a report nor a claim nor a reading, by what it is about
    "event",
    metadata,
    Column("seq", ForeignKey(entry.c.seq), primary_key=True, autoincrement=False),
    Column("kind", Word, nullable=False),
    Column("subject", Word, nullable=False),
    Index("event_by_kind", "kind", "seq"),
    Index("event_by_subject", "subject", "seq"),
)

GUARDED = (entry, head)  # by triggers that refuse every change but a new row
PROJECTIONS = (report, reading, claim_version, posting, story, merge, event)
