"""Change how a topic is followed."""

from dataclasses import dataclass

from bot.domain.subscriber import Subscriber
from bot.domain.subscription import Subscription
from bot.ports import Clock, Subscribers


@dataclass(frozen=True, slots=True)
class Tune:
    """Let a topic send its stories at once, or take back what it leaves out; done again it changes nothing."""

    subscribers: Subscribers
    clock: Clock
    most_at_once: int  # stories a day and topic

    async def shown(self, subscriber: Subscriber, topic: str) -> Subscription | None:
        """Return how a topic is followed, or None if it is not."""
        kept = await self.subscribers.subscriptions(subscriber.id)
        return next((each for each in kept if each.topic == topic), None)

    async def at_once(self, subscriber: Subscriber, topic: str, *, wanted: bool) -> bool:
        """Let new stories be sent at once from now on, or no more; tell if that is a change."""
        return await self.subscribers.at_once(subscriber.id, topic, self.clock() if wanted else None)

    async def take_back(self, subscriber: Subscriber, topic: str, excluded: str) -> bool:
        """Leave out one thing less; tell if it was left out."""
        subscription = await self.shown(subscriber, topic)
        if subscription is None or excluded not in subscription.without:
            return False
        left = [name for name in subscription.without if name != excluded]
        return await self.subscribers.leave_out(subscriber.id, topic, left)
