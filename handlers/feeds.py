"""Feeds, for editors: the commands, lists of feeds as files, and what the owners are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Message
from telegram.ext import filters

from bot.domain.delivery import Button, Page
from bot.domain.feed import Feed, FeedFailed
from bot.domain.links import host_of
from bot.domain.unread import Reason, Unread
from bot.ports import Clock, Feeds
from bot.services.enlist import Enlist
from bot.services.export import FEED_LIST
from bot.services.feeds import AddFeed, RemoveFeed
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from bot.telegram.render import note
from handlers import feeds_texts, newsroom_texts, obstacles, texts
from handlers.callbacks import FEED_FILE, feeds_page_of, feeds_page_payload
from handlers.failures import stale_ignored
from handlers.reading import argument_of, file_of
from handlers.request import Request

_ON_A_PAGE = 10


async def feeds(kept: Feeds, clock: Clock, request: Request) -> Sequence[Page]:
    """Answer /feeds."""
    return [_listed(await kept.all(), 0, clock(), request)]


async def turn(kept: Feeds, clock: Clock, request: Request) -> Sequence[Page]:
    """Show another page of the list, in the message whose button was pressed."""
    query = request.update.callback_query
    if query is None or query.message is None:
        return ()
    with stale_ignored():
        await query.answer()
    return [_listed(await kept.all(), feeds_page_of(query.data or ""), clock(), request, query.message.message_id)]


def _listed(known: Sequence[Feed], page: int, now: datetime, request: Request, edits: int | None = None) -> Page:
    language, last = request.language, max(len(known) - 1, 0) // _ON_A_PAGE
    if not known:
        return Page(note(feeds_texts.none_yet(language), language), edits=edits)
    page = min(page, last)
    zone, shown = request.subscriber.schedule.zone, known[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    lines = [feeds_texts.line(feed, zone, now, language) for feed in shown]
    text = feeds_texts.listed(lines, len(known), (page + 1, last + 1), language)
    return Page(note(text, language), _buttons(page, last, language), edits=edits)


def _buttons(page: int, last: int, language: Language) -> tuple[tuple[Button, ...], ...]:
    earlier = [Button(newsroom_texts.earlier(language), payload=feeds_page_payload(page - 1))] if page else []
    later = [Button(newsroom_texts.later(language), payload=feeds_page_payload(page + 1))] if page < last else []
    file = (Button(feeds_texts.as_file(language), payload=FEED_FILE),)
    return (in_order([*earlier, *later], language), file) if last else (file,)


async def as_file(kept: Feeds, request: Request) -> Sequence[Page]:
    """Send the list as a file; it is put together when it leaves."""
    query, language, known = request.update.callback_query, request.language, await kept.all()
    if query is None:
        return ()
    with stale_ignored():
        await query.answer()
    if not known:
        return [Page(note(feeds_texts.none_yet(language), language))]
    return [Page(note(feeds_texts.in_file(len(known), language), language), file=FEED_LIST)]


async def from_file(enlist: Enlist, request: Request) -> Sequence[Page]:
    """Add the feeds of a list that an editor sends."""
    file, language = file_of(request.message), request.language
    result = await enlist(file, request.user_id)
    if isinstance(result, Unread):
        said = obstacles.unread(file.name or texts.the_file(language), result.reason, language)
    else:
        said = feeds_texts.enlisted(result, language)
    return [Page(note(said, language))]


class _Lists(filters.MessageFilter):
    """Messages with a list of feeds, as its name has it; some programs call theirs XML."""

    def filter(self, message: Message) -> bool:
        """Tell if a file may be a list of feeds."""
        name = (message.document and message.document.file_name) or ""
        return name.lower().endswith((".opml", ".xml"))


LISTS = _Lists()


async def add(add_feed: AddFeed, request: Request) -> Sequence[Page]:
    """/addfeed URL [MINUTES]."""
    language, (url, every) = request.language, _asked(argument_of(request.message))
    if not url:
        return [Page(note(feeds_texts.add_what(language), language))]
    added = await add_feed(url, request.subscriber.chat_id, every)
    if isinstance(added, FeedFailed):
        said = feeds_texts.refused(host_of(url) or url, added.reason, language)
    else:
        said = feeds_texts.added(added, language)
    return [Page(note(said, language))]


def _asked(typed: str) -> tuple[str, timedelta | None]:
    url, _, minutes = typed.strip().partition(" ")
    minutes = minutes.strip()
    known = minutes.isascii() and minutes.isdigit() and len(minutes) <= len("1440")
    return url, timedelta(minutes=int(minutes)) if known else None


async def remove(remove_feed: RemoveFeed, request: Request) -> Sequence[Page]:
    """/removefeed URL, or its number."""
    feed = await remove_feed(argument_of(request.message).strip())
    return [Page(note(feeds_texts.removed(feed, request.language), request.language))]


@dataclass(frozen=True, slots=True)
class FeedPages:
    """The FeedNotes port, in the language of the newsroom."""

    language: Language

    def fails(self, feed: Feed, reason: Reason, /) -> Page:
        """See the port."""
        return Page(note(feeds_texts.fails(feed, reason, self.language), self.language))

    def works(self, feed: Feed, /) -> Page:
        """See the port."""
        return Page(note(feeds_texts.works(feed, self.language), self.language))
