"""Forget a reader."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.ports import Clock, Records, Subscribers

_ANSWER_WITHIN = timedelta(hours=24)  # whoever finds the question later is asked again


class Forgotten(Enum):
    """What became of the wish to be forgotten."""

    DONE = auto()
    NOTHING = auto()  # there was nobody to forget
    LATE = auto()  # the question is old, or was asked of whoever was forgotten before


@dataclass(frozen=True, slots=True)
class Forget:
    """Forget a chat, or a thread of it, once it confirms the question of a moment; safe to repeat."""

    subscribers: Subscribers
    records: Records
    clock: Clock

    async def __call__(self, chat_id: int, thread_id: int, asked_at: datetime) -> Forgotten:
        """Return what became of it."""
        known, now = await self.subscribers.find(chat_id, thread_id), self.clock()
        if known is None:
            return Forgotten.NOTHING
        if now - asked_at > _ANSWER_WITHIN:
            return Forgotten.LATE
        return Forgotten.DONE if await self.records.forget(known.id, asked_at, now) else Forgotten.LATE
