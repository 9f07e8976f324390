"""A newsroom with two weeks of news behind it, and the phones of people who talk to the bot; all of it repeatable."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from news import NEWS, PAGE
from pydantic import SecretStr

from bot.app import run
from bot.sandbox.page import View, page_of
from bot.sandbox.reader import Offered, Reader, Shown
from bot.sandbox.server import SandboxServer
from config.settings import Settings

ZONE = "Asia/Riyadh"
OWNER, CHANNEL = 1001, -1_001_001
EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=ZoneInfo(ZONE))
_FIRST_READER = 2001
_FIRST_DAY = datetime(2026, 11, 9, 19, tzinfo=ZoneInfo(ZONE))
_SATURDAY = datetime(2026, 11, 21, 21, tzinfo=ZoneInfo(ZONE))
_BETWEEN = timedelta(minutes=85)  # the last of the samples comes on Sunday, of which they tell
_PATIENCE = 30.0
_MINUTE = timedelta(minutes=1)
_WAITING = """SELECT (SELECT count(*) FROM updates WHERE status IN ('received', 'handling'))
    + (SELECT count(*) FROM deliveries WHERE status IN ('planned', 'sending'))"""


@dataclass(slots=True)
class StandingClock:
    """A clock that moves when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def advance_to(self, moment: datetime) -> None:
        """Let it be that moment, if it is not past."""
        self.now = max(self.now, moment)


@dataclass(slots=True)
class Stage:
    """The running bot, its world, and the page of a newspaper that can be reached by a link."""

    sandbox: SandboxServer
    clock: StandingClock
    database: Path
    article: str
    stack: AsyncExitStack
    readers: int = 0

    async def phone(self, name: str = "ليلى") -> "Phone":
        """Return the phone of somebody new."""
        self.readers += 1
        reader = Reader(self.sandbox.url, _FIRST_READER + self.readers, name)
        return Phone(self, await self.stack.enter_async_context(reader))

    async def room(self, chat: dict[str, Any], admin: Reader) -> None:
        """Make a group or a channel that somebody administers."""
        async with httpx.AsyncClient(base_url=self.sandbox.url, trust_env=False) as http:
            await http.post("/sandbox/chats", json=chat)
        await admin.rank(chat["id"], "administrator")

    async def settled(self) -> None:
        """Wait until the bot has handled all that it heard and sent all that it wrote."""
        async with asyncio.timeout(_PATIENCE):
            while self.sandbox.world.updates.pending or self._waiting():  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.02)

    def _waiting(self) -> bool:
        with closing(sqlite3.connect(self.database)) as connection:
            return bool(connection.execute(_WAITING).fetchone()[0])

    async def publish(self, text: str) -> None:
        """Let the newsroom's channel post an article."""
        async with Reader(self.sandbox.url, OWNER, "المحرّر") as owner:
            await owner.say(text, chat_id=CHANNEL)
        await self.settled()


@dataclass(slots=True)
class Phone:
    """One person's phone, showing the chat with the bot, or a group that the bot is in."""

    stage: Stage
    reader: Reader
    view: View = field(default_factory=lambda: View(zone=ZONE))
    chat_id: int | None = None
    shown_after: int = 0

    async def say(self, text: str, **more: Any) -> Shown:
        """Write something, a minute later than before, and return the bot's last message."""
        self._acts()
        await self.reader.say(text, **self._here() | more)
        return await self._answered()

    async def forward(self, text: str, title: str, **more: Any) -> Shown:
        """Forward what a channel wrote."""
        self._acts()
        await self.reader.forward(text, {"type": "channel", "title": title} | more)
        return await self._answered()

    async def press(self, label: str) -> Shown:
        """Press the latest button that begins so; return the message as it is then, or the one that came below it."""
        self._acts()
        message, button = _button(await self.messages(), label)
        notice = await self.reader.press(message, button, wait=_PATIENCE, **self._here())
        await self.stage.settled()
        self.view = replace(self.view, pressed=(message.message_id, button), notice=notice)
        return (await self.messages())[-1]

    async def type_inline(self, query: str) -> Offered:
        """Type something behind the bot's name."""
        self._acts()
        offered = await self.reader.type_inline(query, wait=_PATIENCE)
        typed = f"@{self.stage.sandbox.world.bot.username} {query}"
        self.view = replace(self.view, typed=typed, offered=offered.results)
        return offered

    async def share(self, offered: Offered) -> None:
        """Send the first of what was offered."""
        self._acts()
        await self.reader.share(offered, offered.results[0]["id"], **self._here())

    async def wait_until(self, moment: datetime, begins: str) -> Shown:
        """Let it be that moment, and wait for the message that begins so."""
        await self.reader.messages()
        self.stage.clock.advance_to(moment)
        fresh = await self.reader.wait_for(lambda shown: shown.text.lstrip("\u200f").startswith(begins), _PATIENCE)
        await self.stage.settled()
        return fresh[-1]

    async def until(self, words: str) -> None:
        """Wait until some message says so."""
        await self.reader.wait_for(lambda shown: words in shown.text, _PATIENCE)

    async def scroll(self) -> None:
        """Leave out what was said and pressed so far."""
        self.view = replace(self.view, pressed=None, notice=None)
        self.shown_after = (await self.messages())[-1].message_id

    async def messages(self) -> list[Shown]:
        """Return what is on the screen."""
        return await self.reader.messages(self.shown_after, self.chat_id)

    async def page(self) -> str:
        """Return the screen as a page."""
        messages = await self.messages()
        attached = [message.attached for message in messages if message.kind == "photo" and message.attached]
        pictures = {each.file_id: await self.reader.content(each) for each in attached}
        return page_of(messages, replace(self.view, pictures=pictures))

    def _here(self) -> dict[str, Any]:
        return {} if self.chat_id is None else {"chat_id": self.chat_id}

    def _acts(self) -> None:
        self.stage.clock.now += _MINUTE
        self.view = replace(self.view, pressed=None, notice=None, typed="", offered=())

    async def _answered(self) -> Shown:
        await self.stage.settled()
        return (await self.messages())[-1]


def _button(messages: Sequence[Shown], begins: str) -> tuple[Shown, str]:
    """Return the latest message that has a button which begins so, and the button; LookupError: there is none."""
    for message in reversed(messages):
        for label in (label for row in message.buttons for label in row if message.from_bot):
            if label.lstrip("\u200f").startswith(begins):
                return message, label
    raise LookupError(f"no button begins with {begins!r}: {messages[-1].buttons}")


@asynccontextmanager
async def a_stage() -> AsyncIterator[Stage]:
    """Start the bot and let two weeks of news reach it."""
    clock = StandingClock(_FIRST_DAY)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mujaz-screens-")))
        sandbox = await stack.enter_async_context(SandboxServer())
        sandbox.world.clock = lambda: clock().timestamp()
        address = await stack.enter_async_context(_a_newspaper())
        database = folder / "mujaz.sqlite"
        await stack.enter_async_context(_bot(sandbox, database, address, clock))
        stage = Stage(sandbox, clock, database, f"http://{address}/", stack)
        await _enabled(stage)
        for day, told in enumerate(NEWS):
            clock.advance_to(_FIRST_DAY + timedelta(days=day))
            for text in told:
                await stage.publish(text)
        for number, text in enumerate(samples().values()):
            clock.advance_to(_SATURDAY + number * _BETWEEN)
            await stage.publish(text)
        clock.advance_to(EVENING)
        yield stage


def samples() -> dict[str, str]:
    """Return the sample articles by the names of their files."""
    found = [file for file in files("bot.sandbox").joinpath("samples").iterdir() if file.name.endswith(".txt")]
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(found, key=lambda file: file.name)}


@asynccontextmanager
async def _bot(sandbox: SandboxServer, database: Path, address: str, clock: StandingClock) -> AsyncIterator[None]:
    open_to: dict[str, Any] = {"fetch_allow": address}  # as an operator writes it
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database=str(database),
        owner=frozenset({OWNER}),
        timezone=ZONE,
        language="ar",
        **open_to,
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run(settings, stop, clock))
        while not sandbox.world.polls:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.02)
        try:
            yield
        finally:
            stop.set()


async def _enabled(stage: Stage) -> None:
    """Let the owner make a channel one whose posts reach everyone, without a word from the bot."""
    async with Reader(stage.sandbox.url, OWNER, "المحرّر") as owner:
        phone = Phone(stage, owner)
        await phone.say("/start")
        channel = {"id": CHANNEL, "type": "channel", "title": "بريد الأخبار", "username": "bareed_alakhbar"}
        await stage.room(channel, owner)
        await owner.appoint(CHANNEL, "administrator")
        await stage.settled()
        await phone.press("اعتماد القناة")


@asynccontextmanager
async def _a_newspaper() -> AsyncIterator[str]:
    """Serve one article as a newspaper's site does; give the host and the port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        content = PAGE.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def spoken(messages: Sequence[Shown]) -> str:
    """Return all that is written on a screen, without what only directs it."""
    parts = [part for each in messages for part in (each.text, *(label for row in each.buttons for label in row))]
    return "\n".join(parts).translate(dict.fromkeys(map(ord, "\u200f\u2068\u2069")))
