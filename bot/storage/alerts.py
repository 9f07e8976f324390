"""The Alerts port: what is to be sent at once."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.alert import Urgent
from bot.domain.subscriber import Standing
from bot.storage.database import Database
from bot.storage.exclusions import unwanted
from bot.storage.tables import (
    article_topics,
    articles,
    deliveries,
    digests,
    page_stories,
    receipts,
    seen,
    subscribers,
    subscriptions,
    topics,
)

_is_open = sa.text("deliveries.status IN ('planned', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True)
class StoredAlerts:
    """What is to be sent at once, in the database."""

    database: Database

    async def due(self, since: datetime, /) -> Sequence[Urgent]:
        """See the port."""
        return await self.database.read(lambda connection: _due(connection, since))

    async def sent(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        """See the port."""
        query = (
            sa.select(digests.c.at_once_for, sa.func.count())
            .where(digests.c.subscriber_id == subscriber_id, digests.c.at_once_for.is_not(None))
            .where(digests.c.slot >= since)
            .group_by(digests.c.at_once_for)
        )
        return await self.database.read(lambda connection: dict(connection.execute(query).all()))


_LOT = 500  # articles: the hour's are named one by one, or else a planner begins with all readers


def _due(connection: sa.Connection, since: datetime) -> list[Urgent]:
    latest = sa.select(articles.c.id).where(articles.c.for_everyone_since >= since)
    ids, hits = connection.scalars(latest).all(), set[Urgent]()
    for place in range(0, len(ids), _LOT):
        hits |= _hits(connection, ids[place : place + _LOT])
    return sorted(hits, key=astuple)


def _hits(connection: sa.Connection, article_ids: Sequence[int]) -> set[Urgent]:
    of_story = articles.alias()
    owner = subscriptions.c.subscriber_id
    knows = sa.exists().where(seen.c.story_id == articles.c.story_id, seen.c.subscriber_id == owner)
    brought = sa.exists().where(
        receipts.c.subscriber_id == owner,
        receipts.c.article_id == of_story.c.id,
        of_story.c.story_id == articles.c.story_id,
    )
    planned = sa.exists().where(digests.c.subscriber_id == owner, digests.c.key == _key())
    underway = sa.exists().where(
        page_stories.c.story_id == articles.c.story_id,
        deliveries.c.id == page_stories.c.delivery_id,
        deliveries.c.chat_id == subscribers.c.chat_id,
        deliveries.c.thread_id == subscribers.c.thread_id,
        _is_open,
    )
    query = (
        sa.select(subscribers.c.chat_id, subscribers.c.thread_id, articles.c.story_id, topics.c.name)
        .join_from(articles, article_topics, article_topics.c.article_id == articles.c.id)
        .join(topics, topics.c.id == article_topics.c.topic_id)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .join(subscribers, subscribers.c.id == owner)
        .where(articles.c.id.in_(article_ids), subscribers.c.standing == Standing.ACTIVE)
        .where(subscriptions.c.at_once_since.is_not(None))
        .where(articles.c.for_everyone_since >= subscriptions.c.at_once_since)
        .where(~knows, ~brought, ~planned, ~underway, ~unwanted())
    )
    return {Urgent(*row) for row in connection.execute(query)}


def _key() -> sa.ColumnElement[str]:
    return sa.literal("alert:") + sa.cast(articles.c.story_id, sa.Text)
