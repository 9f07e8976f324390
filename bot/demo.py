"""The whole bot in one minute: sandbox, bot and two people, on a fresh database."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

from pydantic import SecretStr

from bot.app import run, utc_now
from bot.domain.schedule import Schedule
from bot.sandbox.limits import Limits
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from bot.sandbox.transcript import printed
from config.settings import Settings

_OWNER, _READER = 1001, 1002
_PATIENCE = 30.0
_CHANNEL: Mapping[str, object] = {"type": "channel", "title": "بريد الأخبار", "username": "bareed_alakhbar"}
_POSTED = datetime(2026, 11, 21, 18, tzinfo=UTC)  # when the samples say that they happened
_TIMES = (time(8), time(20))
ZONE = "Asia/Riyadh"
_LONGEST_SHOWN = 180  # letters of what the people themselves send


@dataclass(slots=True)
class SteeredClock:
    """Real time, and a jump ahead when told."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Return the time, in UTC."""
        return utc_now() + self.ahead

    def advance_to(self, moment: datetime) -> None:
        """Let it be that moment now."""
        self.ahead += moment - self()


class NoArticles(Exception):
    """The folder holds no text file."""


async def demonstrate(
    folder: Path | None, show: Callable[[str], None], progress: Callable[[str], None]
) -> Sequence[Shown]:
    """Play the demo, show the conversations and return the reader's.

    Raise NoArticles, or TimeoutError when an answer stays out.
    """
    articles = _articles(folder)
    clock = SteeredClock()
    with tempfile.TemporaryDirectory(prefix="mujaz-demo-") as scratch:
        async with (
            SandboxServer(limits=Limits()) as sandbox,
            _bot(sandbox, Path(scratch), clock),
            Reader(sandbox.url, _OWNER, first_name="المحرّر") as owner,
            Reader(sandbox.url, _READER, first_name="القارئ") as reader,
        ):
            progress(f"the newsroom sends in {len(articles)} articles")
            await _sent_in(owner, articles, _CHANNEL if folder else {**_CHANNEL, **_posted(clock())}, progress)
            progress("a reader follows روسيا and أوكرانيا")
            await _followed(reader)
            progress("on to the next slot of the reader's schedule")
            clock.advance_to(Schedule(_TIMES, ZONE).next_due(clock()))
            await reader.wait_for(_is_digest, _PATIENCE)
            show(_headed("غرفة الأخبار ترسل المقالات", await owner.messages()))
            conversation = await reader.messages()
            show(_headed("القارئ يتابع، وموجزه يصل في موعده", conversation))
            return conversation


def _articles(folder: Path | None) -> list[str]:
    if folder is None:
        samples = files("bot.sandbox").joinpath("samples").iterdir()
        texts = {sample.name: sample.read_text(encoding="utf-8") for sample in samples if sample.name.endswith(".txt")}
    else:
        texts = {path.name: path.read_text(encoding="utf-8-sig") for path in folder.glob("*.txt")}
    if not texts:
        raise NoArticles(f"no .txt file in {folder}")
    return [texts[name] for name in sorted(texts)]


@asynccontextmanager
async def _bot(sandbox: SandboxServer, scratch: Path, clock: SteeredClock) -> AsyncIterator[None]:
    settings = Settings(
        token=SecretStr(sandbox.token),
        api_url=sandbox.url,
        database=str(scratch / "demo.sqlite"),
        owner=frozenset({_OWNER}),
        timezone=ZONE,
        language="ar",
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run(settings, stop, clock))
        try:
            yield
        finally:
            stop.set()


def _posted(now: datetime) -> Mapping[str, object]:
    return {"date": int(min(now, _POSTED).timestamp())}


async def _sent_in(
    owner: Reader, articles: Sequence[str], channel: Mapping[str, object], progress: Callable[[str], None]
) -> None:
    await _answered(owner, "/start")
    for number, article in enumerate(articles, start=1):
        answer = await _below(owner, await owner.forward(article, {**channel, "message_id": number}))
        progress(f"  {number}/{len(articles)} {answer.text.splitlines()[0]}")


async def _followed(reader: Reader) -> None:
    welcome = await _answered(reader, "/start")
    offered = next((label for row in welcome.buttons for label in row if label.endswith("روسيا")), None)
    if offered:
        await reader.press(welcome, offered)
    for said in ("/follow روسيا، #أوكرانيا", "/schedule 08:00 20:00", "/topics"):
        await _answered(reader, said)


async def _answered(person: Reader, text: str) -> Shown:
    """Say something and return the bot's answer, which is a new message below it."""
    return await _below(person, await person.say(text))


async def _below(person: Reader, said: Sequence[Shown]) -> Shown:
    fresh = await person.wait_for(lambda shown: shown.message_id > said[-1].message_id, _PATIENCE)
    return fresh[-1]


def _is_digest(message: Shown) -> bool:
    return message.text.lstrip("\u200f").startswith("موجزك ·")


def _headed(title: str, messages: Sequence[Shown]) -> str:
    line = "═" * 78
    return (
        f"\u200f{line}\n\u200f{title:>78}\n\u200f{line}\n\n{printed([_shortened(message) for message in messages])}\n"
    )


def _shortened(message: Shown) -> Shown:
    if message.from_bot or len(message.text) <= _LONGEST_SHOWN:
        return message
    return Shown(message.message_id, message.date, message.from_bot, message.text[:_LONGEST_SHOWN].rstrip() + " …")
