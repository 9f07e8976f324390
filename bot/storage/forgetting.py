"""What goes when a reader is forgotten, and what stays of it; used inside one transaction."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.article import SourceKind
from bot.domain.submission import Verdict
from bot.storage.keeping import undescribe
from bot.storage.places import removed
from bot.storage.subscribers import at
from bot.storage.tables import (
    arrivals,
    articles,
    asks,
    channels,
    deliveries,
    editors,
    feeds,
    parts,
    receipts,
    sources,
    submissions,
    updates,
)


def forget_articles(connection: sa.Connection, subscriber_id: int) -> None:
    """Delete what only this subscriber sent and may see; of the rest, forget from which person they had it."""
    by_them = sa.union(
        sa.select(receipts.c.article_id).where(receipts.c.subscriber_id == subscriber_id),
        sa.select(arrivals.c.article_id).where(arrivals.c.subscriber_id == subscriber_id),
    )
    of_them = sa.select(articles.c.id, articles.c.story_id, _is_shared(subscriber_id).label("is_shared"))
    rows = connection.execute(of_them.where(articles.c.id.in_(by_them)).order_by(articles.c.id)).all()
    for row in rows:
        if not row.is_shared:
            _forget_article(connection, row.id, row.story_id)
    people = sa.select(sources.c.id).where(sources.c.kind == SourceKind.PERSON)
    kept = [row.id for row in rows if row.is_shared]
    nameless = sa.update(articles).where(articles.c.id.in_(kept), articles.c.source_id.in_(people))
    connection.execute(nameless.values(source_id=None))
    named = sa.select(articles.c.source_id).where(articles.c.source_id.is_not(None))
    connection.execute(sa.delete(sources).where(sources.c.kind == SourceKind.PERSON, sources.c.id.not_in(named)))


def _is_shared(subscriber_id: int) -> sa.ColumnElement[bool]:
    """Tell of an article if it is for everyone, or if it stands in somebody else's name too."""
    joined = sa.exists().where(submissions.c.article_id == articles.c.id, submissions.c.verdict == Verdict.JOINED)
    received = sa.exists().where(receipts.c.article_id == articles.c.id, receipts.c.subscriber_id != subscriber_id)
    brought = sa.exists().where(
        arrivals.c.article_id == articles.c.id, arrivals.c.subscriber_id.is_distinct_from(subscriber_id)
    )
    return sa.or_(articles.c.for_everyone_since.is_not(None), joined, received, brought)


def _forget_article(connection: sa.Connection, article_id: int, story_id: int) -> None:
    questions = sa.select(asks.c.delivery_id).where(asks.c.article_id == article_id)
    connection.execute(sa.delete(deliveries).where(deliveries.c.id.in_(connection.scalars(questions).all())))
    undescribe(connection, article_id)
    removed(connection, article_id, story_id)


def forget_chat(connection: sa.Connection, chat_id: int, thread_id: int, now: datetime) -> None:
    """Delete what was written to a chat or a thread, and empty what came from the chat.

    Of a handled update its number stays, so that it is not handled again, and so does its place in the inbox until it
    is pruned. What still waits came after the wish to be forgotten.
    """
    connection.execute(sa.delete(deliveries).where(at(deliveries, chat_id, thread_id)))
    connection.execute(sa.delete(parts).where(parts.c.chat_id == chat_id))
    handled = sa.update(updates).where(updates.c.chat_id == chat_id, updates.c.status != "received")
    connection.execute(handled.values(chat_id=0, body={}, status="done", error=None, settled_at=now))


def forget_editor(connection: sa.Connection, user_id: int) -> None:
    """Let a person be no editor, and what they did as one be nobody's."""
    connection.execute(sa.delete(editors).where(editors.c.user_id == user_id))
    connection.execute(sa.delete(asks).where(asks.c.chat_id == user_id))
    decided = sa.update(submissions).where(submissions.c.decided_by == user_id)
    connection.execute(decided.values(decided_by=None, decided_name=None))
    for table, column in ((channels, "enabled_by"), (feeds, "added_by"), (editors, "named_by")):
        connection.execute(sa.update(table).where(table.c[column] == user_id).values({column: NOBODY}))


NOBODY = 0
