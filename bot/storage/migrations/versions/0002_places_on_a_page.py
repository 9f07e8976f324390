"""The order of stories on a page, and pages found by their message."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Give the stories of a page their places; on old pages all stand at 0."""
    op.add_column("page_stories", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_deliveries_chat_id_message_id", "deliveries", ["chat_id", "message_id"])


def downgrade() -> None:
    """Forget the order."""
    op.drop_index("ix_deliveries_chat_id_message_id", table_name="deliveries")
    with op.batch_alter_table("page_stories") as table:
        table.drop_column("place")
