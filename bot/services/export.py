"""Give articles out of the archive."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.article import SourceKind
from bot.domain.exchange import Entry, line_of
from bot.domain.record import Record, file_of
from bot.domain.unread import MOST_BYTES
from bot.ports import Archive, Clock, Feeds, Records, Subscribers, WriteFeedList

_BATCH = 100
FEED_LIST = "mujaz-feeds.opml"


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
class Pack:
    """Give readers all that is held on them, with as many of the newest articles they sent as a file holds."""

    archive: Archive
    records: Records
    clock: Clock
    most: int = MOST_BYTES

    async def __call__(self, subscriber_id: int) -> bytes:
        """Return the file, its articles oldest first; nothing for nobody."""
        record = await self.records.of(subscriber_id)
        if record is None:
            return b""
        record = _fitting(record, self.most // 2, self.clock())
        room = self.most - len(file_of(record, (), 0, self.clock()))
        lines = await self._lines(subscriber_id, room)
        total = await self.archive.count_sent_by(subscriber_id)
        return file_of(record, lines, max(total - len(lines), 0), self.clock())

    async def count(self, subscriber_id: int) -> int:
        """Return how many articles a subscriber sent."""
        return await self.archive.count_sent_by(subscriber_id)

    async def _lines(self, subscriber_id: int, room: int) -> Sequence[bytes]:
        lines: list[bytes] = []
        async for entry in self._newest_first(subscriber_id):
            line = line_of(_shareable(entry))
            room -= len(line) + 1  # and what parts it from the next
            if room < 0:
                break
            lines.append(line)
        return lines[::-1]

    async def _newest_first(self, subscriber_id: int) -> AsyncIterator[Entry]:
        lot, mark = await self.archive.sent_by(subscriber_id, None, _BATCH)
        while lot:
            for entry in lot:
                yield entry
            lot, mark = await self.archive.sent_by(subscriber_id, mark, _BATCH)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The port Enclose: the file that goes with a page is what is held on its reader, or the list of feeds."""

    pack: Pack
    subscribers: Subscribers
    feeds: Feeds
    write_list: WriteFeedList

    async def __call__(self, chat_id: int, name: str, thread_id: int = 0, /) -> bytes:
        """See the port."""
        if name == FEED_LIST:
            return self.write_list(await self.feeds.all())
        subscriber = await self.subscribers.find(chat_id, thread_id)
        return await self.pack(subscriber.id) if subscriber else b""


def _fitting(record: Record, most: int, now: datetime) -> Record:
    """Leave out the older half of our own messages as often as it takes: the reader has them all."""
    while record.written and len(file_of(record, (), 0, now)) > most:
        record = replace(record, written=record.written[(len(record.written) + 1) // 2 :])
    return record


def _shareable(entry: Entry) -> Entry:
    """Leave out a person from whom perhaps another reader had the text."""
    source = entry.article.source
    is_person = source is not None and source.kind is SourceKind.PERSON
    return replace(entry, article=replace(entry.article, source=None)) if is_person else entry
