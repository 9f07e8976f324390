"""Counts and beats in memory. Whoever does something notes it here; bot.web shows it to whoever asks."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

# Seconds: a turn under the limits takes 0.04, planning 1,000 readers about 0.2 and 100,000 about 20.
BOUNDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)


class Event(StrEnum):
    """What is counted, each by labels of few values: never by a chat, a text or an address."""

    RECEIVED = "updates received"
    SETTLED = "updates settled"
    POLLED = "polls"
    CALLED = "calls of the webhook"
    TAKEN_IN = "articles sent in"
    LOOKED = "looks at feeds"
    PLANNED = "digests planned"
    TRIED = "deliveries tried"
    TOO_MANY = "answers 429"


class Span(StrEnum):
    """What is timed."""

    PLANNING = "planning"
    LIMITED = "waiting for a turn"


class Part(StrEnum):
    """What has to be at work, again and again."""

    INTAKE = "intake"
    PLANNER = "planner"
    SENDER = "sender"


@dataclass(slots=True)
class Spread:
    """How long something took: how often up to each of the bounds, the last place for what took longer."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Add one."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


@dataclass(slots=True)
class Pulse:
    """All of it, for one process; ``clock`` is in seconds and never goes back."""

    clock: Callable[[], float] = time.monotonic
    counts: Counter[tuple[Event, tuple[str, ...]]] = field(default_factory=Counter)
    spreads: dict[Span, Spread] = field(default_factory=lambda: {span: Spread() for span in Span})
    _beats: dict[Part, float] = field(default_factory=dict)

    def count(self, event: Event, *labels: str, times: int = 1) -> None:
        """Note that something happened."""
        self.counts[event, labels] += times

    def took(self, span: Span, seconds: float) -> None:
        """Note how long something took."""
        self.spreads[span].add(seconds)

    @contextmanager
    def timed(self, span: Span) -> Iterator[None]:
        """Note how long it takes, however it ends."""
        begun = self.clock()
        try:
            yield
        finally:
            self.took(span, self.clock() - begun)

    def beat(self, part: Part) -> None:
        """Note that a part is at work now."""
        self._beats[part] = self.clock()

    def ages(self) -> Mapping[Part, float | None]:
        """Return how many seconds ago each part was at work, None for one that never was."""
        now = self.clock()
        return {part: now - self._beats[part] if part in self._beats else None for part in Part}
