import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.serving import serving

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  # a header's name


@dataclass
class Hook:
    """A webhook: what came, and with which status the next ones are answered."""

    url: str = ""
    came: list[dict[str, Any]] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    in_hand: int = 0
    most_in_hand: int = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        self.in_hand += 1
        self.most_in_hand = max(self.most_in_hand, self.in_hand)
        self.came.append(await request.json())
        self.secrets.add(request.headers.get(SECRET_HEADER))
        await self.answered.wait()
        self.in_hand -= 1
        await Response(status_code=self.statuses.pop(0) if self.statuses else 200)(scope, receive, send)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    hook.answered.set()
    async with serving(hook, "127.0.0.1", 0) as url:
        hook.url = f"{url}/hook"
        yield hook


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - another server's state
            await asyncio.sleep(0.01)


async def test_what_is_said_is_brought_with_the_secret(
    sandbox: SandboxServer, bot: Bot, reader: Reader, hook: Hook
) -> None:
    await reader.say("قبل")
    await bot.set_webhook(hook.url, secret_token="some_secret-1")  # noqa: S106  # opens nothing
    await reader.say("بعد")

    await until(lambda: not sandbox.world.updates.pending)

    assert hook.texts == ["قبل", "بعد"]
    assert hook.secrets == {"some_secret-1"}
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_what_is_not_taken_comes_again_and_the_bot_is_told_why(
    sandbox: SandboxServer, bot: Bot, reader: Reader, hook: Hook
) -> None:
    sandbox.world.webhook_pause = 0.01
    hook.statuses = [503, 500]
    await bot.set_webhook(hook.url)
    await reader.say("أول")
    await reader.say("ثان")

    await until(lambda: not sandbox.world.updates.pending)
    info = await bot.get_webhook_info()

    assert hook.texts == ["أول", "أول", "أول", "ثان"]
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_lost_answer_brings_an_update_twice(
    sandbox: SandboxServer, bot: Bot, reader: Reader, hook: Hook
) -> None:
    sandbox.world.webhook_pause = 0.01
    sandbox.plan(Fault("webhook", FaultKind.LOST_ANSWER))
    await bot.set_webhook(hook.url)
    await reader.say("مرتين")

    await until(lambda: not sandbox.world.updates.pending)

    assert hook.texts == ["مرتين", "مرتين"]


async def test_chats_come_side_by_side_and_a_chat_in_order(sandbox: SandboxServer, bot: Bot, hook: Hook) -> None:
    hook.answered.clear()
    await bot.set_webhook(hook.url, max_connections=3)
    for number in range(5):
        async with Reader(sandbox.url, 600 + number) as reader:
            await reader.say(f"{number} أ")
            await reader.say(f"{number} ب")
    await until(lambda: len(hook.came) == 3)
    hook.answered.set()

    await until(lambda: not sandbox.world.updates.pending)

    assert hook.most_in_hand == 3
    assert [[text for text in hook.texts if text[0] == str(each)] for each in range(5)] == [
        [f"{each} أ", f"{each} ب"] for each in range(5)
    ]


async def test_a_webhook_that_is_deleted_leaves_what_waits_to_whoever_polls(
    sandbox: SandboxServer, bot: Bot, reader: Reader, hook: Hook
) -> None:
    sandbox.world.webhook_pause = 60
    hook.statuses = [503]
    await bot.set_webhook(hook.url)
    await reader.say("ينتظر")
    await until(lambda: hook.came)
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()

    await bot.delete_webhook()
    updates = await bot.get_updates()

    assert [update.message.text for update in updates if update.message] == ["ينتظر"]
    assert (await bot.get_webhook_info()).url == ""


async def test_an_address_beyond_this_machine_is_never_called(sandbox: SandboxServer, bot: Bot, reader: Reader) -> None:
    sandbox.world.webhook_pause = 60
    await bot.set_webhook("https://example.net/hook")
    await reader.say("يبقى")

    await until(lambda: sandbox.world.webhook and sandbox.world.webhook.failure)

    assert (await bot.get_webhook_info()).last_error_message == "the sandbox calls nobody but this machine"


@pytest.mark.parametrize(
    ("url", "secret", "refusal"),
    [
        pytest.param("http://example.net/hook", None, "an https url must be provided", id="no TLS"),
        pytest.param("ftp://example.net/hook", None, "an https url must be provided", id="another protocol"),
        pytest.param("https://example.net:5000/hook", None, "can be set up only on ports", id="another port"),
        pytest.param("https://example.net:x/hook", None, "invalid url", id="no port"),
        pytest.param("https://localhost/hook", None, "failed to resolve host", id="a host that is nowhere"),
        pytest.param("https://example.net/hook", "a b", "unallowed characters", id="a secret with a space"),
        pytest.param("https://example.net/hook", "s" * 257, "unallowed characters", id="a long secret"),
    ],
)
async def test_a_bad_webhook_is_refused(bot: Bot, url: str, secret: str | None, refusal: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await bot.set_webhook(url, secret_token=secret)

    assert (await bot.get_webhook_info()).url == ""
