"""Change when digests come."""

from dataclasses import dataclass, replace

from bot.domain.schedule import Schedule, times_of
from bot.domain.subscriber import Subscriber
from bot.domain.zones import zone_named
from bot.ports import Clock, Subscribers


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Keep the times that a person typed; raises BadTime."""

    subscribers: Subscribers
    clock: Clock

    async def __call__(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Return the subscriber with the new schedule."""
        return await _kept(self, subscriber, replace(subscriber.schedule, times=times_of(typed)))


@dataclass(frozen=True, slots=True)
class Relocate:
    """Keep the zone that a person typed, an IANA name or a city in Arabic or English; raises BadZone."""

    subscribers: Subscribers
    clock: Clock

    async def __call__(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Return the subscriber with the same wall-clock times in the new zone."""
        return await _kept(self, subscriber, replace(subscriber.schedule, zone=zone_named(typed)))


async def _kept(needs: Reschedule | Relocate, subscriber: Subscriber, schedule: Schedule) -> Subscriber:
    digest_at = schedule.next_due(needs.clock())
    await needs.subscribers.reschedule(subscriber.id, schedule, digest_at)
    return replace(subscriber, schedule=schedule, digest_at=digest_at)
