"""Which articles report the same event."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from statistics import fmean
from typing import Self

from bot.arabic.grams import grams, rarity
from bot.arabic.stems import content_stems

WINDOW = timedelta(hours=48)  # how long the reports of one event keep coming
_LEAD_WORDS = 60
_HALF = 30  # stems: what stands so much further into the text counts half
_SAME = 0.455  # precision .95, recall .90 on 114 labelled pairs; docs/decisions/0011 has the others


@dataclass(frozen=True, slots=True)
class Span:
    """When an article was reported: a moment, or a day of which only the date is known."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, published: date | None, collected_at: datetime) -> Self:
        """Return the stated day, as far as it had passed when the article reached us, or that moment if none is."""
        if published is None:
            return cls(collected_at, collected_at)
        start = datetime.combine(published, time(tzinfo=UTC))
        end = start + timedelta(days=1, microseconds=-1)
        return cls(start, min(end, collected_at) if collected_at >= start else end)

    @property
    def widened(self) -> Self:
        """The time in which other reports of the same event are sought."""
        first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        return type(self)(max(self.start, first + WINDOW) - WINDOW, min(self.end, last - WINDOW) + WINDOW)

    def meets(self, other: "Span") -> bool:
        """Tell if the two overlap."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Lead:
    """The stems of an article's title and first 60 words, when it was reported and the story that it belongs to."""

    story_id: int
    stems: tuple[str, ...]
    reported: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs: its story, and the fingerprint of the article that it is a copy of, if it is one."""

    story_id: int
    copy_of: str | None = None


def lead_stems(title: str, body: Sequence[str]) -> tuple[str, ...]:
    """Return the stems by which an article is compared with others; headlines alone mislead (AUC .78 against .98)."""
    opening = " ".join(" ".join(body).split()[:_LEAD_WORDS])
    return tuple(content_stems(f"{title} {opening}"))


def telling_stems(stems: Sequence[str], limit: int) -> Sequence[str]:
    """Return at most ``limit`` of the stems, those first by which another report is likeliest found."""
    weights: dict[str, float] = {}
    for place, stem in enumerate(stems):
        weights.setdefault(stem, fmean(map(rarity, grams(stem))) * _nearness(place))
    return sorted(weights, key=lambda stem: -weights[stem])[:limit]


def same_story(stems: Sequence[str], reported: Span, leads: Iterable[Lead]) -> int | None:
    """Return the story that an article with these stems tells again, or None; leads of another time do not count."""
    new, window = _weights(stems), reported.widened
    near = (lead for lead in leads if lead.reported.meets(window))
    scored = ((_cosine(new, _weights(lead.stems)), lead.story_id) for lead in near)
    score, story_id = max(scored, default=(0.0, 0))
    return story_id if score >= _SAME else None


def likest(own: Lead, others: Iterable[tuple[str, Lead]]) -> Sequence[str]:
    """Return the names of leads of its days that are like one, best first: of each other story the likest alone."""
    window, best = own.reported.widened, dict[int, tuple[float, str]]()
    for name, lead in others:
        is_near = lead.story_id != own.story_id and lead.reported.meets(window)
        score = likeness(own.stems, lead.stems) if is_near and _share(own, lead) else 0.0
        if score > best.get(lead.story_id, (0.0, ""))[0]:
            best[lead.story_id] = (score, name)
    return [name for _, name in sorted(best.values(), key=lambda scored: -scored[0])]


def _share(left: Lead, right: Lead) -> bool:
    """Tell if two leads have a stem in common; runs of letters alone are alike by chance."""
    return not set(left.stems).isdisjoint(right.stems)


def likeness(stems: Sequence[str], others: Sequence[str]) -> float:
    """Return how alike two leads are, from 0 to 1."""
    return _cosine(_weights(stems), _weights(others))


def _weights(stems: Sequence[str]) -> dict[str, float]:
    """Return what each run of letters weighs: by its rarity, by how often it occurs and how early."""
    heard: dict[str, float] = {}
    for place, stem in enumerate(stems):
        nearness = _nearness(place)
        for gram in grams(stem):
            heard[gram] = heard.get(gram, 0.0) + nearness
    return {gram: math.log1p(much) * rarity(gram) for gram, much in heard.items()}


@lru_cache(maxsize=256)
def _nearness(place: int) -> float:
    return math.exp2(-place / _HALF)


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    shared = sum(weight * right.get(gram, 0.0) for gram, weight in left.items())
    length = math.hypot(*left.values()) * math.hypot(*right.values())
    return shared / length if length else 0.0
