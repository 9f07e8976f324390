"""Say what one thinks of a story."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digest import Explanation
from bot.domain.rating import Rating
from bot.domain.sheet import Sheet
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Deliveries, Ratings


@dataclass(frozen=True, slots=True)
class Rated:
    """A story of a sheet, by its place, and what the reader thinks of it; None if they did not say."""

    place: int
    title: str
    is_liked: bool | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Keep what a reader thinks of stories that they were shown; it moves the like of them up or down, for them."""

    deliveries: Deliveries
    ratings: Ratings
    clock: Clock

    async def __call__(self, subscriber: Subscriber, sheet: Sheet, place: int, *, is_liked: bool | None) -> str | None:
        """Keep a rating, or take it back if it is None; return the story's title, None if it is not there."""
        told = {each.place: each for each in await self.deliveries.explanations(sheet)}.get(place)
        if told is None:
            return None
        if is_liked is None:
            await self.ratings.unrate(subscriber.id, told.story_id)
        else:
            await self.ratings.rate(subscriber.id, self._rating(told, is_liked=is_liked))
        return told.title

    def _rating(self, told: Explanation, *, is_liked: bool) -> Rating:
        topics = tuple(subject.name for subject in told.subjects)
        return Rating(told.story_id, is_liked, topics, told.source, self.clock())

    async def of(self, subscriber: Subscriber, sheet: Sheet) -> Sequence[Rated]:
        """Return the stories of a sheet with the reader's ratings."""
        known = {rating.story_id: rating.is_liked for rating in await self.ratings.of(subscriber.id)}
        explained = await self.deliveries.explanations(sheet)
        return [Rated(each.place, each.title, known.get(each.story_id)) for each in explained]

    async def count(self, subscriber: Subscriber) -> int:
        """Return how many ratings count."""
        return len(await self.ratings.of(subscriber.id))

    async def reset(self, subscriber: Subscriber) -> int:
        """Forget what a reader thinks; return how many ratings there were."""
        return await self.ratings.reset(subscriber.id)
