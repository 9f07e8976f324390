"""The Addresses port: which article stands where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.tables import addresses, articles


@dataclass(frozen=True, slots=True)
class StoredAddresses:
    """Addresses in the database."""

    database: Database

    async def find(self, address: str, since: datetime, /) -> str | None:
        """See the port."""
        query = (
            sa.select(articles.c.fingerprint)
            .join(addresses, addresses.c.article_id == articles.c.id)
            .where(addresses.c.address == address, addresses.c.seen_at >= since)
        )
        return await self.database.read(lambda connection: connection.scalar(query))

    async def note(self, places: Collection[str], fingerprint: str, now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _note(connection, places, fingerprint, now))

    async def forget(self, before: datetime, /) -> int:
        """See the port."""
        query = sa.delete(addresses).where(addresses.c.seen_at < before)
        return await self.database.write(lambda connection: connection.execute(query).rowcount)


def _note(connection: sa.Connection, places: Collection[str], fingerprint: str, now: datetime) -> None:
    number = connection.execute(sa.select(articles.c.id).where(articles.c.fingerprint == fingerprint)).scalar_one()
    connection.execute(sa.delete(addresses).where(addresses.c.address.in_(places)))
    rows = [{"address": place, "article_id": number, "seen_at": now} for place in set(places)]
    connection.execute(sa.insert(addresses), rows)
