"""What the payloads of the buttons under a digest mean, both ways; Telegram carries at most 64 bytes."""

import re
from dataclasses import dataclass

from bot.domain.mute import Span
from bot.domain.sheet import Action

_NUMBER = r"([0-9]{1,3})"
_CODE = r"([a-z][0-9]{1,9})"
TURN, RATE, MUTE, BACK, SETTINGS = (
    rf"^dg:{action}:{_NUMBER}\Z" for action in (Action.TURN, Action.RATE, Action.MUTE, Action.BACK, Action.SETTINGS)
)
WHY = rf"^(?:dg:{Action.WHY}:{_NUMBER}|w:)\Z"  # the second stands under digests of older versions
RATING = rf"^dg:rate:{_NUMBER}:{_NUMBER}:([+0-])\Z"
MUTING = rf"^dg:mute:{_NUMBER}:{_CODE}(?::([dwa]))?\Z"
UNMUTING = rf"^dg:unmute:{_NUMBER}:{_CODE}\Z"


def sheet_payload(action: Action, number: int) -> str:
    """Return the payload of a button that does this with the sheet of that number."""
    return f"dg:{action}:{number}"


def sheet_of(payload: str | None) -> int:
    """Return which sheet a payload is about; the first one if it says none."""
    found = re.match(rf"dg:\w+:{_NUMBER}", payload or "")
    return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class RatingPressed:
    """Rate the story at this place of a sheet, or take its rating back."""

    place: int
    is_liked: bool | None


_SIGNS = {"+": True, "-": False, "0": None}
_MARKS = {is_liked: sign for sign, is_liked in _SIGNS.items()}


def rating_payload(sheet: int, place: int, *, is_liked: bool | None) -> str:
    """Return the payload of 👍 or 👎."""
    return f"dg:rate:{sheet}:{place}:{_MARKS[is_liked]}"


def rating_of(payload: str) -> RatingPressed:
    """Return what a payload of RATING asks for."""
    *_, place, sign = payload.split(":")
    return RatingPressed(int(place), _SIGNS[sign])


@dataclass(frozen=True, slots=True)
class MutingPressed:
    """Mute the topic with this code, for so long if that is said already."""

    code: str
    span: Span | None


def muting_payload(sheet: int, code: str, span: Span | None = None) -> str:
    """Return the payload of a button that names a topic to mute, or for how long."""
    return f"dg:mute:{sheet}:{code}" + (f":{span}" if span else "")


def muting_of(payload: str) -> MutingPressed:
    """Return what a payload of MUTING asks for."""
    _, _, _, code, *span = payload.split(":")
    return MutingPressed(code, Span(span[0]) if span else None)


def unmuting_payload(sheet: int, code: str) -> str:
    """Return the payload of a button that ends a mute."""
    return f"dg:unmute:{sheet}:{code}"


def unmuting_of(payload: str) -> str:
    """Return the code of the topic that a payload of UNMUTING is about."""
    return payload.rpartition(":")[2]
