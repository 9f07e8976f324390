"""The Parts port: messages that make one text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.tables import channels, parts


@dataclass(frozen=True, slots=True)
class StoredParts:
    """Raw messages in the database."""

    database: Database

    async def keep(self, chat_id: int, messages: Mapping[int, dict[str, Any]], now: datetime, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _keep(connection, chat_id, messages, now))

    async def last(self, chat_id: int, message_id: int, /) -> Mapping[int, dict[str, Any]]:
        """See the port."""
        return await self.database.read(lambda connection: _last(connection, chat_id, message_id))

    async def prune(self, before: datetime, /) -> int:
        """See the port."""
        enabled = sa.select(channels.c.chat_id).where(channels.c.enabled_at.is_not(None))
        old = sa.delete(parts).where(parts.c.kept_at < before, parts.c.chat_id.not_in(enabled))
        return await self.database.write(lambda connection: connection.execute(old).rowcount)


def _keep(connection: sa.Connection, chat_id: int, messages: Mapping[int, dict[str, Any]], now: datetime) -> None:
    if not messages:
        return
    connection.execute(sa.delete(parts).where(parts.c.chat_id == chat_id, parts.c.message_id.in_(messages)))
    first = min(messages)
    rows = [
        {"chat_id": chat_id, "message_id": number, "first_id": first, "body": body, "kept_at": now}
        for number, body in messages.items()
    ]
    connection.execute(sa.insert(parts), rows)


def _last(connection: sa.Connection, chat_id: int, message_id: int) -> dict[int, dict[str, Any]]:
    of_chat = parts.c.chat_id == chat_id
    first = connection.scalar(
        sa.select(parts.c.first_id)
        .where(of_chat, parts.c.message_id <= message_id)
        .order_by(parts.c.message_id.desc())
        .limit(1)
    )
    if first is None:
        return {}
    text = sa.select(parts.c.message_id, parts.c.body).where(
        of_chat, parts.c.message_id >= first, parts.c.first_id == first
    )
    return {row.message_id: row.body for row in connection.execute(text.order_by(parts.c.message_id))}
