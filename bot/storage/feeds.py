"""The Feeds port."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Page
from bot.domain.feed import Feed
from bot.domain.unread import Reason
from bot.storage.database import Database
from bot.storage.publishing import plan_page
from bot.storage.tables import feed_entries, feeds


@dataclass(frozen=True, slots=True)
class StoredFeeds:
    """Feeds in the database."""

    database: Database

    async def add(self, feed: Feed, /) -> tuple[Feed, bool]:
        """See the port."""
        return await self.database.write(lambda connection: _add(connection, feed))

    async def pace(self, feed_id: int, every: timedelta, /) -> None:
        """See the port."""
        paced = sa.update(feeds).where(feeds.c.id == feed_id).values(every=_seconds(every))
        await self.database.write(lambda connection: connection.execute(paced))

    async def remove(self, feed_id: int, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: connection.execute(sa.delete(feeds).where(feeds.c.id == feed_id)))

    async def all(self) -> Sequence[Feed]:
        """See the port."""
        query = sa.select(feeds).order_by(feeds.c.id)
        return await self.database.read(lambda connection: [_feed(row) for row in connection.execute(query)])

    async def due(self, now: datetime, limit: int, /) -> Sequence[Feed]:
        """See the port."""
        query = sa.select(feeds).where(feeds.c.due_at <= now).order_by(feeds.c.due_at, feeds.c.id).limit(limit)
        return await self.database.read(lambda connection: [_feed(row) for row in connection.execute(query)])

    async def settle(self, feed: Feed, notes: Sequence[Page], now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _settle(connection, feed, notes, now))

    async def taken(self, feed_id: int, marks: Collection[str], /) -> frozenset[str]:
        """See the port."""
        query = sa.select(feed_entries.c.mark).where(_entries(feed_id, marks), feed_entries.c.tries.is_(None))
        return await self.database.read(lambda connection: frozenset(connection.scalars(query)))

    async def take(self, feed_id: int, marks: Collection[str], now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _take(connection, feed_id, marks, now))

    async def put_off(self, feed_id: int, mark: str, now: datetime, /) -> int:
        """See the port."""
        return await self.database.write(lambda connection: _put_off(connection, feed_id, mark, now))

    async def forget(self, feed_id: int, before: datetime, /) -> int:
        """See the port."""
        old = sa.delete(feed_entries).where(feed_entries.c.feed_id == feed_id, feed_entries.c.seen_at < before)
        return await self.database.write(lambda connection: connection.execute(old).rowcount)


def _feed(row: sa.Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        site=row.site,
        every=timedelta(seconds=row.every),
        due_at=row.due_at,
        added_by=row.added_by,
        etag=row.etag,
        last_modified=row.last_modified,
        polled_at=row.polled_at,
        failures=row.failures,
        is_told=row.is_told,
        reason=Reason(row.reason) if row.reason else None,
    )


def _seconds(every: timedelta) -> int:
    return int(every.total_seconds())


def _row(feed: Feed) -> dict[str, Any]:
    return {
        "title": feed.title,
        "site": feed.site,
        "every": _seconds(feed.every),
        "due_at": feed.due_at,
        "etag": feed.etag,
        "last_modified": feed.last_modified,
        "polled_at": feed.polled_at,
        "failures": feed.failures,
        "is_told": feed.is_told,
        "reason": feed.reason.value if feed.reason else None,
    }


def _add(connection: sa.Connection, feed: Feed) -> tuple[Feed, bool]:
    of_url = sa.select(feeds).where(feeds.c.url == feed.url)
    known = connection.execute(of_url).first()
    if known is None:
        row = _row(feed) | {"url": feed.url, "added_by": feed.added_by}
        connection.execute(sa.insert(feeds).values(row))
    return _feed(connection.execute(of_url).one()), known is None


def _settle(connection: sa.Connection, feed: Feed, notes: Sequence[Page], now: datetime) -> None:
    connection.execute(sa.update(feeds).where(feeds.c.id == feed.id).values(_row(feed)))
    for note in notes:
        if note.chat_id is not None:
            plan_page(connection, note, note.chat_id, now)


def _take(connection: sa.Connection, feed_id: int, marks: Collection[str], now: datetime) -> None:
    if not _is_kept(connection, feed_id):
        return
    of_feed = _entries(feed_id, marks)
    known = set(connection.scalars(sa.select(feed_entries.c.mark).where(of_feed)))
    connection.execute(sa.update(feed_entries).where(of_feed).values(seen_at=now, tries=None))
    rows = [{"feed_id": feed_id, "mark": mark, "seen_at": now} for mark in dict.fromkeys(marks) if mark not in known]
    if rows:
        connection.execute(sa.insert(feed_entries), rows)


def _put_off(connection: sa.Connection, feed_id: int, mark: str, now: datetime) -> int:
    if not _is_kept(connection, feed_id):
        return 1
    entry = _entries(feed_id, [mark])
    tries = (connection.scalar(sa.select(feed_entries.c.tries).where(entry)) or 0) + 1
    tried = connection.execute(sa.update(feed_entries).where(entry).values(seen_at=now, tries=tries))
    if not tried.rowcount:
        connection.execute(sa.insert(feed_entries).values(feed_id=feed_id, mark=mark, seen_at=now, tries=tries))
    return tries


def _is_kept(connection: sa.Connection, feed_id: int) -> bool:
    """Tell if a feed was not removed while it was read."""
    return connection.scalar(sa.select(feeds.c.id).where(feeds.c.id == feed_id)) is not None


def _entries(feed_id: int, marks: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(feed_entries.c.feed_id == feed_id, feed_entries.c.mark.in_(marks))
