"""What a chat shows while we work for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ExtBot

_EVERY = 4.0  # seconds; Telegram shows it for five


@dataclass(frozen=True, slots=True)
class Typing:
    """Shows «typing» at once and until the work is done; it is no message, so nothing is lost if it fails."""

    bot: ExtBot[Any]
    every: float = _EVERY

    @contextlib.asynccontextmanager
    async def __call__(self, chat_id: int) -> AsyncIterator[None]:
        """Show it in a chat while the body runs, which never waits for it."""
        task = asyncio.create_task(self._shown(chat_id))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _shown(self, chat_id: int) -> None:
        while True:
            with contextlib.suppress(TelegramError):
                await self.bot.send_chat_action(chat_id, ChatAction.TYPING)
            await asyncio.sleep(self.every)


@dataclass(frozen=True, slots=True)
class Aside:
    """Sets chats aside whose answer waits for somebody else's server, so that they hold up nobody, and shows typing."""

    typing: Typing
    freed: asyncio.Event
    chats: set[int] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def __call__(self, chat_id: int) -> AsyncIterator[None]:
        """Set a chat aside while the body runs."""
        self.chats.add(chat_id)
        self.freed.set()
        try:
            async with self.typing(chat_id):
                yield
        finally:
            self.chats.discard(chat_id)
