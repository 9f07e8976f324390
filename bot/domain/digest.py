"""What a reader gets for one slot: the stories of their topics, each once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.importance import Importance, importance
from bot.domain.preferences import MOST_STORIES
from bot.domain.rating import Taste
from bot.domain.topic import Subject

FRESH = timedelta(days=2)  # what a digest looks back at least; a longer gap since the last one is covered whole
_OLDEST = timedelta(days=14)
_LONGEST_RETURN = timedelta(days=60)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story, as a digest shows it.

    One that is not ``is_vouched`` came from another reader and stands beside a story that an editor brought: it is
    named as a source, never tells the story, and gives it no weight. One that is not ``is_for_everyone`` only the
    reader sees, who sent it, or stands beside such a story.
    """

    title: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    source: str | None
    link: str | None
    published: date | None
    collected_at: datetime
    is_vouched: bool = True
    is_for_everyone: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """An event as its articles report it.

    ``topics`` are the reader's own, strongest first; ``reports`` those that the reader may see. ``seen_at`` is when
    the reader was shown it, ``news`` the later report that makes it worth showing again.
    """

    id: int
    topics: tuple[str, ...]
    reports: tuple[Report, ...]
    seen_at: datetime | None = None
    news: Report | None = None

    @property
    def best(self) -> Report:
        """The report that tells the story: the news, or else vouched, of a named source, fullest, earliest."""
        return self.news or min(self.reports, key=_telling)

    @property
    def sources(self) -> tuple[Report, ...]:
        """One report a source, the best first; a report without a source counts as one."""
        by_name: dict[str, Report] = {}
        for place, report in enumerate(sorted(self.reports, key=_telling)):
            by_name.setdefault(report.source or f"#{place}", report)
        return tuple(by_name.values())

    @property
    def collected_at(self) -> datetime:
        """When the newest report reached us, of those that somebody vouches for if there are any."""
        return max((report.is_vouched, report.collected_at) for report in self.reports)[1]


def _telling(report: Report) -> tuple[bool, bool, int, datetime]:
    return (not report.is_vouched, report.source is None, -sum(map(len, report.summary)), report.collected_at)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a story was shown to a reader: what it says of the topics they follow, strongest first.

    There are no ``subjects`` once they have left its topics. ``place`` is where it stood on its page, from 0;
    ``source`` is who told it; a digest of an older version has no ``importance``.
    """

    title: str
    subjects: tuple[Subject, ...]
    story_id: int = 0
    place: int = 0
    source: str | None = None
    importance: Importance | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The stories under one topic."""

    topic: str
    stories: tuple[Story, ...]


class Occasion(StrEnum):
    """Why a digest comes."""

    SLOT = "slot"
    RETURN = "return"  # the first one after a vacation
    REVIEW = "review"  # of the week
    AT_ONCE = "at once"  # one story, besides the digest


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscriber was promised for one moment; ``key`` is that promise's name, the same when repeated.

    All that reached us before ``covers_until`` has been shown, with this digest or before: the next one need not look
    further back. A review shows again what may have been shown, and covers nothing; nor does a story that is sent at
    once, which comes besides. ``since`` is when a gap began that the digest makes up for.
    """

    subscriber_id: int
    key: str
    slot: datetime
    sections: tuple[Section, ...]
    left_out: int
    covers_until: datetime | None
    occasion: Occasion = Occasion.SLOT
    since: datetime | None = None
    importance: Mapping[int, Importance] = field(default_factory=dict)  # by the story's id

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order shown."""
        return tuple(story for section in self.sections for story in section.stories)


NO_TASTE = Taste()


def compose(
    subscriber_id: int,
    key: str,
    slot: datetime,
    stories: Iterable[Story],
    most: int = MOST_STORIES,
    taste: Taste = NO_TASTE,
    now: datetime | None = None,
) -> Digest | None:
    """Return the digest of these new stories, or None when there is none.

    The most important first; ``now``, by default the slot, is when it is read. Each stands once, under the topic it is
    most about, and no topic crowds out the others. Those beyond ``most`` are counted in ``left_out`` and stay new to
    the reader.
    """
    told = list(stories)
    if not told:
        return None
    weights = {story.id: weight(story, taste, now or slot) for story in told}
    ranked = sorted(told, key=lambda story: (-weights[story.id].points, -story.collected_at.timestamp(), story.id))
    chosen, left = _balanced(ranked, most)
    covers_until = min((report.collected_at for story in left for report in story.reports), default=slot)
    shown = {story.id: weights[story.id] for story in chosen}
    sections = _sections(chosen)
    return Digest(subscriber_id, key, slot, sections, len(left), min(slot, covers_until), importance=shown)


def returning(digest: Digest) -> Digest:
    """Return the digest of one who was away: what it leaves out is counted, and not owed."""
    return replace(digest, occasion=Occasion.RETURN, covers_until=digest.slot)


def review(
    subscriber_id: int, key: str, slot: datetime, stories: Iterable[Story], taste: Taste, most: int
) -> Digest | None:
    """Return the biggest of a week's stories, or None when there is none; that one is of today makes it no bigger."""
    digest = compose(subscriber_id, key, slot, stories, most, taste, slot + WEEK)
    return replace(digest, left_out=0, covers_until=None, occasion=Occasion.REVIEW) if digest else None


def week_key(slot: datetime, zone: str) -> str:
    """Return the name of the promise to review the week that a moment lies in: one an ISO week."""
    year, week, _ = slot.astimezone(ZoneInfo(zone)).isocalendar()
    return f"week:{year}-W{week:02}"


def weight(story: Story, taste: Taste, now: datetime) -> Importance:
    """Return how important a story is to a reader of this taste."""
    best, reported = story.best, story.news.collected_at if story.news else story.collected_at
    return importance(
        sum(report.is_vouched for report in story.sources),
        story.topics,
        now - reported,
        best.source,
        taste,
        is_for_everyone=best.is_for_everyone,
    )


def _balanced(ranked: Sequence[Story], most: int) -> tuple[list[Story], list[Story]]:
    """Return the stories that have room, and the others, in their order.

    The first story of each topic goes before all others, and no topic has more than half of the places while stories
    of others wait.
    """
    half, count, wait = (most + 1) // 2, Counter[str](), dict[int, int]()
    for story in ranked:
        count[story.topics[0]] += 1
        place = count[story.topics[0]]
        wait[story.id] = 0 if place == 1 else 1 if place <= half else 2
    has_room = {story.id for story in sorted(ranked, key=lambda story: wait[story.id])[:most]}
    return [each for each in ranked if each.id in has_room], [each for each in ranked if each.id not in has_room]


def _sections(stories: Sequence[Story]) -> tuple[Section, ...]:
    topics = dict.fromkeys(story.topics[0] for story in stories)
    return tuple(Section(topic, tuple(story for story in stories if story.topics[0] == topic)) for topic in topics)


def window_start(covered_until: datetime | None, now: datetime, away_since: datetime | None = None) -> datetime:
    """Return since when stories may be new to a reader whose last digest covered all before then.

    One who comes back from a vacation is told of the whole of it, up to 60 days.
    """
    start = max(min(covered_until or now, now - FRESH), now - _OLDEST)
    return start if away_since is None else max(min(start, away_since), now - _LONGEST_RETURN)
