import asyncio
import time

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import a_bot


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, reader: Reader) -> None:
    await _said(reader, 3)

    first, again = await bot.get_updates(), await bot.get_updates()
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    after = await bot.get_updates(offset=first[-1].update_id + 1)
    none = await bot.get_updates()

    assert _texts(first) == _texts(again) == ["خبر 0", "خبر 1", "خبر 2"]
    assert _texts(rest) == ["خبر 1", "خبر 2"]
    assert (after, none) == ((), ())
    assert [update.update_id - first[0].update_id for update in first] == [0, 1, 2]


@pytest.mark.parametrize(
    ("limit", "count"),
    [(1, 1), (2, 2), (100, 3), (0, 1), (-4, 1), (5000, 3)],
)
async def test_a_limit_is_kept_between_one_and_a_hundred(bot: Bot, reader: Reader, limit: int, count: int) -> None:
    await _said(reader, 3)

    assert len(await bot.get_updates(limit=limit)) == count


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, reader: Reader) -> None:
    await _said(reader, 4)

    last = await bot.get_updates(offset=-2)

    assert _texts(last) == ["خبر 2", "خبر 3"]
    assert _texts(await bot.get_updates()) == ["خبر 2", "خبر 3"]


async def test_a_long_poll_ends_as_soon_as_something_happens(sandbox: SandboxServer, bot: Bot, reader: Reader) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=60))
    await _hanging(sandbox)
    started = time.monotonic()
    await reader.say("وصل")

    assert _texts(await poll) == ["وصل"]
    assert time.monotonic() - started < 30  # long before the poll would end by itself


async def test_a_long_poll_ends_empty_when_nothing_happens(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_the_kinds_of_updates_are_remembered(bot: Bot, reader: Reader) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    (said,) = await reader.say("قبل")
    await bot.get_updates()
    await reader.edit(said.message_id, "بعد")
    edited = await bot.get_updates()
    await bot.get_updates(allowed_updates=[], offset=edited[-1].update_id + 1)
    await reader.say("كل شيء")

    assert [update.edited_message.text for update in edited if update.edited_message] == ["بعد"]
    assert _texts(await bot.get_updates()) == ["كل شيء"]


async def test_some_kinds_come_only_when_asked_for(bot: Bot, http: httpx.AsyncClient) -> None:
    await http.post("/sandbox/updates", json={"message_reaction": {}})
    await http.post("/sandbox/updates", json={"poll": {"id": "1"}, "update_id": "990"})

    answer = await http.post(f"/bot{bot.token}/getUpdates")

    assert answer.json()["result"] == [{"update_id": 990, "poll": {"id": "1"}}]


async def test_a_second_poll_ends_the_first_with_a_conflict(sandbox: SandboxServer, bot: Bot, reader: Reader) -> None:
    async with a_bot(sandbox) as rival:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await _hanging(sandbox)
        second = asyncio.create_task(rival.get_updates(timeout=20))

        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot inst"):
            await first
        await reader.say("للثاني")
        assert _texts(await second) == ["للثاني"]


async def test_polling_and_a_webhook_exclude_each_other(sandbox: SandboxServer, bot: Bot, reader: Reader) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await _hanging(sandbox)
    await bot.set_webhook("https://example.net/hook")

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await reader.say("ينتظر")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.net/hook", 1)

    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://example.net/hook")


async def test_closing_does_not_wait_for_a_pending_poll() -> None:
    async with SandboxServer() as sandbox, a_bot(sandbox) as bot, Reader(sandbox.url, 7) as reader:
        assert await reader.messages() == []  # its connection stays open
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await _hanging(sandbox)
        started = time.monotonic()
        await sandbox.__aexit__(None, None, None)

        assert time.monotonic() - started < 30  # long before the poll would end by itself
        assert await poll == ()


async def _hanging(sandbox: SandboxServer) -> None:
    """Wait until a poll hangs on the sandbox."""
    async with asyncio.timeout(10):
        while not sandbox.world.bell.is_awaited:  # noqa: ASYNC110 - the request is on its way
            await asyncio.sleep(0.01)


async def _said(reader: Reader, count: int) -> None:
    for number in range(count):
        await reader.say(f"خبر {number}")


def _texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]
