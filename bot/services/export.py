"""Give articles out of the archive."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from bot.domain.article import SourceKind
from bot.domain.exchange import Entry, line_of
from bot.domain.unread import MOST_BYTES
from bot.ports import Archive, Subscribers

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Export:
    """Give out the whole archive, one lot in memory at a time."""

    archive: Archive

    async def count(self) -> int:
        """Return how many articles there are."""
        return await self.archive.count()

    async def __call__(self) -> AsyncIterator[bytes]:
        """Yield the articles, a line each, in the order in which they were taken in."""
        lot, mark = await self.archive.after(0, _BATCH)
        while lot:
            for entry in lot:
                yield line_of(entry)
            lot, mark = await self.archive.after(mark, _BATCH)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The articles of one reader as a file; ``left_out`` are the older ones for which it has no room."""

    content: bytes
    articles: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """Give a reader the articles that they sent in, as many of the newest as a file holds that we take back."""

    archive: Archive
    most: int = MOST_BYTES

    async def __call__(self, subscriber_id: int) -> Parcel:
        """Return the articles of a subscriber, oldest first."""
        lines: list[bytes] = []
        room = self.most
        async for entry in self._newest_first(subscriber_id):
            line = line_of(_shareable(entry))
            if len(line) > room:
                break
            room -= len(line)
            lines.append(line)
        total = await self.archive.count_sent_by(subscriber_id)
        return Parcel(b"".join(reversed(lines)), len(lines), max(total - len(lines), 0))

    async def _newest_first(self, subscriber_id: int) -> AsyncIterator[Entry]:
        lot, mark = await self.archive.sent_by(subscriber_id, None, _BATCH)
        while lot:
            for entry in lot:
                yield entry
            lot, mark = await self.archive.sent_by(subscriber_id, mark, _BATCH)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The port Enclose: the file that goes with a page is a reader's own articles."""

    pack: Pack
    subscribers: Subscribers

    async def __call__(self, chat_id: int, /) -> bytes:
        """See the port."""
        subscriber = await self.subscribers.find(chat_id)
        return (await self.pack(subscriber.id)).content if subscriber else b""


def _shareable(entry: Entry) -> Entry:
    """Leave out a person from whom perhaps another reader had the text."""
    source = entry.article.source
    is_person = source is not None and source.kind is SourceKind.PERSON
    return replace(entry, article=replace(entry.article, source=None)) if is_person else entry
