"""The Editors port: whom an owner trusts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Page
from bot.domain.editor import Editor
from bot.storage.database import Database
from bot.storage.publishing import plan_page, withdraw
from bot.storage.tables import asks, editors


@dataclass(frozen=True, slots=True)
class StoredEditors:
    """Editors in the database."""

    database: Database

    async def all(self) -> Sequence[Editor]:
        """See the port."""
        query = sa.select(editors).order_by(editors.c.since, editors.c.user_id)
        return await self.database.read(lambda connection: [_editor(row) for row in connection.execute(query)])

    async def is_one(self, user_id: int, /) -> bool:
        """See the port."""
        query = sa.select(editors.c.user_id).where(editors.c.user_id == user_id)
        return await self.database.read(lambda connection: connection.scalar(query) is not None)

    async def name(self, editor: Editor, notice: Page | None, /) -> bool:
        """See the port."""
        return await self.database.write(lambda connection: _name(connection, editor, notice))

    async def dismiss(self, user_id: int, notice: Page | None, now: datetime, /) -> Editor | None:
        """See the port."""
        return await self.database.write(lambda connection: _dismiss(connection, user_id, notice, now))


def _editor(row: sa.Row[Any]) -> Editor:
    return Editor(row.user_id, row.name, row.named_by, row.since)


def _name(connection: sa.Connection, editor: Editor, notice: Page | None) -> bool:
    if connection.scalar(sa.select(editors.c.user_id).where(editors.c.user_id == editor.user_id)) is not None:
        return False
    values = {"user_id": editor.user_id, "name": editor.name, "named_by": editor.named_by, "since": editor.since}
    connection.execute(sa.insert(editors).values(values))
    _tell(connection, editor.user_id, notice, editor.since)
    return True


def _dismiss(connection: sa.Connection, user_id: int, notice: Page | None, now: datetime) -> Editor | None:
    row = connection.execute(sa.select(editors).where(editors.c.user_id == user_id)).first()
    if row is None:
        return None
    connection.execute(sa.delete(editors).where(editors.c.user_id == user_id))
    withdraw(connection, asks.c.chat_id == user_id)
    connection.execute(sa.delete(asks).where(asks.c.chat_id == user_id))
    _tell(connection, user_id, notice, now)
    return _editor(row)


def _tell(connection: sa.Connection, user_id: int, notice: Page | None, now: datetime) -> None:
    if notice is not None:
        plan_page(connection, notice, user_id, now)
