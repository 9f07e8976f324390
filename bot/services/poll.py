"""Look at feeds for new articles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.arabic.tokens import words
from bot.domain.article import Draft, Facts, Source, SourceKind
from bot.domain.delivery import Page
from bot.domain.feed import Feed, FeedEntry, FeedFailed, FeedRead, failed, succeeded, to_take
from bot.domain.unread import Found, Reason
from bot.ports import Clock, FeedNotes, Feeds, Fetch, FetchFeed
from bot.services.collect import Collect, Collected

_BATCH = 20
_WHOLE = 60  # words; what is shorter is a teaser for the page
_ENOUGH = 20  # words of a teaser whose page cannot be read


@dataclass(frozen=True, slots=True)
class Polled:
    """What looking at one feed came to."""

    feed: Feed
    new: int = 0
    failure: FeedFailed | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """Take the new articles of a feed, before everyone; an entry that was taken is not taken again."""

    feeds: Feeds
    fetch_feed: FetchFeed
    fetch: Fetch
    collect: Collect
    notes: FeedNotes
    clock: Clock
    owners: Collection[int]

    async def due(self) -> Sequence[Feed]:
        """Return feeds whose time has come, longest waiting first."""
        return await self.feeds.due(self.clock(), _BATCH)

    async def __call__(self, feed: Feed) -> Polled:
        """Read a feed, keep what is new and let it wait for the next time."""
        found = await self.fetch_feed(feed.url, feed.etag, feed.last_modified, self.clock())
        if isinstance(found, FeedFailed):
            return await self._failed(feed, found)
        new = await self._taken(feed, found) if isinstance(found, FeedRead) else 0
        after = succeeded(feed, found, self.clock())
        await self._settled(after, self.notes.works(after) if feed.is_told else None)
        return Polled(after, new)

    async def put_off(self, feed: Feed) -> None:
        """Let a feed wait that could not be looked at because of a mistake of ours."""
        await self.feeds.settle(failed(feed, FeedFailed(Reason.DAMAGED), self.clock()), (), self.clock())

    async def _failed(self, feed: Feed, failure: FeedFailed) -> Polled:
        after = failed(feed, failure, self.clock())
        note = self.notes.fails(after, failure.reason) if after.is_failing and not feed.is_told else None
        after = replace(after, is_told=after.is_told or after.is_failing)
        await self._settled(after, note)
        return Polled(after, failure=failure)

    async def _settled(self, feed: Feed, note: Page | None) -> None:
        told = [replace(note, chat_id=owner) for owner in self.owners] if note else []
        await self.feeds.settle(feed, told, self.clock())

    async def _taken(self, feed: Feed, found: FeedRead) -> int:
        now, count = self.clock(), 0
        known = await self.feeds.taken(feed.id, [entry.mark for entry in found.entries])
        fresh = tuple(entry for entry in found.entries if entry.mark not in known)
        chosen = to_take(feed, fresh, now)
        for entry in chosen:
            count += await self._kept(feed, found, entry)
            await self.feeds.take(feed.id, [entry.mark], now)  # after the article: a crash between repeats a reading
        if feed.polled_at is None:
            await self.feeds.take(feed.id, [entry.mark for entry in fresh], now)
        return count

    async def _kept(self, feed: Feed, found: FeedRead, entry: FeedEntry) -> bool:
        source = Source(SourceKind.SITE, found.title or feed.title, found.site or feed.site)
        facts = Facts(entry.title, entry.published, entry.tags, source, entry.link)
        text, facts = await self._whole(entry, facts)
        receipt = f"feed:{feed.id}:{entry.mark}"
        draft = Draft(text, receipt, entry.moment or self.clock(), is_trusted=True, facts=facts)
        return isinstance(await self.collect(draft, None), Collected)

    async def _whole(self, entry: FeedEntry, facts: Facts) -> tuple[str, Facts]:
        """Return the text of an entry: its own, or its page's where it has only a teaser."""
        own = f"{entry.title}\n{entry.text}"
        if entry.link is None or len(words(entry.text)) >= _WHOLE:
            return own, facts
        (page,) = await self.fetch([entry.link], self.clock())
        if not isinstance(page, Found) or len(words(page.text)) < max(_ENOUGH, len(words(entry.text))):
            return own, facts
        tags = tuple(dict.fromkeys((*facts.tags, *page.facts.tags)))
        published = facts.published or page.facts.published
        return page.text, replace(facts, tags=tags, published=published, link=page.facts.link or entry.link)
