"""The Channels port: whose posts are taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.channel import Channel
from bot.storage.database import Database
from bot.storage.tables import channels


@dataclass(frozen=True, slots=True)
class StoredChannels:
    """Channels in the database."""

    database: Database

    async def meet(self, channel: Channel, /) -> Channel:
        """See the port."""
        return await self.database.write(lambda connection: _meet(connection, channel))

    async def find(self, chat_id: int, /) -> Channel | None:
        """See the port."""
        return await self.database.read(lambda connection: _find(connection, chat_id))

    async def all(self) -> Sequence[Channel]:
        """See the port."""
        query = sa.select(channels).order_by(channels.c.title, channels.c.chat_id)
        return await self.database.read(lambda connection: [_channel(row) for row in connection.execute(query)])

    async def enable(self, chat_id: int, editor: int, now: datetime, /) -> Channel | None:
        """See the port."""
        values = {"enabled_by": editor, "enabled_at": now}
        return await self.database.write(lambda connection: _changed(connection, chat_id, values))

    async def disable(self, chat_id: int, /) -> Channel | None:
        """See the port."""
        return await self.database.write(lambda connection: _changed(connection, chat_id, {"enabled_at": None}))


def _find(connection: sa.Connection, chat_id: int) -> Channel | None:
    row = connection.execute(sa.select(channels).where(channels.c.chat_id == chat_id)).first()
    return _channel(row) if row else None


def _channel(row: sa.Row[Any]) -> Channel:
    return Channel(row.chat_id, row.title, row.username, row.enabled_by, row.enabled_at)


def _meet(connection: sa.Connection, channel: Channel) -> Channel:
    named = {"title": channel.title, "username": channel.username}
    known = _changed(connection, channel.chat_id, named)
    if known:
        return known
    row = named | {"chat_id": channel.chat_id, "enabled_by": channel.editor, "enabled_at": channel.enabled_at}
    connection.execute(sa.insert(channels).values(row))
    return channel


def _changed(connection: sa.Connection, chat_id: int, values: dict[str, Any]) -> Channel | None:
    connection.execute(sa.update(channels).where(channels.c.chat_id == chat_id).values(values))
    return _find(connection, chat_id)
