"""Knocks come, whatever kind of function they are."""

import asyncio

from bot.scheduler import scheduler


async def test_what_a_lambda_returns_is_awaited() -> None:
    knocked = asyncio.Event()

    async def knock() -> None:
        knocked.set()

    knocking = scheduler({"knock": (0.05, lambda: knock())})  # noqa: PLW0108 - a lambda is what is tried
    knocking.start()
    try:
        async with asyncio.timeout(5):
            await knocked.wait()
    finally:
        knocking.shutdown(wait=False)
