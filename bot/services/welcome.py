"""Know who writes to us."""

from dataclasses import dataclass

from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Subscribers


@dataclass(frozen=True, slots=True)
class Welcome:
    """Return the subscriber behind a chat; a newcomer gets the operator's language and schedule."""

    subscribers: Subscribers
    clock: Clock
    language: str
    schedule: Schedule

    async def __call__(self, chat_id: int) -> Subscriber:
        """Return the subscriber, active from now on."""
        now = self.clock()
        return await self.subscribers.welcome(chat_id, self.language, self.schedule, self.schedule.next_due(now), now)
