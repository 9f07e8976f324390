"""A bot running against a sandbox, for tests that hold a conversation."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import run
from bot.demo import SteeredClock
from bot.fetch.client import Limits
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from bot.telegram.limiter import Pace
from config.settings import Settings

OWNER = 1001
PATIENCE = 20.0
QUICKLY = Pace(overall=10_000, chat_pause=0.0, group_share=10_000)  # where nobody tests how fast we send


@asynccontextmanager
async def a_running_bot(
    sandbox: SandboxServer,
    folder: Path,
    clock: SteeredClock | None = None,
    limits: Limits | None = None,
    pace: Pace | None = None,
    **more: Any,
) -> AsyncIterator[None]:
    """Run the whole bot, unchanged, against a sandbox over HTTP; more settings by name, limits of a fetch, a pace."""
    settings = Settings(
        database=more.pop("database", str(folder / "mujaz.sqlite")),
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        owner=frozenset({OWNER}),
        timezone="Asia/Riyadh",
        language="ar",
        log_level="INFO",
        **more,
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run(settings, stop, clock or SteeredClock(), limits, pace))
        try:
            yield
        finally:
            stop.set()


async def settled(sandbox: SandboxServer, folder: Path) -> None:
    """Wait until the bot has handled everything that it may have heard, and its answers are there."""
    busy = """SELECT (SELECT count(*) FROM updates WHERE status IN ('received', 'handling'))
        + (SELECT count(*) FROM deliveries WHERE status IN ('planned', 'sending'))"""
    async with asyncio.timeout(PATIENCE * 3):
        with closing(sqlite3.connect(folder / "mujaz.sqlite")) as database:
            while sandbox.world.updates.pending or database.execute(busy).fetchone() != (0,):  # noqa: ASYNC110 - another program
                await asyncio.sleep(0.02)


async def answered(reader: Reader, text: str) -> Shown:
    """Say something and return the bot's answer."""
    said = await reader.say(text)
    return await below(reader, said[-1])


async def below(reader: Reader, said: Shown) -> Shown:
    """Return the bot's first message below one of the reader's."""
    fresh = await reader.wait_for(lambda shown: shown.message_id > said.message_id, PATIENCE)
    return next(shown for shown in fresh if shown.message_id > said.message_id)
