"""Which message brought which article, the parts of long texts and albums, and the channels of editors."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables; what each subscriber's first messages brought is known from their receipts."""
    op.create_table(
        "arrivals",
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer()),
        sa.PrimaryKeyConstraint("receipt", name="pk_arrivals"),
        _of("arrivals", "article_id", "articles"),
        _of("arrivals", "subscriber_id", "subscribers"),
    )
    op.create_index("ix_arrivals_article_id", "arrivals", ["article_id"])
    op.create_table(
        "parts",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_parts"),
    )
    op.create_table(
        "channels",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("username", sa.Text()),
        sa.Column("enabled_by", sa.BigInteger(), nullable=False),
        sa.Column("enabled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("chat_id", name="pk_channels"),
    )
    op.execute(
        "INSERT INTO arrivals (receipt, article_id, subscriber_id) "
        "SELECT receipt, MAX(article_id), MAX(subscriber_id) FROM receipts GROUP BY receipt"
    )


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete="CASCADE")


def downgrade() -> None:
    """Forget them."""
    for table in ("channels", "parts", "arrivals"):
        op.drop_table(table)
