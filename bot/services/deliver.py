"""Send what is planned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.delivery import Closed, Delivery, Moved, Outcome, Unreachable, settle
from bot.ports import Clock, Deliveries, Send, Subscribers


@dataclass(frozen=True, slots=True)
class Deliver:
    """Put one page before its subscriber and keep what came of it."""

    deliveries: Deliveries
    subscribers: Subscribers
    send: Send
    clock: Clock

    async def claim(self, limit: int, busy: Collection[int]) -> Sequence[Delivery]:
        """Take up to that many pages to send now, none for the ``busy`` chats."""
        return await self.deliveries.claim(self.clock(), limit, busy)

    async def __call__(self, delivery: Delivery) -> Outcome:
        """Send a claimed page and return what came of it."""
        outcome = await self.send(delivery)
        now = self.clock()
        await self.deliveries.save(settle(delivery, outcome, now), now)
        match outcome:
            case Unreachable():
                await self.subscribers.pause(delivery.chat_id)
            case Closed():
                await self.subscribers.pause(delivery.chat_id, delivery.thread_id)
            case Moved(chat_id):
                await self.subscribers.move(delivery.chat_id, chat_id)
            case _:
                pass
        return outcome
