"""Where a forwarded message came from: the four kinds of MessageOrigin, with what a caller left out filled in."""

from typing import Any, Final

from bot.sandbox.parameters import Kind, converted, integer, json_object, string
from bot.sandbox.people import Chat, User
from bot.sandbox.refusals import bad_request

_STRANGER: Final = 700_000_001
_GROUP: Final = -100_700_000_002
_CHANNEL: Final = -100_700_000_003
_KINDS: Final[dict[str, Kind]] = {
    "type": string,
    "date": integer,
    "id": integer,
    "name": string,
    "username": string,
    "title": string,
    "message_id": integer,
    "author_signature": string,
    "sender_user": json_object,
    "sender_user_name": string,
    "sender_chat": json_object,
    "chat": json_object,
}


def origin(raw: dict[str, Any], now: int) -> dict[str, Any]:
    """Return a MessageOrigin; besides Telegram's own fields `name`, `title`, `username` and `id` will do."""
    given = converted(raw, _KINDS)
    build = _BUILDERS.get(given.get("type", ""))
    if build is None:
        raise bad_request(f"an origin has a type: {', '.join(_BUILDERS)}")
    return {"type": given["type"], "date": given.get("date", now)} | build(given)


def _user(given: dict[str, Any]) -> dict[str, Any]:
    user = User(given.get("id", _STRANGER), given.get("name", "مُرسِل"), given.get("username"))
    return {"sender_user": _identified(user.api() | given.get("sender_user", {}))}


def _hidden_user(given: dict[str, Any]) -> dict[str, Any]:
    return {"sender_user_name": given.get("sender_user_name") or given.get("name", "مُرسِل مخفي")}


def _chat(given: dict[str, Any]) -> dict[str, Any]:
    room = Chat(given.get("id", _GROUP), "supergroup", given.get("title", "مجموعة"), given.get("username"))
    return {"sender_chat": _identified(room.api() | given.get("sender_chat", {}))} | _signature(given)


def _channel(given: dict[str, Any]) -> dict[str, Any]:
    room = Chat(given.get("id", _CHANNEL), "channel", given.get("title", "قناة"), given.get("username"))
    place = {"chat": _identified(room.api() | given.get("chat", {})), "message_id": given.get("message_id", 1)}
    return place | _signature(given)


def _signature(given: dict[str, Any]) -> dict[str, Any]:
    return {"author_signature": given["author_signature"]} if "author_signature" in given else {}


def _identified(someone: dict[str, Any]) -> dict[str, Any]:
    """Refuse a user or chat whose own fields were overwritten with something else."""
    kinds = {"id": int, "is_bot": bool, "first_name": str, "type": str, "title": str, "username": str}
    for name, kind in kinds.items():
        if name in someone and not isinstance(someone[name], kind):
            raise bad_request(f'field "{name}" of the origin is mistyped')
    return someone


_BUILDERS: Final = {"user": _user, "hidden_user": _hidden_user, "chat": _chat, "channel": _channel}
