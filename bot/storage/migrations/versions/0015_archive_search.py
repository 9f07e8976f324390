"""An index of words, what readers save, and what they looked for."""

import sqlalchemy as sa
from alembic import op

from bot.domain.article import Source, SourceKind
from bot.storage.tables import article_tags, article_topics, articles, create_word_index, sources, tags, topics
from bot.storage.word_index import enter_text, publish

revision = "0015"
down_revision = "0014"

_AT_ONCE = 200


def upgrade() -> None:
    """Index the articles that are there; nothing is saved yet."""
    op.create_table(
        "indexed",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer()),
        sa.Column("words", sa.Text()),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_indexed_article_id_articles", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_indexed"),
    )
    op.create_index("ix_indexed_article_id", "indexed", ["article_id"])
    op.create_table(
        "saved",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_saved_subscriber_id_subscribers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_saved_story_id_stories", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subscriber_id", "story_id", name="pk_saved"),
    )
    op.create_index("ix_saved_story_id", "saved", ["story_id"])
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_searches_subscriber_id_subscribers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
        sa.UniqueConstraint("subscriber_id", "receipt", name="uq_searches_subscriber_id_receipt"),
    )
    op.create_index("ix_searches_asked_at", "searches", ["asked_at"])
    create_word_index(op.get_bind())
    _index_all(op.get_bind())


def downgrade() -> None:
    """Forget the index, and what was saved and looked for."""
    for table in ("word_index", "searches", "saved", "indexed"):
        op.drop_table(table)


def _index_all(connection: sa.Connection) -> None:
    text = (articles.c.id, articles.c.title, articles.c.body, articles.c.published, articles.c.collected_at)
    query = sa.select(*text, articles.c.for_everyone_since, sources.c.kind, sources.c.name).join(
        sources, sources.c.id == articles.c.source_id, isouter=True
    )
    after = 0
    while rows := connection.execute(query.where(articles.c.id > after).order_by(articles.c.id).limit(_AT_ONCE)).all():
        named = _named(connection, [row.id for row in rows])
        for row in rows:
            source = Source(SourceKind(row.kind), row.name).public_name if row.kind else None
            found_by = (row.title, *row.body, *named.get(row.id, ()))
            enter_text(connection, row.id, row.published or row.collected_at.date(), found_by, source)
            if row.for_everyone_since is not None:
                publish(connection, row.id)
        after = rows[-1].id


def _named(connection: sa.Connection, ids: list[int]) -> dict[int, list[str]]:
    """Return the tags that articles carry, and the names of what they are about."""
    tagged = sa.select(article_tags.c.article_id, tags.c.name).join(tags, tags.c.id == article_tags.c.tag_id)
    about = sa.select(article_topics.c.article_id, topics.c.name).join(topics, topics.c.id == article_topics.c.topic_id)
    named: dict[int, list[str]] = {}
    for article_id, name in [
        *connection.execute(
            tagged.where(article_tags.c.article_id.in_(ids), article_tags.c.is_suggested.is_(sa.false()))
        ),
        *connection.execute(about.where(article_topics.c.article_id.in_(ids))),
    ]:
        named.setdefault(article_id, []).append(name)
    return named
