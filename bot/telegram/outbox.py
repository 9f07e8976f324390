"""Pages out: a few at a time, as fast as the limits allow."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field

from bot.domain.delivery import Delivery, Sent
from bot.pulse.counts import Event, Part, Pulse
from bot.services.deliver import Deliver
from bot.telegram.draining import drained
from bot.telegram.limiter import Limiter

log = logging.getLogger(__name__)
# Carries 28 a second at 100 to 150 ms; a kill repeats at most what is in flight.
WINDOW = 4
_KNOCK = 1.0


@dataclass(slots=True)
class Outbox:
    """Sends what is planned."""

    deliver: Deliver
    limiter: Limiter
    planned: asyncio.Event
    pulse: Pulse = field(default_factory=Pulse)
    _sending: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)

    async def run(self) -> None:
        """Send pages until cancelled; those in flight then are finished, or left as being sent for the next start."""
        try:
            while True:
                self.planned.clear()
                self.pulse.beat(Part.SENDER)
                wait = await self._started()
                # asyncio.wait_for swallows a cancellation that comes with the event, before Python 3.12.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self.planned.wait()
        finally:
            await drained(self._sending.values())

    async def _started(self) -> float:
        """Start what may be sent now; return the seconds after which to look again.

        Nothing is taken while Telegram wants nothing: a page that is taken and then waits would look, after a crash,
        as if it might have been sent.
        """
        if held := self.limiter.held_for:
            return min(held, _KNOCK)
        cooling = self.limiter.cooling()
        room = WINDOW - len(self._sending)
        for delivery in await self.deliver.claim(room, {*cooling, *self._sending}) if room else ():
            task = asyncio.create_task(self._sent(delivery))
            self._sending[delivery.chat_id] = task
            task.add_done_callback(lambda _, chat=delivery.chat_id: self._freed(chat))  # type: ignore[misc]
        return min([_KNOCK, *cooling.values()]) if room else _KNOCK

    def _freed(self, chat: int) -> None:
        del self._sending[chat]
        self.planned.set()

    async def _sent(self, delivery: Delivery) -> None:
        try:
            outcome = await self.deliver(delivery)
        except Exception:
            log.exception("delivery=%d left in sending", delivery.id)
            return
        self.pulse.count(Event.TRIED, type(outcome).__name__.lower())
        level = logging.INFO if isinstance(outcome, Sent) else logging.WARNING
        log.log(level, "delivery=%d chat=%d outcome=%s", delivery.id, delivery.chat_id, type(outcome).__name__)
