"""A subscription may leave topics out and send at once; pages may bring a picture."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Begin with subscriptions to all stories of a topic, in the digest."""
    op.add_column("deliveries", sa.Column("picture", sa.JSON()))
    op.add_column("subscriptions", sa.Column("at_once_since", sa.DateTime(timezone=True)))
    at_once = sa.text("at_once_since IS NOT NULL")
    op.create_index(
        "ix_subscriptions_at_once", "subscriptions", ["topic_id"], sqlite_where=at_once, postgresql_where=at_once
    )
    op.create_table(
        "exclusions",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_exclusions_subscription_id_subscriptions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_exclusions_topic_id_topics", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subscription_id", "topic_id", name="pk_exclusions"),
    )
    op.add_column("digests", sa.Column("at_once_for", sa.Text()))
    op.create_index("ix_articles_for_everyone_since", "articles", ["for_everyone_since"])


def downgrade() -> None:
    """Follow all stories of each topic, in the digest."""
    # Column by column: SQLite deletes what refers to a table that is copied and dropped.
    op.drop_index("ix_articles_for_everyone_since", "articles")
    op.drop_column("digests", "at_once_for")
    op.drop_table("exclusions")
    op.drop_index("ix_subscriptions_at_once", "subscriptions")
    op.drop_column("subscriptions", "at_once_since")
    op.drop_column("deliveries", "picture")
