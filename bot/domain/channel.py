"""Channels whose posts we take in once an editor enabled them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that an editor showed us; its posts go before everyone from ``enabled_at`` on, if that is set.

    ``editor`` is the chat of who enabled it, or else of who showed it to us.
    """

    chat_id: int
    title: str
    username: str | None
    editor: int
    enabled_at: datetime | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether its posts are articles."""
        return self.enabled_at is not None
