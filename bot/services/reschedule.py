"""Change when digests come."""

from dataclasses import dataclass, replace

from bot.domain.adjustment import Adjustment, adjusted, moved
from bot.domain.schedule import Away, Schedule
from bot.domain.subscriber import Subscriber
from bot.domain.typed import promises_of, quiet_of, vacation_of, weekly_of
from bot.domain.zones import zone_named
from bot.ports import Clock, Subscribers, ZoneAt


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Keep what a person typed or pressed; each returns the subscriber as they are to be shown then."""

    subscribers: Subscribers
    clock: Clock

    async def __call__(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Keep times and days; what is not named stays. Raise BadTime."""
        schedule = subscriber.schedule
        times, days = promises_of(typed, schedule.zone)
        kept = replace(schedule, times=times or schedule.times, days=days or schedule.days)
        return await _kept(self, subscriber, kept)

    async def quiet(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Keep quiet hours, or none; raise BadQuiet."""
        return await _kept(self, subscriber, replace(subscriber.schedule, quiet=quiet_of(typed)))

    async def weekly(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Keep the moment of a weekly review, or none; raise BadWeekly."""
        schedule = subscriber.schedule
        return await _kept(self, subscriber, replace(schedule, weekly=weekly_of(typed, schedule.zone)))

    async def vacation(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Begin a vacation, change its end, or end it now; raise BadVacation."""
        now, schedule = self.clock(), subscriber.schedule
        until = vacation_of(typed, now, schedule.zone)
        current = schedule.away if schedule.away and schedule.away.covers(now) else None
        if until is None and current is None:
            return self.current(subscriber)
        away = Away(current.since if current else now, until or now)
        return await _kept(self, subscriber, replace(schedule, away=away))

    def current(self, subscriber: Subscriber) -> Subscriber:
        """Return the subscriber as they are to be shown."""
        return subscriber.shown_at(self.clock())

    async def adjust(self, subscriber: Subscriber, change: Adjustment) -> Subscriber:
        """Keep one small change; raise NotPossible."""
        return await _kept(self, subscriber, adjusted(subscriber.schedule, change, self.clock()))


class Nowhere(ValueError):
    """No clock is kept at this place."""


@dataclass(frozen=True, slots=True)
class Relocate:
    """Keep a person's zone, with the same wall-clock times in it."""

    subscribers: Subscribers
    clock: Clock
    zone_at: ZoneAt

    async def __call__(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Keep the zone typed as an IANA name or a city in Arabic or English; raise BadZone."""
        return await _kept(self, subscriber, moved(subscriber.schedule, zone_named(typed)))

    async def at(self, subscriber: Subscriber, latitude: float, longitude: float) -> Subscriber:
        """Keep the zone of a place; raise Nowhere."""
        zone = await self.zone_at(latitude, longitude)
        if zone is None:
            raise Nowhere(latitude, longitude)
        return await _kept(self, subscriber, moved(subscriber.schedule, zone))


async def _kept(needs: Reschedule | Relocate, subscriber: Subscriber, schedule: Schedule) -> Subscriber:
    now = needs.clock()
    if schedule == subscriber.schedule:
        return subscriber.shown_at(now)
    digest_at, review_at = schedule.next_due(now), schedule.next_review(now)
    await needs.subscribers.reschedule(subscriber.id, schedule, digest_at, review_at)
    return replace(subscriber, schedule=schedule, digest_at=digest_at, review_at=review_at).shown_at(now)
