"""The port FetchFeed: a feed, or the first one that a page names."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.feed import FeedEntry, FeedFailed, FeedRead, FeedUnchanged
from bot.domain.unread import Reason
from bot.fetch.bounded import BoundedReaders
from bot.fetch.client import PAGES_AND_FEEDS, Client, Fetched
from bot.fetch.feeds import Entry, Feed
from bot.fetch.refusals import AnswerRefused, ContentRefused, Unreadable

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
