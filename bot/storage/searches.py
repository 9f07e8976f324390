"""The Searches port: what readers looked for lately, so that its pages can be turned."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.search import Question
from bot.storage.database import Database
from bot.storage.tables import searches


@dataclass(frozen=True, slots=True)
class StoredSearches:
    """Questions in the database."""

    database: Database

    async def keep(self, subscriber_id: int, receipt: str, asked: str, now: datetime, /) -> Question:
        """See the port."""
        return await self.database.write(lambda connection: _keep(connection, subscriber_id, receipt, asked, now))

    async def find(self, subscriber_id: int, number: int, /) -> Question | None:
        """See the port."""
        theirs = sa.and_(searches.c.subscriber_id == subscriber_id, searches.c.id == number)
        return await self.database.read(lambda connection: _found(connection, theirs))

    async def forget(self, before: datetime, /) -> int:
        """See the port."""
        old = sa.delete(searches).where(searches.c.asked_at < before)
        return await self.database.write(lambda connection: connection.execute(old).rowcount)


def _found(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Question | None:
    row = connection.execute(sa.select(searches).where(which)).first()
    return Question(row.id, row.asked, row.asked_at) if row else None


def _keep(connection: sa.Connection, subscriber_id: int, receipt: str, asked: str, now: datetime) -> Question:
    theirs = sa.and_(searches.c.subscriber_id == subscriber_id, searches.c.receipt == receipt)
    known = _found(connection, theirs)
    if known:
        return known
    row = {"subscriber_id": subscriber_id, "receipt": receipt, "asked": asked, "asked_at": now}
    number = connection.execute(sa.insert(searches).values(row).returning(searches.c.id)).scalar_one()
    return Question(number, asked, now)
