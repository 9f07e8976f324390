"""How fast Telegram lets a bot write: numbers, and a meter that keeps them."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil
from typing import Final

_SECOND: Final = 1.0
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The documented limits; Telegram leaves the exact ones unsaid (core.telegram.org/bots/faq)."""

    per_second: int = 30
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20


@dataclass(slots=True)
class Meter:
    """What was written lately; `now` is in seconds of any clock that never goes back."""

    limits: Limits
    _all: deque[float] = field(default_factory=deque)
    _groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    # A private chat is a bucket: the moment from which it will be empty again.
    _empty_at: dict[int, float] = field(default_factory=dict)

    def wait(self, chat_id: int, now: float) -> int:
        """Count one message, or return the whole seconds to wait for it; a refused message is not counted."""
        in_chat = self._group_wait(chat_id, now) if chat_id < 0 else self._chat_wait(chat_id, now)
        seconds = max(in_chat, _window_wait(self._all, self.limits.per_second, _SECOND, now))
        if seconds > 0:
            return max(1, ceil(seconds))
        self._count(chat_id, now)
        return 0

    def _chat_wait(self, chat_id: int, now: float) -> float:
        room = self.limits.chat_seconds * (self.limits.chat_burst - 1)
        return self._empty_at.get(chat_id, now) - now - room

    def _group_wait(self, chat_id: int, now: float) -> float:
        return _window_wait(self._groups[chat_id], self.limits.group_per_minute, _MINUTE, now)

    def _count(self, chat_id: int, now: float) -> None:
        self._all.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)
        else:
            self._empty_at[chat_id] = max(self._empty_at.get(chat_id, now), now) + self.limits.chat_seconds


def _window_wait(moments: deque[float], most: int, seconds: float, now: float) -> float:
    while moments and moments[0] <= now - seconds:
        moments.popleft()
    return moments[-most] + seconds - now if len(moments) >= most else 0.0
