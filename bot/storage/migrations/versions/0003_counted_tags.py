"""How often each tag is used and mentioned, and the tags that we suggested."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Count what the archive holds; mentions count from now on, beginning with the articles that carry the tag."""
    for name in ("uses", "mentions"):
        op.add_column("tags", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("article_tags", sa.Column("is_suggested", sa.Boolean(), nullable=False, server_default=sa.false()))
    carried = "(SELECT count(*) FROM article_tags WHERE article_tags.tag_id = tags.id)"
    op.execute(f"UPDATE tags SET uses = {carried}, mentions = {carried}")  # noqa: S608 - our own words


def downgrade() -> None:
    """Forget the counts and the suggestions."""
    op.execute("DELETE FROM article_tags WHERE is_suggested")
    with op.batch_alter_table("article_tags") as table:
        table.drop_column("is_suggested")
    with op.batch_alter_table("tags") as table:
        table.drop_column("uses")
        table.drop_column("mentions")
