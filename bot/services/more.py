"""Show the stories that a digest left out, in the message that left them out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.delivery import Page
from bot.domain.digest import Digest
from bot.domain.sheet import Sheet
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Deliveries, Render
from bot.services.compose import Compose

_LIFE = timedelta(hours=6)


class NothingMore(Exception):
    """Everything of the reader's topics was shown."""


@dataclass(frozen=True, slots=True)
class More:
    """Turn to a sheet of a message; a new one is a digest of its own, whose stories count as seen once it is shown."""

    deliveries: Deliveries
    compose: Compose
    render: Render
    clock: Clock

    async def __call__(self, subscriber: Subscriber, sheet: Sheet, request: str) -> Page | None:
        """Return the page to show again, or None where a new one is on its way; ``request`` names the asking.

        Raise NothingMore when there is nothing to show, or the message is no digest.
        """
        kept = await self.deliveries.sheet(sheet)
        if kept is not None:
            return replace(kept, edits=sheet.message_id)
        if sheet.number == 0 or await self.deliveries.sheet(replace(sheet, number=sheet.number - 1)) is None:
            raise NothingMore
        await self._open(subscriber, sheet, f"more:{request}", self.clock())
        return None

    async def _open(self, subscriber: Subscriber, sheet: Sheet, key: str, now: datetime) -> None:
        page, digest = await self._laid_out(subscriber, sheet, key, now)
        ids = [story.id for story in digest.stories]
        await self.deliveries.open(digest, [(replace(page, edits=sheet.message_id), ids)], now, now + _LIFE)

    async def _laid_out(self, subscriber: Subscriber, sheet: Sheet, key: str, now: datetime) -> tuple[Page, Digest]:
        """Return as many of the stories as fit on one page, the most important first."""
        away_since = await self.deliveries.away_since(replace(sheet, number=0))
        candidates, most = (
            await self.compose.candidates(subscriber, now, away_since),
            subscriber.preferences.stories,
        )
        while digest := candidates.digest(key, now, most):
            pages = self.render(digest, subscriber, now, sheet.number)
            if len(pages) == 1:
                return pages[0][0], digest
            most = min(len(pages[0][1]), len(digest.stories) - 1)
        raise NothingMore
