"""Postings by volume, with the days that questions ask for: what is recorded together stands together."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# each posting has the version that its body opened, and the days of that one
MOVE = """
    INSERT INTO posting (volume, term, claim, body, day, latest)
    SELECT old.claim >> 12, old.term, old.claim, old.body, {day}, {latest}
    FROM posting_before AS old
    JOIN claim_version AS version ON version.claim = old.claim AND version.known_from = old.body
    ORDER BY 1, 2, 3, 4
"""
# days counted from 0001-01-01, which is 1
NUMBER = {
    "sqlite": "CAST(julianday({0}) - 1721424.5 AS INTEGER)",
    "postgresql": "CAST({0} AS date) - DATE '0001-01-01' + 1",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":  # its name would be in the way
        op.execute("ALTER INDEX posting_pkey RENAME TO posting_before_pkey")
    op.rename_table("posting", "posting_before")
    op.create_table(
        "posting",
        sa.Column("volume", SEQ, nullable=False, autoincrement=False),
        sa.Column("term", WORD, nullable=False),
        sa.Column("claim", SEQ, nullable=False, autoincrement=False),
        sa.Column("body", SEQ, nullable=False, autoincrement=False),
        sa.Column("day", sa.Integer),
        sa.Column("latest", sa.Integer),
        sa.PrimaryKeyConstraint("volume", "term", "claim", "body"),
        sqlite_with_rowid=False,
    )
    number = NUMBER[dialect]
    day = number.format("coalesce(version.earliest, version.reported)")
    op.execute(MOVE.format(day=day, latest=number.format("version.latest")))
    op.drop_table("posting_before")
