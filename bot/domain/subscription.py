"""How a subscriber follows a topic."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """A topic that is followed: since when, without the stories that are also about ``without``.

    Since ``at_once_since``, if it is set, each new story of it is sent at once.
    """

    topic: str
    since: datetime
    without: tuple[str, ...] = ()
    at_once_since: datetime | None = None
