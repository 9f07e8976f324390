import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError
from telegram.ext import ExtBot

from bot.domain.unread import Reason, Unread
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.client import client
from bot.telegram.files import Downloads
from bot.telegram.typing import Aside, Typing


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        yield running


@pytest.fixture
async def bot(sandbox: SandboxServer) -> AsyncIterator[ExtBot[Any]]:
    connected, _ = client(sandbox.token, sandbox.url)
    async with connected:
        yield connected


async def sent(sandbox: SandboxServer, content: bytes, **more: Any) -> str:
    async with Reader(sandbox.url, 501) as reader:
        await reader.send_document("خبر.txt", content, "text/plain", **more)
    return next(reversed(sandbox.world.files))


async def test_a_file_comes_as_it_was_sent(sandbox: SandboxServer, bot: ExtBot[Any]) -> None:
    content = bytes(range(256)) * 100

    assert await Downloads(bot)(await sent(sandbox, content)) == content


async def test_a_file_that_telegram_does_not_give_out_is_too_large(sandbox: SandboxServer, bot: ExtBot[Any]) -> None:
    assert await Downloads(bot)(await sent(sandbox, b"x", size=21_000_000)) == Unread(Reason.TOO_LARGE)


async def test_what_the_network_answers_is_raised_for_another_attempt(sandbox: SandboxServer, bot: ExtBot[Any]) -> None:
    number = await sent(sandbox, b"x")
    sandbox.plan(Fault("getFile", FaultKind.BAD_GATEWAY_HTML))

    with pytest.raises(NetworkError):
        await Downloads(bot)(number)
    with pytest.raises(BadRequest):
        await Downloads(bot)("no such file")


async def test_typing_is_shown_at_once_and_again_until_the_work_is_done(
    sandbox: SandboxServer, bot: ExtBot[Any]
) -> None:
    await sent(sandbox, b"x")
    async with Typing(bot, every=0.05)(501):
        while actions(sandbox) < 3:
            await sandbox.world.bell.until(lambda: False, 0.05)
    shown = actions(sandbox)
    await sandbox.world.bell.until(lambda: False, 0.2)

    assert 3 <= shown <= actions(sandbox) <= shown + 1


async def test_a_chat_is_set_aside_while_its_link_is_read_and_shows_typing(
    sandbox: SandboxServer, bot: ExtBot[Any]
) -> None:
    await sent(sandbox, b"x")
    aside = Aside(Typing(bot, every=0.05), asyncio.Event())
    async with aside(501):
        inside = set(aside.chats)
        while not actions(sandbox):
            await sandbox.world.bell.until(lambda: False, 0.05)

    assert (inside, aside.chats) == ({501}, set())
    assert aside.freed.is_set()


async def test_where_typing_cannot_be_shown_the_work_goes_on(sandbox: SandboxServer, bot: ExtBot[Any]) -> None:
    sandbox.plan(Fault("sendChatAction", FaultKind.TOO_MANY_REQUESTS, seconds=1))
    async with Typing(bot, every=0.05)(501):
        while not actions(sandbox):
            await sandbox.world.bell.until(lambda: False, 0.05)

    assert actions(sandbox) >= 1


def actions(sandbox: SandboxServer) -> int:
    return sum(entry["method"] == "sendChatAction" and "status" in entry for entry in sandbox.world.log)
