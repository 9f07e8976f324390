"""What our button payloads mean, both ways; Telegram carries at most 64 bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowPressed:
    """Follow the topic with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class UnfollowPressed:
    """Stop following the topic with this code."""

    code: str


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
