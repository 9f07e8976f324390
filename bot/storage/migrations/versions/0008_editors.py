"""Editors, what readers sent for them to decide on, and pages that edit a message."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Begin with no editor and nothing that waits: what readers sent before stays theirs."""
    op.add_column("deliveries", sa.Column("is_quiet", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("edits", sa.BigInteger()))
    op.create_table(
        "editors",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_editors"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer()),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_name", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_submissions_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["subscribers.id"], name="fk_submissions_sender_id_subscribers", ondelete="SET NULL"
        ),
        sa.UniqueConstraint("article_id", name="uq_submissions_article_id"),
    )
    undecided = sa.text("verdict IS NULL")
    op.create_index("ix_submissions_waiting", "submissions", ["id"], sqlite_where=undecided, postgresql_where=undecided)
    op.create_table(
        "asks",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("article_id", "chat_id", name="pk_asks"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_asks_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_asks_delivery_id_deliveries", ondelete="CASCADE"
        ),
    )
    unclosed = sa.text("closed_at IS NULL")
    op.create_index("ix_asks_open", "asks", ["chat_id", "article_id"], sqlite_where=unclosed, postgresql_where=unclosed)
    op.create_index("ix_asks_chat_id_asked_at", "asks", ["chat_id", "asked_at"])


def downgrade() -> None:
    """Forget all of it; what was published stays published."""
    op.drop_table("asks")
    op.drop_table("submissions")
    op.drop_table("editors")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("edits")
        table.drop_column("is_quiet")
