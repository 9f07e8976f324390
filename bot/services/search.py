"""Look for stories in the archive, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.search import LONGEST_QUESTION, Hit, Question, Wanted, wanted
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Searches, Stories, Subscribers, Topics

PAGE = 5  # stories
_LATELY = timedelta(days=14)


class NothingAsked(Exception):
    """What was typed names nothing that can be looked for."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a question found, the first being 0."""

    question: Question
    wanted: Wanted
    page: int
    hits: Sequence[Hit]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Answer a reader's question, as the archive was when they asked it: turning pages neither skips nor repeats."""

    stories: Stories
    searches: Searches
    topics: Topics
    subscribers: Subscribers
    clock: Clock

    async def __call__(self, subscriber: Subscriber, typed: str, receipt: str) -> Results:
        """Return the first page of what the message with this receipt asks for; raise NothingAsked."""
        question = Question(0, typed[:LONGEST_QUESTION], self.clock())
        if not question.asked or (await self._wanted(subscriber, question)).is_nothing:
            raise NothingAsked
        return await self._asked(subscriber, question.asked, receipt)

    async def latest(self, subscriber: Subscriber, receipt: str) -> Results:
        """Return the newest stories of the topics that a reader follows, of all if they follow none."""
        return await self._asked(subscriber, "", receipt)

    async def page(self, subscriber: Subscriber, number: int, page: int) -> Results | None:
        """Return another page of what a reader asked, None if the question is forgotten."""
        question = await self.searches.find(subscriber.id, number)
        return await self._page(subscriber, question, page) if question else None

    async def _asked(self, subscriber: Subscriber, asked: str, receipt: str) -> Results:
        question = await self.searches.keep(subscriber.id, receipt, asked, self.clock())
        return await self._page(subscriber, question, 0)

    async def _page(self, subscriber: Subscriber, question: Question, page: int) -> Results:
        sought, zone = await self._wanted(subscriber, question), subscriber.schedule.zone
        found = await self.stories.sought(subscriber.id, sought, zone, question.asked_at, page * PAGE, PAGE + 1)
        return Results(question, sought, page, found[:PAGE], has_more=len(found) > PAGE)

    async def _wanted(self, subscriber: Subscriber, question: Question) -> Wanted:
        today = question.asked_at.astimezone(ZoneInfo(subscriber.schedule.zone)).date()
        if question.asked:
            return wanted(question.asked, today, await self.topics.catalogue())
        followed = await self.subscribers.topics(subscriber.id)
        return Wanted(topics=tuple(followed), first=today - _LATELY)
