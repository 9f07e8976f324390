"""Message entities: what Telegram itself finds in a text, and how entities lie in it (UTF-16 units)."""

import re
from itertools import accumulate
from typing import Any, Final

from bot.sandbox.refusals import bad_request

_TOP_DOMAINS: Final = (
    "com|net|org|info|edu|gov|int|io|me|tv|ly|eg|sa|ae|qa|jo|iq|ma|tn|dz|ps|sy|lb|ye|om|kw|bh|sd|uk|fr|de"
)
_URL: Final = re.compile(
    rf"https?://[^\s/?#<>\"]+\.[^\s<>\"]+|(?<![\w@./])(?:[a-zA-Z0-9-]+\.)+(?:{_TOP_DOMAINS})(?![\w-])(?:[/?#][^\s<>\"]*)?",
)
_FOUND: Final = (
    ("url", _URL),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w/@])@[a-zA-Z]\w{3,31}(?!\w)", re.ASCII)),
    ("hashtag", re.compile("(?<![\\w\u200c#])#(?=[\\d_]*[^\\W\\d_])[\\w\u200c\u00b7]{1,256}(?!#)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>@])")),
)
_KINDS: Final = frozenset(
    {
        *(kind for kind, _ in _FOUND),
        *("bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
        *("code", "pre", "text_link", "text_mention", "custom_emoji", "cashtag", "phone_number"),
    },
)
_FIELDS: Final[dict[str, type]] = {
    "type": str,
    "offset": int,
    "length": int,
    "url": str,
    "user": dict,
    "language": str,
    "custom_emoji_id": str,
}
_NEEDED: Final = frozenset({"type", "offset", "length"})
_TRAILING: Final = ".,;:!?)]}»\"'،؛؟…"


def found(text: str) -> list[dict[str, Any]]:
    """Return the URLs, addresses, mentions, hashtags and commands of a plain text, in order, none overlapping."""
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match[0].rstrip(_TRAILING))
            if end > start and all(end <= taken or start >= until for taken, until, _ in spans):
                spans.append((start, end, kind))
    return [
        {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])}
        for start, end, kind in sorted(spans)
    ]


def checked(given: list[Any], text: str) -> list[dict[str, Any]]:
    """Return entities written by hand; refuse what is none, and drop what lies outside the text or cuts a character."""
    for entity in given:
        is_typed = isinstance(entity, dict) and all(
            isinstance(entity.get(name, kind()), kind) and not isinstance(entity.get(name), bool)
            for name, kind in _FIELDS.items()
        )
        if not is_typed or not entity.keys() >= _NEEDED or entity["type"] not in _KINDS:
            raise bad_request("can't parse MessageEntity")
    edges = {0, *accumulate(map(units, text))}
    return [
        entity
        for entity in given
        if entity["length"] > 0 and {entity["offset"], entity["offset"] + entity["length"]} <= edges
    ]


def units(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two entities share a character."""
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"],
    )
