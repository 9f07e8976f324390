"""Show one story, and keep it at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digest import Story
from bot.domain.search import Hit
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Stories
from bot.services.search import PAGE


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of what a reader saved, the first being 0."""

    page: int
    hits: Sequence[Hit]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Save:
    """What a reader does with single stories."""

    stories: Stories
    clock: Clock

    async def story(self, subscriber: Subscriber, story_id: int) -> tuple[Story, bool] | None:
        """Return a story and if the reader saved it; None if there is none that they may see."""
        story = await self.stories.find(subscriber.id, story_id)
        return (story, await self.stories.has_saved(subscriber.id, story_id)) if story else None

    async def __call__(self, subscriber: Subscriber, story_id: int) -> bool:
        """Save a story; tell if there is one that the reader may see."""
        return await self.stories.save(subscriber.id, story_id, self.clock())

    async def undo(self, subscriber: Subscriber, story_id: int) -> None:
        """Let a story be saved no more."""
        await self.stories.unsave(subscriber.id, story_id)

    async def shelf(self, subscriber: Subscriber, page: int = 0) -> Shelf:
        """Return a page of what a reader saved, the last saved first: the one before, or the first, if it is empty."""
        for wanted in dict.fromkeys((page, max(page - 1, 0), 0)):
            found = await self.stories.saved(subscriber.id, wanted * PAGE, PAGE + 1)
            if found:
                return Shelf(wanted, found[:PAGE], has_more=len(found) > PAGE)
        return Shelf(0, (), has_more=False)
