"""Values for tests, each with what it needs to be one; name only what the test is about."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.article import Article, Draft, Facts, Source
from bot.domain.delivery import Button, Delivery, Page, Status
from bot.domain.digest import Digest, Report, Section, Story
from bot.domain.schedule import Schedule
from bot.domain.subscriber import Standing, Subscriber
from bot.domain.topic import Reason, Subject, Topic
from bot.ports import Update

NOW = datetime(2026, 3, 14, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

TITLE = "السودان يعلن إعادة فتح مطار الخرطوم الدولي أمام الرحلات المدنية"
BODY = (
    "أعلنت هيئة الطيران المدني في السودان، الجمعة، إعادة فتح مطار الخرطوم الدولي بعد أعمال صيانة استمرت عدة أشهر.",
    "وقال مدير المطار في مؤتمر صحفي إن أول رحلة ستصل صباح الأحد من مدينة بورتسودان وعلى متنها مئة وعشرون راكبا.",
    "وأضاف أن الصالة الثانية ستبقى مغلقة إلى أن تنتهي أعمال الترميم في الصيف المقبل.",
)


def an_article(
    fingerprint: str = "f1",
    title: str = TITLE,
    body: tuple[str, ...] | None = None,
    summary: tuple[str, ...] = BODY[:1],
    tags: tuple[str, ...] = (),
    subjects: tuple[Subject, ...] = (),
    collected_at: datetime = NOW,
    published: date | None = None,
    source: Source | None = None,
    link: str | None = None,
    suggested: tuple[str, ...] = (),
) -> Article:
    return Article(
        fingerprint=fingerprint,
        title=title,
        body=a_body(fingerprint) if body is None else body,
        summary=summary,
        summary_version="test-1",
        tags=tags,
        subjects=subjects,
        collected_at=collected_at,
        published=published,
        source=source,
        link=link,
        suggested=suggested,
    )


def a_body(mark: str) -> tuple[str, ...]:
    """Return a text that is no copy of another one's: the same for the same mark."""
    return BODY if mark == "f1" else tuple(" ".join(f"{word} {mark}" for word in line.split()) for line in BODY)


def a_stem(mark: str) -> str:
    """Return a stem that is not like another one's: the same for the same mark."""
    return hashlib.sha256(mark.encode()).hexdigest()


def a_subject(name: str = "السودان", why: Reason = Reason.TITLE, mentions: int = 1) -> Subject:
    return Subject(name, why, mentions)


def a_topic(name: str = "السودان", forms: tuple[str, ...] = ()) -> Topic:
    return Topic(name, forms)


def a_schedule(*times: str, zone: str = "UTC") -> Schedule:
    return Schedule(tuple(map(time.fromisoformat, times or ("08:00",))), zone)


def a_subscriber(
    number: int = 1,
    chat_id: int = 501,
    schedule: Schedule | None = None,
    standing: Standing = Standing.ACTIVE,
    digest_at: datetime | None = NOW,
    digested_at: datetime | None = None,
) -> Subscriber:
    return Subscriber(number, chat_id, "ar", schedule or a_schedule(), standing, digest_at, digested_at)


def a_draft(
    text: str = "\n\n".join((TITLE, *BODY)),
    receipt: str = "501:1",
    sent_at: datetime = NOW,
    origin: Source | None = None,
    link: str | None = None,
    facts: Facts | None = None,
    *,
    is_trusted: bool = False,
) -> Draft:
    return Draft(text, receipt, sent_at, is_trusted, origin, link, facts)


def a_page(text: str = "أهم الأخبار", buttons: tuple[tuple[Button, ...], ...] = (), thread_id: int = 0) -> Page:
    return Page(text, buttons, thread_id=thread_id)


def a_delivery(
    number: int = 1,
    chat_id: int = 501,
    page: Page | None = None,
    not_before: datetime = NOW,
    expires_at: datetime = NOW + 6 * HOUR,
    status: Status = Status.SENDING,
    *,
    answers: bool = False,
    attempts: int = 0,
    repeats: int = 0,
    is_plain: bool = False,
) -> Delivery:
    return Delivery(
        id=number,
        chat_id=chat_id,
        page=page or a_page(),
        not_before=not_before,
        expires_at=expires_at,
        answers=answers,
        status=status,
        attempts=attempts,
        repeats=repeats,
        is_plain=is_plain,
    )


def an_update(
    number: int = 1,
    chat_id: int = 501,
    body: dict[str, Any] | None = None,
    received_at: datetime = NOW,
    attempts: int = 0,
) -> Update:
    return Update(number, chat_id, body or {"update_id": number, "text": "مرحبا"}, received_at, attempts)


def a_story(number: int = 1, topics: tuple[str, ...] = ("السودان",), title: str = TITLE) -> Story:
    return Story(number, topics, (Report(title, BODY, BODY[:1], None, None, None, NOW),))


def a_digest(
    subscriber_id: int = 1, key: str = "slot:1", slot: datetime = NOW, stories: Sequence[Story] | None = None
) -> Digest:
    chosen = (a_story(),) if stories is None else tuple(stories)
    return Digest(subscriber_id, key, slot, (Section("السودان", chosen),), 0, slot)
