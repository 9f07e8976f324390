"""Hear nothing of a topic for a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.mute import Mute, Span, muted
from bot.domain.sheet import Sheet
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Deliveries, Mutes, Topics


@dataclass(frozen=True, slots=True)
class Silence:
    """Mute topics, and hear of them again."""

    mutes: Mutes
    deliveries: Deliveries
    topics: Topics
    clock: Clock

    async def offered(self, sheet: Sheet) -> Mapping[str, str] | None:
        """Return the topics of a sheet's stories, in its order, each with its code for buttons; None if it is none."""
        explained = await self.deliveries.explanations(sheet)
        if not explained:
            return None
        names = dict.fromkeys(subject.name for each in explained for subject in each.subjects)
        codes = await self.topics.codes(list(names))
        return {name: codes[name] for name in names if name in codes}

    async def named(self, code: str) -> str | None:
        """Return the topic that a code stands for, or None."""
        return await self.topics.named(code)

    async def current(self, subscriber: Subscriber, topic: str) -> Mute | None:
        """Return the mute of a topic if it lasts, or None."""
        mute = await self.mutes.find(subscriber.id, topic)
        return mute if mute and mute.is_on(self.clock()) else None

    async def mute(self, subscriber: Subscriber, topic: str, span: Span) -> Mute | None:
        """Return the mute from now on, or None if the topic is not followed."""
        mute = muted(topic, span, await self.mutes.find(subscriber.id, topic), self.clock())
        return mute if await self.mutes.keep(subscriber.id, mute) else None

    async def unmute(self, subscriber: Subscriber, topic: str) -> None:
        """End a mute: within the hour nothing was missed, later news counts from now on."""
        mute = await self.mutes.find(subscriber.id, topic)
        if mute is None:
            return
        left = mute.ended(self.clock())
        if left is None:
            await self.mutes.forget(subscriber.id, topic)
        else:
            await self.mutes.keep(subscriber.id, left)

    async def on(self, subscriber: Subscriber) -> Sequence[tuple[Mute, str]]:
        """Return the mutes that last, each with its topic's code for buttons."""
        lasting = await self.mutes.on(subscriber.id, self.clock())
        codes = await self.topics.codes([mute.topic for mute in lasting])
        return [(mute, codes[mute.topic]) for mute in lasting if mute.topic in codes]
