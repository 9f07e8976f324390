"""The webhook as Telegram knows it: set, shown and deleted."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.ext import ExtBot

from bot.telegram.kinds import ALLOWED_UPDATES


@dataclass(frozen=True, slots=True)
class Standing:
    """What Telegram says of a webhook; ``url`` is empty if none is set."""

    url: str
    pending: int
    connections: int | None = None
    allowed: tuple[str, ...] = ()
    failed_at: datetime | None = None
    failure: str = ""


def secret_of(token: str) -> str:
    """Return a secret that both ends can make of the token, and that does not tell it."""
    return hmac.new(token.encode(), b"mujaz webhook", hashlib.sha256).hexdigest()


async def register(bot: ExtBot[Any], url: str, secret: str, connections: int, *, drop_pending: bool = False) -> None:
    """Have updates brought to an address, of the kinds that polling asks for; what waits is kept unless told."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        max_connections=connections,
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=drop_pending,
    )


async def standing(bot: ExtBot[Any]) -> Standing:
    """Return what Telegram has."""
    info = await bot.get_webhook_info()
    return Standing(
        info.url,
        info.pending_update_count,
        info.max_connections,
        tuple(info.allowed_updates or ()),
        info.last_error_date,
        info.last_error_message or "",
    )
