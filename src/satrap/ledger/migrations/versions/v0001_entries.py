"""Entries in a Merkle tree, with bitemporal projections."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

REFUSAL = "the ledger is append-only"


def upgrade() -> None:
    _record()
    _guard()
    _reports()
    _claims()
    _rest()


def _seq(name: str, *constraints: sa.ForeignKey, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, SEQ, *constraints, nullable=nullable, autoincrement=False)


def _record() -> None:
    op.create_table(
        "entry",
        _seq("seq"),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "head",
        _seq("size"),
        _seq("number"),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.PrimaryKeyConstraint("size"),
    )
    op.create_index("head_by_root", "head", ["root"])
    op.create_index("head_by_time", "head", ["at"])
    op.create_table(
        "tile",
        sa.Column("level", sa.Integer, nullable=False, autoincrement=False),
        _seq("position"),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "position"),
    )


def _guard() -> None:
    """Nothing but new rows in ``entry`` and ``head``, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ("entry", "head"):
            key = "seq" if table == "entry" else "size"
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
            op.execute(  # INSERT OR REPLACE would delete without asking the trigger above
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in ("entry", "head"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _reports() -> None:
    op.create_table(
        "report",
        _seq("seq", sa.ForeignKey("entry.seq")),
        sa.Column("hash", WORD, nullable=False, unique=True),
        sa.Column("publisher", WORD, nullable=False),
        sa.Column("outlet", WORD),
        sa.Column("earliest", WORD),
        sa.Column("latest", WORD),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "reading",
        _seq("seq", sa.ForeignKey("entry.seq")),
        _seq("report", sa.ForeignKey("report.seq")),
        sa.Column("reader", WORD, nullable=False),
        sa.Column("version", WORD, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("reading_of_report", "reading", ["report"])


def _claims() -> None:
    op.create_table(
        "claim_version",
        _seq("claim"),
        _seq("known_from"),
        _seq("known_until", nullable=True),
        sa.Column("id", WORD, nullable=False),
        sa.Column("shelf", WORD, nullable=False),
        _seq("body", sa.ForeignKey("entry.seq")),
        _seq("report", sa.ForeignKey("report.seq")),
        sa.Column("status", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("horizon", WORD, nullable=False),
        sa.Column("earliest", WORD),
        sa.Column("latest", WORD),
        sa.Column("certain_from", WORD),
        sa.Column("certain_until", WORD),
        sa.Column("reported", WORD),
        sa.PrimaryKeyConstraint("claim", "known_from"),
        sqlite_with_rowid=False,
    )
    op.create_index("claim_by_id", "claim_version", ["shelf", "claim", "id"])
    op.create_index("claim_of_report", "claim_version", ["report"])
    reviewed = sa.text("status <> 'read'")
    op.create_index(
        "claim_reviewed",
        "claim_version",
        ["status", "claim"],
        sqlite_where=reviewed,
        postgresql_where=reviewed,
    )
    op.create_table(
        "posting",
        sa.Column("term", WORD, nullable=False),
        _seq("claim"),
        _seq("body"),
        sa.PrimaryKeyConstraint("term", "claim", "body"),
        sqlite_with_rowid=False,
    )


def _rest() -> None:
    op.create_table(
        "story",
        _seq("report", sa.ForeignKey("report.seq")),
        _seq("known_from", sa.ForeignKey("entry.seq")),
        _seq("known_until", nullable=True),
        sa.Column("story", WORD, nullable=False),
        sa.PrimaryKeyConstraint("report", "known_from"),
        sqlite_with_rowid=False,
    )
    op.create_index("story_by_name", "story", ["story"])
    op.create_table(
        "merge",
        sa.Column("entity", WORD, nullable=False),
        _seq("known_from", sa.ForeignKey("entry.seq")),
        _seq("known_until", nullable=True),
        sa.Column("known_as", WORD, nullable=False),
        sa.PrimaryKeyConstraint("entity", "known_from"),
        sqlite_with_rowid=False,
    )
    op.create_index("merge_known_as", "merge", ["known_as"])
    op.create_table(
        "event",
        _seq("seq", sa.ForeignKey("entry.seq")),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("event_by_kind", "event", ["kind", "seq"])
    op.create_index("event_by_subject", "event", ["subject", "seq"])
