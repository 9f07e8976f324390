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
    with op.batch_alter_table("feed_entries") as table:
        table.drop_column("tries")
    with op.batch_alter_table("feeds") as table:
        table.drop_column("reason")
