"""The Read port: one process reads articles, so that a long one holds nobody up."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from typing import Self, TypeVar

from bot.arabic.layout import Layout
from bot.domain.article import Draft
from bot.domain.reading import Findings, Opened, Text
from bot.domain.topic import Subject, Topic
from bot.ports import Articles, Topics
from bot.processes import WorkerProcess
from bot.reading.jobs import About, Answer, Job, Learn, Open, Search, Summarise, answer_in, line_of
from bot.summarize.budget import Budget
from bot.summarize.version import RULES


class ReadingFailed(Exception):
    """The process made a mistake; the message names the kind of error and the line of our code."""


_SECONDS = 60.0  # a million letters take two
_AT_ONCE = 100  # topics, tags or articles; between two lots others get their turn


class ReadingProcess:
    """Reads in one process, which starts when it is first needed and ends with ``aclose``.

    It is told of new topics and tags before each job, so what it finds is never older than what is kept.
    """

    def __init__(self, topics: Topics, articles: Articles, budget: Budget, *, with_capitals: bool = False) -> None:
        self.summary_version = f"{RULES} {budget.sentences}x{budget.chars}"
        self._topics = topics
        self._articles = articles
        self._arguments = (str(budget.sentences), str(budget.chars), str(int(with_capitals)))
        self._turn = asyncio.Lock()
        self._process: WorkerProcess | None = None
        self._told_topics = self._told_tags = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the process, after what it is reading."""
        async with self._turn:
            process, self._process = self._process, None
            if process:
                await process.end()

    async def open(self, draft: Draft, /) -> Opened:
        """See the port."""
        return _there((await self._answer(Open(draft))).opened)

    async def search(self, layout: Layout, repeated: Collection[str], /) -> Findings:
        """See the port."""
        return _there((await self._answer(Search(layout, frozenset(repeated)))).findings)

    async def summarise(self, text: Text, repeated: Collection[str], /) -> tuple[str, ...]:
        """See the port."""
        return _there((await self._answer(Summarise(text, frozenset(repeated)))).summary)

    async def about(self, topic: Topic, texts: Sequence[Text], /) -> Sequence[Subject | None]:
        """See the port."""
        answers = [await self._answer(About(topic, lot)) for lot in _lots(texts)]
        return [subject for answer in answers for subject in _there(answer.subjects)]

    async def _answer(self, job: Job) -> Answer:
        async with self._turn:
            process, self._process = self._process, None
            if process is None:
                process = await WorkerProcess.begun("bot.reading.worker", *self._arguments)
                self._told_topics = self._told_tags = 0
            try:
                answer = answer_in(await process.ask(await self._news() + line_of(job), _SECONDS))
            except BaseException:  # also a cancellation: it may still be reading, and must not answer the next job
                process.kill()
                raise
            self._process = process
        if answer.failed:
            raise ReadingFailed(answer.failed)
        return answer

    async def _news(self) -> bytes:
        """Return the lines that tell what is new since the last job."""
        topics, self._told_topics = await self._topics.after(self._told_topics)
        tags, self._told_tags = await self._articles.tags_after(self._told_tags)
        lines = b""
        for learn in (*(Learn(topics=lot) for lot in _lots(topics)), *(Learn(tags=lot) for lot in _lots(tags))):
            lines += line_of(learn)
            await asyncio.sleep(0)
        return lines


T = TypeVar("T")


def _lots(values: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return (tuple(values[start : start + _AT_ONCE]) for start in range(0, len(values), _AT_ONCE))


def _there(value: T | None) -> T:
    if value is None:
        raise TypeError("the process answers what it was asked")
    return value
