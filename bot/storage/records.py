"""The Records port: all that is held on one reader, to be told and to be forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Status
from bot.domain.rating import Rating
from bot.domain.record import Record, Sent, Written
from bot.domain.submission import Verdict
from bot.domain.subscriber import Subscriber
from bot.storage.database import Database
from bot.storage.forgetting import forget_articles, forget_chat, forget_editor
from bot.storage.mutes import muted
from bot.storage.ratings import rated
from bot.storage.subscribers import at, by_id, subscribed
from bot.storage.tables import (
    articles,
    deliveries,
    digests,
    editors,
    fetches,
    parts,
    ratings,
    saved,
    searches,
    seen,
    submissions,
    subscribers,
    updates,
)


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """Records from all tables that name a reader."""

    database: Database

    async def of(self, subscriber_id: int, /) -> Record | None:
        """See the port."""
        return await self.database.read(lambda connection: _record(connection, subscriber_id))

    async def forget(self, subscriber_id: int, asked_at: datetime, now: datetime, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _forget(connection, subscriber_id, asked_at, now))


def _record(connection: sa.Connection, subscriber_id: int) -> Record | None:
    reader = by_id(connection, subscriber_id)
    if reader is None:
        return None
    since = connection.execute(sa.select(subscribers.c.since).where(subscribers.c.id == subscriber_id)).scalar_one()
    is_editor = sa.select(editors.c.user_id).where(editors.c.user_id == reader.chat_id)
    return Record(
        reader=reader,
        since=since,
        is_editor=connection.scalar(is_editor) is not None,
        topics=tuple(subscribed(connection, subscriber_id)),
        seen=_stories(connection, subscriber_id, seen.c.seen_at),
        saved=_stories(connection, subscriber_id, saved.c.saved_at),
        ratings=_ratings(connection, subscriber_id),
        mutes=tuple(muted(connection, subscriber_id)),
        searches=_searches(connection, subscriber_id),
        digests=_digests(connection, subscriber_id),
        written=_written(connection, reader),
        received=_received(connection, reader.chat_id),
        submitted=_submitted(connection, subscriber_id),
        fetched=_fetched(connection, subscriber_id),
    )


def _stories(
    connection: sa.Connection, subscriber_id: int, moment: "sa.Column[datetime]"
) -> tuple[tuple[str, datetime], ...]:
    """Return the stories of the table that has the moment, by their titles."""
    titles, theirs = _titles(connection, subscriber_id, moment.table), moment.table.c
    query = sa.select(theirs.story_id, moment.label("at")).where(theirs.subscriber_id == subscriber_id)
    rows = connection.execute(query.order_by(moment, theirs.story_id))
    return tuple((titles[row.story_id], row.at) for row in rows if row.story_id in titles)


def _titles(connection: sa.Connection, subscriber_id: int, theirs: sa.FromClause) -> dict[int, str]:
    """Return each story of a table by the title of its first report that is for everyone, or else of its first one."""
    rank = sa.case((articles.c.for_everyone_since.is_not(None), 0), else_=1)
    first = sa.func.row_number().over(partition_by=articles.c.story_id, order_by=(rank, articles.c.id))
    titles = (
        sa.select(articles.c.title, articles.c.story_id, first.label("place"))
        .join(theirs, theirs.c.story_id == articles.c.story_id)
        .where(theirs.c.subscriber_id == subscriber_id)
        .subquery()
    )
    query = sa.select(titles.c.story_id, titles.c.title).where(titles.c.place == 1)
    return dict(connection.execute(query).all())


def _ratings(connection: sa.Connection, subscriber_id: int) -> tuple[tuple[str, Rating], ...]:
    titles = _titles(connection, subscriber_id, ratings)
    return tuple((titles[each.story_id], each) for each in rated(connection, subscriber_id) if each.story_id in titles)


def _searches(connection: sa.Connection, subscriber_id: int) -> tuple[tuple[str, datetime], ...]:
    query = sa.select(searches.c.asked, searches.c.asked_at).where(searches.c.subscriber_id == subscriber_id)
    return tuple((row.asked, row.asked_at) for row in connection.execute(query.order_by(searches.c.id)))


def _digests(connection: sa.Connection, subscriber_id: int) -> tuple[datetime, ...]:
    query = sa.select(digests.c.slot).where(digests.c.subscriber_id == subscriber_id).order_by(digests.c.id)
    return tuple(connection.scalars(query))


def _written(connection: sa.Connection, reader: Subscriber) -> tuple[Written, ...]:
    query = sa.select(deliveries).where(at(deliveries, reader.chat_id, reader.thread_id)).order_by(deliveries.c.id)
    return tuple(
        Written(row.text, row.not_before, Status(row.status), row.message_id, row.file)
        for row in connection.execute(query)
    )


def _received(connection: sa.Connection, chat_id: int) -> tuple[Mapping[str, Any], ...]:
    waiting = sa.select(updates.c.body).where(updates.c.chat_id == chat_id).order_by(updates.c.id)
    kept = sa.select(parts.c.body).where(parts.c.chat_id == chat_id).order_by(parts.c.message_id)
    return (*connection.scalars(waiting), *connection.scalars(kept))


def _submitted(connection: sa.Connection, subscriber_id: int) -> tuple[Sent, ...]:
    query = (
        sa.select(articles.c.title, submissions.c.submitted_at, submissions.c.verdict)
        .join(submissions, submissions.c.article_id == articles.c.id)
        .where(submissions.c.sender_id == subscriber_id)
        .order_by(submissions.c.id)
    )
    return tuple(
        Sent(row.title, row.submitted_at, Verdict(row.verdict) if row.verdict else None)
        for row in connection.execute(query)
    )


def _fetched(connection: sa.Connection, subscriber_id: int) -> tuple[tuple[str, datetime], ...]:
    query = sa.select(fetches.c.place, fetches.c.fetched_at).where(fetches.c.subscriber_id == subscriber_id)
    rows = connection.execute(query.order_by(fetches.c.fetched_at, fetches.c.place))
    return tuple((row.place, row.fetched_at) for row in rows)


def _forget(connection: sa.Connection, subscriber_id: int, asked_at: datetime, now: datetime) -> bool:
    was_known = sa.select(subscribers.c.id).where(subscribers.c.id == subscriber_id, subscribers.c.since <= asked_at)
    reader = by_id(connection, subscriber_id)
    if reader is None or connection.scalar(was_known) is None:
        return False
    forget_articles(connection, subscriber_id)
    connection.execute(sa.delete(subscribers).where(subscribers.c.id == subscriber_id))
    forget_chat(connection, reader.chat_id, reader.thread_id, now)
    if reader.chat_id > 0:
        forget_editor(connection, reader.chat_id)
    return True
