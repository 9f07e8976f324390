"""The Subscribers port: who receives digests, and what they follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Status
from bot.domain.schedule import Schedule, shown_times
from bot.domain.subscriber import Standing, Subscriber
from bot.storage.database import Database
from bot.storage.tables import deliveries, schedules, seen, subscribers, subscriptions, topics

_joined = sa.select(subscribers, schedules).join(schedules, schedules.c.subscriber_id == subscribers.c.id)


@dataclass(frozen=True, slots=True)
class StoredSubscribers:
    """Subscribers in the database."""

    database: Database

    async def find(self, chat_id: int, thread_id: int = 0, /) -> Subscriber | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, chat_id, thread_id))

    async def welcome(
        self,
        chat_id: int,
        language: str,
        schedule: Schedule,
        digest_at: datetime,
        now: datetime,
        thread_id: int = 0,
        /,
    ) -> Subscriber:
        """See the port."""
        row = {"chat_id": chat_id, "thread_id": thread_id, "language": language, "since": now}
        return await self.database.write(lambda connection: _welcome(connection, row, schedule, digest_at, now))

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

    async def pause(self, chat_id: int, thread_id: int | None = None, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _pause(connection, chat_id, thread_id))

    async def resume(self, chat_id: int, now: datetime, thread_id: int | None = None, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _resume(connection, chat_id, now, thread_id))

    async def move(self, chat_id: int, to: int, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _move(connection, chat_id, to))

    async def follow(self, subscriber_id: int, names: Sequence[str], now: datetime, /) -> Sequence[str]:
        """See the port."""
        return await self.database.write(lambda connection: _follow(connection, subscriber_id, names, now))

    async def unfollow(self, subscriber_id: int, names: Sequence[str], /) -> Sequence[str]:
        """See the port."""
        return await self.database.write(lambda connection: _unfollow(connection, subscriber_id, names))

    async def topics(self, subscriber_id: int, /) -> Sequence[str]:
        """See the port."""
        return await self.database.read(lambda connection: _topics(connection, subscriber_id))


def by_id(connection: sa.Connection, subscriber_id: int) -> Subscriber | None:
    """Return the subscriber of a number, or None."""
    row = connection.execute(_joined.where(subscribers.c.id == subscriber_id)).first()
    return _subscriber(row) if row else None


def _find(connection: sa.Connection, chat_id: int, thread_id: int) -> Subscriber | None:
    is_here = sa.and_(subscribers.c.chat_id == chat_id, subscribers.c.thread_id == thread_id)
    row = connection.execute(_joined.where(is_here)).first()
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
        row.thread_id,
    )


def _welcome(
    connection: sa.Connection, row: dict[str, Any], schedule: Schedule, digest_at: datetime, now: datetime
) -> Subscriber:
    chat_id, thread_id = row["chat_id"], row["thread_id"]
    if _find(connection, chat_id, thread_id) is None:
        values = row | {"standing": Standing.ACTIVE}
        added = connection.execute(sa.insert(subscribers).values(values).returning(subscribers.c.id)).scalar_one()
        connection.execute(sa.insert(schedules).values(subscriber_id=added, **_schedule_row(schedule, digest_at)))
    _resume(connection, chat_id, now, thread_id)
    kept = _find(connection, chat_id, thread_id)
    if kept is None:
        raise LookupError("a subscriber vanished while being kept")
    return kept


def _resume(connection: sa.Connection, chat_id: int, now: datetime, thread_id: int | None) -> None:
    paused = _joined.where(at(subscribers, chat_id, thread_id), subscribers.c.standing == Standing.PAUSED)
    for known in map(_subscriber, connection.execute(paused).all()):
        active = sa.update(subscribers).where(subscribers.c.id == known.id).values(standing=Standing.ACTIVE)
        connection.execute(active)
        connection.execute(_of(schedules, known.id).values(digest_at=known.schedule.next_due(now)))


def at(table: sa.Table, chat_id: int, thread_id: int | None) -> sa.ColumnElement[bool]:
    """Return what is true of the rows of a chat, or of one thread of it."""
    of_chat = table.c.chat_id == chat_id
    return of_chat if thread_id is None else sa.and_(of_chat, table.c.thread_id == thread_id)


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


def _pause(connection: sa.Connection, chat_id: int, thread_id: int | None) -> None:
    paused = sa.update(subscribers).where(at(subscribers, chat_id, thread_id)).values(standing=Standing.PAUSED)
    for subscriber_id in connection.scalars(paused.returning(subscribers.c.id)).all():
        connection.execute(_of(schedules, subscriber_id).values(digest_at=None))
    open_ones = deliveries.c.status.in_([Status.PLANNED, Status.UNKNOWN])
    connection.execute(
        sa.update(deliveries)
        .where(at(deliveries, chat_id, thread_id), open_ones)
        .values(status=Status.ABANDONED, error="paused")
    )


def _move(connection: sa.Connection, chat_id: int, to: int) -> None:
    connection.execute(sa.update(deliveries).where(deliveries.c.chat_id == chat_id).values(chat_id=to))
    places = sa.select(subscribers.c.id, subscribers.c.thread_id)
    there = {row.thread_id: row.id for row in connection.execute(places.where(subscribers.c.chat_id == to))}
    for row in connection.execute(places.where(subscribers.c.chat_id == chat_id)).all():
        if row.thread_id in there:  # somebody wrote in the new chat before we heard of it
            _hand_over(connection, row.id, there[row.thread_id])
            _pause(connection, chat_id, row.thread_id)
        else:
            connection.execute(sa.update(subscribers).where(subscribers.c.id == row.id).values(chat_id=to))


def _hand_over(connection: sa.Connection, old: int, new: int) -> None:
    """Give what one subscriber follows and has seen to another, who keeps what is theirs."""
    for table, of_what in ((subscriptions, "topic_id"), (seen, "story_id")):
        theirs = sa.select(table.c[of_what]).where(table.c.subscriber_id == new)
        moved = _of(table, old).where(table.c[of_what].not_in(theirs)).values(subscriber_id=new)
        connection.execute(moved)


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
    return gone


def _topics(connection: sa.Connection, subscriber_id: int) -> Sequence[str]:
    query = (
        sa.select(topics.c.name)
        .join(subscriptions, subscriptions.c.topic_id == topics.c.id)
        .where(subscriptions.c.subscriber_id == subscriber_id)
        .order_by(subscriptions.c.id)
    )
    return connection.scalars(query).all()
