"""Plan the digests that are due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.digest import Digest, Occasion
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Deliveries, Render, Subscribers
from bot.services.compose import Compose
from bot.services.week import Week

_BATCH = 200
_LONGEST_LIFE = timedelta(hours=6)  # after that a digest is no longer news
_PUT_OFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Planned:
    """How many digests there are to send, and whose planning failed."""

    planned: int
    failures: tuple[tuple[int, Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Give everyone whose moment has come their digest; safe to run again, one slot is planned once."""

    subscribers: Subscribers
    deliveries: Deliveries
    render: Render
    clock: Clock
    compose: Compose
    week: Week

    async def __call__(self) -> Planned:
        """Plan what is due now; one subscriber's failure is told, put off, and no one else's."""
        planned, failures = 0, list[tuple[int, Exception]]()
        while due := await self.subscribers.due(self.clock(), _BATCH):
            for subscriber in due:
                put_off = partial(self.subscribers.advance, subscriber.id)
                planned += await self._served(self._settled, subscriber, put_off, failures)
        while due := await self.subscribers.due_for_review(self.clock(), _BATCH):
            for subscriber in due:
                put_off = partial(self.subscribers.await_review, subscriber.id)
                planned += await self._served(self._reviewed, subscriber, put_off, failures)
        return Planned(planned, tuple(failures))

    async def _served(
        self,
        serve: Callable[[Subscriber], Awaitable[bool]],
        subscriber: Subscriber,
        put_off: Callable[[datetime], Awaitable[None]],
        failures: list[tuple[int, Exception]],
    ) -> bool:
        try:
            return await serve(subscriber)
        except Exception as error:  # noqa: BLE001 - one bad row must not starve the rest
            failures.append((subscriber.id, error))
            await put_off(self.clock() + _PUT_OFF)
            return False

    async def _settled(self, subscriber: Subscriber) -> bool:
        now, schedule = self.clock(), subscriber.schedule
        admitted = schedule.admitted_from(now)
        if admitted > now:  # we are late, and now it would disturb
            await self.subscribers.advance(subscriber.id, admitted)
            return False
        next_due = schedule.next_due(now)
        slot = subscriber.digest_at or now
        key = f"slot:{slot.isoformat()}"
        digest = await self.compose(subscriber, key, slot, now) or await self._of_no_news(subscriber, key, slot)
        until = schedule.before_quiet(now, next_due)  # what is late for that comes with the next one
        is_planned = digest is not None and await self._open(digest, subscriber, now, until)
        # After the digest, which its key protects: a crash between the two repeats only this.
        await self.subscribers.advance(subscriber.id, next_due)
        return is_planned

    async def _reviewed(self, subscriber: Subscriber) -> bool:
        now, schedule = self.clock(), subscriber.schedule
        held = schedule.held_until(now)
        if held > now:
            await self.subscribers.await_review(subscriber.id, held)
            return False
        slot = subscriber.review_at or now
        digest = await self.compose.review(subscriber, slot, now)
        until = schedule.before_quiet(now, now + _LONGEST_LIFE)
        is_planned = digest is not None and await self._open(digest, subscriber, now, until)
        await self.subscribers.await_review(subscriber.id, schedule.next_review(now))
        return is_planned

    async def now(self, subscriber: Subscriber, request: str, most: int | None = None) -> bool:
        """Plan a digest that a subscriber asks for; ``request`` names the asking. Tell if there is any news.

        Stories beyond ``most`` stay new to them.
        """
        key, now = f"asked:{request}", self.clock()
        if await self.deliveries.has(subscriber.id, key):
            return True
        digest = await self.compose(subscriber, key, now, now, most)
        return digest is not None and await self._open(digest, subscriber, now, now + _LONGEST_LIFE)

    async def _of_no_news(self, subscriber: Subscriber, key: str, slot: datetime) -> Digest | None:
        """Return the digest that says so, if the subscriber wants one."""
        if not subscriber.preferences.tells_no_news or not await self.subscribers.topics(subscriber.id):
            return None
        return Digest(subscriber.id, key, slot, (), 0, slot)

    async def _open(self, digest: Digest, subscriber: Subscriber, now: datetime, until: datetime) -> bool:
        pages = self.render(digest, subscriber, now)
        if digest.occasion is Occasion.REVIEW:  # what it shows does not count as shown
            picture = await self.week(subscriber, now)
            pages = [(page, ()) for page in (*(page for page, _ in pages), *((picture,) if picture else ()))]
        return await self.deliveries.open(digest, pages, now, min(until, now + _LONGEST_LIFE))
