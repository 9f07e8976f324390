"""What a reader gets for one slot: the stories of their topics, each once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.topic import Subject

MOST_STORIES = 10
FRESH = timedelta(days=2)  # what a digest looks back at least; a longer gap since the last one is covered whole
_OLDEST = timedelta(days=14)
_LONGEST_RETURN = timedelta(days=60)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a story, as a digest shows it.

    One that is not ``is_vouched`` came from another reader and stands beside a story that an editor brought: it is
    named as a source, never tells the story, and gives it no weight.
    """

    title: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    source: str | None
    link: str | None
    published: date | None
    collected_at: datetime
    is_vouched: bool = True


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
        """When the newest report reached us."""
        return max(report.collected_at for report in self.reports)


def _telling(report: Report) -> tuple[bool, bool, int, datetime]:
    return (not report.is_vouched, report.source is None, -sum(map(len, report.summary)), report.collected_at)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a story was shown to a reader: what it says of the topics they follow, strongest first."""

    title: str
    subjects: tuple[Subject, ...]


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

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order shown."""
        return tuple(story for section in self.sections for story in section.stories)


def compose(
    subscriber_id: int, key: str, slot: datetime, stories: Iterable[Story], most: int = MOST_STORIES
) -> Digest | None:
    """Return the digest of these new stories, or None when there is none.

    The most important first: told by more sources, fitting more of the reader's topics, newer. Each stands once,
    under the topic it is most about. Those beyond ``most`` are counted in ``left_out`` and stay new to the reader.
    """
    ranked = sorted(stories, key=_importance)
    if not ranked:
        return None
    left = ranked[most:]
    covers_until = min((report.collected_at for story in left for report in story.reports), default=slot)
    return Digest(subscriber_id, key, slot, _sections(ranked[:most]), len(left), min(slot, covers_until))


def returning(digest: Digest) -> Digest:
    """Return the digest of one who was away: what it leaves out is counted, and not owed."""
    return replace(digest, occasion=Occasion.RETURN, covers_until=digest.slot)


def review(subscriber_id: int, key: str, slot: datetime, stories: Iterable[Story]) -> Digest | None:
    """Return the biggest of a week's stories, or None when there is none."""
    digest = compose(subscriber_id, key, slot, stories)
    return replace(digest, left_out=0, covers_until=None, occasion=Occasion.REVIEW) if digest else None


def week_key(slot: datetime, zone: str) -> str:
    """Return the name of the promise to review the week that a moment lies in: one an ISO week."""
    year, week, _ = slot.astimezone(ZoneInfo(zone)).isocalendar()
    return f"week:{year}-W{week:02}"


def _importance(story: Story) -> tuple[int, int, float, int]:
    return (
        -sum(report.is_vouched for report in story.sources),
        -len(story.topics),
        -story.collected_at.timestamp(),
        story.id,
    )


def _sections(stories: Sequence[Story]) -> tuple[Section, ...]:
    topics = dict.fromkeys(story.topics[0] for story in stories)
    return tuple(Section(topic, tuple(story for story in stories if story.topics[0] == topic)) for topic in topics)


def window_start(covered_until: datetime | None, now: datetime, away_since: datetime | None = None) -> datetime:
    """Return since when stories may be new to a reader whose last digest covered all before then.

    One who comes back from a vacation is told of the whole of it, up to 60 days.
    """
    start = max(min(covered_until or now, now - FRESH), now - _OLDEST)
    return start if away_since is None else max(min(start, away_since), now - _LONGEST_RETURN)
