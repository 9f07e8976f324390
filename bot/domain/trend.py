"""What is much in the news, and what is more in the news than before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 14
LATEST_DAYS = 3
_FEWEST = 3  # articles in the latest days: fewer rise by chance
_LEAST_RISE = 1.5


@dataclass(frozen=True, slots=True)
class Trend:
    """How many articles a day are about a topic, the oldest day first."""

    topic: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def latest(self) -> int:
        """Those of the last three days."""
        return sum(self.counts[-LATEST_DAYS:])

    @property
    def earlier(self) -> int:
        """Those of the days before."""
        return sum(self.counts[:-LATEST_DAYS])

    @property
    def rise(self) -> float:
        """How many times as many a day as before; one article more before, so that what is new has a number too."""
        return (self.latest / LATEST_DAYS) / ((self.earlier + 1) / (DAYS - LATEST_DAYS))


def day_starts(now: datetime, zone: str, days: int = DAYS) -> tuple[datetime, ...]:
    """Return when each of the last days began where the reader is, today the last, and when today ends."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return tuple(_midnight(today - timedelta(days=back), zone) for back in range(days - 1, -2, -1))


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def trends_of(counts: Mapping[str, Sequence[int]]) -> list[Trend]:
    """Return what was counted, topic by topic."""
    return [Trend(topic, tuple(each)) for topic, each in counts.items()]


def popular(trends: Sequence[Trend], most: int) -> tuple[Trend, ...]:
    """Return the topics with most articles, and of two with as many the one with more lately."""
    named = sorted((trend for trend in trends if trend.total), key=lambda each: (-each.total, -each.latest, each.topic))
    return tuple(named[:most])


def rising(trends: Sequence[Trend], most: int) -> tuple[Trend, ...]:
    """Return the topics of which the last three days have clearly more than the days before, the steepest first."""
    steep = [trend for trend in trends if trend.latest >= _FEWEST and trend.rise >= _LEAST_RISE]
    return tuple(sorted(steep, key=lambda each: (-each.rise, -each.latest, each.topic))[:most])


def varied(told: Mapping[str, Collection[int]], most: int) -> list[str]:
    """Return topics that together are about as many stories as can be: a capital adds little to its country.

    ``told`` are the stories of each topic. The first has most of them, each other one most that are not told yet.
    """
    left, chosen = {topic: set(stories) for topic, stories in told.items()}, list[str]()
    while len(chosen) < most and any(left.values()):
        topic = max(left, key=lambda each: (len(left[each]), len(told[each])))
        covered = left.pop(topic)
        left = {other: stories - covered for other, stories in left.items()}
        chosen.append(topic)
    return chosen
