"""Put the news that a subscriber has not seen in order."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.digest import WEEK, Digest, Story, compose, returning, review, week_key, window_start
from bot.domain.rating import Taste, taste_of
from bot.domain.subscriber import Subscriber
from bot.domain.telling import as_told
from bot.ports import Deliveries, Ratings


@dataclass(frozen=True, slots=True)
class Candidates:
    """The stories that are new to a subscriber, who comes back if they were ``away_since`` then, and their taste."""

    subscriber: Subscriber
    stories: tuple[Story, ...]
    taste: Taste
    now: datetime
    away_since: datetime | None = None

    def digest(self, key: str, slot: datetime, most: int) -> Digest | None:
        """Return the digest of the most important ones, or None when there is none."""
        digest = compose(self.subscriber.id, key, slot, self.stories, most, self.taste, self.now)
        if digest is None or self.away_since is None:
            return digest
        return replace(returning(digest), since=self.away_since)


@dataclass(frozen=True, slots=True)
class Compose:
    """Find what is new to a subscriber and what they think of the like."""

    deliveries: Deliveries
    ratings: Ratings

    async def __call__(
        self, subscriber: Subscriber, key: str, slot: datetime, now: datetime, most: int | None = None
    ) -> Digest | None:
        """Return a digest of ``most`` stories or as many as the subscriber wants, or None when there is none."""
        away = subscriber.schedule.away if subscriber.is_returning(now) else None
        candidates = await self.candidates(subscriber, now, away.since if away else None)
        digest = candidates.digest(key, slot, most or subscriber.preferences.stories)
        return replace(digest, since=subscriber.missed_since(now)) if digest else None

    async def candidates(self, subscriber: Subscriber, now: datetime, away_since: datetime | None = None) -> Candidates:
        """Return all that a digest could have now."""
        start = window_start(subscriber.digested_at, now, away_since)
        stories = tuple(filter(None, map(as_told, await self.deliveries.fresh(subscriber.id, start))))
        taste = await self._taste(subscriber) if stories else Taste()
        return Candidates(subscriber, stories, taste, now, away_since)

    async def review(self, subscriber: Subscriber, slot: datetime, now: datetime) -> Digest | None:
        """Return the biggest stories of a subscriber's week, or None when there was none."""
        stories = await self.deliveries.told(subscriber.id, now - WEEK)
        taste, most = await self._taste(subscriber), subscriber.preferences.stories
        return review(subscriber.id, week_key(slot, subscriber.schedule.zone), slot, stories, taste, most)

    async def _taste(self, subscriber: Subscriber) -> Taste:
        return taste_of(await self.ratings.of(subscriber.id))
