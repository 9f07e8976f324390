"""Which tags only our reading of a footer told from their neighbours."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take all tags so far for written ones: which were guessed is not known."""
    op.add_column("tags", sa.Column("is_guess", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget the difference."""
    with op.batch_alter_table("tags") as table:
        table.drop_column("is_guess")
