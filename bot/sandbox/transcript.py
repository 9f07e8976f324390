"""A conversation as text for a terminal, right to left."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.sandbox.reader import Shown

# Telegram's two sides: the reader's own bubbles at the right edge, the bot's a hand's breadth away from it.
_INDENT: Final = 12
_LEAST_WIDTH: Final = 24
_RIGHT_TO_LEFT: Final = "\u200f"
_NAMES: Final = {True: "موجز", False: "القارئ"}
_KINDS: Final = {"sticker": "ملصق", "voice": "رسالة صوتية", "photo": "صورة", "document": "ملف"}
_ZERO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})
_WIDE: Final = frozenset({"W", "F"})
_TAB: Final = "    "


def printed(messages: Sequence[Shown], width: int = 78) -> str:
    """Return the bubbles of a conversation, right-aligned by display width, a blank line between them.

    Every line starts with U+200F, so that a terminal which lays out Arabic itself takes it as right to left.
    """
    width = max(width, _LEAST_WIDTH)
    return "\n\n".join("\n".join(_bubble(message, width)) for message in messages)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_columns(character) for character in text)


def _bubble(message: Shown, width: int) -> Iterator[str]:
    indent = min(_INDENT, width // 4)
    edge = width - indent if message.from_bot else width
    for line in _lines(message):
        for part in _wrapped(line, width - indent):
            yield f"{_RIGHT_TO_LEFT}{' ' * (edge - columns(part))}{part}"


def _lines(message: Shown) -> Iterator[str]:
    when = datetime.fromtimestamp(message.edit_date or message.date, UTC)
    edited = " (معدّلة)" if message.edit_date else ""
    yield f"── {_NAMES[message.from_bot]} · {when:%H:%M}{edited} ──"
    if message.forwarded_from:
        yield f"(محوّلة من {message.forwarded_from})"
    if message.kind in _KINDS:
        yield f"({_KINDS[message.kind]})"
    if message.text:
        yield from _with_links(message).replace("\t", _TAB).split("\n")
    for row in message.buttons:
        yield " ".join(f"[ {text} ]" for text in row)


def _with_links(message: Shown) -> str:
    """Return the text with the address of each link behind its words."""
    units = message.text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda entity: -int(entity["offset"])):
        if entity["type"] == "text_link":
            end = 2 * (entity["offset"] + entity["length"])
            units = units[:end] + f" <{entity['url']}>".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace")


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Yield parts of a line that fit, broken at spaces; a word that is too long alone, such as a link, is cut."""
    part = ""
    for word in line.split(" "):
        together = f"{part} {word}" if part else word
        if columns(together) <= width:
            part = together
            continue
        if part:
            yield part
        *full, part = _cut(word, width)
        yield from full
    yield part


def _cut(word: str, width: int) -> list[str]:
    parts, taken = [""], 0
    for character in word:
        size = _columns(character)
        if taken + size > width:
            parts.append("")
            taken = 0
        parts[-1] += character
        taken += size
    return parts


def _columns(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
