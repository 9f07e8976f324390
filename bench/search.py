"""Look for stories in 100,000 articles, and say what the index of words costs.

Articles of some 3 kB are put together as in bench/ingest.py, 2,000 a day, each a story of its own; one in fifty was
sent by a reader and is not for everyone. The baseline looks for the words as typed with LIKE, the newest first as well,
in the same run on the same file: it finds no other form of them, and is quick only where every other article has them.
"""

import argparse
import asyncio
import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from ingest import _A_DAY, _START, _Newsroom

from bot.app import catalogue_topics
from bot.domain.article import fingerprint
from bot.domain.search import Wanted, wanted
from bot.domain.topic import topic_key
from bot.storage.database import Database, opened
from bot.storage.stories import StoredStories
from bot.storage.tables import article_topics, articles, sources, stories, topics
from bot.storage.topics import StoredTopics

_MIGRATION = importlib.import_module("bot.storage.migrations.versions.0015_archive_search")
_BATCH = 500
_PRIVATE = 50
_SOURCES = 50
_TIMES = 21
_RARE_EVERY = 20_000


def main() -> None:
    """Print how long readers wait."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with summaries/*.jsonl")
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    asyncio.run(_searched(_Newsroom.of(options.data), options.articles))


async def _searched(newsroom: _Newsroom, total: int) -> None:
    with tempfile.TemporaryDirectory(prefix="mujaz-bench-") as scratch:
        path = Path(scratch) / "mujaz.sqlite"
        with opened(str(path)) as database:
            await StoredTopics(database).seed(catalogue_topics())
            await _filled(newsroom, total, database)
            before = await _size(database)
            began = time.process_time()
            await database.write(_MIGRATION._index_all)  # noqa: SLF001
            spent = time.process_time() - began
            after = await _size(database)
            print(f"index of words: {1000 * spent / total:.2f} ms and {(after - before) / total:.0f} bytes an article,")
            print(f"where an article takes {before / total:.0f} bytes without it")
            await _asked(database, total)


async def _asked(database: Database, total: int) -> None:
    found, until = StoredStories(database), _START + timedelta(days=total / _A_DAY)
    catalogue, today = await StoredTopics(database).catalogue(), until.date()
    await found.sought(None, Wanted(), _ZONE, until, 0, 1)  # so that the first question finds everything loaded
    print(f"\n{total} articles, ms: median | slowest of {_TIMES} | LIKE, median of 3 | question")
    for name, typed, skip in _QUESTIONS:
        sought, times, hits = wanted(typed, today, catalogue), [], 0
        for _ in range(_TIMES):
            began = time.perf_counter()
            hits = len(await found.sought(None, sought, _ZONE, until, skip, 6))
            times.append(1000 * (time.perf_counter() - began))
        scan = await _scanned(database, typed.split(" في ")[0].split(" منذ ")[0].split()) if sought.words else None
        shown = f"{scan:9.1f}" if scan else "        –"
        print(f"{statistics.median(times):8.1f} | {max(times):8.1f} | {shown} | {name}, {hits} shown", flush=True)


_ZONE = "Asia/Riyadh"
_QUESTIONS = [
    ("a common word", "الحكومة", 0),
    ("a common word, page 20", "الحكومة", 95),
    ("three words", "الحكومة المدينة السوق", 0),
    ("a rare word", "زمردنادر", 0),
    ("a common and a rare word", "الحكومة زمردنادر", 0),
    ("a word that stands nowhere", "قرنفلبنفسج", 0),
    ("a common word in a topic", "الحكومة في روسيا", 0),
    ("a common word in a rare topic", "الحكومة في موضوع نادر", 0),
    ("a common word in a topic without news", "الحكومة في موضوع خال", 0),
    ("a common word since a week", "الحكومة منذ أسبوع", 0),
    ("a common word since a week, in a rare topic", "الحكومة في موضوع نادر منذ أسبوع", 0),
    ("a source alone", "المصدر: قناة 33", 0),
    ("a rare topic alone", "في موضوع نادر", 0),
    ("the latest of all", "", 0),
    ("the latest of three topics", "في روسيا ومصر وقطر منذ أسبوعين", 0),
    ("the latest of a topic without news", "في موضوع خال منذ أسبوعين", 0),
]


async def _scanned(database: Database, typed: Sequence[str]) -> float:
    """Return the milliseconds that it takes to look for the words in every text."""
    everywhere = [
        sa.or_(articles.c.title.contains(word), sa.cast(articles.c.body, sa.Text).contains(word)) for word in typed
    ]
    query = sa.select(articles.c.id).where(*everywhere).order_by(articles.c.collected_at.desc()).limit(6)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        await database.read(lambda connection: connection.execute(query).all())
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


async def _filled(newsroom: _Newsroom, total: int, database: Database) -> None:
    """Keep articles as they are kept, but for what stories and tags need."""
    numbers = await database.write(_prepared)
    with click.progressbar(length=total, label="articles", file=sys.stderr) as bar:
        for start in range(0, total, _BATCH):
            lot = [_row(newsroom, number) for number in range(start, min(start + _BATCH, total))]
            await database.write(lambda connection, lot=lot: _kept(connection, lot, numbers))  # type: ignore[misc]
            bar.update(len(lot))


def _prepared(connection: sa.Connection) -> dict[str, int]:
    rows = [{"id": number + 1, "kind": "channel", "name": f"قناة {number}"} for number in range(_SOURCES)]
    connection.execute(sa.insert(sources), rows)
    for name in ("موضوع نادر", "موضوع خال"):
        connection.execute(sa.insert(topics).values(key=topic_key(name), name=name, forms={}))
    return dict(connection.execute(sa.select(topics.c.name, topics.c.id)).all())


def _row(newsroom: _Newsroom, number: int) -> tuple[dict[str, Any], Sequence[str]]:
    title, body, named = newsroom.article(number)
    moment = _START + timedelta(days=number / _A_DAY)
    is_rare = number % _RARE_EVERY == 0
    row = {
        "id": number + 1,
        "fingerprint": fingerprint(title, body),
        "story_id": number + 1,
        "source_id": number % _SOURCES + 1,
        "title": f"{title} زمردنادر" if is_rare else title,
        "body": list(body),
        "summary": list(body[:3]),
        "summary_version": "",
        "stems": "",
        "for_everyone_since": None if number % _PRIVATE == 1 else moment,
        "collected_at": moment,
    }
    return row, [*named, *(["موضوع نادر"] if is_rare else [])]


def _kept(
    connection: sa.Connection, lot: Sequence[tuple[dict[str, Any], Sequence[str]]], numbers: dict[str, int]
) -> None:
    connection.execute(sa.insert(stories), [{"id": row["id"], "opened_at": row["collected_at"]} for row, _ in lot])
    connection.execute(sa.insert(articles), [row for row, _ in lot])
    about = [
        {"topic_id": numbers[name], "article_id": row["id"], "why": "keyword", "mentions": 1}
        for row, named in lot
        for name in named
    ]
    connection.execute(sa.insert(article_topics), about)


async def _size(database: Database) -> int:
    def pages(connection: sa.Connection) -> int:
        count, size = (
            connection.exec_driver_sql(f"PRAGMA {what}").scalar_one() for what in ("page_count", "page_size")
        )
        return int(count * size)

    return await database.read(pages)


if __name__ == "__main__":
    main()
