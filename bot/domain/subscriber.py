"""Who receives digests."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.preferences import Preferences
from bot.domain.schedule import Schedule


class Standing(StrEnum):
    """Whether we may write to a subscriber."""

    ACTIVE = "active"
    PAUSED = "paused"  # blocked the bot, removed it, closed the thread, or does not exist any more


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that follows topics, or one thread of a forum: ``thread_id`` is 0 where there are no threads.

    ``digest_at`` is the next promised moment and ``review_at`` that of the next review of a week, none while paused;
    all that reached us before ``digested_at`` has been in their digests. All in UTC.
    """

    id: int
    chat_id: int
    language: str
    schedule: Schedule
    standing: Standing
    digest_at: datetime | None
    digested_at: datetime | None = None
    review_at: datetime | None = None
    thread_id: int = 0
    preferences: Preferences = field(default_factory=Preferences)

    def shown_at(self, now: datetime) -> Self:
        """Return the subscriber without a vacation that is over, which matters only to their next digest."""
        away = self.schedule.away
        is_over = away is not None and not away.covers(now)
        return replace(self, schedule=replace(self.schedule, away=None)) if is_over else self

    def is_returning(self, now: datetime) -> bool:
        """Say if they had a vacation, it is over, and they had no digest since."""
        away = self.schedule.away
        return away is not None and away.until <= now and (self.digested_at is None or self.digested_at < away.until)

    def missed_since(self, now: datetime) -> datetime | None:
        """Return since when they have had no digest, if that is over a day longer than promised: away, or we were."""
        slot, away = self.digest_at or now, self.schedule.away
        if away and self.is_returning(now):
            since = away.since
        elif now - slot > _DAY:
            since = min(slot, self.digested_at or slot)
        else:
            return None
        return since if now - since > _DAY else None
