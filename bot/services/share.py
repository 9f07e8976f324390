"""Offer stories that anybody may pass on."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.digest import Story
from bot.domain.search import wanted
from bot.ports import Clock, Stories, Topics

_OFFERED = 10


@dataclass(frozen=True, slots=True)
class Offered:
    """Stories for everyone; ``following`` is how many to skip for the next ones, none if these are the last."""

    stories: Sequence[Story]
    following: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """Find what somebody wants to share: only what is for everyone, whoever asks."""

    stories: Stories
    topics: Topics
    clock: Clock

    async def __call__(self, typed: str, zone: str, skip: int) -> Offered:
        """Return stories that are looked for but the first ``skip``; the latest for words that name nothing."""
        now = self.clock()
        sought = wanted(typed, now.astimezone(ZoneInfo(zone)).date(), await self.topics.catalogue())
        hits = await self.stories.sought(None, sought, zone, now, skip, _OFFERED + 1)
        found = [await self.stories.find(None, hit.story_id) for hit in hits[:_OFFERED]]
        return Offered([story for story in found if story], skip + _OFFERED if len(hits) > _OFFERED else None)
