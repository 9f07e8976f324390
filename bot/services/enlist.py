"""Add the feeds of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.feed import USUAL, FeedFailed
from bot.domain.links import canonical
from bot.domain.unread import MOST_BYTES, Reason, Unread
from bot.ports import Clock, Download, Feeds, FindFeeds, ReadFeedList
from bot.services.attach import File
from bot.services.feeds import first_seen

_AT_ONCE = 200  # of one list; each is asked for, and somebody waits


@dataclass(frozen=True, slots=True)
class Enlisted:
    """What became of a list: ``refused`` by address, and how many ``left`` are for when the list is sent again."""

    new: int
    known: int
    refused: Mapping[str, Reason]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Enlist:
    """Bring a list of feeds, read each feed that is not known, and keep those that can be read.

    Safe to repeat: what was added is known then, and keeps its interval.
    """

    feeds: Feeds
    find_feeds: FindFeeds
    download: Download
    read_list: ReadFeedList
    clock: Clock

    async def __call__(self, file: File, editor: int) -> Enlisted | Unread:
        """Return what became of a list, or why it cannot be read."""
        if file.size and file.size > MOST_BYTES:
            return Unread(Reason.TOO_LARGE)
        content = await self.download(file.id)
        listed = content if isinstance(content, Unread) else await self.read_list(content, self.clock())
        return listed if isinstance(listed, Unread) else await self._added(listed, editor)

    async def _added(self, listed: Sequence[str], editor: int) -> Enlisted:
        urls = dict.fromkeys(map(canonical, listed))
        kept = {feed.url for feed in await self.feeds.all()}
        unknown = [url for url in urls if url not in kept]
        asked, new, refused = unknown[:_AT_ONCE], 0, dict[str, Reason]()
        for url, found in zip(asked, await self.find_feeds(asked, self.clock()), strict=True):
            if isinstance(found, FeedFailed):
                refused[url] = found.reason
            elif found.url not in kept:
                await self.feeds.add(first_seen(found, editor, USUAL, self.clock()))
                kept.add(found.url)
                new += 1
        known = len(urls) - len(unknown) + len(asked) - len(refused) - new
        return Enlisted(new, known, refused, len(unknown) - len(asked))
