"""Small changes of a schedule, each naming what is wanted, so that asking twice changes nothing more."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Away, Schedule
from bot.domain.typed import USUAL_QUIET, usual_review
from bot.domain.weekends import work_days


@dataclass(frozen=True, slots=True)
class AddTime:
    """Let a digest come at this time too."""

    at: time


@dataclass(frozen=True, slots=True)
class DropTime:
    """Let none come at this time."""

    at: time


@dataclass(frozen=True, slots=True)
class EveryDay:
    """Let digests come every day."""


@dataclass(frozen=True, slots=True)
class WorkDays:
    """Let digests come on the days of work of the reader's country."""


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Have the usual quiet hours, or none."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class SetWeekly:
    """Have a review of the week at the usual moment, or none."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class SetAway:
    """Be on vacation until told otherwise, or no more."""

    is_on: bool


Adjustment = AddTime | DropTime | EveryDay | WorkDays | SetQuiet | SetWeekly | SetAway


class NotPossible(ValueError):
    """A schedule has one time at least, and not more than ``MOST_TIMES``."""


def adjusted(schedule: Schedule, change: Adjustment, now: datetime) -> Schedule:
    """Return the schedule with the change, the same where it is so already; raise NotPossible."""
    match change:
        case AddTime(at):
            return _with_times(schedule, {*schedule.times, at})
        case DropTime(at):
            return _with_times(schedule, set(schedule.times) - {at})
        case EveryDay():
            return replace(schedule, days=EVERY_DAY)
        case WorkDays():
            return replace(schedule, days=work_days(schedule.zone))
        case SetQuiet(is_on):
            return replace(schedule, quiet=(schedule.quiet or USUAL_QUIET) if is_on else None)
        case SetWeekly(is_on):
            return replace(schedule, weekly=(schedule.weekly or usual_review(schedule.zone)) if is_on else None)
        case SetAway(is_on):
            return replace(schedule, away=_away(schedule, now, is_on=is_on))


def _away(schedule: Schedule, now: datetime, *, is_on: bool) -> Away | None:
    current = schedule.away if schedule.away and schedule.away.covers(now) else None
    if is_on:
        return current or Away(now, UNTIL_TOLD)
    return Away(current.since, now) if current else schedule.away


def _with_times(schedule: Schedule, times: set[time]) -> Schedule:
    if not 0 < len(times) <= MOST_TIMES:
        raise NotPossible
    return replace(schedule, times=tuple(sorted(times)))


def moved(schedule: Schedule, zone: str) -> Schedule:
    """Return the schedule with the same wall-clock times in another zone, and with that country's days of work."""
    is_for_work = schedule.days == work_days(schedule.zone)
    return replace(schedule, zone=zone, days=work_days(zone) if is_for_work else schedule.days)
