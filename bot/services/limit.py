"""Hold each reader to what an hour allows; owners are free."""

from dataclasses import dataclass

from bot.domain.article import Draft
from bot.domain.limits import SPAN, Exhausted, Limited, exhausted
from bot.domain.subscriber import Subscriber
from bot.ports import Clock, Usage


@dataclass(frozen=True, slots=True)
class Limit:
    """Say if a reader may send one more; an update that is handled again counts once."""

    usage: Usage
    clock: Clock
    articles: int
    fetches: int

    async def of_articles(self, draft: Draft, fingerprint: str, sender: Subscriber) -> Exhausted | None:
        """Return what stands against one more article, if something does; those of one message count one by one."""
        if draft.is_trusted:
            return None
        now = self.clock()
        moments = await self.usage.articles(sender.id, now - SPAN, draft.receipt, fingerprint)
        return exhausted(Limited.ARTICLES, self.articles, moments, now)

    async def of_fetches(self, draft: Draft, sender: Subscriber, place: str, before: int = 0) -> Exhausted | None:
        """Return what stands against reading one more link or file; if nothing does, count it.

        ``before`` is how many were read for the same message.
        """
        against = await self._against(sender, draft.receipt, before)
        if against and not draft.is_trusted:
            return against
        await self.usage.fetched(sender.id, draft.receipt, place, self.clock())
        return None

    async def of_exports(self, receipt: str, asker: Subscriber) -> Exhausted | None:
        """Return what stands against one more file of all that is held; if nothing does, count it like a link."""
        against = await self._against(asker, receipt)
        if against is None:
            await self.usage.fetched(asker.id, receipt, "/export", self.clock())
        return against

    async def _against(self, asker: Subscriber, receipt: str, before: int = 0) -> Exhausted | None:
        now = self.clock()
        moments = await self.usage.fetches(asker.id, now - SPAN, receipt)
        return exhausted(Limited.FETCHES, self.fetches, (*moments, *[now] * before), now)
