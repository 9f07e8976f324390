"""Count what is in the news."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.subscriber import Subscriber
from bot.domain.trend import Trend, day_starts, popular, rising, trends_of
from bot.ports import Clock, Topics

_SHOWN = 8
Choice = Callable[[Sequence[Trend], int], Sequence[Trend]]


@dataclass(frozen=True, slots=True)
class Trends:
    """Say what articles for everyone were about in the last two weeks, day by day as the reader's calendar has it."""

    topics: Topics
    clock: Clock

    async def popular(self, subscriber: Subscriber) -> tuple[Sequence[Trend], Sequence[datetime]]:
        """Return the topics with most articles, and when the days began."""
        return await self._shown(subscriber, popular)

    async def rising(self, subscriber: Subscriber) -> tuple[Sequence[Trend], Sequence[datetime]]:
        """Return the topics that have clearly more articles lately, and when the days began."""
        return await self._shown(subscriber, rising)

    async def _shown(self, subscriber: Subscriber, choose: Choice) -> tuple[Sequence[Trend], Sequence[datetime]]:
        starts = day_starts(self.clock(), subscriber.schedule.zone)
        return choose(trends_of(await self.topics.counts(starts)), _SHOWN), starts[:-1]
