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

    async def known(self, chat_id: int, thread_id: int = 0) -> Subscriber | None:
        """Return the subscriber of a chat or of one of its threads if there is one, as they stand."""
        return await self.subscribers.find(chat_id, thread_id)

    async def __call__(self, chat_id: int, thread_id: int = 0) -> Subscriber:
        """Return the subscriber of a chat or of one of its threads, active from now on."""
        now, schedule = self.clock(), self.schedule
        digest_at = schedule.next_due(now)
        return await self.subscribers.welcome(chat_id, self.language, schedule, digest_at, now, thread_id)
