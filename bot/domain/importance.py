"""How important a story is to a reader, in points that can be told (docs/decisions/0017)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.rating import Taste

_A_SOURCE, _MOST_SOURCES = 3, 5
_A_TOPIC, _MOST_TOPICS = 2, 3
_RECENT = ((timedelta(hours=3), 3), (timedelta(hours=12), 2), (timedelta(days=1), 1))
_FOR_EVERYONE = 1


@dataclass(frozen=True, slots=True)
class Importance:
    """What puts a story before others: how many vouched sources and of the reader's topics, and points for the rest.

    ``recency`` has up to 3 points, ``trust`` up to 2: one for a source that has a name, one if an editor or a feed
    put its report before everyone. ``taste`` is what the reader's own ratings add or take.
    """

    sources: int
    topics: int
    recency: int
    trust: int
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
        return self.of_sources + self.of_topics + self.recency + self.trust + self.taste


def importance(
    sources: int, topics: Collection[str], age: timedelta, source: str | None, taste: Taste, *, is_for_everyone: bool
) -> Importance:
    """Return how important a story is: ``source`` is the one that tells it, ``age`` that of its newest report."""
    recency = next((points for limit, points in _RECENT if age < limit), 0)
    trust = (source is not None) + _FOR_EVERYONE * is_for_everyone
    return Importance(sources, len(topics), recency, trust, taste.points(topics, source))
