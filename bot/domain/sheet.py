"""What the buttons under a digest do."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What is wanted of one sheet of a message: a digest's page, or what «more» has put in its place."""

    TURN = "m"  # show this one
    WHY = "w"
    RATE = "r"
    MUTE = "k"
    BACK = "b"  # its own buttons again
    SETTINGS = "s"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the pages that a message has shown: 0 is the one that it was sent with."""

    chat_id: int
    message_id: int
    number: int = 0
