"""What a reader thinks of stories that they were shown, and what follows for others."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

MOST_RATINGS = 100  # the newest count; older ones were given in another mood
_MOST_OF_ONE = 3  # points that one topic or one source can gain or lose
_MOST_OF_ALL = 6


@dataclass(frozen=True, slots=True)
class Rating:
    """👍 or 👎 for a story: for those of the reader's topics that it is about, and for the source that told it."""

    story_id: int
    is_liked: bool
    topics: tuple[str, ...]
    source: str | None
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Taste:
    """How much more a reader liked than disliked of each topic and each source."""

    topics: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)

    def points(self, topics: Collection[str], source: str | None) -> int:
        """Return what a story of these topics, told by this source, gains or loses by it."""
        of_topics = sum(_within(self.topics.get(topic, 0), _MOST_OF_ONE) for topic in topics)
        of_source = _within(self.sources.get(source, 0), _MOST_OF_ONE) if source else 0
        return _within(of_topics + of_source, _MOST_OF_ALL)


def taste_of(ratings: Iterable[Rating]) -> Taste:
    """Return what a reader's ratings say together."""
    topics, sources = Counter[str](), Counter[str]()
    for rating in ratings:
        step = 1 if rating.is_liked else -1
        topics.update(dict.fromkeys(rating.topics, step))
        sources.update({rating.source: step} if rating.source else {})
    return Taste(topics, sources)


def _within(points: int, most: int) -> int:
    return max(-most, min(points, most))
