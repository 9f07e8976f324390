"""Which tags only our reading of a footer told apart, and which topics the operator loaded."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take all tags so far for written ones, and all topics for the catalogue's or the readers'."""
    for table, name in (("tags", "is_guess"), ("topics", "is_own")):
        op.add_column(table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget the differences."""
    for name, column in (("tags", "is_guess"), ("topics", "is_own")):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
