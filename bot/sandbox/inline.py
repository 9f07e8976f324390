"""Inline mode: what somebody types behind the bot's name in any chat, and what the bot offers them to send."""

import re
from collections.abc import Callable
from typing import Any, Final

from bot.sandbox import keyboards
from bot.sandbox.refusals import RefusedError, bad_request
from bot.sandbox.world import World

MAX_QUERY: Final = 256
_MAX_RESULTS: Final = 50
_MAX_ID_BYTES: Final = 64
_MAX_OFFSET_BYTES: Final = 64
_MAX_CACHE: Final = 24 * 3600
_DEFAULT_CACHE: Final = 300
_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_ARTICLE: Final[dict[str, type]] = {
    "type": str,
    "id": str,
    "title": str,
    "input_message_content": dict,
    "reply_markup": dict,
    "url": str,
    "description": str,
    "thumbnail_url": str,
    "thumbnail_width": int,
    "thumbnail_height": int,
}
_CONTENT: Final[dict[str, type]] = {
    "message_text": str,
    "parse_mode": str,
    "entities": list,
    "link_preview_options": dict,
}
_NEEDED: Final = ("type", "id", "title", "input_message_content")
_RESULT: Final = "inline query result"

Written = Callable[[dict[str, Any]], dict[str, Any]]  # a text and its formatting, as a message's body has them


def answer(world: World, given: dict[str, Any], written: Written) -> bool:
    """Give what is typed its one answer; each result is kept with the message that it would become."""
    results = given.get("results")
    if results is None:
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > _MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_result(result, written) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    offset = given.get("next_offset", "")
    if len(offset.encode()) > _MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    cache = min(max(given.get("cache_time", _DEFAULT_CACHE), 0), _MAX_CACHE)
    shown = {"results": checked, "next_offset": offset, "cache_time": cache, "button": _button(given.get("button"))}
    world.offer(given.get("inline_query_id", ""), shown | {"is_personal": given.get("is_personal", False)})
    return True


def _result(result: Any, written: Written) -> dict[str, Any]:
    fields = _object(result, _RESULT, _ARTICLE)
    for name in _NEEDED:
        if name not in fields:
            raise _unreadable(_RESULT, f'Can\'t find field "{name}"')
    if fields["type"] != "article":
        raise bad_request("the sandbox knows only articles as inline query results")
    if not 1 <= len(fields["id"].encode()) <= _MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not fields["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    keyboard = keyboards.inline_keyboard(fields["reply_markup"]) if "reply_markup" in fields else None
    message = _message(fields["input_message_content"], written)
    return fields | {"message": message | ({"reply_markup": keyboard} if keyboard else {})}


def _message(content: Any, written: Written) -> dict[str, Any]:
    fields = _object(content, "input message content", _CONTENT)
    if not fields.get("message_text", "").strip():
        raise bad_request("message text is empty")
    return written({"text" if name == "message_text" else name: value for name, value in fields.items()})


def _button(button: dict[str, Any] | None) -> dict[str, Any] | None:
    if button is None:
        return None
    fields = _object(button, "inline query results button", {"text": str, "start_parameter": str, "web_app": dict})
    if not fields.get("text", "").strip():
        raise _unreadable("inline query results button", 'Field "text" must be non-empty')
    if len(fields) != 2:  # noqa: PLR2004  # the text and one of the others
        raise _unreadable("inline query results button", "exactly one of the optional fields must be used")
    if not _START.fullmatch(fields.get("start_parameter", "web_app")):
        raise bad_request("START_PARAM_INVALID")
    return fields


def _object(value: Any, kind: str, known: dict[str, type]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unreadable(kind, "expected an Object")
    for name, field in value.items():
        if name not in known:
            raise _unreadable(kind, f'unknown field "{name}"')
        if not isinstance(field, known[name]) or isinstance(field, bool):
            raise _unreadable(kind, f'field "{name}" is of another type')
    return value


def _unreadable(kind: str, problem: str) -> RefusedError:
    return bad_request(f"can't parse {kind}: {problem}")
