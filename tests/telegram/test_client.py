import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.client import client
from bot.telegram.inbox import Arrivals, Fetch, Poller
from tests.fakes import FakeClock, FakeInbox, FakeWorld

Client = tuple[ExtBot[Any], Fetch]
UNPARSABLE = {"message": {"message_id": "x", "date": "yesterday", "chat": {"id": 501}, "entities": 7}}


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        yield running


@pytest.fixture
async def connected(sandbox: SandboxServer) -> AsyncIterator[Client]:
    bot, fetch = client(sandbox.token, sandbox.url + "/")
    async with bot:
        yield bot, fetch


async def inject(sandbox: SandboxServer, update: dict[str, Any]) -> int:
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
        answer = await http.post("/sandbox/updates", json=update)
    return int(answer.json()["update_id"])


async def test_updates_come_as_they_were_sent(sandbox: SandboxServer, connected: Client) -> None:
    number = await inject(sandbox, {"message": {"text": "مرحبا", "field_of_next_year": [1, {"a": None}]}})

    updates = await connected[1](None)

    assert updates == [
        {"update_id": number, "message": {"text": "مرحبا", "field_of_next_year": [1, {"a": None}]}},
    ]


async def test_an_update_that_the_library_cannot_parse_does_not_stop_the_polling(
    sandbox: SandboxServer, connected: Client
) -> None:
    world = FakeWorld()
    poller = Poller(Arrivals(FakeInbox(world), FakeClock(), asyncio.Event()), connected[1])
    numbers = [await inject(sandbox, UNPARSABLE)]
    async with Reader(sandbox.url, 501) as reader:
        await reader.say("مرحبا")
    task = asyncio.create_task(poller.run())

    async with asyncio.timeout(10):
        while sandbox.world.updates.pending:  # noqa: ASYNC110  # the sandbox rings no bell for it
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert min(world.updates) == numbers[0]
    assert [kept.update.chat_id for kept in world.updates.values()] == [501, 501]
    assert world.updates[max(world.updates)].update.body["message"]["text"] == "مرحبا"


async def test_only_the_kinds_of_updates_that_we_read_are_asked_for(sandbox: SandboxServer, connected: Client) -> None:
    await inject(sandbox, {"message": {}})

    await connected[1](None)

    assert sandbox.world.updates.allowed == {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }


async def test_a_fault_of_the_server_is_an_error_of_the_library(sandbox: SandboxServer, connected: Client) -> None:
    sandbox.plan(Fault("getUpdates", FaultKind.BAD_GATEWAY_HTML))

    with pytest.raises(NetworkError):
        await connected[1](None)


async def test_a_token_that_the_server_does_not_know_is_refused(sandbox: SandboxServer) -> None:
    bot, _ = client("999999:AAAAAAAAAAAAAAAAAAAA", sandbox.url)

    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


def test_an_empty_token_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(InvalidToken):
        client("", "http://127.0.0.1:1")
