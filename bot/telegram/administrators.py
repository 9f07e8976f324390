"""The Administers port: who administers a group or a channel, asked of Telegram and remembered for a moment."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

_KNOWN_FOR = 60.0  # seconds; whoever was dismissed since then can do no harm that another could not undo
_UNKNOWN_FOR = 10.0  # whoever was just appointed tries at once
_MOST = 10_000
_ADMINISTRATORS = {ChatMember.OWNER, ChatMember.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Administrators:
    """Asks for one member, or where Telegram does not tell that (members are hidden) for the administrators."""

    bot: ExtBot[Any]
    _known: dict[tuple[int, int], tuple[bool, float]] = field(default_factory=dict)

    async def __call__(self, chat_id: int, user_id: int, /) -> bool:
        """See the port."""
        now = asyncio.get_running_loop().time()
        known, until = self._known.get((chat_id, user_id), (False, 0.0))
        if now < until:
            return known
        found = await self._asked(chat_id, user_id)
        self._forget(now)
        self._known[chat_id, user_id] = (found, now + (_KNOWN_FOR if found else _UNKNOWN_FOR))
        return found

    async def _asked(self, chat_id: int, user_id: int) -> bool:
        try:
            return (await self.bot.get_chat_member(chat_id, user_id)).status in _ADMINISTRATORS
        except Forbidden:
            return False
        except BadRequest:
            return await self._listed(chat_id, user_id)

    async def _listed(self, chat_id: int, user_id: int) -> bool:
        try:
            return any(member.user.id == user_id for member in await self.bot.get_chat_administrators(chat_id))
        except (BadRequest, Forbidden):
            return False

    def _forget(self, now: float) -> None:
        if len(self._known) >= _MOST:
            for key in [key for key, (_, until) in self._known.items() if until <= now]:
                del self._known[key]
