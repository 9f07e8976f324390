"""Pages may bring a file."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Begin with pages that bring none."""
    op.add_column("deliveries", sa.Column("file", sa.Text()))


def downgrade() -> None:
    """Forget which pages bring one."""
    op.drop_column("deliveries", "file")  # SQLite deletes what refers to a table that is copied and dropped
