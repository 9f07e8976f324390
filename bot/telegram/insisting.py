"""Requests that are made until they are answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

log = logging.getLogger(__name__)


async def insistently(request: Callable[[], Awaitable[object]]) -> None:
    """Make a request that is safe to repeat until it is answered."""
    failures = 0
    while True:
        try:
            await request()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            failures += 1
            wait = error.retry_after if isinstance(error, RetryAfter) else min(2**failures / 2, 30)
            log.warning("start=waiting kind=%s failures=%d", type(error).__name__, failures)
            await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        else:
            return
