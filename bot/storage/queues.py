"""The CountQueues port: what waits in the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.queues import Queues
from bot.storage.database import Database
from bot.storage.tables import deliveries, digests, schedules, updates

# Written as their partial indexes are, so that those are used.
_is_waiting = sa.text("updates.status IN ('received', 'handling')")
_is_open = sa.text("deliveries.status IN ('planned', 'sending', 'unknown')")


@dataclass(frozen=True, slots=True)
class StoredQueues:
    """The inbox and the outbox in the database."""

    database: Database

    async def __call__(self, now: datetime, /) -> Queues:
        """See the port."""
        return await self.database.read(lambda connection: _queues(connection, now))


def _queues(connection: sa.Connection, now: datetime) -> Queues:
    inbox = _by_status(connection, updates, _is_waiting)
    outbox = _by_status(connection, deliveries, _is_open)
    return Queues(
        arrived=inbox.get("received", 0),
        in_hand=inbox.get("handling", 0),
        planned=outbox.get("planned", 0),
        sending=outbox.get("sending", 0),
        unknown=outbox.get("unknown", 0),
        lag=_lag(connection, now),
    )


def _by_status(connection: sa.Connection, table: sa.Table, of_these: sa.TextClause) -> dict[str, int]:
    query: sa.Select[Any] = sa.select(table.c.status, sa.func.count()).where(of_these).group_by(table.c.status)
    return {row[0]: row[1] for row in connection.execute(query)}


def _lag(connection: sa.Connection, now: datetime) -> timedelta:
    unplanned = connection.scalar(sa.select(sa.func.min(schedules.c.digest_at)).where(schedules.c.digest_at <= now))
    unsent = connection.scalar(
        sa.select(sa.func.min(digests.c.slot)).join(deliveries, deliveries.c.digest_id == digests.c.id).where(_is_open)
    )
    return max((now - since for since in (unplanned, unsent) if since), default=timedelta())
