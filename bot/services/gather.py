"""Take in the articles that links lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.article import Article, Draft
from bot.domain.limits import Exhausted
from bot.domain.links import canonical
from bot.domain.subscriber import Subscriber
from bot.domain.unread import Found, Unread
from bot.ports import Addresses, Articles, Clock, Fetch
from bot.services.collect import Collect, Collected, NotAnArticle
from bot.services.limit import Limit

Result = Collected | NotAnArticle | Unread | Exhausted
_FRESH = timedelta(hours=1)  # a page may be corrected; within the hour it is answered from what we have


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of each address, without what only counts visitors; no article stands there twice.

    ``text`` is the message itself, taken as a short article because none of its links led to one.
    """

    by_address: Mapping[str, Result]
    text: Collected | None = None


@dataclass(frozen=True, slots=True)
class Gather:
    """Read pages and keep their articles; an address that was read within the hour is not read again."""

    fetch: Fetch
    addresses: Addresses
    articles: Articles
    collect: Collect
    limit: Limit
    clock: Clock

    async def __call__(self, urls: Sequence[str], draft: Draft, sender: Subscriber) -> Gathered:
        """Return what became of the links of a message; what somebody forwards may be a flash with a link below."""
        results = _once(await self._results(urls, draft, sender))
        if draft.origin is None or any(isinstance(result, Collected) for result in results.values()):
            return Gathered(results)
        taken = await self.collect(draft, sender)
        return Gathered(results, taken if isinstance(taken, Collected) else None)

    async def _results(self, urls: Sequence[str], draft: Draft, sender: Subscriber) -> Mapping[str, Result]:
        results: dict[str, Result] = {}
        wanted: list[str] = []
        for url in dict.fromkeys(map(canonical, urls)):
            if known := await self._known(url):
                results[url] = await self._received(known, draft, sender)
            elif against := await self.limit.of_fetches(draft, sender, url, len(wanted)):
                results[url] = against
            else:
                wanted.append(url)
        for url, found in zip(wanted, await self.fetch(wanted, self.clock()), strict=True):
            results[url] = await self._collected(url, found, draft, sender)
        return {url: results[url] for url in dict.fromkeys(map(canonical, urls))}

    async def _known(self, url: str) -> Article | None:
        fingerprint = await self.addresses.find(url, self.clock() - _FRESH)
        return await self.articles.find(fingerprint) if fingerprint else None

    async def _collected(self, url: str, found: Found | Unread, draft: Draft, sender: Subscriber) -> Result:
        if isinstance(found, Unread):
            return found
        own = found.facts.link or url
        if known := await self._known(own):
            result: Result = await self._received(known, draft, sender)
        else:
            result = await self.collect(replace(draft, text=found.text, origin=None, facts=found.facts), sender)
        if isinstance(result, Collected):
            await self.addresses.note({url, own}, result.article.fingerprint, self.clock())
        return result

    async def _received(self, article: Article, draft: Draft, sender: Subscriber) -> Result:
        against = await self.limit.of_articles(draft, article.fingerprint, sender)
        return against or await self.collect.received(article, draft, sender)


def _once(results: Mapping[str, Result]) -> Mapping[str, Result]:
    shown, kept = set(), {}
    for url, result in results.items():
        mark = result.article.fingerprint if isinstance(result, Collected) else url
        if mark not in shown:
            shown.add(mark)
            kept[url] = result
    return kept
