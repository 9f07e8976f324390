"""What the payloads of the list of topics and of a topic's own screen mean, both ways."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.mute import Span


class Deed(StrEnum):
    """What a button does, by its letter."""

    LIST = "l"
    OPEN = "o"
    FOLLOW = "f"
    LEAVE = "u"
    AT_ONCE = "a"
    IN_DIGEST = "d"
    TAKE_BACK = "x"
    MUTE_DAY = "y"
    MUTE_WEEK = "w"
    MUTE = "m"
    UNMUTE = "s"


MUTING = {Deed.MUTE_DAY: Span.DAY, Deed.MUTE_WEEK: Span.WEEK, Deed.MUTE: Span.UNTIL_UNMUTED}


@dataclass(frozen=True, slots=True)
class TopicPressed:
    """A deed on the topic with this code; ``page`` is that of the list to which one comes back.

    ``other`` is the code of what is left out no more.
    """

    deed: Deed
    page: int = 0
    code: str = ""
    other: str = ""


TOPIC = r"^tp:[lofuadxywms]:\d{1,3}(?::[a-z]\d{1,9}){0,2}\Z"
TREND = r"^tr:[pr]\Z"
POPULAR, RISING = "tr:p", "tr:r"


def topic_payload(pressed: TopicPressed) -> str:
    """Return the payload of a button."""
    return ":".join(filter(None, ("tp", pressed.deed, str(pressed.page), pressed.code, pressed.other)))


def topic_meaning(payload: str) -> TopicPressed:
    """Return what a payload of TOPIC asks for."""
    _, letter, page, *codes = payload.split(":")
    return TopicPressed(Deed(letter), int(page), *codes)
