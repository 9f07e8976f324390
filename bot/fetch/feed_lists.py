"""The ports ReadFeedList and WriteFeedList: lists of feeds as OPML."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.feed import Feed
from bot.domain.unread import Unread
from bot.fetch.bounded import BoundedReaders
from bot.fetch.opml import Outline, written_opml
from bot.fetch.refusals import Unreadable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedLists:
    """Reads lists in a process of its own."""

    readers: BoundedReaders

    async def __call__(self, content: bytes, now: datetime, /) -> Sequence[str] | Unread:
        """See the port."""
        try:
            return [outline.url for outline in await self.readers.opml(content, now)]
        except Unreadable as error:
            log.info("list=refused reason=%s", error.reason.name)
            return Unread(error.reason)


def feed_list(feeds: Sequence[Feed], /) -> bytes:
    """Return feeds as OPML."""
    return written_opml([Outline(feed.url, feed.title, feed.site) for feed in feeds], "Mujaz")
