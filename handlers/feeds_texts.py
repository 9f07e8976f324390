"""What we say of feeds to editors and owners, in Arabic first: one function a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.feed import Feed
from bot.domain.links import told
from bot.domain.unread import Reason
from bot.services.enlist import Enlisted
from bot.services.feeds import Added
from bot.telegram.language import Language, isolated
from handlers import obstacles

_LONGEST_TITLE = 60  # letters
_MOST_REFUSED = 10  # named in one message


def help_(language: Language) -> str:
    """Say what editors can do with feeds."""
    return language.say(
        "/feeds — التغذيات التي أقرؤها للجميع\n"
        "/addfeed https://example.org/rss — إضافة تغذية، أو أرسل قائمة منها في ملف OPML\n"
        "/removefeed 3 — حذف تغذية برقمها"
    )


def add_what(language: Language) -> str:
    """Ask for an address."""
    return language.say("اكتب عنوان التغذية، أو عنوان الموقع، بعد الأمر:\n/addfeed https://example.org/rss")


def refused(place: str, reason: Reason, language: Language) -> str:
    """Say why there is no feed at an address."""
    return language.say("لم أُضف تغذية من {place}: {why}", place=isolated(place), why=why(reason, language))


def added(result: Added, language: Language) -> str:
    """Say what is read from now on, or was already."""
    name = named(result.feed)
    if not result.is_new:
        every = _every(result.feed, language)
        return language.say("تغذية {name} مضافة من قبل، وأقرؤها {every}.", name=name, every=every)
    count = language.count("فيها الآن مادة واحدة", "فيها الآن {number} مواد", result.entries)
    return language.say(
        "أُضيفت تغذية {name}. {count}، وما يُنشر فيها يصل إلى كل من يتابع موضوعاته.", name=name, count=count
    )


def removed(feed: Feed | None, language: Language) -> str:
    """Say what was removed, if anything."""
    if feed is None:
        return language.say("لا أعرف تغذية بهذا العنوان أو الرقم. تجد التغذيات في /feeds")
    return language.say("حُذفت تغذية {name}.", name=named(feed))


def none_yet(language: Language) -> str:
    """Say that there is nothing to list, and how that changes."""
    return language.say(
        "لا تغذيات بعد. أضف واحدة هكذا:\n/addfeed https://example.org/rss\nأو أرسل قائمة منها في ملف OPML."
    )


def listed(shown: Sequence[str], count: int, place: tuple[int, int], language: Language) -> str:
    """Put the lines of a page of feeds between how many there are, which page it is, and how one is removed."""
    head = language.count("تغذية واحدة:", "{number} تغذيات:", count)
    page, pages = place
    pager = [language.say("الصفحة {page} من {pages}", page=page, pages=pages)] if pages > 1 else []
    return "\n".join([head, *shown, *pager, language.say("للحذف: /removefeed ورقم التغذية.")])


def line(feed: Feed, zone: str, now: datetime, language: Language) -> str:
    """Return a feed in two lines: which it is; how often it is read, and how that goes."""
    return f"{feed.id}. {named(feed)}\n{_every(feed, language)} · {_state(feed, zone, now, language)}"


def _every(feed: Feed, language: Language) -> str:
    return language.count("كل دقيقة", "كل {number} دقائق", int(feed.every.total_seconds() // 60))


def _state(feed: Feed, zone: str, now: datetime, language: Language) -> str:
    last = _moment(feed.polled_at, zone, now, language) if feed.polled_at else None
    if not feed.failures:
        return language.say("سليمة، قُرئت {moment}", moment=last) if last else language.say("لم تُقرأ بعد")
    tries = language.count("تعذّرت قراءتها مرة", "تعذّرت قراءتها {number} مرات متتالية", feed.failures)
    since = language.say("آخر قراءة {moment}", moment=last) if last else language.say("لم تُقرأ من قبل")
    told = language.say("{tries}، {since}", tries=tries, since=since)
    return f"{told} · {why(feed.reason, language)}" if feed.reason else told


def _moment(at: datetime, zone: str, now: datetime, language: Language) -> str:
    """Return weekday and clock, or the day where a weekday could be that of another week."""
    if now - at < _A_WEEKDAY_IS_CLEAR:
        return language.moment(at, zone)
    return language.day(at.astimezone(ZoneInfo(zone)).date())


_A_WEEKDAY_IS_CLEAR = timedelta(days=6)


def as_file(language: Language) -> str:
    """Label the button that brings the list as a file."""
    return language.say("القائمة في ملف OPML")


def in_file(count: int, language: Language) -> str:
    """Say what the file of the list is."""
    return language.count(
        "في هذا الملف تغذية واحدة، ويقرؤه أي قارئ تغذيات.",
        "في هذا الملف {number} تغذيات، ويقرؤه أي قارئ تغذيات.",
        count,
    )


def enlisted(result: Enlisted, language: Language) -> str:
    """Say what became of a list of feeds."""
    refusals = [f"• {isolated(told(url))}: {why(reason, language)}" for url, reason in result.refused.items()]
    more = len(refusals) - _MOST_REFUSED
    lines = [
        (result.new, language.count("أُضيفت تغذية واحدة.", "أُضيفت {number} تغذيات.", result.new)),
        (result.known, language.count("تغذية واحدة مضافة من قبل.", "{number} تغذيات مضافة من قبل.", result.known)),
        (len(refusals), language.count("لم تُضف تغذية واحدة:", "لم تُضف {number} تغذيات:", len(refusals))),
        *((1, refusal) for refusal in refusals[:_MOST_REFUSED]),
        (max(more, 0), language.count("• وتغذية أخرى", "• و{number} تغذيات أخرى", max(more, 0))),
        (result.left, _left(result.left, language)),
    ]
    said = [text for number, text in lines if number]
    return "\n".join(said) if said else language.say("لم أجد في هذه القائمة تغذيات.")


def _left(count: int, language: Language) -> str:
    return language.count(
        "بقيت تغذية واحدة لم أصل إليها. أعد إرسال الملف لأضيفها.",
        "بقيت {number} تغذيات لم أصل إليها. أعد إرسال الملف لأكمل.",
        count,
    )


def fails(feed: Feed, reason: Reason, language: Language) -> str:
    """Tell of a feed that keeps failing."""
    return language.say(
        "لم أعد أستطيع قراءة تغذية {name}: {why} سأواصل المحاولة، وأقلّها مرة في اليوم.",
        name=named(feed),
        why=why(reason, language),
    )


def works(feed: Feed, language: Language) -> str:
    """Tell of a feed that can be read again."""
    return language.say("عادت تغذية {name} إلى العمل.", name=named(feed))


def named(feed: Feed) -> str:
    """Return the name of a feed where it stands in a sentence."""
    return isolated(feed.title if len(feed.title) <= _LONGEST_TITLE else f"{feed.title[:_LONGEST_TITLE]}…")


def why(reason: Reason, language: Language) -> str:
    """Return why a feed cannot be read, as a sentence; nobody is asked to try again, for the bot itself does."""
    match reason:
        case Reason.UNREACHABLE:
            return language.say("الموقع لا يجيب.")
        case Reason.TOO_SLOW:
            return language.say("تأخّر الموقع في الرد.")
        case Reason.BROKEN:
            return language.say("انقطع ردّ الموقع قبل أن يكتمل.")
        case Reason.BUSY:
            return language.say("الموقع مشغول.")
        case Reason.SERVER_FAILED:
            return language.say("في الموقع عطل.")
        case Reason.FORBIDDEN:
            return language.say("لا يسمح لي الموقع بقراءتها.")
        case Reason.NOT_A_FEED | Reason.UNWANTED_TYPE | Reason.NO_TEXT:
            return language.say("ليس في هذا العنوان تغذية أخبار.")
        case Reason.TOO_COMPLEX | Reason.TOO_LARGE:
            return language.say("أكبر أو أعقد من أن أقرأها.")
        case Reason.DAMAGED:
            return language.say("تعذّرت معالجتها.")
        case _:
            return obstacles.why(reason, language)
