"""Days of the week, quiet hours, vacations, weekly reviews, and keyboards that ask where a reader is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Let everyone's digests come every day, never held and with no review."""
    op.add_column("schedules", sa.Column("days", sa.Text(), nullable=False, server_default="1234567"))
    for name in _TEXTS:
        op.add_column("schedules", sa.Column(name, sa.Text()))
    for name in _INSTANTS:
        op.add_column("schedules", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("schedules", sa.Column("weekly_on", sa.Integer()))
    is_awaited = sa.text("review_at IS NOT NULL")
    op.create_index(
        "ix_schedules_review",
        "schedules",
        ["review_at", "subscriber_id"],
        sqlite_where=is_awaited,
        postgresql_where=is_awaited,
    )
    op.add_column("deliveries", sa.Column("reply", sa.Text()))


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_schedules_review", "schedules")
    # Column by column: SQLite deletes what refers to a table that is copied and dropped.
    for name in ("days", *_TEXTS, *_INSTANTS, "weekly_on"):
        op.drop_column("schedules", name)
    op.drop_column("deliveries", "reply")


_TEXTS = ("quiet_from", "quiet_to", "weekly_at")
_INSTANTS = ("away_since", "away_until", "review_at")
