"""The Subscribers port: who receives digests, and what they follow."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Status
from bot.domain.preferences import Preferences
from bot.domain.schedule import Away, Quiet, Schedule, Weekly, shown_times
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.subscription import Subscription
from bot.storage.database import Database
from bot.storage.exclusions import excluded, leave_out, unwanted
from bot.storage.tables import (
    article_topics,
    articles,
    deliveries,
    mutes,
    preferences,
    ratings,
    receipts,
    schedules,
    seen,
    subscribers,
    subscriptions,
    topics,
)

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

    async def due_for_review(self, now: datetime, limit: int, /) -> Sequence[Subscriber]:
        """See the port."""
        is_due = sa.and_(schedules.c.review_at <= now, subscribers.c.standing == Standing.ACTIVE)
        query = _joined.where(is_due).order_by(schedules.c.review_at).limit(limit)
        return await self.database.read(lambda connection: [_subscriber(row) for row in connection.execute(query)])

    async def reschedule(
        self, subscriber_id: int, schedule: Schedule, digest_at: datetime, review_at: datetime | None, /
    ) -> None:
        """See the port."""
        row = _schedule_row(schedule, digest_at, review_at)
        await self.database.write(lambda connection: _wait(connection, subscriber_id, row))

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _wait(connection, subscriber_id, {"digest_at": digest_at}))

    async def await_review(self, subscriber_id: int, review_at: datetime | None, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _wait(connection, subscriber_id, {"review_at": review_at}))

    async def speak(self, subscriber_id: int, language: str, /) -> None:
        """See the port."""
        spoken = sa.update(subscribers).where(subscribers.c.id == subscriber_id).values(language=language)
        await self.database.write(lambda connection: connection.execute(spoken))

    async def pause(self, chat_id: int, thread_id: int | None = None, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _pause(connection, chat_id, thread_id))

    async def resume(self, chat_id: int, now: datetime, thread_id: int | None = None, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _resume(connection, chat_id, now, thread_id))

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

    async def subscriptions(self, subscriber_id: int, /) -> Sequence[Subscription]:
        """See the port."""
        return await self.database.read(lambda connection: subscribed(connection, subscriber_id))

    async def leave_out(self, subscriber_id: int, name: str, without: Sequence[str], /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: leave_out(connection, subscriber_id, name, without))

    async def at_once(self, subscriber_id: int, name: str, since: datetime | None, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _at_once(connection, subscriber_id, name, since))

    async def news(self, subscriber_id: int, since: datetime, /) -> Mapping[str, int]:
        """See the port."""
        return await self.database.read(lambda connection: _news(connection, subscriber_id, since))


def by_id(connection: sa.Connection, subscriber_id: int) -> Subscriber | None:
    """Return the subscriber of a number, or None."""
    row = connection.execute(_joined.where(subscribers.c.id == subscriber_id)).first()
    return _subscriber(row) if row else None


def _find(connection: sa.Connection, chat_id: int, thread_id: int) -> Subscriber | None:
    is_here = sa.and_(subscribers.c.chat_id == chat_id, subscribers.c.thread_id == thread_id)
    row = connection.execute(_joined.where(is_here)).first()
    return _subscriber(row) if row else None


def _subscriber(row: sa.Row[Any]) -> Subscriber:
    return Subscriber(
        id=row.id,
        chat_id=row.chat_id,
        language=row.language,
        schedule=_schedule(row),
        standing=Standing(row.standing),
        digest_at=row.digest_at,
        digested_at=row.digested_at,
        review_at=row.review_at,
        thread_id=row.thread_id,
        preferences=_preferences(row),
    )


def _schedule(row: sa.Row[Any]) -> Schedule:
    return Schedule(
        times=tuple(time.fromisoformat(moment) for moment in row.times),
        zone=row.zone,
        days=frozenset(int(day) - 1 for day in row.days),
        quiet=Quiet(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_to)) if row.quiet_from else None,
        away=Away(row.away_since, row.away_until) if row.away_until else None,
        weekly=Weekly(row.weekly_on - 1, time.fromisoformat(row.weekly_at)) if row.weekly_on else None,
    )


def _preferences(row: sa.Row[Any]) -> Preferences:
    chosen = {name: getattr(row, column.name) for name, column in _CHOSEN.items()}
    return Preferences() if chosen["stories"] is None else Preferences(**chosen)


def _welcome(
    connection: sa.Connection, row: dict[str, Any], schedule: Schedule, digest_at: datetime, now: datetime
) -> Subscriber:
    chat_id, thread_id = row["chat_id"], row["thread_id"]
    if _find(connection, chat_id, thread_id) is None:
        values = row | {"standing": Standing.ACTIVE}
        added = connection.execute(sa.insert(subscribers).values(values).returning(subscribers.c.id)).scalar_one()
        times = _schedule_row(schedule, digest_at, schedule.next_review(now))
        connection.execute(sa.insert(schedules).values(subscriber_id=added, **times))
    _resume(connection, chat_id, now, thread_id)
    kept = _find(connection, chat_id, thread_id)
    if kept is None:
        raise LookupError("a subscriber vanished while being kept")
    return kept


def _schedule_row(schedule: Schedule, digest_at: datetime, review_at: datetime | None) -> dict[str, object]:
    quiet, away, weekly = schedule.quiet, schedule.away, schedule.weekly
    return {
        "times": list(shown_times(schedule.times)),
        "zone": schedule.zone,
        "days": "".join(str(day + 1) for day in sorted(schedule.days)),
        "quiet_from": f"{quiet.start:%H:%M}" if quiet else None,
        "quiet_to": f"{quiet.end:%H:%M}" if quiet else None,
        "away_since": away.since if away else None,
        "away_until": away.until if away else None,
        "weekly_on": weekly.day + 1 if weekly else None,
        "weekly_at": f"{weekly.at:%H:%M}" if weekly else None,
        "digest_at": digest_at,
        "review_at": review_at,
    }


def _resume(connection: sa.Connection, chat_id: int, now: datetime, thread_id: int | None) -> None:
    paused = _joined.where(at(subscribers, chat_id, thread_id), subscribers.c.standing == Standing.PAUSED)
    for known in map(_subscriber, connection.execute(paused).all()):
        active = sa.update(subscribers).where(subscribers.c.id == known.id).values(standing=Standing.ACTIVE)
        connection.execute(active)
        waits = {"digest_at": known.schedule.next_due(now), "review_at": known.schedule.next_review(now)}
        connection.execute(_of(schedules, known.id).values(waits))


def at(table: sa.Table, chat_id: int, thread_id: int | None) -> sa.ColumnElement[bool]:
    """Return what is true of the rows of a chat, or of one thread of it."""
    of_chat = table.c.chat_id == chat_id
    return of_chat if thread_id is None else sa.and_(of_chat, table.c.thread_id == thread_id)


def _of(table: sa.Table, subscriber_id: int) -> sa.Update:
    return sa.update(table).where(table.c.subscriber_id == subscriber_id)


def _wait(connection: sa.Connection, subscriber_id: int, row: Mapping[str, object]) -> None:
    connection.execute(_of(schedules, subscriber_id).values(row))
    _stop_if_paused(connection, subscriber_id)


def _stop_if_paused(connection: sa.Connection, subscriber_id: int) -> None:
    """Whoever was paused while their digest was planned waits for nothing."""
    paused = sa.exists().where(subscribers.c.id == subscriber_id, subscribers.c.standing == Standing.PAUSED)
    connection.execute(_of(schedules, subscriber_id).where(paused).values(digest_at=None, review_at=None))


def _pause(connection: sa.Connection, chat_id: int, thread_id: int | None) -> None:
    paused = sa.update(subscribers).where(at(subscribers, chat_id, thread_id)).values(standing=Standing.PAUSED)
    for subscriber_id in connection.scalars(paused.returning(subscribers.c.id)).all():
        connection.execute(_of(schedules, subscriber_id).values(digest_at=None, review_at=None))
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
    """Give what one subscriber follows, mutes, thinks and has seen to another, who keeps what is theirs."""
    for table, of_what in ((subscriptions, "topic_id"), (seen, "story_id"), (mutes, "topic_id"), (ratings, "story_id")):
        theirs = sa.select(table.c[of_what]).where(table.c.subscriber_id == new)
        moved = _of(table, old).where(table.c[of_what].not_in(theirs)).values(subscriber_id=new)
        connection.execute(moved)


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


def subscribed(connection: sa.Connection, subscriber_id: int) -> list[Subscription]:
    """Return how a subscriber follows their topics, oldest first."""
    without = excluded(connection, subscriber_id)
    query = (
        sa.select(subscriptions, topics.c.name)
        .join(topics, topics.c.id == subscriptions.c.topic_id)
        .where(subscriptions.c.subscriber_id == subscriber_id)
        .order_by(subscriptions.c.id)
    )
    return [
        Subscription(row.name, row.since, tuple(without.get(row.id, ())), row.at_once_since)
        for row in connection.execute(query)
    ]


def _at_once(connection: sa.Connection, subscriber_id: int, name: str, since: datetime | None) -> bool:
    named = sa.select(topics.c.id).where(topics.c.name == name).scalar_subquery()
    changed = sa.update(subscriptions).where(
        subscriptions.c.subscriber_id == subscriber_id,
        subscriptions.c.topic_id == named,
        subscriptions.c.at_once_since.is_not(None) if since is None else subscriptions.c.at_once_since.is_(None),
    )
    return connection.execute(changed.values(at_once_since=since)).rowcount > 0


def _news(connection: sa.Connection, subscriber_id: int, since: datetime) -> dict[str, int]:
    own = sa.select(receipts.c.article_id).where(
        receipts.c.subscriber_id == subscriber_id, receipts.c.received_at >= since
    )
    is_new = sa.or_(articles.c.for_everyone_since >= since, articles.c.id.in_(own))
    followed = sa.and_(subscriptions.c.topic_id == topics.c.id, subscriptions.c.subscriber_id == subscriber_id)
    query = (
        sa.select(topics.c.name, sa.func.count(articles.c.story_id.distinct()))
        .join_from(articles, article_topics, article_topics.c.article_id == articles.c.id)
        .join(topics, topics.c.id == article_topics.c.topic_id)
        .join(subscriptions, followed, isouter=True)
        .where(is_new, ~unwanted())
        .group_by(topics.c.name)
    )
    return dict(connection.execute(query).all())
