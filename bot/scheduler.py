"""APScheduler knocks; when something is due, the database knows."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Knock = tuple[float, Callable[[], Awaitable[object]]]


def scheduler(knocks: Mapping[str, Knock]) -> AsyncIOScheduler:
    """Return a scheduler that calls each of these every so many seconds, never twice at once.

    A late knock still comes, once: with the library's default grace of one second a loop busy for three loses it.
    """
    knocking = AsyncIOScheduler(
        timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    for name, (seconds, knock) in knocks.items():
        knocking.add_job(_awaited, "interval", args=[knock], seconds=seconds, id=name)
    return knocking


async def _awaited(knock: Callable[[], Awaitable[object]]) -> None:
    """Await a knock: the library would call a lambda in a thread, and drop the coroutine that it returns.

    It cancels a knock when the program ends, and would log that as an error.
    """
    with contextlib.suppress(asyncio.CancelledError):
        await knock()
