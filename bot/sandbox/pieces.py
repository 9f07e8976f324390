"""Long texts, cut into messages as a Telegram client cuts them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import units
from bot.sandbox.markup import MAX_TEXT_UNITS


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text and the entities that lie in it, counted from its own start."""

    text: str
    entities: tuple[dict[str, Any], ...]


def pieces(text: str, entities: list[dict[str, Any]]) -> list[Piece]:
    """Return the text in messages of at most 4096 UTF-16 units, cut at a line end or a space where one is near."""
    cut = []
    start = 0
    while start < len(text):
        end = _end(text, start)
        part = text[start:end]
        if part.strip():
            cut.append(_piece(text, start + len(part) - len(part.lstrip()), start + len(part.rstrip()), entities))
        start = end
    return cut


def _end(text: str, start: int) -> int:
    """Return where the message that starts here ends; a cut in its first half would be worse than a cut word."""
    end, length = start, 0
    while end < len(text) and (length := length + units(text[end])) <= MAX_TEXT_UNITS:
        end += 1
    if end == len(text):
        return end
    middle = (start + end) // 2
    places = (text.rfind(separator, middle, end) for separator in ("\n", " "))
    return next((place + 1 for place in places if place >= 0), end)


def _piece(text: str, start: int, end: int, entities: list[dict[str, Any]]) -> Piece:
    first, last = units(text[:start]), units(text[:end])
    inside = []
    for entity in entities:
        begins = max(entity["offset"], first)
        ends = min(entity["offset"] + entity["length"], last)
        if begins < ends:
            inside.append(entity | {"offset": begins - first, "length": ends - begins})
    return Piece(text[start:end], tuple(inside))
