"""Which article stands at an address, and what readers had read for them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Begin with no address known and nothing read."""
    op.create_index("ix_receipts_subscriber_id_received_at", "receipts", ["subscriber_id", "received_at"])
    op.create_table(
        "addresses",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_addresses_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address", name="pk_addresses"),
    )
    op.create_index("ix_addresses_article_id", "addresses", ["article_id"])
    op.create_index("ix_addresses_seen_at", "addresses", ["seen_at"])
    op.create_table(
        "fetches",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_fetches_subscriber_id_subscribers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "receipt", "place", name="pk_fetches"),
    )
    op.create_index("ix_fetches_fetched_at", "fetches", ["fetched_at"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("fetches")
    op.drop_table("addresses")
    op.drop_index("ix_receipts_subscriber_id_received_at", "receipts")
