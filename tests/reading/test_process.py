"""The process in which articles are read may end at any moment."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot.domain.reading import Knowledge, Text
from bot.domain.topic import Reason, Subject
from bot.processes import ProcessEnded, WorkerProcess
from bot.reading.jobs import Summarise
from bot.reading.process import ReadingProcess
from bot.reading.worker import ReadingDesk
from bot.summarize.budget import Budget
from bot.summarize.summarizer import SumySummarizer
from tests.builders import BODY, TITLE, a_draft, a_topic
from tests.fakes import FakeArticles, FakeTopics, FakeWorld


def a_process(world: FakeWorld, budget: Budget | None = None) -> ReadingProcess:
    return ReadingProcess(FakeTopics(world), FakeArticles(world), budget or Budget())


def children() -> set[int]:
    """Return the ids of our own child processes."""
    mine = set[int]()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            mine.add(int(entry.parent.name))
    return mine


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see child processes")


@needs_proc
async def test_after_the_process_was_killed_another_one_knows_all_topics_again() -> None:
    world, others = FakeWorld(), children()
    await FakeTopics(world).add(a_topic("السودان"), {})
    async with a_process(world) as read:
        layout = (await read.open(a_draft())).layout
        for child in children() - others:
            os.kill(child, signal.SIGKILL)
        with pytest.raises(ProcessEnded):
            await read.search(layout, ())

        findings = await read.search(layout, ())

    assert findings.subjects == (Subject("السودان", Reason.TITLE, 2),)


@needs_proc
async def test_no_process_is_left_behind() -> None:
    others = children()
    async with a_process(FakeWorld()) as read:
        await read.open(a_draft())
        assert len(children() - others) == 1

    assert children() == others


async def test_one_who_stops_waiting_does_not_get_the_next_one_a_wrong_answer() -> None:
    async with a_process(FakeWorld()) as read:
        waiting = asyncio.create_task(read.open(a_draft("\n".join((TITLE, *BODY * 2_000)))))
        await asyncio.sleep(0.1)
        waiting.cancel()

        assert await read.summarise(Text(TITLE, BODY, ()), ()) == await read.summarise(Text(TITLE, BODY, ()), ())


async def test_many_at_once_each_get_their_own_answer() -> None:
    titles = [f"{TITLE} للمرة {number}" for number in range(20)]
    async with a_process(FakeWorld()) as read:
        opened = await asyncio.gather(*(read.open(a_draft("\n".join((title, *BODY)))) for title in titles))

    assert [one.layout.title for one in opened] == titles


def test_the_version_of_a_summary_names_its_room() -> None:
    versions = {a_process(FakeWorld(), budget).summary_version for budget in (Budget(), Budget(2), Budget(3, 300))}

    assert len(versions) == 3


def test_a_mistake_is_told_without_a_word_of_the_text() -> None:
    desk = ReadingDesk(Knowledge(), SumySummarizer(), Budget())
    broken = Text("سر", (None,), ())  # type: ignore[arg-type]

    failed = desk.answer(Summarise(broken, frozenset())).failed

    assert failed is not None
    assert " at " in failed
    assert "سر" not in failed


async def test_a_process_that_ends_says_so() -> None:
    process = await WorkerProcess.begun("keyword")  # a module that has nothing to do
    with pytest.raises(ProcessEnded):
        await process.ask(b"?\n", 5)
    await process.end()
