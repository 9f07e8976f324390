"""The Inbox port: raw updates until they are handled."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Page, Status
from bot.ports import Update
from bot.storage.database import Database
from bot.storage.tables import deliveries, updates

_RUN = 64  # updates: what the parts of an article of 40,000 words come to
_ANSWER_LIFE = timedelta(days=1)
_is_waiting = sa.text("updates.status IN ('received', 'handling')")


@dataclass(frozen=True, slots=True)
class StoredInbox:
    """Updates in the database."""

    database: Database

    async def add(self, updates: Sequence[Update], /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _add(connection, updates))

    async def waiting(self, busy: Collection[int], now: datetime, limit: int, /) -> Sequence[Sequence[Update]]:
        """See the port."""
        return await self.database.read(lambda connection: _waiting(connection, busy, now, limit))

    async def take(self, updates: Sequence[Update], /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _take(connection, updates))

    async def finish(self, updates: Sequence[Update], pages: Sequence[Page], now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _settle(connection, updates, "done", None, pages, now))

    async def retry(self, updates: Sequence[Update], error: str, not_before: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _retry(connection, updates, error, not_before))

    async def park(self, updates: Sequence[Update], error: str, pages: Sequence[Page], now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _settle(connection, updates, "failed", error, pages, now))

    async def recover(self) -> int:
        """See the port."""
        return await self.database.write(_recover)

    async def prune(self, before: datetime, /) -> int:
        """See the port."""
        return await self.database.write(lambda connection: _prune(connection, before))


def _add(connection: sa.Connection, new: Sequence[Update]) -> None:
    if not new:
        return
    known = set(connection.scalars(sa.select(updates.c.id).where(updates.c.id.in_([update.id for update in new]))))
    rows = {
        update.id: {
            "id": update.id,
            "chat_id": update.chat_id,
            "body": update.body,
            "received_at": update.received_at,
            "status": "received",
            "attempts": update.attempts,
        }
        for update in new
        if update.id not in known
    }
    if rows:
        connection.execute(sa.insert(updates), list(rows.values()))


def _waiting(connection: sa.Connection, busy: Collection[int], now: datetime, limit: int) -> list[list[Update]]:
    heads = (
        sa.select(updates.c.chat_id, sa.func.min(updates.c.id).label("id"))
        .where(_is_waiting, updates.c.chat_id.not_in(busy))
        .group_by(updates.c.chat_id)
        .subquery()
    )
    ready = (
        sa.select(heads.c.chat_id)
        .join(updates, updates.c.id == heads.c.id)
        .where(sa.or_(updates.c.not_before.is_(None), updates.c.not_before <= now))
        .where(updates.c.status == "received")
        .order_by(heads.c.id)
        .limit(limit)
    )
    return [_run(connection, chat_id) for chat_id in connection.scalars(ready).all()]


def _run(connection: sa.Connection, chat_id: int) -> list[Update]:
    rows = connection.execute(
        sa.select(updates).where(_is_waiting, updates.c.chat_id == chat_id).order_by(updates.c.id).limit(_RUN)
    )
    return [Update(row.id, row.chat_id, row.body, row.received_at, row.attempts) for row in rows]


def _take(connection: sa.Connection, taken: Sequence[Update]) -> None:
    connection.execute(_these(taken).values(status="handling", attempts=updates.c.attempts + 1, not_before=None))


def _retry(connection: sa.Connection, failed: Sequence[Update], error: str, not_before: datetime) -> None:
    connection.execute(_these(failed).values(status="received", error=error, not_before=not_before))


def _these(chosen: Sequence[Update]) -> sa.Update:
    return sa.update(updates).where(updates.c.id.in_([update.id for update in chosen]))


def _settle(
    connection: sa.Connection,
    settled: Sequence[Update],
    status: str,
    error: str | None,
    pages: Sequence[Page],
    now: datetime,
) -> None:
    connection.execute(_these(settled).values(status=status, error=error, settled_at=now))
    last = settled[-1]
    answered = connection.scalar(sa.select(deliveries.c.id).where(deliveries.c.update_id == last.id).limit(1))
    if pages and answered is None:
        answers = [
            page_row(page, number, page.chat_id or last.chat_id, now, now + _ANSWER_LIFE) | {"update_id": last.id}
            for number, page in enumerate(pages)
        ]
        connection.execute(sa.insert(deliveries), answers)


def page_row(page: Page, number: int, chat_id: int, now: datetime, expires_at: datetime) -> dict[str, Any]:
    """Return the row of a page that is planned."""
    return {
        "number": number,
        "chat_id": chat_id,
        "text": page.text,
        "buttons": [[asdict(button) for button in row] for row in page.buttons],
        "is_quiet": page.is_quiet,
        "edits": page.edits,
        "file": page.file,
        "reply": page.reply,
        "picture": asdict(page.picture) if page.picture else None,
        "thread_id": page.thread_id,
        "has_preview": page.has_preview,
        "status": Status.PLANNED,
        "not_before": now,
        "expires_at": expires_at,
        "attempts": 0,
        "repeats": 0,
        "is_plain": False,
    }


def _recover(connection: sa.Connection) -> int:
    return connection.execute(
        sa.update(updates).where(updates.c.status == "handling").values(status="received")
    ).rowcount


def _prune(connection: sa.Connection, before: datetime) -> int:
    old = sa.select(updates.c.id).where(updates.c.settled_at < before)
    settled = deliveries.c.status.in_([Status.SENT, Status.ASSUMED, Status.ABANDONED])
    connection.execute(sa.delete(deliveries).where(deliveries.c.update_id.in_(old), settled))
    return connection.execute(sa.delete(updates).where(updates.c.settled_at < before)).rowcount
