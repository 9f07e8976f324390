"""Send at once what readers want to know at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.domain.alert import LIFE, WINDOW, Urgent, alerts, day_start, with_room
from bot.domain.digest import FRESH, Digest
from bot.domain.subscriber import Subscriber
from bot.ports import Alerts, Clock, Deliveries, Render, Subscribers
from bot.services.plan import Planned


@dataclass(frozen=True, slots=True)
class Alert:
    """Plan a message for each new story of a topic that is followed at once; safe to run again."""

    due: Alerts
    subscribers: Subscribers
    deliveries: Deliveries
    render: Render
    clock: Clock
    most: int  # a day and topic

    async def __call__(self) -> Planned:
        """Plan what came within the hour; one subscriber's failure is told, and no one else's."""
        planned, failures = 0, list[tuple[int, Exception]]()
        hits = await self.due.due(self.clock() - WINDOW)
        for place, of_place in groupby(hits, key=lambda hit: (hit.chat_id, hit.thread_id)):
            subscriber = await self.subscribers.find(*place)
            if subscriber is None:
                continue
            try:
                planned += await self._alerted(subscriber, of_place)
            except Exception as error:  # noqa: BLE001 - one bad story must not starve the rest
                failures.append((subscriber.id, error))
        return Planned(planned, tuple(failures))

    async def _alerted(self, subscriber: Subscriber, hits: Iterable[Urgent]) -> int:
        now, schedule = self.clock(), subscriber.schedule
        if schedule.is_silent(now):
            return 0
        sent = await self.due.sent(subscriber.id, day_start(now, schedule.zone))
        hits = with_room(hits, sent, self.most)
        if not hits:
            return 0
        stories = await self.deliveries.fresh(subscriber.id, now - FRESH)
        chosen = alerts(subscriber.id, hits, stories, sent, self.most, now)
        return sum([await self._planned(alert, subscriber) for alert in chosen])

    async def _planned(self, alert: Digest, subscriber: Subscriber) -> bool:
        now = self.clock()
        page, ids = self.render.at_once(alert, subscriber, now), [story.id for story in alert.stories]
        return await self.deliveries.open(alert, [(page, ids)], now, subscriber.schedule.before_quiet(now, now + LIFE))
