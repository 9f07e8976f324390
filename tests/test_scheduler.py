"""Knocks come, whatever kind of function they are."""

import asyncio

import pytest

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


async def test_a_knock_that_the_end_interrupts_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    knocked = asyncio.Event()

    async def knock() -> None:
        knocked.set()
        await asyncio.sleep(60)

    knocking = scheduler({"knock": (0.05, knock)})
    knocking.start()
    async with asyncio.timeout(5):
        await knocked.wait()
    knocking.shutdown(wait=False)
    await asyncio.sleep(0.05)

    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
