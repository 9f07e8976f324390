"""What the payloads of the settings screen mean, both ways."""

from dataclasses import replace

from bot.domain.preferences import CHOICES, Preferences

_SWITCHES = ("previews", "is_quiet", "tells_no_news", "eastern_digits", "hijri")
CHOICE = rf"^st:(?:stories:(?:{'|'.join(map(str, CHOICES))})|(?:{'|'.join(_SWITCHES)}):[01])\Z"
SHOW, ASK_RESET, RESET = "st:show", "st:reset", "st:reset!"
UNMUTE = r"^st:unmute:([a-z][0-9]{1,9})\Z"


def stories_payload(number: int) -> str:
    """Return the payload of a button that chooses how many stories a digest has."""
    return f"st:stories:{number}"


def switch_payload(name: str, *, is_on: bool) -> str:
    """Return the payload of a button that turns a preference on or off: pressed twice it does so once."""
    return f"st:{name}:{int(is_on)}"


def chosen(payload: str, before: Preferences) -> Preferences:
    """Return the preferences that a payload of CHOICE makes of these."""
    _, name, value = payload.split(":")
    if name == "stories":
        return replace(before, stories=int(value))
    return replace(before, **{name: value == "1"})


def unmute_payload(code: str) -> str:
    """Return the payload of a button that ends a mute."""
    return f"st:unmute:{code}"


def unmute_of(payload: str) -> str:
    """Return the code of the topic that a payload of UNMUTE is about."""
    return payload.rpartition(":")[2]
