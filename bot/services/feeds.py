"""Add feeds, and remove them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.feed import LONGEST, SHORTEST, USUAL, Feed, FeedFailed, FeedRead
from bot.domain.links import canonical
from bot.ports import Clock, Feeds, FetchFeed


@dataclass(frozen=True, slots=True)
class Added:
    """A feed that is looked at from now on; ``is_new`` is false if it was before."""

    feed: Feed
    entries: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class AddFeed:
    """Read a feed, or the first that a page names, and keep it; its articles come with the next look.

    A known one keeps its interval unless another is asked for.
    """

    feeds: Feeds
    fetch_feed: FetchFeed
    clock: Clock

    async def __call__(self, url: str, editor: int, every: timedelta | None = None) -> Added | FeedFailed:
        """Return the feed, or why there is none."""
        found = await self.fetch_feed(canonical(url), None, None, self.clock())
        if isinstance(found, FeedFailed):
            return found
        read = found if isinstance(found, FeedRead) else FeedRead(url, "", None, ())
        wanted = first_seen(read, editor, every or USUAL, self.clock())
        feed, is_new = await self.feeds.add(wanted)
        if every and not is_new:
            await self.feeds.pace(feed.id, wanted.every)
            feed = replace(feed, every=wanted.every)
        return Added(feed, len(read.entries), is_new)


def first_seen(read: FeedRead, editor: int, every: timedelta, now: datetime) -> Feed:
    """Return a feed as an editor adds it: its articles come with the next look, which is at once."""
    return Feed(
        id=0,
        url=read.url,
        title=read.title or read.url,
        site=read.site,
        every=min(max(every, SHORTEST), LONGEST),
        due_at=now,
        added_by=editor,
    )


@dataclass(frozen=True, slots=True)
class RemoveFeed:
    """Look at a feed no more; its articles stay."""

    feeds: Feeds

    async def __call__(self, named: str) -> Feed | None:
        """Return the feed that had this address or number, None if there is none."""
        wanted = {named, canonical(named)}
        for feed in await self.feeds.all():
            if not wanted.isdisjoint({str(feed.id), feed.url}):
                await self.feeds.remove(feed.id)
                return feed
        return None
