"""Where reports of one event and copies of one text are looked up, and which article is a copy of which."""

import sqlalchemy as sa
from alembic import op

from bot.domain.copies import wording
from bot.domain.story import Span
from bot.storage.lookup import remember
from bot.storage.tables import articles

revision = "0005"
down_revision = "0004"

_AT_ONCE = 200


def upgrade() -> None:
    """Index the articles that are there; they stay in their stories, and none of them becomes a copy."""
    # By hand: as a new table, articles would take all that refers to it along when the old one is dropped.
    op.execute(
        "ALTER TABLE articles ADD COLUMN copy_of INTEGER"
        " CONSTRAINT fk_articles_copy_of_articles REFERENCES articles (id)"
    )
    op.create_index("ix_articles_copy_of", "articles", ["copy_of"])
    op.create_table(
        "shingles",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_shingles_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "article_id", name="pk_shingles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shingles_article_id", "shingles", ["article_id"])
    op.execute("CREATE VIRTUAL TABLE lead_index USING fts5(days, stems, tokenize = 'unicode61 remove_diacritics 0')")
    _index_all(op.get_bind())


def downgrade() -> None:
    """Forget the index and the copies."""
    op.drop_table("lead_index")
    op.drop_table("shingles")
    op.drop_index("ix_articles_copy_of", "articles")
    with op.batch_alter_table("articles") as table:
        table.drop_column("copy_of")


def _index_all(connection: sa.Connection) -> None:
    wanted = (articles.c.id, articles.c.stems, articles.c.body, articles.c.published, articles.c.collected_at)
    after = 0
    while rows := connection.execute(
        sa.select(*wanted).where(articles.c.id > after).order_by(articles.c.id).limit(_AT_ONCE)
    ).all():
        for row in rows:
            reported = Span.of(row.published, row.collected_at)
            remember(connection, row.id, row.stems.split(), reported, wording(row.body).sketch)
        after = rows[-1].id
