"""Change how one reads."""

from dataclasses import dataclass, replace

from bot.domain.preferences import Preferences
from bot.domain.subscriber import Subscriber
from bot.ports import Subscribers


@dataclass(frozen=True, slots=True)
class Prefer:
    """Keep a subscriber's preferences."""

    subscribers: Subscribers

    async def __call__(self, subscriber: Subscriber, chosen: Preferences) -> Subscriber:
        """Return the subscriber as they are from now on."""
        await self.subscribers.prefer(subscriber.id, chosen)
        return replace(subscriber, preferences=chosen)
