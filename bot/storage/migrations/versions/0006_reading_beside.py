"""Which tags changed, for a process that reads beside us, and which lines sources repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let every tag count as changed, and no line as seen."""
    op.add_column("tags", sa.Column("changed_by", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_tags_changed_by", "tags", ["changed_by"])
    op.create_table(
        "source_lines",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name="fk_source_lines_source_id_sources", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "line", name="pk_source_lines"),
    )
    op.create_index("ix_source_lines_last_on", "source_lines", ["last_on"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("source_lines")
    op.drop_index("ix_tags_changed_by", "tags")
    with op.batch_alter_table("tags") as table:
        table.drop_column("changed_by")
