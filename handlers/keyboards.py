"""The buttons under our messages."""

from collections.abc import Sequence
from datetime import time

from bot.domain.adjustment import AddTime, DropTime, EveryDay, SetQuiet, SetWeekly, WorkDays
from bot.domain.delivery import Button
from bot.domain.schedule import EVERY_DAY, Schedule
from bot.domain.weekends import work_days
from bot.services.browse import Offer
from bot.telegram.language import Language
from handlers import texts
from handlers.callbacks import FollowPressed, UnfollowPressed, adjustment_payload, payload_of

_IN_A_ROW = 2
_LONGEST_LABEL = 40
_FOLLOWED, _OFFERED = "✓", "+"


def offers(topics: Sequence[Offer]) -> tuple[tuple[Button, ...], ...]:
    """Return a button a topic, two in a row: ✓ for those followed, which it ends, + for those it starts."""
    buttons = [_button(topic) for topic in topics]
    return tuple(tuple(buttons[place : place + _IN_A_ROW]) for place in range(0, len(buttons), _IN_A_ROW))


def _button(topic: Offer) -> Button:
    mark = _FOLLOWED if topic.is_followed else _OFFERED
    pressed = UnfollowPressed(topic.code) if topic.is_followed else FollowPressed(topic.code)
    name = topic.name if len(topic.name) <= _LONGEST_LABEL else topic.name[: _LONGEST_LABEL - 1] + "…"
    return Button(" ".join(filter(None, (mark, topic.flag, name))), payload=payload_of(pressed))


_USUAL_TIMES = (time(7), time(12), time(18), time(21))
_TIMES_IN_A_ROW = 4


def adjustments(schedule: Schedule, language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return the schedule as buttons: ✓ for what is so, and each press asks for the opposite, by name."""
    times = [_time(moment, schedule) for moment in sorted({*_USUAL_TIMES, *schedule.times})]
    rows = [tuple(times[place : place + _TIMES_IN_A_ROW]) for place in range(0, len(times), _TIMES_IN_A_ROW)]
    every, work = texts.every_day(language), texts.days_of_work(language)
    is_every, is_work = schedule.days == EVERY_DAY, schedule.days == work_days(schedule.zone)
    quiet, weekly = schedule.quiet is not None, schedule.weekly is not None
    return (
        *rows,
        (
            Button(_marked(every, is_on=is_every), adjustment_payload(EveryDay())),
            Button(_marked(work, is_on=is_work), adjustment_payload(WorkDays())),
        ),
        (Button(_marked(texts.quiet_label(schedule, language), is_on=quiet), adjustment_payload(SetQuiet(not quiet))),),
        (
            Button(
                _marked(texts.weekly_label(schedule, language), is_on=weekly), adjustment_payload(SetWeekly(not weekly))
            ),
        ),
    )


def _time(moment: time, schedule: Schedule) -> Button:
    is_on = moment in schedule.times
    change = DropTime(moment) if is_on else AddTime(moment)
    return Button(_marked(f"{moment:%H:%M}", is_on=is_on), adjustment_payload(change))


def _marked(label: str, *, is_on: bool) -> str:
    return f"{_FOLLOWED if is_on else _OFFERED} {label}"
