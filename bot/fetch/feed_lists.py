"""The ports ReadFeedList and WriteFeedList: lists of feeds as OPML."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.domain.feed import Feed
from bot.domain.unread import Unread
from bot.fetch.bounded import BoundedReaders
from bot.fetch.contents import Outline
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


def written_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """Return a list of feeds in OPML 2.0, UTF-8, folders in the order of their first feed.

    Written by hand: lxml, which could do it, is in the reading process only.
    """
    folders: dict[str | None, list[str]] = {None: []}
    for outline in outlines:
        folders.setdefault(outline.folder, []).append(_element(outline))
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        '<opml version="2.0">',
        f"  <head>\n    <title>{_writable(title)}</title>\n  </head>",
        "  <body>",
        *(line for folder, elements in folders.items() for line in _folder(folder, elements)),
        "  </body>",
        "</opml>\n",
    ]
    return "\n".join(lines).encode()


def _folder(folder: str | None, elements: Sequence[str]) -> Iterator[str]:
    if folder is None:
        yield from (f"    {element}" for element in elements)
        return
    name = _writable(folder)
    yield f'    <outline text="{name}" title="{name}">'
    yield from (f"      {element}" for element in elements)
    yield "    </outline>"


def _element(outline: Outline) -> str:
    name = _writable(outline.title or outline.url)
    site = f' htmlUrl="{_writable(outline.site)}"' if outline.site else ""
    return f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{_writable(outline.url)}"{site}/>'


def _writable(text: str) -> str:
    """Return the text as an attribute takes it, without what XML cannot hold."""
    kept = "".join(letter for letter in text if letter == "\t" or (letter >= " " and not _is_forbidden(letter)))
    return escape(kept).replace("\t", "&#9;")


def _is_forbidden(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"
