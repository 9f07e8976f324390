"""Take articles in on SQLite, as the bot does: layout, topics, tags, summary, story, archive.

Articles of some 3 kB are put together from sentences of real ones (``--data``), else of the shipped samples; a third
reports an event again in part. 300 come a day, so that the days in which reports of one event are sought are as full at
the first measurement as at the last, and only the archive grows. Printed when 1,000, 10,000 and 100,000 are kept: what
the next thousand cost. Those before go straight into the archive, unread but for their leads, 500 in a transaction;
``--whole`` takes every one in as the bot does, which for 100,000 takes an hour.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import click

from bot.app import catalogue_topics
from bot.arabic.sentences import sentences
from bot.domain.article import Article, Draft, Source, SourceKind, Traces, fingerprint
from bot.domain.copies import wording
from bot.domain.repetition import line_fingerprints
from bot.domain.schedule import Schedule
from bot.domain.story import lead_stems
from bot.domain.topic import Reason, Subject
from bot.reading.process import ReadingProcess
from bot.services.collect import Collect, Collected
from bot.storage.articles import StoredArticles
from bot.storage.database import Database, opened
from bot.storage.keeping import added
from bot.storage.subscribers import StoredSubscribers
from bot.storage.topics import StoredTopics
from bot.summarize.budget import Budget

_SIZES = (1_000, 10_000, 100_000)
_WINDOW = 1_000  # articles over which a cost is taken
_A_DAY = 300
_BYTES = 3_000
_RETOLD = 1 / 3
_TOLD_AGAIN = 100  # events that another may still report
_TAGS = 5
_CHANNELS = 50
_BATCH = 500
_SIDE_BY_SIDE = 4  # chats that send at the same time
_START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print the cost of an article as the archive grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with summaries/*.jsonl")
    parser.add_argument("--articles", type=int, default=_SIZES[-1])
    parser.add_argument("--whole", action="store_true", help="read every article, not only the measured ones")
    options = parser.parse_args()
    asyncio.run(_ingested(_Newsroom.of(options.data), options.articles, whole=options.whole))


@dataclass(slots=True)
class _Clock:
    """Goes on with every article."""

    moment: datetime = _START

    def __call__(self) -> datetime:
        return self.moment


@dataclass(slots=True)
class _Newsroom:
    """Writes articles without end."""

    leads: Sequence[str]
    sentences: Sequence[str]
    tags: Sequence[str]
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - the same each time
    recent: deque[tuple[str, list[str]]] = field(default_factory=lambda: deque(maxlen=_TOLD_AGAIN))

    @classmethod
    def of(cls, data: Path | None) -> "_Newsroom":
        texts = list(_real(data) if data else _samples())
        leads = [text.split("\n")[0] for text in texts]
        pool = [sentence for text in texts for sentence in sentences(text) if 8 < len(sentence.split()) < 60]  # noqa: PLR2004
        names = [topic.name for topic in catalogue_topics()]
        return cls(leads, pool, names)

    def article(self, number: int) -> tuple[str, list[str], list[str]]:
        """Return the next one's title, body and tags: a new event, or one of the last hundred told by another."""
        if self.recent and self.chance.random() < _RETOLD:
            title, told = self.chance.choice(self.recent)
            body = [*told[:2], *self._sentences(_BYTES - sum(len(line.encode()) for line in told[:2]))]
        else:
            title, body = self.chance.choice(self.leads), self._sentences(_BYTES)
            self.recent.append((title, body))
        return f"{title} {number}", body, self.chance.sample(self.tags, _TAGS)

    def _sentences(self, size: int) -> list[str]:
        found: list[str] = []
        while size > 0:
            found.append(self.chance.choice(self.sentences))
            size -= len(found[-1].encode())
        return found


def _real(data: Path) -> Iterator[str]:
    for file in sorted((data / "summaries").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"{row.get('title', '')}\n{row['text']}"


def _samples() -> Iterator[str]:
    print("no --data: the articles are made of bot/sandbox/samples, whose words are few")
    for sample in files("bot.sandbox").joinpath("samples").iterdir():
        if sample.name.endswith(".txt"):
            yield sample.read_text(encoding="utf-8")


def _yardstick() -> float:
    """Return the CPU seconds of a piece of work that is always the same: others on the machine slow it down too."""
    lines = [f"وصلت السفينة رقم {number} إلى الميناء صباح اليوم" for number in range(300)]
    began = time.process_time()
    for _ in range(40):
        wording(lines)
    return time.process_time() - began


async def _ingested(newsroom: _Newsroom, total: int, *, whole: bool) -> None:
    print("CPU times are divided by how much slower than at first the machine was for a fixed piece of work")
    print("articles kept | articles/s | CPU ms an article, bot | reading process | database kB an article | bot MB")
    first: list[float] = []
    paces: list[float] = []
    with tempfile.TemporaryDirectory(prefix="mujaz-bench-") as scratch:
        path = Path(scratch) / "mujaz.sqlite"
        with opened(str(path)) as database:
            topics, articles, clock = StoredTopics(database), StoredArticles(database), _Clock()
            await topics.seed(catalogue_topics())
            reader = await StoredSubscribers(database).welcome(1, "ar", Schedule((), "UTC"), _START, _START)
            async with ReadingProcess(topics, articles, Budget()) as read:
                collect = Collect(articles, read, clock)

                async def taken(number: int) -> None:
                    clock.moment = _START + timedelta(days=number / _A_DAY)
                    origin = Source(SourceKind.CHANNEL, f"قناة {number % _CHANNELS}")
                    title, body, tags = newsroom.article(number)
                    text = "\n".join((title, *body, f"كلمات دلالية: {'، '.join(tags)}"))
                    draft = Draft(text, f"1:{number}", clock(), is_trusted=True, origin=origin)
                    if not isinstance(await collect(draft, reader), Collected):
                        raise TypeError("an article of ours was refused")

                done = 0
                for size in sorted({total, *(size for size in _SIZES if size < total)}):
                    before_it = range(done, size)
                    await (_many(taken, before_it, f"up to {size}") if whole else _kept(newsroom, before_it, database))
                    done = size + _WINDOW
                    pace = _yardstick()
                    before = _spent(read)
                    await _many(taken, range(size, done), f"measured at {size}")
                    after = _spent(read)
                    pace = (pace + _yardstick()) / 2
                    paces.append(pace)
                    costs = _costs(before, after, path, done, pace / paces[0])
                    first = first or costs
                    shown = (f"{cost:.2f} ({cost / one:.2f}×)" for cost, one in zip(costs, first, strict=True))
                    print(" | ".join((str(size), *shown)), flush=True)


async def _kept(newsroom: _Newsroom, numbers: range, database: Database) -> None:
    """Keep articles without reading them: what was found in them is what they are tagged with."""
    with click.progressbar(length=len(numbers), label=f"up to {numbers.stop}", file=sys.stderr) as bar:
        for start in range(numbers.start, numbers.stop, _BATCH):
            rows = [_unread(newsroom, number) for number in range(start, min(start + _BATCH, numbers.stop))]
            await database.write(lambda connection, rows=rows: [added(connection, *row) for row in rows])  # type: ignore[misc]
            bar.update(len(rows))


def _unread(newsroom: _Newsroom, number: int) -> tuple[Article, Traces]:
    title, body, tags = newsroom.article(number)
    moment = _START + timedelta(days=number / _A_DAY)
    article = Article(
        fingerprint=fingerprint(title, body),
        title=title,
        body=tuple(body),
        summary=tuple(body[:3]),
        summary_version="",
        tags=tuple(tags),
        subjects=tuple(Subject(tag, Reason.KEYWORD, 1) for tag in tags),
        collected_at=moment,
        published=moment.date(),
        source=Source(SourceKind.CHANNEL, f"قناة {number % _CHANNELS}"),
    )
    lines = tuple(sorted(line_fingerprints(body)))
    return article, Traces(lead_stems(title, body), tuple(tags), lines=lines)


async def _many(taken: Callable[[int], Awaitable[None]], numbers: range, label: str) -> None:
    waiting = iter(numbers)
    with click.progressbar(length=len(numbers), label=label, file=sys.stderr) as bar:

        async def one_chat() -> None:
            for number in waiting:
                await taken(number)
                bar.update(1)

        await asyncio.gather(*(one_chat() for _ in range(_SIDE_BY_SIDE)))


def _spent(read: ReadingProcess) -> tuple[float, float, float]:
    """Return the clock, and the CPU seconds of the bot and of its reading process."""
    process = read._process  # noqa: SLF001
    ticks: Sequence[str] = ()
    if process:
        stat = Path(f"/proc/{process._process.pid}/stat").read_text(encoding="utf-8")  # noqa: SLF001
        ticks = stat.rpartition(")")[2].split()[11:13]
    return time.perf_counter(), time.process_time(), sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _costs(before: Sequence[float], after: Sequence[float], path: Path, size: int, slower: float) -> list[float]:
    clock, bot, reading = (late - early for early, late in zip(before, after, strict=True))
    kept = sum(file.stat().st_size for file in path.parent.iterdir())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        _WINDOW / clock,
        1000 * bot / _WINDOW / slower,
        1000 * reading / _WINDOW / slower,
        kept / size / 1000,
        memory,
    ]


if __name__ == "__main__":
    main()
