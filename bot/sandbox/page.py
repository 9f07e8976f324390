"""A conversation as a page for a browser, as a phone shows it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox.reader import Shown

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
    "hashtag": ("<span class=link>", "</span>"),
    "bot_command": ("<span class=link>", "</span>"),
}
_KINDS: Final = {"sticker": "ملصق", "voice": "رسالة صوتية", "photo": "صورة", "document": "ملف"}

_PAGE: Final = """<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  body {{ margin: 0 auto; max-width: 430px; padding: 12px; background: #d5e0e8; color: #0f1720;
         font: 16px/1.55 "Noto Sans Arabic", "Segoe UI", "DejaVu Sans", sans-serif; }}
  header {{ font-weight: 600; padding: 4px 8px 12px; }}
  .bubble {{ border-radius: 14px; padding: 8px 12px; margin: 6px 0; background: #fff; white-space: pre-wrap;
            overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002; unicode-bidi: plaintext; }}
  .bot {{ margin-left: 18px; }}
  .person {{ margin-right: 60px; background: #e3f6d3; }}
  .from {{ color: #2a7fb8; font-size: 13px; display: block; }}
  .when {{ color: #77838d; font-size: 12px; display: block; text-align: left; }}
  .link, a {{ color: #1f76b5; text-decoration: none; }}
  .row {{ display: flex; gap: 6px; margin: 4px 0 4px 18px; }}
  .row span {{ flex: 1; text-align: center; background: #7a93a6cc; color: #fff; border-radius: 10px; padding: 7px; }}
</style>
<header>{title}</header>
{bubbles}
</html>
"""


def page_of(messages: Sequence[Shown], title: str = "موجز") -> str:
    """Return a whole HTML page, right to left; nothing in it comes from elsewhere."""
    return _PAGE.format(title=escape(title), bubbles="\n".join(_bubble(message) for message in messages))


def _bubble(message: Shown) -> str:
    side = "bot" if message.from_bot else "person"
    origin = f"<span class=from>محوّلة من {escape(message.forwarded_from)}</span>" if message.forwarded_from else ""
    kind = f"({_KINDS[message.kind]}) " if message.kind in _KINDS else ""
    when = datetime.fromtimestamp(message.edit_date or message.date, UTC)
    rows = "".join(f"<div class=row>{''.join(map(_button, row))}</div>" for row in message.buttons)
    text = "".join(_marked_up(message))
    return f'<div class="bubble {side}">{origin}{kind}{text}<span class=when>{when:%H:%M}</span></div>{rows}'


def _button(label: str) -> str:
    return f"<span>{escape(label)}</span>"


def _marked_up(message: Shown) -> Iterator[str]:
    """Give the text with its entities as tags; entities nest, so a tag closes before what it stands in."""
    units = message.text.encode("utf-16-le", "surrogatepass")
    edges = [edge for entity in message.entities for edge in _edges(entity)]
    place = 0
    for offset, _, tag in sorted(edges):
        yield _escaped(units[place : 2 * offset])
        yield tag
        place = 2 * offset
    yield _escaped(units[place:])


def _edges(entity: Mapping[str, Any]) -> list[tuple[int, tuple[int, int], str]]:
    """Return where a tag opens and closes; at one place closings come first, and the longest opens first."""
    opening, closing = _tags(entity)
    start, length = int(entity["offset"]), int(entity["length"])
    return [(start, (1, -length), opening), (start + length, (0, -start), closing)]


def _tags(entity: Mapping[str, Any]) -> tuple[str, str]:
    if entity["type"] == "text_link" and urlsplit(str(entity["url"])).scheme in {"http", "https"}:
        return f'<a href="{escape(str(entity["url"]), quote=True)}">', "</a>"
    return _TAGS.get(str(entity["type"]), ("", ""))


def _escaped(units: bytes) -> str:
    return escape(units.decode("utf-16-le", "replace"), quote=False)
