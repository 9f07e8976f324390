"""Stories that are sent at once, besides the digest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest, Occasion, Section, Story

WINDOW = timedelta(hours=1)  # what came before then is no longer urgent, and stands in the digest
LIFE = timedelta(hours=1)  # so long a page may wait before the story goes back to the digest


@dataclass(frozen=True, slots=True)
class Urgent:
    """A story that is new for everyone and about a topic of which a chat, or a thread of it, wants to know at once."""

    chat_id: int
    thread_id: int
    story_id: int
    topic: str


def day_start(now: datetime, zone: str) -> datetime:
    """Return when the day began where the reader is."""
    return datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone)).astimezone(UTC)


def with_room(hits: Iterable[Urgent], sent: Mapping[str, int], most: int) -> list[Urgent]:
    """Return the hits on topics of which fewer than ``most`` stories were sent today."""
    return [hit for hit in hits if sent.get(hit.topic, 0) < most]


def alerts(
    subscriber_id: int,
    hits: Iterable[Urgent],
    stories: Iterable[Story],
    sent: Mapping[str, int],
    most: int,
    now: datetime,
) -> list[Digest]:
    """Return what is sent at once: each story alone, under the topic it is most about that has room today.

    A topic sends at most ``most`` a day, those of most sources first; what it has no room for waits for the digest.
    A story that the reader knows is not sent again: what is new in it waits for the digest too.
    """
    wanted: dict[int, set[str]] = {}
    for hit in hits:
        wanted.setdefault(hit.story_id, set()).add(hit.topic)
    used, chosen = dict(sent), list[Digest]()
    for story in sorted(stories, key=_importance):
        topics = [topic for topic in story.topics if topic in wanted.get(story.id, ()) and used.get(topic, 0) < most]
        if topics and story.seen_at is None:
            used[topics[0]] = used.get(topics[0], 0) + 1
            chosen.append(_alert(subscriber_id, story, topics[0], now))
    return chosen


def _importance(story: Story) -> tuple[int, int]:
    return -sum(report.is_vouched for report in story.sources), story.id


def _alert(subscriber_id: int, story: Story, topic: str, now: datetime) -> Digest:
    """Return one story as a digest of its own; it says nothing of what else the reader has."""
    sections: Sequence[Section] = (Section(topic, (story,)),)
    return Digest(subscriber_id, f"alert:{story.id}", now, tuple(sections), 0, None, occasion=Occasion.AT_ONCE)
