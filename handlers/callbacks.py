"""What our button payloads mean, both ways; Telegram carries at most 64 bytes."""

import base64
import re
from dataclasses import dataclass

from bot.domain.submission import Verdict


@dataclass(frozen=True, slots=True)
class FollowPressed:
    """Follow the topic with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class UnfollowPressed:
    """Stop following the topic with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class EnablePressed:
    """Take the posts of this channel."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class DisablePressed:
    """Take the posts of this channel no more."""

    chat_id: int


ChannelPressed = EnablePressed | DisablePressed
CHANNEL = r"^[ed]:-[1-9][0-9]{0,17}\Z"
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


def channel_payload_of(pressed: ChannelPressed) -> str:
    """Return the payload of a channel's button."""
    return f"{'e' if isinstance(pressed, EnablePressed) else 'd'}:{pressed.chat_id}"


def channel_meaning_of(payload: str | None) -> ChannelPressed | None:
    """Return what a payload asks for, or None if it is about no channel."""
    if not re.match(CHANNEL, payload or ""):
        return None
    letter, _, chat_id = (payload or "").partition(":")
    return EnablePressed(int(chat_id)) if letter == "e" else DisablePressed(int(chat_id))


@dataclass(frozen=True, slots=True)
class RulingPressed:
    """Decide on the article with this fingerprint; ``is_in_queue`` says that the next one is wanted then."""

    verdict: Verdict
    fingerprint: str
    is_in_queue: bool


@dataclass(frozen=True, slots=True)
class TurnPressed:
    """Show what waits after the article with this fingerprint, or before it."""

    fingerprint: str
    backwards: bool


RULING, TURN, DISMISSAL = r"^[prPR]:\w+$", r"^[<>]:\w+$", r"^e:\d+$"
_VERDICTS = {"p": Verdict.PUBLISHED, "r": Verdict.REJECTED}
_RULINGS = {verdict: letter for letter, verdict in _VERDICTS.items()}


def ruling_payload(verdict: Verdict, fingerprint: str) -> str:
    """Return the payload of a verdict's button under one question."""
    return f"{_RULINGS[verdict]}:{fingerprint}"


def queue_payload(verdict: Verdict, fingerprint: str) -> str:
    """Return the payload of a verdict's button in the queue."""
    return f"{_RULINGS[verdict].upper()}:{fingerprint}"


def ruling_of(payload: str) -> RulingPressed:
    """Return what a payload of RULING asks for."""
    letter, _, fingerprint = payload.partition(":")
    return RulingPressed(_VERDICTS[letter.lower()], fingerprint, is_in_queue=letter.isupper())


def turn_payload(fingerprint: str, *, backwards: bool) -> str:
    """Return the payload of a button that leafs through the queue."""
    return f"{'<' if backwards else '>'}:{fingerprint}"


def turn_of(payload: str) -> TurnPressed:
    """Return what a payload of TURN asks for."""
    mark, _, fingerprint = payload.partition(":")
    return TurnPressed(fingerprint, backwards=mark == "<")


def dismissal_payload(user_id: int) -> str:
    """Return the payload of the button that dismisses an editor."""
    return f"e:{user_id}"


def dismissal_of(payload: str) -> int:
    """Return whom a payload of DISMISSAL dismisses."""
    return int(payload.partition(":")[2])


FEEDS, FEED_FILE = r"^g:[0-9]{1,4}\Z", "o:"  # a page of the list of feeds, and the list as a file


def feeds_page_payload(page: int) -> str:
    """Return the payload of a button that turns to a page of the feeds, the first of which is 0."""
    return f"g:{page}"


def feeds_page_of(payload: str) -> int:
    """Return to which page a payload of FEEDS turns."""
    return int(payload.partition(":")[2])


@dataclass(frozen=True, slots=True)
class JoiningPressed:
    """Let the story of the article with this fingerprint become part of another one's."""

    fingerprint: str
    to: str


_PACKED = "[A-Za-z0-9_-]{21}[AQgw]"  # 16 bytes: the last letter carries two bits
JOINING = rf"^j:{_PACKED}{_PACKED}\Z"


def joining_payload(fingerprint: str, to: str) -> str:
    """Return the payload of the button that joins two stories; in hexadecimal they would fill it alone."""
    return f"j:{_packed(fingerprint)}{_packed(to)}"


def joining_of(payload: str) -> JoiningPressed:
    """Return what a payload of JOINING asks for."""
    packed = payload.partition(":")[2]
    half = len(packed) // 2
    return JoiningPressed(_unpacked(packed[:half]), _unpacked(packed[half:]))


def _packed(fingerprint: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(fingerprint)).decode().rstrip("=")


def _unpacked(packed: str) -> str:
    return base64.urlsafe_b64decode(f"{packed}==").hex()
