"""Bring a newcomer to a standing digest: topics, an hour, and a few stories at once."""

from dataclasses import dataclass, replace
from datetime import time

from bot.domain.naming import BadNames, NoNames, wishes_in
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Subscriber
from bot.domain.topic import topic_key
from bot.ports import Subscribers, Topics
from bot.services.plan import Plan
from bot.services.reschedule import Reschedule

HOURS = (time(7), time(13), time(20))
_SAMPLE = 3  # stories: enough to see what a digest is


@dataclass(frozen=True, slots=True)
class Step:
    """How far a reader is: what they follow, oldest first, and whether they chose when their digest comes.

    ``is_sampled`` says that a few stories are on their way, ``lacks_news`` that there were none to send.
    """

    subscriber: Subscriber
    followed: tuple[str, ...]
    is_timed: bool
    is_sampled: bool = False
    lacks_news: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to ask."""
        return self.is_timed and bool(self.followed)

    @property
    def is_new(self) -> bool:
        """Whether the reader never had a digest."""
        return self.subscriber.digested_at is None

    @property
    def may_choose(self) -> bool:
        """Whether an hour may be chosen."""
        return may_choose(self.subscriber)


def may_choose(subscriber: Subscriber) -> bool:
    """Say if an hour may take the place of a subscriber's only one; of several none is lost to a press."""
    return len(subscriber.schedule.times) == 1


@dataclass(frozen=True, slots=True)
class Onboard:
    """Take a reader's first choices, in any order; each may come twice, late, or again after a crash.

    Nothing is kept of how far somebody is: what they follow and when their digest comes says it. ``first`` is the
    schedule of one who chose none.
    """

    topics: Topics
    subscribers: Subscribers
    reschedule: Reschedule
    plan: Plan
    first: Schedule

    async def where(self, subscriber: Subscriber) -> Step:
        """Return how far a reader is."""
        shown = self.reschedule.current(subscriber)
        is_timed = subscriber.schedule.times != self.first.times
        return Step(shown, tuple(await self.subscribers.topics(subscriber.id)), is_timed)

    async def on(self, subscriber: Subscriber, asking: str, *, is_timed: bool = False) -> Step:
        """Return how far a reader is now and, once they are done, plan a few stories for them if they never had any.

        ``asking`` names the message in which they choose: whatever is pressed there, it brings stories once.
        """
        step = await self.where(subscriber)
        step = replace(step, is_timed=step.is_timed or is_timed)
        if not (step.is_done and step.is_new):
            return step
        is_sampled = await self.plan.now(subscriber, f"first:{asking}", _SAMPLE)
        return replace(step, is_sampled=is_sampled, lacks_news=not is_sampled)

    async def at(self, subscriber: Subscriber, typed: str) -> Subscriber:
        """Let the digest come then instead of at its only time; who has several keeps them. Raise BadTime."""
        return await self.reschedule(subscriber, typed) if may_choose(subscriber) else subscriber

    async def speak(self, subscriber: Subscriber, language: str) -> Subscriber:
        """Speak this language from now on."""
        await self.subscribers.speak(subscriber.id, language)
        return replace(subscriber, language=language)

    async def knows(self, typed: str) -> bool:
        """Tell if all that was typed are names of kept topics."""
        known = (await self.topics.catalogue()).keys
        try:
            return all(topic_key(wish.name) in known for wish in wishes_in(typed, known))
        except (NoNames, BadNames):
            return False
