"""Reading in processes of their own, bounded in time and memory, so that no content can stop the bot."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self, TypeVar

from bot.domain.unread import MOST_BYTES
from bot.fetch.contents import Feed, FeedLink, Outline, ReadDocument, ReadPage
from bot.fetch.jobs import ANSWERS, JOBS, Answer, Job
from bot.fetch.refusals import ContentRefused, Reason
from bot.processes import ProcessEnded, WorkerProcess


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one reading may take: seconds of the clock, bytes of address space, and how many run side by side.

    A page of 5 MB takes 1.2 s and 200 MB, a PDF of 36 full pages 3 s and 120 MB; 1,500 elements of 500 attributes would
    take 1.3 GB. A process is replaced after 500 readings, so that what a library leaks does not add up.
    """

    seconds: float = 10.0
    memory: int = 600_000_000
    processes: int = 2  # one slow content does not hold up the next
    readings: int = 500


class BoundedReaders:
    """Read pages, feeds, documents and lists of feeds; each method raises ContentRefused.

    Processes start when they are first needed, which takes a second, and end with ``aclose``.
    """

    def __init__(self, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds()
        self._idle: asyncio.LifoQueue[WorkerProcess | None] = asyncio.LifoQueue()
        for _ in range(self._bounds.processes):
            self._idle.put_nowait(None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the processes, each after what it is reading."""
        for _ in range(self._bounds.processes):
            process = await self._idle.get()
            if process:
                await process.end()

    async def page(self, content: bytes, url: str, charset: str | None, now: datetime) -> ReadPage:
        """Return the article of a page."""
        answer = await self._answer(Job("page", len(content), url, now, charset), content)
        return _there(answer.page)

    async def feed(self, content: bytes, url: str, charset: str | None, now: datetime) -> Feed:
        """Return a feed."""
        answer = await self._answer(Job("feed", len(content), url, now, charset), content)
        return _there(answer.feed)

    async def feeds_on(self, content: bytes, url: str, charset: str | None, now: datetime) -> Sequence[FeedLink]:
        """Return the feeds that a page names."""
        answer = await self._answer(Job("feeds on a page", len(content), url, now, charset), content)
        return _there(answer.links)

    async def document(self, content: bytes, name: str, now: datetime) -> ReadDocument:
        """Return the text of a file."""
        if len(content) > MOST_BYTES:
            raise ContentRefused(Reason.TOO_LARGE, f"{len(content)} bytes")
        answer = await self._answer(Job("document", len(content), name, now), content)
        return _there(answer.document)

    async def opml(self, content: bytes, now: datetime) -> Sequence[Outline]:
        """Return a list of feeds."""
        answer = await self._answer(Job("opml", len(content), "", now), content)
        return _there(answer.outlines)

    async def _answer(self, job: Job, content: bytes) -> Answer:
        process, kept = await self._idle.get(), None
        try:
            process = process or await WorkerProcess.begun("bot.fetch.worker", str(self._bounds.memory))
            answer = await _asked(process, job, content, self._bounds.seconds)
            kept = process if process.asked < self._bounds.readings else None
        finally:
            if process is not None and kept is None:
                process.kill()
            self._idle.put_nowait(kept)
        if answer.refused:
            raise ContentRefused(answer.refused.reason, answer.refused.detail)
        return answer


async def _asked(process: WorkerProcess, job: Job, content: bytes, seconds: float) -> Answer:
    """Return the answer; raise ContentRefused for a content that takes too long or takes the process with it."""
    try:
        line = await process.ask(JOBS.dump_json(job) + b"\n" + content, seconds)
    except TimeoutError as error:
        raise ContentRefused(Reason.TOO_COMPLEX, f"{seconds} s") from error
    except ProcessEnded as error:
        raise ContentRefused(Reason.TOO_COMPLEX, str(error)) from error
    return ANSWERS.validate_json(line)


T = TypeVar("T")


def _there(value: T | None) -> T:
    if value is None:
        raise TypeError("a worker answers what it was asked")
    return value
