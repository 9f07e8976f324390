"""How much one reader may ask for in an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SPAN = timedelta(hours=1)


class Limited(StrEnum):
    """What is limited."""

    ARTICLES = "articles"
    FETCHES = "fetches"


@dataclass(frozen=True, slots=True)
class Exhausted:
    """A reader had as many as an hour allows; the next one is possible at ``next_at``."""

    what: Limited
    most: int
    next_at: datetime


def exhausted(what: Limited, most: int, moments: Sequence[datetime], now: datetime) -> Exhausted | None:
    """Return what to say to one more after those at these moments, or None if it may be."""
    lately = sorted(moment for moment in moments if moment > now - SPAN)
    return Exhausted(what, most, lately[-most] + SPAN) if len(lately) >= most else None
