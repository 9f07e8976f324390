"""When a subscriber's digests are promised."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.arabic.normalise import normalise

MOST_TIMES = 12  # a digest every two hours


class BadTime(ValueError):
    """What should be times of the day is not; the argument is the part that cannot be read."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Wall-clock times, in order and each once, in one IANA zone."""

    times: tuple[time, ...]
    zone: str

    def next_due(self, after: datetime) -> datetime:
        """Return the first promised moment after the given one, in UTC.

        A time that a clock change skips comes one gap later; a time that it repeats counts once, the first pass.
        APScheduler's CronTrigger fires twice for the second and never for a skipped midnight (measured over 2025 to
        2028 in Cairo, Beirut and Berlin), hence this rule.
        """
        zone = ZoneInfo(self.zone)
        today = after.astimezone(zone).date()
        moments = (
            datetime.combine(today + timedelta(days=day), moment, tzinfo=zone).astimezone(UTC)
            for day in range(-1, 3)
            for moment in self.times
        )
        return min(moment for moment in moments if moment > after)


_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{1,2}))?\s*(صباحا|فجرا|ظهرا|عصرا|مساء|ليلا|ص|م|am|pm)?(?=[\s,،;؛]|و\s*\d|$)")
_BETWEEN = re.compile(r"[\s,،;؛]*(?:و\s*(?=\d))?")
# From which hour of twelve a word means the later half of the day: «8 ليلًا» is in the evening, «2 ليلًا» after
# midnight, «11 ظهرًا» before noon.
_LATE = {"ليلا": range(6, 12), "ظهرا": (12, *range(1, 6)), **dict.fromkeys(("عصرا", "مساء", "م", "pm"), range(1, 13))}
_NOON = 12


def times_of(text: str) -> tuple[time, ...]:
    """Return the times that a person wrote: «8», «08:00 20:30», «٨ صباحاً و٩ مساءً», "8am, 9:15 pm".

    Raise BadTime for anything else, for no time at all and for more than ``MOST_TIMES``.
    """
    rest = normalise(text).strip()
    times: set[time] = set()
    while rest:
        match = _TIME.match(rest)
        if not match:
            raise BadTime(rest)
        times.add(_time(match))
        rest = rest[match.end() :]
        rest = rest[_BETWEEN.match(rest).end() :]  # type: ignore[union-attr]  # it matches the empty text too
    if not 0 < len(times) <= MOST_TIMES:
        raise BadTime(text)
    return tuple(sorted(times))


def _time(match: re.Match[str]) -> time:
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= _NOON:
            raise BadTime(match[0])
        hour = hour % _NOON + (_NOON if hour in _LATE.get(half, ()) else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise BadTime(match[0]) from error


def shown_times(times: Sequence[time]) -> tuple[str, ...]:
    """Return each time as a clock shows it: 08:00."""
    return tuple(f"{moment:%H:%M}" for moment in times)
