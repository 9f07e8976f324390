"""Keyboards under messages, checked against Telegram's limits."""

from typing import Any, Final

from bot.sandbox import links
from bot.sandbox.refusals import RefusedError, bad_request

_MAX_BUTTONS: Final = 100
_MAX_CALLBACK_BYTES: Final = 64
_MAX_COPIED: Final = 256
_MAX_PLACEHOLDER: Final = 64
_ACTIONS: Final = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    },
)
_DRESS: Final = frozenset({"text", "style", "icon_custom_emoji_id"})


def inline_keyboard(markup: dict[str, Any]) -> dict[str, Any] | None:
    """Return the keyboard that stays with a message, or None for an empty one; refuse every other kind."""
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    rows = [[_inline_button(button) for button in row] for row in _rows(markup, "inline_keyboard") if row]
    return {"inline_keyboard": rows} if rows else None


def keyboard(markup: dict[str, Any]) -> dict[str, Any] | None:
    """Return any of the four kinds of reply markup, checked."""
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    if "keyboard" in markup:
        return markup | {"keyboard": [[_reply_button(button) for button in row] for row in _rows(markup, "keyboard")]}
    if markup.get("remove_keyboard") is True or markup.get("force_reply") is True:
        return _with_placeholder(markup)
    if markup:
        raise bad_request("can't parse reply keyboard markup JSON object")
    return None


def _rows(markup: dict[str, Any], name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    if sum(map(len, rows)) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    _with_placeholder(markup)
    return rows


def _with_placeholder(markup: dict[str, Any]) -> dict[str, Any]:
    placeholder = markup.get("input_field_placeholder", "-")
    if not isinstance(placeholder, str) or not 1 <= len(placeholder) <= _MAX_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return markup


def _inline_button(button: Any) -> dict[str, Any]:
    kind = "inline keyboard button"
    if not isinstance(button, dict):
        raise _unreadable(kind, "expected an Object")
    text = _text(button, kind)
    actions = sorted(button.keys() & _ACTIONS)
    if unknown := sorted(button.keys() - _ACTIONS - _DRESS):
        raise _unreadable(kind, f'unknown field "{unknown[0]}"')
    if not actions:
        raise _unreadable(kind, "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unreadable(kind, "exactly one action must be specified")
    if not text:
        raise bad_request("BUTTON_TEXT_INVALID")
    return button | _action(actions[0], button[actions[0]])


def _action(name: str, value: Any) -> dict[str, Any]:
    match name:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= _MAX_CALLBACK_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return {"url": _url(value)}
        case "copy_text":
            copied = value.get("text") if isinstance(value, dict) else None
            if not isinstance(copied, str) or not 1 <= len(copied) <= _MAX_COPIED:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {name: value}


def _url(value: Any) -> str:
    url = links.accepted(value) if isinstance(value, str) else None
    if url is None or url.startswith(("mailto:", "tel:")):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return url


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unreadable("keyboard button", "expected an Object")
    if not _text(button, "keyboard button"):
        raise bad_request("keyboard button text must be non-empty")
    return button


def _text(button: dict[str, Any], kind: str) -> str:
    if "text" not in button:
        raise _unreadable(kind, 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _unreadable(kind, 'Field "text" must be of type String')
    return button["text"].strip()


def _unreadable(kind: str, problem: str) -> RefusedError:
    return bad_request(f"can't parse {kind}: {problem}")
