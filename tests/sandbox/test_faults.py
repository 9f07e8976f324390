import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import READER_ID, a_bot


@pytest.mark.parametrize(
    ("kind", "raised", "words"),
    [
        (FaultKind.TOO_MANY_REQUESTS, RetryAfter, "Flood control exceeded"),
        (FaultKind.BLOCKED, Forbidden, "bot was blocked by the user"),
        (FaultKind.DEACTIVATED, Forbidden, "user is deactivated"),
        (FaultKind.KICKED, Forbidden, "bot was kicked"),
        (FaultKind.CHAT_NOT_FOUND, BadRequest, "Chat not found"),
        (FaultKind.BAD_ENTITIES, BadRequest, "Can't parse entities"),
        (FaultKind.BAD_GATEWAY_JSON, NetworkError, "Bad Gateway"),
        (FaultKind.BAD_GATEWAY_HTML, NetworkError, "Bad Gateway"),
        (FaultKind.GATEWAY_TIMEOUT_JSON, NetworkError, "Gateway Timeout"),
        (FaultKind.GATEWAY_TIMEOUT_HTML, NetworkError, "Gateway Timeout"),
        (FaultKind.RESET, NetworkError, "disconnected"),
        (FaultKind.GARBAGE, TelegramError, "Invalid server response"),
    ],
)
async def test_a_fault_is_raised_as_the_library_raises_it_and_nothing_arrives(
    sandbox: SandboxServer,
    bot: Bot,
    reader: Reader,
    *,
    kind: FaultKind,
    raised: type[TelegramError],
    words: str,
) -> None:
    await reader.say("/start")
    sandbox.plan(Fault("sendMessage", kind, seconds=2))

    with pytest.raises(raised, match=words):
        await bot.send_message(READER_ID, "ضائع")
    await bot.send_message(READER_ID, "واصل")

    assert [shown.text for shown in await reader.wait_for(1)] == ["واصل"]


async def test_a_lost_answer_leaves_the_message_in_the_chat(sandbox: SandboxServer, bot: Bot, reader: Reader) -> None:
    await reader.say("/start")
    sandbox.plan(Fault("sendMessage", FaultKind.LOST_ANSWER))

    with pytest.raises(NetworkError):
        await bot.send_message(READER_ID, "وصلت ولم يُعلم")

    assert [shown.text for shown in await reader.wait_for(1)] == ["وصلت ولم يُعلم"]


@pytest.mark.parametrize(("kind", "arrives"), [(FaultKind.HANG, False), (FaultKind.LATE_ANSWER, True)])
async def test_a_slow_server_times_out(
    sandbox: SandboxServer, reader: Reader, kind: FaultKind, *, arrives: bool
) -> None:
    await reader.say("/start")
    sandbox.plan(Fault("sendMessage", kind, seconds=30))

    async with a_bot(sandbox, read_timeout=0.2) as hasty:
        with pytest.raises(TimedOut):
            await hasty.send_message(READER_ID, "بطيء")

    assert [shown.text for shown in await reader.messages() if shown.from_bot] == ["بطيء"] * arrives


async def test_a_fault_waits_for_its_chat_and_happens_as_often_as_planned(
    sandbox: SandboxServer,
    bot: Bot,
    reader: Reader,
) -> None:
    await reader.say("/start")
    async with Reader(sandbox.url, 502) as other:
        await other.say("/start")
    sandbox.plan(Fault("*", FaultKind.BLOCKED, times=2, chat_id=502))

    await bot.send_message(READER_ID, "إلى الأول")
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(502, "إلى الثاني")
    await bot.send_message(502, "إلى الثاني")

    assert not sandbox.world.faults.planned
