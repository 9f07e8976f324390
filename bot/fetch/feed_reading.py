"""The ports FetchFeed and FindFeeds: feeds, or the first one that a page names."""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.feed import FeedEntry, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.links import host_of
from bot.domain.unread import Reason
from bot.fetch.bounded import BoundedReaders
from bot.fetch.client import PAGES_AND_FEEDS, Client, Fetched
from bot.fetch.contents import Entry, Feed
from bot.fetch.refusals import AnswerRefused, ContentRefused, Unreadable
from bot.ports import FetchFeed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedReading:
    """Fetches through the guard and reads in a process of its own."""

    client: Client
    readers: BoundedReaders

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime, /
    ) -> FeedRead | FeedUnchanged | FeedFailed:
        """See the port."""
        try:
            return await self._read(url, etag, last_modified, now)
        except AnswerRefused as error:
            wait = error.retry_after
            return FeedFailed(error.reason, timedelta(seconds=wait) if wait else None)
        except Unreadable as error:
            log.info("feed=refused reason=%s", error.reason.name)
            return FeedFailed(error.reason)

    async def _read(
        self, url: str, etag: str | None, last_modified: str | None, now: datetime
    ) -> FeedRead | FeedUnchanged:
        fetched = await self.client.fetch(url, PAGES_AND_FEEDS, etag=etag, last_modified=last_modified)
        if not isinstance(fetched, Fetched):
            return FeedUnchanged()
        try:
            feed = await self.readers.feed(fetched.content, fetched.url, fetched.charset, now)
        except ContentRefused as refused:
            links = await self.readers.feeds_on(fetched.content, fetched.url, fetched.charset, now)
            if refused.reason is not Reason.NOT_A_FEED or not links or links[0].url == url:
                raise
            return await self._read(links[0].url, None, None, now)
        return _read_of(feed, url, fetched)


def _read_of(feed: Feed, url: str, fetched: Fetched) -> FeedRead:
    entries = tuple(_entry(entry) for entry in feed.entries)
    return FeedRead(url, feed.title, feed.link, entries, fetched.etag, fetched.last_modified)


def _entry(entry: Entry) -> FeedEntry:
    mark = hashlib.sha256((entry.id or entry.link or entry.title).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return FeedEntry(mark, entry.title, "\n".join(entry.lines), entry.link, entry.published, entry.moment, entry.tags)


_NOBODY_THERE = frozenset({
    Reason.NO_SUCH_HOST, Reason.UNREACHABLE, Reason.CERTIFICATE, Reason.TOO_SLOW, Reason.BUSY,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedsReading:
    """Reads feeds of several hosts side by side, and those of one host one after the other.

    ``pause`` is in seconds. A host that does not answer is not asked for its other feeds.
    """

    fetch_feed: FetchFeed
    pause: float = 0.5
    at_once: int = 8

    async def __call__(self, urls: Sequence[str], now: datetime, /) -> Sequence[FeedRead | FeedFailed]:
        """See the port."""
        room, by_host = asyncio.Semaphore(self.at_once), defaultdict[str, list[str]](list)
        for url in urls:
            by_host[host_of(url)].append(url)
        found: dict[str, FeedRead | FeedFailed] = {}
        async with asyncio.TaskGroup() as tasks:
            for own in by_host.values():
                tasks.create_task(self._of_host(own, now, room, found))
        return [found[url] for url in urls]

    async def _of_host(
        self, urls: Sequence[str], now: datetime, room: asyncio.Semaphore, found: dict[str, FeedRead | FeedFailed]
    ) -> None:
        async with room:
            for place, url in enumerate(urls):
                await asyncio.sleep(self.pause if place else 0)
                found[url] = answer = await self._found(url, now)
                if isinstance(answer, FeedFailed) and answer.reason in _NOBODY_THERE and host_of(url):
                    found |= dict.fromkeys(urls[place + 1 :], answer)
                    return

    async def _found(self, url: str, now: datetime) -> FeedRead | FeedFailed:
        found = await self.fetch_feed(url, None, None, now)
        if isinstance(found, FeedUnchanged):
            return FeedFailed(Reason.UNEXPECTED_STATUS)  # nobody asked if it was modified
        return found if isinstance(found, FeedFailed) else replace(found, entries=())
