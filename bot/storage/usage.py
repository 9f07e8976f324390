"""The Usage port: what subscribers asked for lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.tables import articles, fetches, receipts


@dataclass(frozen=True, slots=True)
class StoredUsage:
    """Receipts and fetches in the database."""

    database: Database

    async def articles(
        self, subscriber_id: int, since: datetime, receipt: str, fingerprint: str, /
    ) -> Sequence[datetime]:
        """See the port."""
        itself = sa.and_(receipts.c.receipt == receipt, articles.c.fingerprint == fingerprint)
        query = (
            sa.select(receipts.c.received_at)
            .join(articles, articles.c.id == receipts.c.article_id)
            .where(receipts.c.subscriber_id == subscriber_id, receipts.c.received_at >= since, ~itself)
        )
        return await self.database.read(lambda connection: list(connection.scalars(query)))

    async def fetches(self, subscriber_id: int, since: datetime, receipt: str, /) -> Sequence[datetime]:
        """See the port."""
        query = sa.select(fetches.c.fetched_at).where(
            fetches.c.subscriber_id == subscriber_id,
            fetches.c.fetched_at >= since,
            fetches.c.receipt != receipt,
        )
        return await self.database.read(lambda connection: list(connection.scalars(query)))

    async def fetched(self, subscriber_id: int, receipt: str, place: str, now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _fetched(connection, subscriber_id, receipt, place, now))

    async def forget(self, before: datetime, /) -> int:
        """See the port."""
        query = sa.delete(fetches).where(fetches.c.fetched_at < before)
        return await self.database.write(lambda connection: connection.execute(query).rowcount)


def _fetched(connection: sa.Connection, subscriber_id: int, receipt: str, place: str, now: datetime) -> None:
    known = sa.select(fetches.c.place).where(
        fetches.c.subscriber_id == subscriber_id, fetches.c.receipt == receipt, fetches.c.place == place
    )
    if connection.execute(known).first() is None:
        values = {"subscriber_id": subscriber_id, "receipt": receipt, "place": place, "fetched_at": now}
        connection.execute(sa.insert(fetches).values(values))
