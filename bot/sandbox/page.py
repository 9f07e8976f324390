"""A conversation as a page for a browser, as a phone shows it."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import PurePosixPath
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.sandbox.page_style import stylesheet
from bot.sandbox.page_text import marked_up
from bot.sandbox.reader import Attached, Pressed, Shown

_KINDS: Final = {"sticker": "ملصق", "voice": "رسالة صوتية", "location": "موقع"}
_PAGE: Final = """<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=430">
<title>{title}</title>
<style>{style}</style>
<body>
<header><span class=back>‹</span><span class=face>{face}</span><div><b>{title}</b><small>{about}</small></div></header>
<div class=chat>
{chat}
</div>
{offers}<footer>{field}{keyboard}</footer>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class View:
    """What a phone shows besides the messages.

    ``pictures`` are the bytes by the file's id; ``pressed`` is a message's number and the button under the finger,
    ``notice`` what that brought; ``offered`` are inline results for what is ``typed``; ``zone`` is the phone's. In a
    group ``me`` is whose phone it is, and names stand above what others write.
    """

    title: str = "موجز"
    about: str = "بوت"
    zone: str = "UTC"
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    pressed: tuple[int, str] | None = None
    notice: Pressed | None = None
    typed: str = ""
    offered: Sequence[Mapping[str, Any]] = ()
    me: str = ""

    def is_mine(self, message: Shown) -> bool:
        """Tell whether the phone's owner wrote a message."""
        return not message.from_bot and self.me in {"", message.sender}


def page_of(messages: Sequence[Shown], view: View | None = None) -> str:
    """Return a whole HTML page, right to left; nothing in it comes from elsewhere."""
    seen = view or View()
    return _PAGE.format(
        style=stylesheet(),
        title=escape(seen.title),
        face=escape(seen.title[:1]),
        about=escape(seen.about),
        chat="\n".join([*_chat(messages, seen), *_notice(seen.notice)]),
        offers=_offers(seen.offered),
        field=_field(seen.typed),
        keyboard=_keyboard(messages),
    )


def _chat(messages: Sequence[Shown], view: View) -> Iterator[str]:
    day = None
    for message in messages:
        moment = datetime.fromtimestamp(message.date, ZoneInfo(view.zone))
        if moment.date() != day:
            day = moment.date()
            yield f"<div class=day>{escape(format_date(day, 'EEEE d MMMM', 'ar'))}</div>"
        yield _turn(message, view)


def _turn(message: Shown, view: View) -> str:
    keys = () if message.is_below else message.buttons
    side = "person" if view.is_mine(message) else "bot" if message.from_bot else "other"
    size = " plate" if message.kind == "photo" else " keyed" if keys else ""
    rows = "".join(_row(row, message, view) for row in keys)
    return f'<div class="turn {side}{size}"><div class=bubble>{_bubble(message, view)}</div>{rows}</div>'


def _bubble(message: Shown, view: View) -> str:
    parts = [
        f"<span class=name>{escape(message.sender)}</span>" if view.me and not view.is_mine(message) else "",
        f"<div class=origin>محوّلة من<b>{escape(message.forwarded_from)}</b></div>" if message.forwarded_from else "",
        f"<div class=via>عبر <bdi>@{escape(message.via)}</bdi></div>" if message.via else "",
        _attached(message, view),
        f"<div class=text>{marked_up(message)}</div>" if message.text else "",
        f"<div class=when>{_when(message, view)}</div>",
    ]
    return "".join(parts)


def _attached(message: Shown, view: View) -> str:
    if message.kind == "document" and message.attached:
        return _file(message.attached)
    if message.kind == "photo":
        return _picture(view.pictures.get(message.attached.file_id if message.attached else ""))
    return f"({_KINDS[message.kind]}) " if message.kind in _KINDS else ""


def _picture(content: bytes | None) -> str:
    if not content:
        return "<div class=missing></div>"
    return f'<img src="data:image/png;base64,{b64encode(content).decode()}" alt="">'


def _file(attached: Attached) -> str:
    ending = PurePosixPath(attached.name).suffix.removeprefix(".")[:4]
    name, size = escape(attached.name), f"{attached.size / 1024:.1f} كيلوبايت"
    return f"<div class=file><i>{escape(ending)}</i><div><b><bdi>{name}</bdi></b><small>{size}</small></div></div>"


def _when(message: Shown, view: View) -> str:
    """Return the time; that a bot's message was edited no client says."""
    moment = datetime.fromtimestamp(message.date, ZoneInfo(view.zone))
    if not view.is_mine(message):
        return f"{moment:%H:%M}"
    return f"{'معدّلة ' if message.edit_date else ''}{moment:%H:%M} <i>✓✓</i>"


def _row(row: Sequence[str], message: Shown, view: View) -> str:
    return f"<div class=row>{''.join(_button(label, message, view) for label in row)}</div>"


def _button(label: str, message: Shown, view: View) -> str:
    marks = {"leading": label in message.leading, "pressed": view.pressed == (message.message_id, label)}
    named = " ".join(mark for mark, is_so in marks.items() if is_so)
    shown = escape(f"\u200f{label}" if label in message.directed else label)
    return f'<span class="{named}">{shown}</span>' if named else f"<span>{shown}</span>"


def _notice(notice: Pressed | None) -> Iterator[str]:
    if notice and notice.text and notice.is_alert:
        yield f"<div class=alert>{escape(notice.text)}<em>حسنًا</em></div>"
    elif notice and notice.text:
        yield f"<div class=toast>{escape(notice.text)}</div>"


def _offers(offered: Sequence[Mapping[str, Any]]) -> str:
    if not offered:
        return ""
    shown = (
        f"<div><b>{escape(each['title'])}</b><small>{escape(each.get('description', ''))}</small></div>"
        for each in offered
    )
    return f"<div class=offers>{''.join(shown)}</div>\n"


def _field(typed: str) -> str:
    return f'<div class="field typed"><bdi>{escape(typed)}</bdi></div>' if typed else "<div class=field>رسالة</div>"


def _keyboard(messages: Sequence[Shown]) -> str:
    """Return the keyboard below the field: of the bot's last message, if it brought one."""
    last = next((message for message in reversed(messages) if message.from_bot), None)
    if last is None or not last.is_below:
        return ""
    return f"<div class=below>{''.join(_row(row, last, View()) for row in last.buttons)}</div>"
