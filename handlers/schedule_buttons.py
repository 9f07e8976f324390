"""The buttons under the schedule, and what their payloads mean, both ways."""

import re
from datetime import time

from bot.domain.adjustment import AddTime, Adjustment, DropTime, EveryDay, SetAway, SetQuiet, SetWeekly, WorkDays
from bot.domain.delivery import Button
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.domain.weekends import work_days
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from handlers import schedule_texts as texts

ASK_ZONE = "s:zone"
SCHEDULE = "s:"  # a change of the schedule; what follows names what is wanted, not which message asked
_ON, _OFF = "✓", "+"
_USUAL_TIMES = (time(7), time(12), time(18), time(21))
_TIMES_IN_A_ROW = 4


def adjustments(schedule: Schedule, language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return the schedule as buttons: ✓ for what is so, and each press asks for the opposite, by name."""
    times = [_time(moment, schedule, language) for moment in sorted({*_USUAL_TIMES, *schedule.times})]
    places = range(0, len(times), _TIMES_IN_A_ROW)
    rows = [in_order(times[place : place + _TIMES_IN_A_ROW], language) for place in places]
    every, work = texts.every_day(language), texts.days_of_work(language)
    is_every, is_work = schedule.days == EVERY_DAY, schedule.days == work_days(schedule.zone)
    return (
        *rows,
        in_order(
            [
                Button(_marked(every, is_on=is_every), adjustment_payload(EveryDay())),
                Button(_marked(work, is_on=is_work), adjustment_payload(WorkDays())),
            ],
            language,
        ),
        (quiet_switch(schedule, language),),
        (weekly_switch(schedule, language),),
        in_order(
            [vacation_switch(schedule, language), Button(texts.zone_label(schedule, language), ASK_ZONE)], language
        ),
    )


def quiet_switch(schedule: Schedule, language: Language) -> Button:
    """Return the button of quiet hours."""
    is_on = schedule.quiet is not None
    return Button(_marked(texts.quiet_label(schedule, language), is_on=is_on), adjustment_payload(SetQuiet(not is_on)))


def weekly_switch(schedule: Schedule, language: Language) -> Button:
    """Return the button of the weekly review."""
    is_on = schedule.weekly is not None
    return Button(
        _marked(texts.weekly_label(schedule, language), is_on=is_on), adjustment_payload(SetWeekly(not is_on))
    )


def vacation_switch(schedule: Schedule, language: Language) -> Button:
    """Return the button that begins a vacation, or ends it."""
    if schedule.away:
        return Button(texts.end_vacation(language), adjustment_payload(SetAway(is_on=False)))
    return Button(_marked(texts.vacation_label(language), is_on=False), adjustment_payload(SetAway(is_on=True)))


def _time(moment: time, schedule: Schedule, language: Language) -> Button:
    is_on = moment in schedule.times
    change = DropTime(moment) if is_on else AddTime(moment)
    return Button(_marked(language.clock(moment), is_on=is_on), adjustment_payload(change))


def _marked(label: str, *, is_on: bool) -> str:
    return f"{_ON if is_on else _OFF} {label}"


_PLAIN: dict[str, Adjustment] = {
    "every": EveryDay(),
    "work": WorkDays(),
    "q1": SetQuiet(is_on=True),
    "q0": SetQuiet(is_on=False),
    "w1": SetWeekly(is_on=True),
    "w0": SetWeekly(is_on=False),
    "v1": SetAway(is_on=True),
    "v0": SetAway(is_on=False),
}
_CODES = {change: code for code, change in _PLAIN.items()}
_TIME_CODE = re.compile(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])")


def adjustment_payload(change: Adjustment) -> str:
    """Return the payload of a button that changes the schedule."""
    match change:
        case AddTime(at):
            return f"{SCHEDULE}+{at:%H%M}"
        case DropTime(at):
            return f"{SCHEDULE}-{at:%H%M}"
        case _:
            return SCHEDULE + _CODES[change]


def adjustment_of(payload: str | None) -> Adjustment | None:
    """Return the change that a payload asks for, or None if it is none of ours."""
    code = (payload or "").removeprefix(SCHEDULE)
    if code == payload:
        return None
    if found := _TIME_CODE.fullmatch(code):
        at = time(int(found[2]), int(found[3]))
        return AddTime(at) if found[1] == "+" else DropTime(at)
    return _PLAIN.get(code)
