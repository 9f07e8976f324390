"""Feeds: /feeds, /addfeed and /removefeed, for editors, and what the owners are told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.delivery import Page
from bot.domain.feed import USUAL, Feed, FeedFailed
from bot.domain.links import host_of
from bot.domain.unread import Reason
from bot.ports import Feeds
from bot.services.feeds import AddFeed, RemoveFeed
from bot.services.trust import Trust
from bot.telegram.language import Language, isolated
from bot.telegram.render import note
from handlers import obstacles, texts
from handlers.reading import argument_of
from handlers.request import Feature, Request

_MOST_LISTED = 40
_LONGEST_TITLE = 60  # letters


def for_editors(trust: Trust, feature: Feature) -> Feature:
    """Return the feature for editors; for anybody else there is no such command."""

    async def checked(request: Request) -> Sequence[Page]:
        if not await trust(request.subscriber.chat_id):
            return [Page(note(texts.unknown_command(request.language), request.language))]
        return await feature(request)

    return checked


async def feeds(kept: Feeds, request: Request) -> Sequence[Page]:
    """Answer /feeds."""
    language, known = request.language, await kept.all()
    if not known:
        return [_page(language.say("لا تغذيات بعد. أضف واحدة هكذا:\n/addfeed https://example.org/rss"), language)]
    lines = [language.count("تغذية واحدة:", "{number} تغذيات:", len(known))]
    lines += [_line(feed, language) for feed in known[:_MOST_LISTED]]
    lines.append(language.say("للحذف: /removefeed ورقم التغذية."))
    return [_page("\n".join(lines), language)]


def _line(feed: Feed, language: Language) -> str:
    if feed.failures:
        state = language.say("متعذّرة")
    elif feed.polled_at is None:
        state = language.say("لم تُقرأ بعد")
    else:
        state = language.say("سليمة")
    minutes = int(feed.every.total_seconds() // 60)
    every = language.count("كل دقيقة", "كل {number} دقائق", minutes)
    return f"{feed.id}. {_named(feed)} · {every} · {state}"


def _named(feed: Feed) -> str:
    title = feed.title if len(feed.title) <= _LONGEST_TITLE else f"{feed.title[:_LONGEST_TITLE]}…"
    return isolated(title)


async def add(add_feed: AddFeed, request: Request) -> Sequence[Page]:
    """/addfeed URL [MINUTES]."""
    language, (url, every) = request.language, _asked(argument_of(request.message))
    if not url:
        return [
            _page(
                language.say("اكتب عنوان التغذية، أو عنوان الموقع، بعد الأمر:\n/addfeed https://example.org/rss"),
                language,
            )
        ]
    added = await add_feed(url, request.subscriber.chat_id, every)
    if isinstance(added, FeedFailed):
        return [_page(obstacles.unread(host_of(url) or url, added.reason, language), language)]
    name = _named(added.feed)
    if not added.is_new:
        return [_page(language.say("تغذية {name} مضافة من قبل.", name=name), language)]
    count = language.count("فيها الآن مادة واحدة", "فيها الآن {number} مواد", added.entries)
    said = language.say(
        "أُضيفت تغذية {name}. {count}، وما يُنشر فيها يصل إلى كل من يتابع موضوعاته.", name=name, count=count
    )
    return [_page(said, language)]


def _asked(typed: str) -> tuple[str, timedelta]:
    url, _, minutes = typed.strip().partition(" ")
    minutes = minutes.strip()
    known = minutes.isascii() and minutes.isdigit() and len(minutes) <= len("1440")
    return url, timedelta(minutes=int(minutes)) if known else USUAL


async def remove(remove_feed: RemoveFeed, request: Request) -> Sequence[Page]:
    """/removefeed URL, or its number."""
    language = request.language
    feed = await remove_feed(argument_of(request.message).strip())
    if feed is None:
        return [_page(language.say("لا أعرف تغذية بهذا العنوان أو الرقم. تجد التغذيات في /feeds"), language)]
    return [_page(language.say("حُذفت تغذية {name}.", name=_named(feed)), language)]


def _page(text: str, language: Language) -> Page:
    return Page(note(text, language))


@dataclass(frozen=True, slots=True)
class FeedPages:
    """The FeedNotes port, in the language of the newsroom."""

    language: Language

    def fails(self, feed: Feed, reason: Reason, /) -> Page:
        """See the port."""
        said = self.language.say(
            "لم أعد أستطيع قراءة تغذية {name}: {why} سأواصل المحاولة، وأقلّها مرة في اليوم.",
            name=_named(feed),
            why=obstacles.why(reason, self.language),
        )
        return _page(said, self.language)

    def works(self, feed: Feed, /) -> Page:
        """See the port."""
        return _page(self.language.say("عادت تغذية {name} إلى العمل.", name=_named(feed)), self.language)
