"""How long readers wait for an answer while somebody's 20,000 words are read.

Sandbox, bot and readers are processes of their own. The same is measured with nothing to read, and with the article
read on the event loop, as a bot without a reading process would.
"""

import argparse
import asyncio
import contextlib
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from bot import app
from bot.arabic.layout import Layout
from bot.arabic.sentences import sentences
from bot.domain.article import Draft
from bot.domain.reading import Findings, Knowledge, Opened, Text
from bot.domain.topic import Subject, Topic
from bot.ports import Articles, Topics
from bot.reading.jobs import About, Answer, Job, Open, Search, Summarise
from bot.reading.worker import ReadingDesk
from bot.sandbox.reader import Reader
from bot.summarize.budget import Budget
from bot.summarize.summarizer import SumySummarizer
from config.settings import read_settings

_WORDS = 20_000
_ASKING = 20  # readers a round, one after the other
_APART = 0.05  # seconds
_MOST_LETTERS = 4096
_PATIENCE = 60.0
_FIRST_READER, _POSTER = 10_000, 5_000
_TOKEN = "123456789:benchbenchbenchbenchbenchbench"  # noqa: S105 - opens the sandbox


def main() -> None:
    """Print how long readers waited, quiet and beside a long article."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bot", choices=("ours", "loop"), help=argparse.SUPPRESS)
    parser.add_argument("--lags", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        held = asyncio.run(_bot(on_the_loop=options.bot == "loop"))
        options.lags.write_text(str(held), encoding="ascii")
    else:
        asyncio.run(_measured(options.rounds))


async def _measured(rounds: int) -> None:
    print("an answer, ms | median | 95 % | worst | 95 %, longer than quiet | the event loop was held, at most")
    quiet: list[float] = []
    for what, command, is_long in (
        ("nothing to read", _OURS, False),
        (f"beside {_WORDS} words, ours", _OURS, True),
        (f"beside {_WORDS} words, read on the event loop", _ON_THE_LOOP, True),
    ):
        waits, held = await _waits(command, rounds, is_long=is_long)
        quiet = quiet or waits
        late = _quantile(waits, 0.95)
        shown = (statistics.median(waits), late, max(waits), late - _quantile(quiet, 0.95), held)
        print(" | ".join((what, *(f"{1000 * value:.0f}" for value in shown))), flush=True)


_OURS = (sys.executable, __file__, "--bot", "ours")
_ON_THE_LOOP = (sys.executable, __file__, "--bot", "loop")


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def _waits(command: Sequence[str], rounds: int, *, is_long: bool) -> tuple[list[float], float]:
    chance = random.Random(1)  # noqa: S311 - the same articles each time
    waits: list[float] = []
    with tempfile.TemporaryDirectory(prefix="mujaz-bench-") as scratch:
        lags = Path(scratch) / "lags"
        async with _running((*command, "--lags", str(lags)), Path(scratch)) as url, Reader(url, _POSTER) as poster:
            await _answer(poster, _long_article(chance, 200))  # what starts with the first article is started now
            await asyncio.sleep(_STARTS_IN)
            for number in range(rounds):
                asking = [Reader(url, _FIRST_READER + number * _ASKING + place) for place in range(_ASKING)]
                article = _long_article(chance, _WORDS) if is_long else ""
                tasks = [asyncio.create_task(_asked(reader, place)) for place, reader in enumerate(asking)]
                last = await _posted(poster, article)
                waits += await asyncio.gather(*tasks)
                if article:
                    await _below(poster, last)
                for reader in asking:
                    await reader.aclose()
        return waits, float(lags.read_text(encoding="ascii"))


async def _posted(reader: Reader, article: str) -> int:
    """Send an article in the parts that Telegram allows; return the number of the last message."""
    last = 0
    while article:
        end = len(article) if len(article) <= _MOST_LETTERS else article.rindex("\n", 0, _MOST_LETTERS)
        (said,) = await reader.say(article[:end], split=False)
        article, last = article[end:].lstrip(), said.message_id
    return last


async def _asked(reader: Reader, place: int) -> float:
    await asyncio.sleep(place * _APART)
    began = time.perf_counter()
    await _answer(reader, "/help")
    return time.perf_counter() - began


async def _answer(reader: Reader, text: str) -> None:
    said = await reader.say(text)
    await _below(reader, said[-1].message_id)


async def _below(reader: Reader, message_id: int) -> None:
    await reader.wait_for(lambda shown: shown.from_bot and shown.message_id > message_id, _PATIENCE)


def _long_article(chance: random.Random, words: int) -> str:
    """Return an article of so many words, made of the shipped samples' sentences."""
    pool = [text for sample in files("bot.sandbox").joinpath("samples").iterdir() if sample.name.endswith(".txt")
            for text in sentences(sample.read_text(encoding="utf-8")) if len(text.split()) > 8]  # noqa: PLR2004  # fmt: skip
    paragraphs = [f"تقرير مطول رقم {chance.randrange(10**9)} عن أخبار اليوم"]
    while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
        paragraphs.append(" ".join(f"{chance.choice(pool)} ({chance.randrange(10**6)})" for _ in range(4)))
    return "\n".join(paragraphs)


@contextlib.asynccontextmanager
async def _running(command: Sequence[str], scratch: Path) -> AsyncIterator[str]:
    sandbox = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", "--port", "0", "--token", _TOKEN, stdout=asyncio.subprocess.PIPE
    )
    if sandbox.stdout is None:
        raise TypeError("started with a pipe")
    url = (await sandbox.stdout.readline()).decode().split()[3].rstrip(",")
    environment = os.environ | {
        "MUJAZ_TOKEN": _TOKEN,
        "MUJAZ_API_URL": url,
        "MUJAZ_DATABASE": str(scratch / "mujaz.sqlite"),
        "MUJAZ_LOG_LEVEL": "ERROR",
    }
    bot = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        yield url
    finally:
        for process in (bot, sandbox):
            process.terminate()
            await process.wait()


@dataclass(slots=True)
class _OnTheLoop:
    """Reads where the conversation runs."""

    topics: Topics
    articles: Articles
    summary_version: str = "bench"
    desk: ReadingDesk = field(default_factory=lambda: ReadingDesk(Knowledge(), SumySummarizer(), Budget()))
    marks: tuple[int, int] = (0, 0)

    async def open(self, draft: Draft, /) -> Opened:
        return _there((await self._answer(Open(draft))).opened)

    async def search(self, layout: Layout, repeated: Collection[str], /) -> Findings:
        return _there((await self._answer(Search(layout, frozenset(repeated)))).findings)

    async def summarise(self, text: Text, repeated: Collection[str], /) -> tuple[str, ...]:
        return _there((await self._answer(Summarise(text, frozenset(repeated)))).summary)

    async def about(self, topic: Topic, texts: Sequence[Text], /) -> Sequence[Subject | None]:
        return _there((await self._answer(About(topic, tuple(texts)))).subjects)

    async def aclose(self) -> None:
        """Nothing runs beside it."""

    async def _answer(self, job: Job) -> Answer:
        topics, first = await self.topics.after(self.marks[0])
        tags, second = await self.articles.tags_after(self.marks[1])
        self.marks = first, second
        self.desk.knowledge.learn(topics, tags)
        return self.desk.answer(job)


T = TypeVar("T")


def _there(value: T | None) -> T:
    if value is None:
        raise TypeError("the desk answers what it was asked")
    return value


async def _bot(*, on_the_loop: bool) -> float:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if on_the_loop:
        app.reading = lambda _, topics, articles: _OnTheLoop(topics, articles)  # type: ignore[assignment,return-value]
    beating = asyncio.create_task(_longest_hold())
    await app.run(read_settings(), stop)
    beating.cancel()
    return await beating


async def _longest_hold() -> float:
    """Return, when cancelled, for how long at most nothing else could run; what starts with the bot does not count."""
    longest = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(_STARTS_IN)
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_BEAT)
            longest = max(longest, time.perf_counter() - began - _BEAT)
    return longest


_STARTS_IN, _BEAT = 5.0, 0.001  # seconds


if __name__ == "__main__":
    main()
