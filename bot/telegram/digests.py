"""The Render port: a digest as pages in Telegram's HTML, each story whole on one page, each page a message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.delivery import Button, Page
from bot.domain.digest import Digest, Occasion, Section
from bot.domain.schedule import UNTIL_TOLD
from bot.domain.sheet import Action
from bot.domain.subscriber import Subscriber
from bot.telegram.language import Language, Languages, in_markup, isolated
from bot.telegram.marks import bold
from bot.telegram.render import note, units
from bot.telegram.stories import Teller

# Telegram allows 4,096 after the markup is taken away, in code points by its sources and in UTF-16 units by its
# documentation: units are never fewer. The rest is for the page's number and for marks of direction.
_MOST_UNITS = 3_950
_NOON, _NIGHT = 12, 4  # hours: good morning begins after the night
T = TypeVar("T")
_NEAR = timedelta(days=6)  # further away, a weekday alone may be this week's or the next


@dataclass(frozen=True, slots=True)
class _Block:
    """A story as it is shown, the heading of its section above it or none."""

    heading: str
    told: str
    story_id: int


@dataclass(frozen=True, slots=True)
class Renderer:
    """The Render port; ``payload`` returns what a button carries that does this with the sheet of that number."""

    languages: Languages
    payload: Callable[[Action, int], str]
    flags: Mapping[str, str] = field(default_factory=dict)  # emoji by the topic's name

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, number: int = 0, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        """See the port."""
        language, wishes = self.languages.of(subscriber), subscriber.preferences
        if not digest.stories:
            return [(Page(note(_no_news(subscriber, now, language), language), is_quiet=True), ())]
        teller = Teller(language, subscriber.schedule.zone, now)
        blocks = [block for section in digest.sections for block in self._blocks(section, teller)]
        head = _more_head(language) if number else _head(digest, subscriber, now, language)
        tail = _more_tail(digest, language) if number else _tail(digest, subscriber, now, language)
        pages = _paged(head, blocks, tail, language)
        return [
            (
                Page(
                    language.aligned(_numbered(text, place, len(pages), language)),
                    self._buttons(digest, number, language, has_stories=bool(ids), is_last=place == len(pages)),
                    is_quiet=wishes.is_quiet or place > 1,  # one digest makes one sound
                    has_preview=wishes.previews,
                ),
                ids,
            )
            for place, (text, ids) in enumerate(pages, start=1)
        ]

    def at_once(self, alert: Digest, subscriber: Subscriber, now: datetime, /) -> Page:
        """See the port."""
        language, wishes = self.languages.of(subscriber), subscriber.preferences
        (section,) = alert.sections
        mark, name = self.flags.get(section.topic, ""), in_markup(isolated(section.topic))
        head = bold(language.say("عاجل · {topic}", topic=" ".join(filter(None, (mark, name)))))
        told = Teller(language, subscriber.schedule.zone, now).told(section.stories[0])
        ask = Button(language.say("لماذا وصلني هذا؟"), payload=self.payload(Action.WHY, 0))
        text = language.aligned(f"🔴 {head}\n\n{told}")
        return Page(text, ((ask,),), is_quiet=wishes.is_quiet, has_preview=wishes.previews)

    def _blocks(self, section: Section, teller: Teller) -> list[_Block]:
        mark = self.flags.get(section.topic) or "▪️"
        heading = f"{mark} {bold(in_markup(section.topic))}\n\n"
        return [
            _Block("" if place else heading, teller.told(story), story.id)
            for place, story in enumerate(section.stories)
        ]

    def _buttons(
        self, digest: Digest, number: int, language: Language, *, has_stories: bool, is_last: bool
    ) -> tuple[tuple[Button, ...], ...]:
        if digest.occasion is Occasion.REVIEW:
            return ()  # nobody keeps what a review showed

        def button(label: str, action: Action, sheet: int = number) -> Button:
            return Button(label, payload=self.payload(action, sheet))

        turns = [button(language.say("السابق"), Action.TURN, number - 1)] if number else []
        if is_last and digest.left_out:
            turns.append(button(language.say("المزيد ({number})", number=digest.left_out), Action.TURN, number + 1))
        asks = [
            button(language.say("لماذا وصلني هذا؟"), Action.WHY),
            button(language.say("قيّم 👍 👎"), Action.RATE),
        ]
        others = [button(language.say("🔕 كتم موضوع"), Action.MUTE)] if has_stories else []
        if is_last:
            others.append(button(language.say("⚙️ الإعدادات"), Action.SETTINGS))
        rows = (turns, asks if has_stories else [], others)
        return tuple(in_order(row, language) for row in rows if row)


def in_order(row: Sequence[T], language: Language) -> tuple[T, ...]:
    """Return a row of buttons so that it is read as it stands: Telegram lays every row out from the left."""
    return tuple(reversed(row)) if language.is_right_to_left else tuple(row)


def _head(digest: Digest, subscriber: Subscriber, now: datetime, language: Language) -> str:
    """Return the first lines: what this is, of which day, and from when on where that is no matter of course."""
    day = _days(subscriber, now, language)
    if digest.occasion is Occasion.REVIEW:
        head = language.say("حصاد أسبوعك · {day}", day=day)
        below = [language.say("أبرز أخبار موضوعاتك في سبعة أيام، وفيها ما سبق أن وصلك.")]
    else:
        head = language.say("موجزك · {day}", day=day)
        below = [*_gap(digest, subscriber, language), _greeting(digest, subscriber, now, language)]
    return "\n".join((bold(head), *below))


def _days(subscriber: Subscriber, now: datetime, language: Language) -> str:
    today = now.astimezone(ZoneInfo(subscriber.schedule.zone)).date()
    hijri = language.hijri(today) if subscriber.preferences.hijri else None
    return " · ".join(day for day in (language.weekday(today), hijri) if day)


def _gap(digest: Digest, subscriber: Subscriber, language: Language) -> list[str]:
    if digest.since is None:
        return []
    since = language.weekday(digest.since.astimezone(ZoneInfo(subscriber.schedule.zone)).date())
    if digest.occasion is Occasion.RETURN:
        return [language.say("أهلًا بعودتك. هذا أهم ما جرى منذ {since}.", since=since)]
    return [language.say("يجمع هذا الموجز ما فاتك منذ {since}.", since=since)]


def _greeting(digest: Digest, subscriber: Subscriber, now: datetime, language: Language) -> str:
    is_morning = _NIGHT <= now.astimezone(ZoneInfo(subscriber.schedule.zone)).hour < _NOON
    return language.count(
        "{greeting}. خبر واحد جديد في موضوعاتك:",
        "{greeting}. {number} أخبار جديدة في موضوعاتك:",
        len(digest.stories),
        greeting=language.say("صباح الخير") if is_morning else language.say("مساء الخير"),
    )


def _more_head(language: Language) -> str:
    return bold(language.say("بقية أخبار موضوعاتك"))


def _tail(digest: Digest, subscriber: Subscriber, now: datetime, language: Language) -> str:
    next_due, zone = subscriber.schedule.next_due(now), subscriber.schedule.zone
    lines = [_left_out(digest, language)] if digest.left_out else []
    if next_due > UNTIL_TOLD:
        lines.append(language.say("أنت في إجازة، ولا موجز حتى تعود. عند عودتك اكتب: عدت"))
    else:
        lines.append(language.say("موجزك التالي: {moment}", moment=_when(next_due, now, zone, language)))
    return "\n".join(lines)


def _when(at: datetime, now: datetime, zone: str, language: Language) -> str:
    return language.moment(at, zone) if at - now < _NEAR else language.far_moment(at, zone)


def _more_tail(digest: Digest, language: Language) -> str:
    return _left_out(digest, language) if digest.left_out else language.say("هذا كل جديد موضوعاتك.")


def _left_out(digest: Digest, language: Language) -> str:
    if digest.occasion is Occasion.RETURN:
        return language.count(
            "وبقي خبر واحد من أيام غيابك، تجده في «المزيد»",
            "وبقيت {number} أخبار من أيام غيابك، تجدها في «المزيد»",
            digest.left_out,
        )
    return language.count(
        "وبقي خبر واحد: تجده في «المزيد»، أو يأتيك في موجزك التالي",
        "وبقيت {number} أخبار: تجدها في «المزيد»، أو تأتيك في موجزك التالي",
        digest.left_out,
    )


def _no_news(subscriber: Subscriber, now: datetime, language: Language) -> str:
    next_due = subscriber.schedule.next_due(now)
    return language.say(
        "لا جديد في موضوعاتك منذ موجزك الأخير. الموجز التالي: {moment}.",
        moment=_when(next_due, now, subscriber.schedule.zone, language),
    )


def _paged(head: str, blocks: Sequence[_Block], tail: str, language: Language) -> list[tuple[str, list[int]]]:
    """Return the pages' texts and stories, which each page numbers from 1: its buttons name them so."""
    pages: list[tuple[str, list[int]]] = [(head, [])]
    for block in blocks:
        page, ids = pages[-1]
        joined = f"{page}\n\n{_placed(block, len(ids) + 1, language)}"
        if ids and units(joined) > _MOST_UNITS:
            pages.append((_placed(block, 1, language), [block.story_id]))
        else:
            pages[-1] = (joined, [*ids, block.story_id])
    page, ids = pages[-1]
    if units(f"{page}\n\n{tail}") > _MOST_UNITS:
        return [*pages, (tail, [])]
    return [*pages[:-1], (f"{page}\n\n{tail}", ids)]


def _placed(block: _Block, number: int, language: Language) -> str:
    return f"{block.heading}{language.figures(str(number))}. {block.told}"


def _numbered(text: str, number: int, of: int, language: Language) -> str:
    if of == 1:
        return text
    place = language.say("({number} من {of})", number=number, of=of)
    return f"{text}\n\n{place}"
