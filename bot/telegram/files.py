"""The Download port: files that people send stand on Telegram's servers."""

from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.domain.unread import MOST_BYTES, Reason, Unread


@dataclass(frozen=True, slots=True)
class Downloads:
    """Brings files through one bot; what the network answers is raised, so that the update is handled again."""

    bot: ExtBot[Any]

    async def __call__(self, file_id: str, /) -> bytes | Unread:
        """See the port."""
        try:
            file = await self.bot.get_file(file_id)
        except BadRequest as error:
            if "too big" in error.message.lower():
                return Unread(Reason.TOO_LARGE)
            raise
        if file.file_size and file.file_size > MOST_BYTES:
            return Unread(Reason.TOO_LARGE)
        return bytes(await file.download_as_bytearray())
