"""When a subscriber's digests are promised."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MOST_TIMES = 12  # a digest every two hours
EVERY_DAY = frozenset(range(7))  # as date.weekday() counts: 0 is Monday
UNTIL_TOLD = datetime(9999, 1, 1, tzinfo=UTC)  # the end of a vacation that ends when its reader says so
_DAY = timedelta(days=1)
_AROUND = 9  # days: a slot waits for a day of seven at most, after a night
_NIGHTS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when, on the clock, nothing may come; across midnight where the end is the earlier one."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Away:
    """A vacation: nothing is promised from ``since`` until just before ``until``, both in UTC."""

    since: datetime
    until: datetime

    def covers(self, moment: datetime) -> bool:
        """Say if a moment lies in it."""
        return self.since <= moment < self.until


@dataclass(frozen=True, slots=True)
class Weekly:
    """When the review of the week comes: a day, as date.weekday() counts, and a time of it."""

    day: int
    at: time


@dataclass(frozen=True, slots=True)
class Schedule:
    """Wall-clock times, in order and each once, on some days of the week, in one IANA zone."""

    times: tuple[time, ...]
    zone: str
    days: frozenset[int] = EVERY_DAY
    quiet: Quiet | None = None
    away: Away | None = None
    weekly: Weekly | None = None

    def next_due(self, after: datetime) -> datetime:
        """Return the first promised moment after the given one, in UTC.

        A time that a clock change skips comes one gap later; a time that it repeats counts once, the first pass.
        APScheduler's CronTrigger fires twice for the second and never for a skipped midnight (measured over 2025 to
        2028 in Cairo, Beirut and Berlin), hence this rule. A time in quiet hours comes at their end; if that is on
        a day that is none of ours, at the first waking of one that is.
        """
        return self._next(after, self.times, self.days, self.admitted_from)

    def next_review(self, after: datetime) -> datetime | None:
        """Return the first moment of a weekly review after the given one, in UTC; on whatever day it was set for."""
        if self.weekly is None:
            return None
        return self._next(after, (self.weekly.at,), frozenset({self.weekly.day}), self.held_until)

    def held_until(self, moment: datetime) -> datetime:
        """Return the moment itself or, in quiet hours, their end."""
        while ends := [end for start, end in self._nights(moment) if start <= moment < end]:
            moment = max(ends)
        return moment

    def admitted_from(self, moment: datetime) -> datetime:
        """Return the first moment, from the given one on, that is neither quiet nor on a day that is none of ours."""
        moment = self.held_until(moment)
        while (day := moment.astimezone(ZoneInfo(self.zone)).date()).weekday() not in self.days:
            moment = self.held_until(_instants(day + _DAY, time(), self.zone)[0])
        return moment

    def is_silent(self, moment: datetime) -> bool:
        """Say if nothing that was not asked for may come at a moment: in quiet hours, and on vacation."""
        return self._is_away(moment) or self.held_until(moment) > moment

    def before_quiet(self, moment: datetime, until: datetime) -> datetime:
        """Return until when what nobody asked for may arrive: the given moment or, if sooner, the next quiet hours."""
        return min(until, self.next_quiet(moment) or until)

    def next_quiet(self, after: datetime) -> datetime | None:
        """Return when quiet hours begin next, None where there are none."""
        return min((start for start, _ in self._nights(after) if start > after), default=None)

    def _next(
        self,
        after: datetime,
        times: Sequence[time],
        days: frozenset[int],
        admitted: Callable[[datetime], datetime],
    ) -> datetime:
        slots = (
            _instants(day, moment, self.zone)[0]
            for day in self._days_around(after)
            if day.weekday() in days
            for moment in times
        )
        promised = (admitted(slot) for slot in slots if not self._is_away(slot))
        return min(moment for moment in promised if moment > after and not self._is_away(moment))

    def _is_away(self, moment: datetime) -> bool:
        return self.away is not None and self.away.covers(moment)

    def _days_around(self, after: datetime) -> Iterator[date]:
        """Give the days whose times may be the next ones: those around now and around the end of a vacation."""
        starts = [after] if self.away is None or self.away.until <= after else [after, self.away.until]
        back = _AROUND if self.quiet and self.days != EVERY_DAY else 2
        for moment in starts:
            today = moment.astimezone(ZoneInfo(self.zone)).date()
            for days in range(-back, _AROUND):
                yield today + timedelta(days=days)

    def _nights(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the quiet hours around a moment."""
        if self.quiet:
            today = moment.astimezone(ZoneInfo(self.zone)).date()
            for days in (-1, 0, 1):
                yield _night(today + timedelta(days=days), self.quiet, self.zone)


@lru_cache(_NIGHTS_KEPT)
def _night(day: date, quiet: Quiet, zone: str) -> tuple[datetime, datetime]:
    """Return the quiet hours that begin on a day; a clock change at an edge makes them longer, never shorter."""
    last = day if quiet.start < quiet.end else day + _DAY
    return min(_instants(day, quiet.start, zone)), max(_instants(last, quiet.end, zone))


def _instants(day: date, moment: time, zone: str) -> tuple[datetime, datetime]:
    """Return the two readings of a wall-clock time: equal but for one that is repeated, or skipped.

    The first is the earlier pass, or one gap later; the second the later pass, or one gap earlier.
    """
    first, second = (
        datetime.combine(day, moment.replace(fold=fold), ZoneInfo(zone)).astimezone(UTC) for fold in (0, 1)
    )
    return first, second


def shown_times(times: Sequence[time]) -> tuple[str, ...]:
    """Return each time as a clock shows it: 08:00."""
    return tuple(f"{moment:%H:%M}" for moment in times)
