"""The words of a message as HTML: its entities as tags, and everything else escaped."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox.reader import Shown

_LINK: Final = ("<span class=link>", "</span>")
_TAGS: Final = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<span class=spoiler>", "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote>", "</blockquote>"),
    **dict.fromkeys(("hashtag", "cashtag", "bot_command", "mention", "url", "email", "phone_number"), _LINK),
}
_COLLAPSED: Final = ("<blockquote class=collapsed><div>", "</div></blockquote>")
_SHORT: Final = 130  # UTF-16 units: about three lines, which are shown whole


def marked_up(message: Shown) -> str:
    """Return the text with its entities as tags; what was on a line of its own stays on one."""
    return "".join(_pieces(message))


def _pieces(message: Shown) -> Iterator[str]:
    """Entities nest, so a tag closes before what it stands in."""
    units = message.text.encode("utf-16-le", "surrogatepass")
    edges = sorted(edge for entity in message.entities for edge in _edges(entity))
    place, last = 0, ""
    for offset, _, tag in edges:
        yield _escaped(units[place : 2 * offset], last)
        if tag:
            yield tag
            last = tag
        place = max(place, 2 * offset)
    yield _escaped(units[place:], last)


def _edges(entity: Mapping[str, Any]) -> list[tuple[int, tuple[int, int], str]]:
    """Return where a tag opens and closes; at one place closings come first, and the longest opens first."""
    opening, closing = _tags(entity)
    start, length = int(entity["offset"]), int(entity["length"])
    return [(start, (1, -length), opening), (start + length, (0, -start), closing)]


def _tags(entity: Mapping[str, Any]) -> tuple[str, str]:
    kind = str(entity["type"])
    if kind == "text_link" and urlsplit(str(entity["url"])).scheme in {"http", "https"}:
        return f'<a href="{escape(str(entity["url"]), quote=True)}">', "</a>"
    if kind == "expandable_blockquote" and int(entity["length"]) > _SHORT:
        return _COLLAPSED
    return _TAGS.get(kind, ("", ""))


def _escaped(units: bytes, last: str) -> str:
    """Return a piece of text; a quotation is a block, which ends the line that the text ends after it."""
    text = units.decode("utf-16-le", "replace")
    return escape(text.removeprefix("\n") if last.endswith("</blockquote>") else text, quote=False)
