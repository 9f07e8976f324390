import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.people import Chat
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.administrators import Administrators
from bot.telegram.client import client

ADMIN, MEMBER, GROUP = 501, 502, -1009


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        running.world.chats[GROUP] = Chat(GROUP, "supergroup", "مجموعة")
        async with Reader(running.url, ADMIN) as admin, Reader(running.url, MEMBER) as member:
            await admin.rank(GROUP, "administrator")
            await member.rank(GROUP, "member")
            yield running


@pytest.fixture
async def administers(sandbox: SandboxServer) -> AsyncIterator[Administrators]:
    bot: ExtBot[None] = client(sandbox.token, sandbox.url)[0]
    async with bot:
        yield Administrators(bot)


async def test_an_administrator_is_told_from_a_member_and_from_a_stranger(administers: Administrators) -> None:
    assert [await administers(GROUP, each) for each in (ADMIN, MEMBER, 999)] == [True, False, False]


@pytest.mark.parametrize("kind", [FaultKind.CHAT_NOT_FOUND, FaultKind.BAD_ENTITIES])
async def test_where_members_are_hidden_the_list_of_administrators_tells(
    administers: Administrators, sandbox: SandboxServer, kind: FaultKind
) -> None:
    sandbox.plan(Fault("getChatMember", kind, times=2))

    assert [await administers(GROUP, each) for each in (ADMIN, MEMBER)] == [True, False]


async def test_where_we_are_not_nobody_administers_anything(
    administers: Administrators, sandbox: SandboxServer
) -> None:
    sandbox.world.standings[GROUP] = "kicked"

    assert not await administers(GROUP, ADMIN)
    assert not await administers(-77, ADMIN)


async def test_an_answer_is_remembered_for_a_moment(administers: Administrators, sandbox: SandboxServer) -> None:
    assert await administers(GROUP, ADMIN)
    sandbox.world.ranks[GROUP, ADMIN] = "member"

    assert await administers(GROUP, ADMIN)


async def test_what_went_wrong_on_the_way_is_not_remembered(
    administers: Administrators, sandbox: SandboxServer
) -> None:
    sandbox.plan(Fault("getChatMember", FaultKind.RESET))

    with pytest.raises(NetworkError):
        await administers(GROUP, ADMIN)

    assert await administers(GROUP, ADMIN)


async def test_many_may_ask_at_once(administers: Administrators) -> None:
    asked = await asyncio.gather(*(administers(GROUP, each) for each in (ADMIN, MEMBER) * 5), return_exceptions=True)

    assert not any(isinstance(each, TelegramError) for each in asked)
    assert asked == [True, False] * 5
