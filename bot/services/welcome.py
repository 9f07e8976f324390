"""Know who writes to us."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.newcomer import language_of, zone_of
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Subscribers


@dataclass(frozen=True, slots=True)
class Welcome:
    """Return the subscriber behind a chat.

    A newcomer gets the operator's language and schedule, or those of the ``spoken`` languages and of the world's zones
    that Telegram lets guess.
    """

    subscribers: Subscribers
    clock: Clock
    language: str
    schedule: Schedule
    spoken: Collection[str] = ()

    async def known(self, chat_id: int, thread_id: int = 0) -> Subscriber | None:
        """Return the subscriber of a chat or of one of its threads if there is one, as they stand."""
        return await self.subscribers.find(chat_id, thread_id)

    def language_of(self, tag: str | None) -> str:
        """Return the language of one of whom Telegram tells no more than this."""
        return language_of(tag, self.spoken, self.language)

    async def __call__(self, chat_id: int, thread_id: int = 0, tag: str | None = None) -> Subscriber:
        """Return the subscriber of a chat or of one of its threads, active from now on.

        ``tag`` is the language of a person's app, if Telegram told it.
        """
        now, schedule = self.clock(), replace(self.schedule, zone=zone_of(tag, self.schedule.zone))
        language, digest_at = self.language_of(tag), schedule.next_due(now)
        return await self.subscribers.welcome(chat_id, language, schedule, digest_at, now, thread_id)
