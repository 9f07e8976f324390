"""Show what a reader's week was about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.delivery import Page
from bot.domain.subscriber import Subscriber
from bot.domain.trend import day_starts, popular, trends_of
from bot.ports import ShowWeek, Subscribers, Topics

_DAYS, _SHOWN = 7, 8
_COUNTED_FOR = timedelta(minutes=5)  # many weeks end at the same hour, and all of a zone are counted alike

_Counts = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Week:
    """Count the articles for everyone about each of a reader's topics, day by day as their calendar has it."""

    topics: Topics
    subscribers: Subscribers
    show: ShowWeek
    _counted: dict[tuple[datetime, ...], tuple[datetime, _Counts]] = field(default_factory=dict, repr=False)

    async def __call__(self, subscriber: Subscriber, now: datetime) -> Page | None:
        """Return the page that shows it, or None where there is nothing to show."""
        starts = day_starts(now, subscriber.schedule.zone, _DAYS)
        followed = set(await self.subscribers.topics(subscriber.id))
        trends = [trend for trend in trends_of(await self._counts(starts, now)) if trend.topic in followed]
        found = popular(trends, _SHOWN)
        return self.show(found, starts[:-1], subscriber) if found else None

    async def _counts(self, starts: tuple[datetime, ...], now: datetime) -> _Counts:
        for old in [each for each, (at, _) in self._counted.items() if not at <= now < at + _COUNTED_FOR]:
            del self._counted[old]
        if starts not in self._counted:
            self._counted[starts] = now, await self.topics.counts(starts)
        return self._counted[starts][1]
