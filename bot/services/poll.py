"""Look at feeds for new articles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.arabic.tokens import words
from bot.domain.article import Draft, Facts, Source, SourceKind
from bot.domain.delivery import Page
from bot.domain.feed import Feed, FeedEntry, FeedFailed, FeedRead, failed, is_passing, may_wait, succeeded, to_take
from bot.domain.unread import Found, Reason, Unread
from bot.ports import Clock, FeedNotes, Feeds, Fetch, FetchFeed
from bot.services.collect import Collect, Collected

_BATCH = 20
_WHOLE = 60  # words; what is shorter is a teaser for the page
_ENOUGH = 20  # words of a page that is read instead of a teaser
_MOST_IN_VAIN = 3  # pages that fail in passing; then the site has trouble, and its other pages are not asked for
_KEPT = timedelta(days=30)  # since a feed had an entry last; what comes back later is new


@dataclass(frozen=True, slots=True)
class Polled:
    """What looking at one feed came to; ``mistakes`` are ours, with single entries."""

    feed: Feed
    new: int = 0
    failure: FeedFailed | None = None
    mistakes: tuple[Exception, ...] = ()


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
        if isinstance(found, FeedRead):
            polled = await self._taken(feed, found)
        else:
            polled = Polled(succeeded(feed, found, self.clock()))
        await self._settled(polled.feed, self.notes.works(polled.feed) if feed.is_told else None)
        return polled

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

    async def _taken(self, feed: Feed, found: FeedRead) -> Polled:
        """Take the new entries one by one; none stops the others."""
        marks = [entry.mark for entry in found.entries]
        chosen = to_take(feed, found.entries, await self.feeds.taken(feed.id, marks), self.clock())
        count, left, trouble, mistakes = 0, set(chosen.left), list[Reason](), list[Exception]()
        for entry in chosen.entries:
            try:
                draft = await self._draft(feed, found, entry, trouble)
                count += draft is not None and isinstance(await self.collect(draft, None), Collected)
                waits = draft is None
            except Exception as error:  # noqa: BLE001 - it may be anything in a text
                mistakes.append(error)
                waits = await self._waits(feed, entry)
            if waits:
                left.add(entry.mark)
            else:
                await self.feeds.take(feed.id, [entry.mark], self.clock())  # a crash before it repeats a reading
        await self.feeds.take(feed.id, [mark for mark in marks if mark not in left], self.clock())
        await self.feeds.forget(feed.id, self.clock() - _KEPT)
        after = succeeded(feed, found, self.clock(), is_left=bool(left))
        return Polled(after, count, mistakes=tuple(mistakes))

    async def _waits(self, feed: Feed, entry: FeedEntry) -> bool:
        """Note that an entry was tried in vain, and tell if it is tried again."""
        tries = await self.feeds.put_off(feed.id, entry.mark, self.clock())
        return may_wait(feed, entry, tries, self.clock())

    async def _draft(self, feed: Feed, found: FeedRead, entry: FeedEntry, trouble: list[Reason]) -> Draft | None:
        """Return an entry as an article, None while it waits for its page; ``trouble`` is what pages met so far."""
        source = Source(SourceKind.SITE, found.title or feed.title, found.site or feed.site)
        facts = Facts(entry.title, entry.published, entry.tags, source, entry.link)
        text = f"{entry.title}\n{entry.text}"
        if entry.link and len(words(entry.text)) < _WHOLE:
            page = await self._page(entry.link, trouble)
            if isinstance(page, Found) and len(words(page.text)) >= max(_ENOUGH, len(words(entry.text))):
                text, facts = page.text, _joined(facts, page.facts)
            elif isinstance(page, Unread) and is_passing(page.reason) and await self._waits(feed, entry):
                return None
        receipt = f"feed:{feed.id}:{entry.mark}"
        return Draft(text, receipt, entry.moment or self.clock(), is_trusted=True, facts=facts)

    async def _page(self, link: str, trouble: list[Reason]) -> Found | Unread:
        if len(trouble) >= _MOST_IN_VAIN:
            return Unread(trouble[-1])
        (page,) = await self.fetch([link], self.clock())
        if isinstance(page, Unread) and is_passing(page.reason):
            trouble.append(page.reason)
        return page


def _joined(own: Facts, page: Facts) -> Facts:
    tags = tuple(dict.fromkeys((*own.tags, *page.tags)))
    return replace(own, tags=tags, published=own.published or page.published, link=page.link or own.link)
