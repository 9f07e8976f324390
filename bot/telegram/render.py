"""What a reader sees: digests as pages, articles as cards, in Telegram's HTML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from bot.domain.article import Article
from bot.domain.delivery import Button, Page
from bot.domain.digest import Digest, Occasion, Report, Section, Story
from bot.domain.naming import LONGEST_NAME
from bot.domain.schedule import UNTIL_TOLD
from bot.domain.subscriber import Subscriber
from bot.domain.telling import addition
from bot.telegram.language import Language, Languages, in_markup, isolated
from bot.telegram.marks import bold as _bold
from bot.telegram.marks import clipped as _clipped
from bot.telegram.marks import linked as _linked

# Telegram allows 4,096 after the markup is taken away, in code points by its sources and in UTF-16 units by its
# documentation: units are never fewer. The rest is for the page's number.
_MOST_UNITS = 4_000
_MOST_SOURCES = 5
_MOST_TAGS = 8


@dataclass(frozen=True, slots=True)
class Renderer:
    """The Render port: each story whole on one page, and each page a message."""

    languages: Languages
    why: str  # the payload of the button that asks why
    flags: Mapping[str, str] = field(default_factory=dict)  # emoji by the topic's name

    def __call__(
        self, digest: Digest, subscriber: Subscriber, now: datetime, /
    ) -> Sequence[tuple[Page, Sequence[int]]]:
        """See the port."""
        language = self.languages[subscriber.language]
        today = now.astimezone(ZoneInfo(subscriber.schedule.zone)).date()
        head = _heading(digest, subscriber, language, language.weekday(today))
        blocks = [block for section in digest.sections for block in self._blocks(section, language)]
        tail = _closing(digest, subscriber, language, now)
        pages = _paged(head, blocks, tail)
        is_explained = digest.occasion is not Occasion.REVIEW  # nobody keeps what a review showed
        ask = Button(language.say("لماذا وصلني هذا؟"), payload=self.why)
        return [
            (
                Page(
                    language.aligned(_numbered(text, number, len(pages), language)),
                    ((ask,),) if ids and is_explained else (),
                ),
                ids,
            )
            for number, (text, ids) in enumerate(pages, start=1)
        ]

    def at_once(self, alert: Digest, subscriber: Subscriber, /) -> Page:
        """See the port."""
        language = self.languages[subscriber.language]
        (section,) = alert.sections
        mark, name = self.flags.get(section.topic, ""), in_markup(isolated(section.topic))
        head = _bold(language.say("عاجل · {topic}", topic=" ".join(filter(None, (mark, name)))))
        text = f"🔴 {head}\n\n{_story(section.stories[0], language)}"
        ask = Button(language.say("لماذا وصلني هذا؟"), payload=self.why)
        return Page(language.aligned(text), ((ask,),))

    def _blocks(self, section: Section, language: Language) -> list[tuple[str, int]]:
        """Return the stories of a section as they are shown, the topic above the first."""
        told = [(_story(story, language), story.id) for story in section.stories]
        mark = self.flags.get(section.topic) or "▪️"
        heading = f"{mark} {_bold(in_markup(section.topic))}"
        return [(f"{heading}\n\n{told[0][0]}", told[0][1]), *told[1:]]


def _heading(digest: Digest, subscriber: Subscriber, language: Language, day: str) -> str:
    """Return the first lines: what this is, and from when on where that is no matter of course."""
    if digest.occasion is Occasion.REVIEW:
        head = _bold(language.say("حصاد أسبوعك · {day}", day=day))
        below = language.say("أبرز أخبار موضوعاتك في سبعة أيام، وفيها ما سبق أن وصلك.")
        return f"{head}\n{below}"
    head = _bold(language.say("موجزك · {day}", day=day))
    if digest.since is None:
        return head
    since = language.weekday(digest.since.astimezone(ZoneInfo(subscriber.schedule.zone)).date())
    if digest.occasion is Occasion.RETURN:
        below = language.say("أهلًا بعودتك. هذا أهم ما جرى منذ {since}.", since=since)
    else:
        below = language.say("يجمع هذا الموجز ما فاتك منذ {since}.", since=since)
    return f"{head}\n{below}"


def _story(story: Story, language: Language) -> str:
    best = story.best
    title = _linked(_clipped(best.title), best.link)
    lines = [_bold(language.say("تحديث: {title}", title=title) if story.news else title)]
    if best.summary:
        lines.append(in_markup(" ".join(best.summary)))
    if not story.news and (added := addition(best, story.reports)):
        name = _linked(isolated(_clipped(added.source)), added.link)
        lines.append(language.say("بحسب {source}: {said}", source=name, said=in_markup(added.sentence)))
    lines.append(_origin(story, language))
    return "\n".join(line for line in lines if line)


def _origin(story: Story, language: Language) -> str:
    best, others = story.best, [report for report in story.sources if report.source and report is not story.best]
    parts = [_named(best)] if best.source else []
    if best.published:
        parts.append(language.day(best.published))
    if others:
        shown = language.all_of([_named(report) for report in others[:_MOST_SOURCES]])
        more = language.count("+ مصدر واحد", "+ {number} مصادر", len(others))
        parts.append(f"{more}: {shown}")
    line = " · ".join(parts)
    topics = " ".join(map(hashtag, story.topics[1:_MOST_TAGS]))
    return "\n".join(part for part in (line, topics) if part)


def _named(report: Report) -> str:
    return _linked(isolated(_clipped(report.source or "")), report.link)


def _closing(digest: Digest, subscriber: Subscriber, language: Language, now: datetime) -> str:
    schedule = subscriber.schedule
    next_due = schedule.next_due(now)
    lines = [language.say("موجزك التالي: {moment}", moment=_when(next_due, now, schedule.zone, language))]
    if next_due > UNTIL_TOLD:
        lines = [language.say("أنت في إجازة، ولا موجز حتى تعود. عند عودتك اكتب: عدت")]
    if digest.left_out and digest.occasion is Occasion.RETURN:
        left = language.count("وبقي خبر واحد من أيام غيابك", "وبقيت {number} أخبار من أيام غيابك", digest.left_out)
        lines.insert(0, left)
    elif digest.left_out:
        left = language.count("وبقي خبر واحد لموجزك التالي", "وبقيت {number} أخبار لموجزك التالي", digest.left_out)
        lines.insert(0, left)
    return "\n".join(lines)


def _when(at: datetime, now: datetime, zone: str, language: Language) -> str:
    return language.moment(at, zone) if at - now < _NEAR else language.far_moment(at, zone)


_NEAR = timedelta(days=6)  # further away, a weekday alone may be this week's or the next


def _paged(head: str, blocks: Sequence[tuple[str, int]], tail: str) -> list[tuple[str, list[int]]]:
    pages: list[tuple[str, list[int]]] = [(head, [])]
    for text, story_id in blocks:
        page, ids = pages[-1]
        joined = f"{page}\n\n{text}"
        if ids and units(joined) > _MOST_UNITS:
            pages.append((text, [story_id]))
        else:
            pages[-1] = (joined, [*ids, story_id])
    page, ids = pages[-1]
    if units(f"{page}\n\n{tail}") > _MOST_UNITS:
        return [*pages, (tail, [])]
    return [*pages[:-1], (f"{page}\n\n{tail}", ids)]


def _numbered(text: str, number: int, of: int, language: Language) -> str:
    if of == 1:
        return text
    place = language.say("({number} من {of})", number=number, of=of)
    return f"{text}\n\n{place}"


def card(article: Article, note: str, language: Language) -> str:
    """Return an article as we answer the one who sent it: what was understood, and a note below."""
    facts = [isolated(_clipped(article.source.name))] if article.source else []
    if article.published:
        facts.append(language.day(article.published))
    named = dict.fromkeys((*(subject.name for subject in article.subjects), *article.tags, *article.suggested))
    tags = [name for name in named if len(name) <= LONGEST_NAME][:_MOST_TAGS]
    parts = [
        _bold(_linked(_clipped(article.title), article.link)),
        in_markup(" ".join(article.summary)),
        "\n".join(line for line in (in_markup(" · ".join(facts)), " ".join(map(hashtag, tags))) if line),
        in_markup(note),
    ]
    return language.aligned("\n\n".join(part for part in parts if part))


def note(text: str, language: Language) -> str:
    """Return a sentence of ours as it is shown; what it quotes from outside has no markup."""
    return language.aligned(in_markup(text))


def hashtag(name: str) -> str:
    """Return a name as a hashtag that Telegram links: letters, digits and _ only."""
    letters = _MARKS.sub("", name)  # Telegram ends a hashtag at a vowel mark
    return "#" + in_markup(re.sub(r"[^\w]+", "_", letters).strip("_"))


_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")


_TAG = re.compile(r"<[^>]*>")


def without_markup(text: str) -> str:
    """Return what is left to read when the markup is taken away."""
    return unescape(_TAG.sub("", text))


def units(text: str) -> int:
    """Return the length of a marked-up text as Telegram counts it: UTF-16 units of what is shown."""
    return len(without_markup(text).encode("utf-16-le", "surrogatepass")) // 2
