from datetime import timedelta
from itertools import pairwise

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.sandbox.limits import Limits, Meter
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import READER_ID, a_bot


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 8).filter(bool), st.floats(0, 0.5)), max_size=200))
def test_no_second_and_no_chat_ever_gets_more_than_its_share(attempts: list[tuple[int, float]]) -> None:
    limits = Limits(per_second=5, chat_seconds=1, chat_burst=2, group_per_minute=4)
    meter = Meter(limits)
    sent: list[tuple[int, float]] = []
    now = 0.0
    for chat_id, pause in attempts:
        now += pause
        if meter.wait(chat_id, now) == 0:
            sent.append((chat_id, now))

    moments = [moment for _, moment in sent]
    assert all(later - earlier >= 1 for earlier, later in zip(moments, moments[5:], strict=False))
    for chat_id in {chat_id for chat_id, _ in sent}:
        of_chat = [moment for other, moment in sent if other == chat_id]
        spread = (4, 60) if chat_id < 0 else (2, 1 - 1e-9)
        assert all(later - earlier >= spread[1] for earlier, later in zip(of_chat, of_chat[spread[0] :], strict=False))


def test_who_waits_as_long_as_told_is_let_in() -> None:
    meter, now, waits = Meter(Limits()), 0.0, []
    for _ in range(50):
        waits.append(wait := meter.wait(7, now))
        now += wait

    assert waits[:4] == [0, 0, 0, 1]
    assert all(not later or not earlier for earlier, later in pairwise(waits))


@pytest.mark.parametrize(
    ("limits", "chat_id", "free"),
    [
        pytest.param(Limits(), READER_ID, 3, id="a private chat takes a short burst"),
        pytest.param(Limits(chat_burst=1), READER_ID, 1, id="a burst of one"),
        pytest.param(Limits(), -100, 20, id="a group takes twenty a minute"),
        pytest.param(Limits(per_second=5, chat_burst=99), READER_ID, 5, id="all chats together"),
    ],
)
async def test_a_bot_that_writes_too_fast_is_told_how_long_to_wait(limits: Limits, chat_id: int, free: int) -> None:
    async with SandboxServer(limits=limits) as sandbox, a_bot(sandbox) as bot, Reader(sandbox.url, READER_ID) as reader:
        await reader.say("/start")
        await _found_group(sandbox)
        for number in range(free):
            await bot.send_message(chat_id, f"خبر {number}")

        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(chat_id, "خبر زائد")

        assert isinstance(refused.value.retry_after, timedelta)
        assert timedelta(seconds=1) <= refused.value.retry_after <= timedelta(minutes=1)


async def _found_group(sandbox: SandboxServer) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as client:
        await client.post("/sandbox/chats", json={"id": -100, "type": "supergroup", "title": "أصدقاء الخبر"})
