"""Put the news that a subscriber has not seen in order."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digest import Digest, Story, compose, window_start
from bot.domain.rating import Taste, taste_of
from bot.domain.subscriber import Subscriber
from bot.domain.telling import as_told
from bot.ports import Deliveries, Ratings


@dataclass(frozen=True, slots=True)
class Candidates:
    """The stories that are new to a subscriber, and their taste."""

    subscriber: Subscriber
    stories: tuple[Story, ...]
    taste: Taste
    now: datetime

    def digest(self, key: str, slot: datetime, most: int) -> Digest | None:
        """Return the digest of the most important ones, or None when there is none."""
        return compose(self.subscriber.id, key, slot, self.stories, most, self.taste, self.now)


@dataclass(frozen=True, slots=True)
class Compose:
    """Find what is new to a subscriber and what they think of the like."""

    deliveries: Deliveries
    ratings: Ratings

    async def __call__(self, subscriber: Subscriber, key: str, slot: datetime, now: datetime) -> Digest | None:
        """Return a digest of as many stories as the subscriber wants, or None when there is none."""
        return (await self.candidates(subscriber, now)).digest(key, slot, subscriber.preferences.stories)

    async def candidates(self, subscriber: Subscriber, now: datetime) -> Candidates:
        """Return all that a digest could have now."""
        found = await self.deliveries.fresh(subscriber.id, window_start(subscriber.digested_at, now))
        stories = tuple(filter(None, map(as_told, found)))
        taste = taste_of(await self.ratings.of(subscriber.id)) if stories else Taste()
        return Candidates(subscriber, stories, taste, now)
