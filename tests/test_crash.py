"""kill -9, for real: a process of its own, killed in the middle."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer

PEOPLE, EACH = 20, 5
TOWNS = ("بنزرت", "سوسة", "حلب", "الموصل", "نزوى", "العقبة", "طنجة", "وهران", "أسوان", "المكلا")


def an_article(number: int) -> str:
    town = TOWNS[number % len(TOWNS)]
    return (
        f"افتتاح المدرسة رقم {number} في {town} بعد أعمال الترميم\n"
        f"افتتحت مديرية التعليم في {town} المدرسة رقم {number} بعد ترميم استمر {number + 3} شهرا وشمل المختبرات.\n"
        f"وقال مدير المشروع إن عدد التلاميذ المسجلين بلغ {number * 11 + 200} تلميذا، وإن الدراسة تبدأ الأحد المقبل."
    )


@asynccontextmanager
async def a_process(sandbox: SandboxServer, database: Path) -> AsyncIterator["asyncio.subprocess.Process"]:
    """Run ``mujaz run`` as an operator does; it is killed at the end, if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=os.environ | {"MUJAZ_TOKEN": sandbox.token, "MUJAZ_API_URL": sandbox.url, "MUJAZ_DATABASE": str(database)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def answers(shown: list[Shown]) -> Counter[str]:
    return Counter(message.text.splitlines()[0] for message in shown if message.from_bot)


async def everyone(people: list[Reader]) -> Counter[str]:
    found: Counter[str] = Counter()
    for person in people:
        found += answers(await person.messages())
    return found


async def until(people: list[Reader], answered: int) -> None:
    """Wait until so many different articles are answered."""
    async with asyncio.timeout(60):
        while len(await everyone(people)) < answered:  # noqa: ASYNC110 - another process answers
            await asyncio.sleep(0.05)


async def test_a_kill_with_a_hundred_articles_waiting_loses_none_and_answers_each_once(tmp_path: Path) -> None:
    database = tmp_path / "mujaz.sqlite"
    async with SandboxServer() as sandbox, contextlib.AsyncExitStack() as stack:
        people = [await stack.enter_async_context(Reader(sandbox.url, 3000 + place)) for place in range(PEOPLE)]
        for number in range(PEOPLE * EACH):
            channel = {"type": "channel", "title": "قناة المدارس"}
            await people[number % PEOPLE].forward(an_article(number), channel)

        async with a_process(sandbox, database) as killed:
            await until(people, 30)
            killed.kill()
        in_flight = 4
        async with a_process(sandbox, database) as restarted:
            await until(people, PEOPLE * EACH)
            await asyncio.sleep(6)  # the silent repeat of what was in flight
            restarted.send_signal(signal.SIGTERM)
            await asyncio.wait_for(restarted.wait(), 10)

        found = await everyone(people)
        titles = {an_article(number).splitlines()[0] for number in range(PEOPLE * EACH)}
        assert set(found) == titles
        assert sum(found.values()) - PEOPLE * EACH <= in_flight
        assert max(found.values()) <= 2
        assert restarted.returncode == 0
    with contextlib.closing(sqlite3.connect(database)) as connection:
        stored = [title for (title,) in connection.execute("SELECT title FROM articles")]
    assert Counter(stored) == Counter(titles)
