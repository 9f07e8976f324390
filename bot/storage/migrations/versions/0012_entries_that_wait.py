"""Entries of feeds may wait for their page, and a feed knows why it failed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Begin with entries that are all taken."""
    op.add_column("feed_entries", sa.Column("tries", sa.Integer()))
    op.add_column("feeds", sa.Column("reason", sa.Text()))


def downgrade() -> None:
    """Let those that wait be new again."""
    op.execute("DELETE FROM feed_entries WHERE tries IS NOT NULL")
    # Column by column: SQLite deletes what refers to a table that is copied and dropped.
    op.drop_column("feed_entries", "tries")
    op.drop_column("feeds", "reason")
