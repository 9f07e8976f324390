"""How important a story is to a reader, in points that can be told (docs/decisions/0023)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.rating import Taste

_A_SOURCE, _MOST_SOURCES = 3, 5
_A_TOPIC, _MOST_TOPICS = 2, 3
HOURS = {3: 3, 2: 12, 1: 24}  # how old a story is at most that has so many points for being new


@dataclass(frozen=True, slots=True)
class Importance:
    """What puts a story before others: how many vouched sources and of the reader's topics, and points for the rest.

    ``recency`` has up to 3 points. A source that has a name is worth one, and so is an editor's or a feed's word for
    it: the story is for everyone. ``taste`` is what the reader's own ratings add or take.
    """

    sources: int
    topics: int
    recency: int
    is_named: bool
    is_for_everyone: bool
    taste: int

    @property
    def of_sources(self) -> int:
        """The points for each source beyond the first, up to the fifth."""
        return _A_SOURCE * (min(max(self.sources, 1), _MOST_SOURCES) - 1)

    @property
    def of_topics(self) -> int:
        """The points for each topic beyond the first, up to the third."""
        return _A_TOPIC * (min(max(self.topics, 1), _MOST_TOPICS) - 1)

    @property
    def points(self) -> int:
        """All of them together."""
        return self.of_sources + self.of_topics + self.recency + self.is_named + self.is_for_everyone + self.taste


def importance(
    sources: int, topics: Collection[str], age: timedelta, source: str | None, taste: Taste, *, is_for_everyone: bool
) -> Importance:
    """Return how important a story is: ``source`` is the one that tells it, ``age`` that of its newest report."""
    recency = next((points for points, hours in HOURS.items() if age < timedelta(hours=hours)), 0)
    weighed = taste.points(topics, source)
    return Importance(sources, len(topics), recency, source is not None, is_for_everyone, weighed)
