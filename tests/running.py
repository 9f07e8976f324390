"""A bot running against a sandbox, for tests that hold a conversation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import run
from bot.demo import SteeredClock
from bot.fetch.client import Limits
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from config.settings import Settings

OWNER = 1001
PATIENCE = 20.0


@asynccontextmanager
async def a_running_bot(
    sandbox: SandboxServer,
    folder: Path,
    clock: SteeredClock | None = None,
    limits: Limits | None = None,
    **more: Any,
) -> AsyncIterator[None]:
    """Run the whole bot, unchanged, against a sandbox over HTTP; more settings by name, and limits of a fetch."""
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database=str(folder / "mujaz.sqlite"),
        owner=frozenset({OWNER}),
        timezone="Asia/Riyadh",
        language="ar",
        log_level="INFO",
        **more,
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run(settings, stop, clock or SteeredClock(), limits))
        try:
            yield
        finally:
            stop.set()


async def answered(reader: Reader, text: str) -> Shown:
    """Say something and return the bot's answer."""
    said = await reader.say(text)
    return await below(reader, said[-1])


async def below(reader: Reader, said: Shown) -> Shown:
    """Return the bot's first message below one of the reader's."""
    fresh = await reader.wait_for(lambda shown: shown.message_id > said.message_id, PATIENCE)
    return next(shown for shown in fresh if shown.message_id > said.message_id)
