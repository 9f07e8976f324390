"""Who receives digests."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.preferences import Preferences
from bot.domain.schedule import Schedule


class Standing(StrEnum):
    """Whether we may write to a subscriber."""

    ACTIVE = "active"
    PAUSED = "paused"  # blocked the bot, left, or does not exist any more


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that follows topics.

    ``digest_at`` is the next promised moment, none while paused, and all that reached us before ``digested_at``
    has been in their digests; both in UTC.
    """

    id: int
    chat_id: int
    language: str
    schedule: Schedule
    standing: Standing
    digest_at: datetime | None
    digested_at: datetime | None = None
    preferences: Preferences = field(default_factory=Preferences)
