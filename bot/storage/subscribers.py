"""The Subscribers port: who receives digests, and what they follow."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Status
from bot.domain.preferences import Preferences
from bot.domain.schedule import Schedule, shown_times
from bot.domain.subscriber import Standing, Subscriber
from bot.storage.database import Database
from bot.storage.tables import deliveries, mutes, preferences, schedules, subscribers, subscriptions, topics

_CHOSEN = {field.name: preferences.c[field.name].label(f"prefers_{field.name}") for field in fields(Preferences)}
_joined = (
    sa.select(subscribers, schedules, *_CHOSEN.values())
    .join(schedules, schedules.c.subscriber_id == subscribers.c.id)
    .join(preferences, preferences.c.subscriber_id == subscribers.c.id, isouter=True)
)


@dataclass(frozen=True, slots=True)
class StoredSubscribers:
    """Subscribers in the database."""

    database: Database

    async def find(self, chat_id: int, /) -> Subscriber | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, chat_id))

    async def welcome(
        self, chat_id: int, language: str, schedule: Schedule, digest_at: datetime, now: datetime, /
    ) -> Subscriber:
        """See the port."""
        return await self.database.write(
            lambda connection: _welcome(connection, chat_id, language, schedule, digest_at, now)
        )

    async def due(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        """See the port."""
        is_due = sa.and_(schedules.c.digest_at <= now, subscribers.c.standing == Standing.ACTIVE)
        query = _joined.where(is_due).order_by(schedules.c.digest_at).limit(limit)
        return await self.database.read(lambda connection: [_subscriber(row) for row in connection.execute(query)])

    async def reschedule(self, subscriber_id: int, schedule: Schedule, digest_at: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _reschedule(connection, subscriber_id, schedule, digest_at))

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _advance(connection, subscriber_id, digest_at))

    async def pause(self, chat_id: int, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _pause(connection, chat_id))

    async def move(self, chat_id: int, to: int, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _move(connection, chat_id, to))

    async def prefer(self, subscriber_id: int, chosen: Preferences, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _prefer(connection, subscriber_id, chosen))

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        """See the port."""
        return await self.database.write(lambda connection: _follow(connection, subscriber_id, names, now))

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        """See the port."""
        return await self.database.write(lambda connection: _unfollow(connection, subscriber_id, names))

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        """See the port."""
        return await self.database.read(lambda connection: _topics(connection, subscriber_id))


def _find(connection: sa.Connection, chat_id: int) -> Subscriber | None:
    row = connection.execute(_joined.where(subscribers.c.chat_id == chat_id)).first()
    return _subscriber(row) if row else None


def _subscriber(row: sa.Row[Any]) -> Subscriber:
    schedule = Schedule(tuple(time.fromisoformat(moment) for moment in row.times), row.zone)
    return Subscriber(
        row.id,
        row.chat_id,
        row.language,
        schedule,
        Standing(row.standing),
        row.digest_at,
        row.digested_at,
        _preferences(row),
    )


def _preferences(row: sa.Row[Any]) -> Preferences:
    chosen = {name: getattr(row, column.name) for name, column in _CHOSEN.items()}
    return Preferences() if chosen["stories"] is None else Preferences(**chosen)


def _welcome(
    connection: sa.Connection, chat_id: int, language: str, schedule: Schedule, digest_at: datetime, now: datetime
) -> Subscriber:
    known = _find(connection, chat_id)
    if known is None:
        values = {"chat_id": chat_id, "language": language, "standing": Standing.ACTIVE, "since": now}
        added = connection.execute(sa.insert(subscribers).values(values).returning(subscribers.c.id)).scalar_one()
        connection.execute(sa.insert(schedules).values(subscriber_id=added, **_schedule_row(schedule, digest_at)))
    elif known.standing is Standing.PAUSED:
        active = sa.update(subscribers).where(subscribers.c.id == known.id).values(standing=Standing.ACTIVE)
        connection.execute(active)
        connection.execute(_of(schedules, known.id).values(digest_at=known.schedule.next_due(now)))
    kept = _find(connection, chat_id)
    if kept is None:
        raise LookupError("a subscriber vanished while being kept")
    return kept


def _schedule_row(schedule: Schedule, digest_at: datetime) -> dict[str, object]:
    return {"times": list(shown_times(schedule.times)), "zone": schedule.zone, "digest_at": digest_at}


def _reschedule(connection: sa.Connection, subscriber_id: int, schedule: Schedule, digest_at: datetime) -> None:
    row = _schedule_row(schedule, digest_at)
    connection.execute(_of(schedules, subscriber_id).values(row))
    _stop_if_paused(connection, subscriber_id)


def _of(table: sa.Table, subscriber_id: int) -> sa.Update:
    return sa.update(table).where(table.c.subscriber_id == subscriber_id)


def _advance(connection: sa.Connection, subscriber_id: int, digest_at: datetime) -> None:
    connection.execute(_of(schedules, subscriber_id).values(digest_at=digest_at))
    _stop_if_paused(connection, subscriber_id)


def _stop_if_paused(connection: sa.Connection, subscriber_id: int) -> None:
    """Whoever was paused while their digest was planned waits for nothing."""
    paused = sa.exists().where(subscribers.c.id == subscriber_id, subscribers.c.standing == Standing.PAUSED)
    connection.execute(_of(schedules, subscriber_id).where(paused).values(digest_at=None))


def _pause(connection: sa.Connection, chat_id: int) -> None:
    paused = sa.update(subscribers).where(subscribers.c.chat_id == chat_id).values(standing=Standing.PAUSED)
    for subscriber_id in connection.scalars(paused.returning(subscribers.c.id)).all():
        connection.execute(_of(schedules, subscriber_id).values(digest_at=None))
    open_ones = deliveries.c.status.in_([Status.PLANNED, Status.UNKNOWN])
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.chat_id == chat_id, open_ones)
        .values(status=Status.ABANDONED, error="paused")
    )


def _move(connection: sa.Connection, chat_id: int, to: int) -> None:
    connection.execute(sa.update(deliveries).where(deliveries.c.chat_id == chat_id).values(chat_id=to))
    if connection.scalar(sa.select(subscribers.c.id).where(subscribers.c.chat_id == to)) is None:
        connection.execute(sa.update(subscribers).where(subscribers.c.chat_id == chat_id).values(chat_id=to))
    else:  # somebody wrote in the new chat already, and that subscriber lives on
        _pause(connection, chat_id)


def _prefer(connection: sa.Connection, subscriber_id: int, chosen: Preferences) -> None:
    changed = sa.update(preferences).where(preferences.c.subscriber_id == subscriber_id).values(asdict(chosen))
    if not connection.execute(changed).rowcount:
        connection.execute(sa.insert(preferences).values(subscriber_id=subscriber_id, **asdict(chosen)))


def _follow(connection: sa.Connection, subscriber_id: int, names: Sequence[str], now: datetime) -> list[str]:
    followed = set(_topics(connection, subscriber_id))
    query = sa.select(topics.c.name, topics.c.id).where(topics.c.name.in_(names))
    ids = dict(connection.execute(query).all())
    new = [name for name in dict.fromkeys(names) if name in ids and name not in followed]
    if new:
        rows = [{"subscriber_id": subscriber_id, "topic_id": ids[name], "since": now} for name in new]
        connection.execute(sa.insert(subscriptions), rows)
    return new


def _unfollow(connection: sa.Connection, subscriber_id: int, names: Sequence[str]) -> list[str]:
    followed = set(_topics(connection, subscriber_id))
    gone = [name for name in dict.fromkeys(names) if name in followed]
    ids = sa.select(topics.c.id).where(topics.c.name.in_(gone))
    connection.execute(
        sa.delete(subscriptions).where(
            subscriptions.c.subscriber_id == subscriber_id, subscriptions.c.topic_id.in_(ids)
        )
    )
    connection.execute(sa.delete(mutes).where(mutes.c.subscriber_id == subscriber_id, mutes.c.topic_id.in_(ids)))
    return gone


def _topics(connection: sa.Connection, subscriber_id: int) -> Sequence[str]:
    query = (
        sa.select(topics.c.name)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .where(subscriptions.c.subscriber_id == subscriber_id)
        .order_by(subscriptions.c.id)
    )
    return connection.scalars(query).all()
