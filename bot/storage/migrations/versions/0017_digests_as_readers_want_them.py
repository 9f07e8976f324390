"""How subscribers want to read, which topics they mute, what they think of stories, and why each was chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Begin with nobody having chosen, muted or rated anything."""
    op.create_table(
        "preferences",
        _subscriber(),
        sa.Column("stories", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in _SWITCHES),
        sa.PrimaryKeyConstraint("subscriber_id", name="pk_preferences"),
        _of("preferences", "subscriber_id", "subscribers"),
    )
    op.create_table(
        "mutes",
        _subscriber(),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("before", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("subscriber_id", "topic_id", name="pk_mutes"),
        _of("mutes", "subscriber_id", "subscribers"),
        _of("mutes", "topic_id", "topics"),
    )
    op.create_table(
        "ratings",
        _subscriber(),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("is_liked", sa.Boolean(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subscriber_id", "story_id", name="pk_ratings"),
        _of("ratings", "subscriber_id", "subscribers"),
        _of("ratings", "story_id", "stories"),
    )
    op.add_column("page_stories", sa.Column("importance", sa.JSON()))
    op.add_column("digests", sa.Column("away_since", sa.DateTime(timezone=True)))
    op.add_column("deliveries", sa.Column("has_preview", sa.Boolean(), nullable=False, server_default=sa.false()))


_SWITCHES = ("previews", "is_quiet", "tells_no_news", "eastern_digits", "hijri")


def _subscriber() -> "sa.Column[int]":
    return sa.Column("subscriber_id", sa.Integer(), nullable=False)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE")


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("has_preview")
    with op.batch_alter_table("digests") as table:
        table.drop_column("away_since")
    with op.batch_alter_table("page_stories") as table:
        table.drop_column("importance")
    for name in ("ratings", "mutes", "preferences"):
        op.drop_table(name)
