"""The Mutes port: the topics of which subscribers want to hear nothing for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.mute import Mute
from bot.storage.database import Database
from bot.storage.tables import mutes, subscriptions, topics


@dataclass(frozen=True, slots=True)
class StoredMutes:
    """Mutes in the database."""

    database: Database

    async def find(self, subscriber_id: int, topic: str, /) -> Mute | None:
        """See the port."""
        query = _kept(subscriber_id).where(topics.c.name == topic)
        row = await self.database.read(lambda connection: connection.execute(query).first())
        return _mute(row) if row else None

    async def keep(self, subscriber_id: int, mute: Mute, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _keep(connection, subscriber_id, mute))

    async def forget(self, subscriber_id: int, topic: str, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _forget(connection, subscriber_id, topic))

    async def on(self, subscriber_id: int, now: datetime, /) -> Sequence[Mute]:
        """See the port."""
        kept = await self.database.read(lambda connection: muted(connection, subscriber_id))
        return [mute for mute in kept if mute.is_on(now)]


def muted(connection: sa.Connection, subscriber_id: int) -> list[Mute]:
    """Return all mutes of a subscriber, those that have ended too, oldest first."""
    query = _kept(subscriber_id).order_by(mutes.c.since, mutes.c.topic_id)
    return [_mute(row) for row in connection.execute(query)]


def _kept(subscriber_id: int) -> sa.Select[Any]:
    query = sa.select(mutes, topics.c.name).join(topics, topics.c.id == mutes.c.topic_id)
    return query.where(mutes.c.subscriber_id == subscriber_id)


def _mute(row: sa.Row[Any]) -> Mute:
    return Mute(row.name, row.since, row.until, row.before)


def _keep(connection: sa.Connection, subscriber_id: int, mute: Mute) -> bool:
    _forget(connection, subscriber_id, mute.topic)
    followed = (
        sa.select(topics.c.id)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .where(subscriptions.c.subscriber_id == subscriber_id, topics.c.name == mute.topic)
    )
    topic_id = connection.scalar(followed)
    if topic_id is None:
        return False
    ends = {"since": mute.since, "until": mute.until, "before": mute.before}
    connection.execute(sa.insert(mutes).values(subscriber_id=subscriber_id, topic_id=topic_id, **ends))
    return True


def _forget(connection: sa.Connection, subscriber_id: int, topic: str) -> None:
    ids = sa.select(topics.c.id).where(topics.c.name == topic)
    connection.execute(sa.delete(mutes).where(mutes.c.subscriber_id == subscriber_id, mutes.c.topic_id.in_(ids)))
