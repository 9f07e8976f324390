"""What our button payloads mean, both ways; Telegram carries at most 64 bytes."""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.adjustment import AddTime, Adjustment, DropTime, EveryDay, SetQuiet, SetWeekly, WorkDays


@dataclass(frozen=True, slots=True)
class FollowPressed:
    """Follow the topic with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class UnfollowPressed:
    """Stop following the topic with this code."""

    code: str


SCHEDULE = "s:"  # a change of the schedule; what follows names what is wanted, not which message asked
WHY = "w:"  # why the stories of the message are there; the message itself says which
Pressed = FollowPressed | UnfollowPressed
_MEANINGS: dict[str, type[Pressed]] = {"f": FollowPressed, "u": UnfollowPressed}
_LETTERS = {meaning: letter for letter, meaning in _MEANINGS.items()}


def payload_of(pressed: Pressed) -> str:
    """Return the payload of a button."""
    return f"{_LETTERS[type(pressed)]}:{pressed.code}"


def meaning_of(payload: str | None) -> Pressed | None:
    """Return what a payload asks for, or None if it is none of ours."""
    letter, colon, code = (payload or "").partition(":")
    return _MEANINGS[letter](code) if colon and letter in _MEANINGS else None


_PLAIN: dict[str, Adjustment] = {
    "every": EveryDay(),
    "work": WorkDays(),
    "q1": SetQuiet(is_on=True),
    "q0": SetQuiet(is_on=False),
    "w1": SetWeekly(is_on=True),
    "w0": SetWeekly(is_on=False),
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
