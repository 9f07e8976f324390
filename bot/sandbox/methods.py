"""The Bot API's methods: what each takes, and what it does to the world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final

from bot.sandbox import entities, inline, keyboards, markup, pictures, polling, profile, rooms, webhook
from bot.sandbox.markup import Formatted
from bot.sandbox.parameters import Kind, boolean, chat, file, integer, json_array, json_object, string
from bot.sandbox.people import Chat, Kept
from bot.sandbox.refusals import RefusedError, bad_request
from bot.sandbox.world import World

_MAX_FILE_BYTES: Final = 20 * 1024 * 1024
_MAX_UPLOAD_BYTES: Final = 50 * 1024 * 1024
_MAX_CAPTION: Final = 1024
_MAX_ANSWER: Final = 200
_DELETABLE_SECONDS: Final = 48 * 3600
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    },
)
_PREVIEW: Final[dict[str, type]] = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method and the kinds of its parameters; `call` may return something to await."""

    call: Callable[[World, dict[str, Any]], Any]
    kinds: Mapping[str, Kind]


def named(name: str) -> Method | None:
    """Return a method by its name, in whatever case it is spelled, as Telegram does."""
    return METHODS.get(name.lower())


def _get_me(world: World, _given: dict[str, Any]) -> dict[str, Any]:
    can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
    return world.bot.api() | can | {"can_connect_to_business": False, "has_main_web_app": False}


def _send_message(world: World, given: dict[str, Any]) -> dict[str, Any]:
    formatted = _formatted(world, given)
    keyboard = keyboards.keyboard(given.get("reply_markup", {}))
    room = _room(world, given)
    extras = _thread(world, room, given) | _reply(world, room, given) | _preview(given)
    if given.get("protect_content"):
        extras["has_protected_content"] = True
    world.weigh(room)
    author = {"sender_chat": room.api()} if room.kind == "channel" else {"from": world.bot.api()}
    body = author | _text(formatted) | extras | _attached(keyboard)
    return world.keep(room, Kept(body, is_from_bot=True, keyboard=keyboard)).body


def _send_document(world: World, given: dict[str, Any]) -> dict[str, Any]:
    caption = _caption(world, given)
    keyboard = keyboards.keyboard(given.get("reply_markup", {}))
    room = _room(world, given)
    extras = _thread(world, room, given) | _reply(world, room, given)
    if given.get("protect_content"):
        extras["has_protected_content"] = True
    document = _document(world, _required(given, "document", "there is no document in the request"))
    world.weigh(room)
    author = {"sender_chat": room.api()} if room.kind == "channel" else {"from": world.bot.api()}
    body = author | {"document": document} | caption | extras | _attached(keyboard)
    return world.keep(room, Kept(body, is_from_bot=True, keyboard=keyboard)).body


def _send_photo(world: World, given: dict[str, Any]) -> dict[str, Any]:
    caption = _caption(world, given)
    keyboard = keyboards.keyboard(given.get("reply_markup", {}))
    room = _room(world, given)
    extras = _thread(world, room, given) | _reply(world, room, given)
    for flag, field in _PHOTO_FLAGS.items():
        if given.get(flag):
            extras[field] = True
    photo = pictures.photo(world, _required(given, "photo", "there is no photo in the request"))
    world.weigh(room)
    author = {"sender_chat": room.api()} if room.kind == "channel" else {"from": world.bot.api()}
    body = author | {"photo": photo} | caption | extras | _attached(keyboard)
    return world.keep(room, Kept(body, is_from_bot=True, keyboard=keyboard)).body


_PHOTO_FLAGS: Final = {
    "protect_content": "has_protected_content",
    "has_spoiler": "has_media_spoiler",
    "show_caption_above_media": "show_caption_above_media",
}


def _document(world: World, sent: tuple[str, str, bytes] | str) -> dict[str, Any]:
    """Keep a file that was uploaded, or find one by its identifier; nothing is fetched from an address."""
    if isinstance(sent, str):
        stored = world.files.get(sent)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored.api()
    name, kind, content = sent
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > _MAX_UPLOAD_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    stored = world.store("documents", PurePosixPath(name).suffix, content)
    return stored.api() | {"file_name": name, "mime_type": kind}


def _caption(world: World, given: dict[str, Any]) -> dict[str, Any]:
    if not given.get("caption"):
        return {}
    written = {"text": given["caption"], "entities": given.get("caption_entities", [])}
    formatted = _formatted(world, written | {"parse_mode": given.get("parse_mode", "")})
    if entities.units(formatted.text) > _MAX_CAPTION:
        raise bad_request("message caption is too long")
    marked = {"caption_entities": list(formatted.entities)} if formatted.entities else {}
    return {"caption": formatted.text} | marked


def _edit_message_text(world: World, given: dict[str, Any]) -> dict[str, Any]:
    formatted = _formatted(world, given)
    kept = _editable(world, given)
    if "text" not in kept.body:
        raise bad_request("there is no text in the message to edit")
    keyboard = _inline(given)
    left_out = {"text", "entities", "link_preview_options", "reply_markup"}
    rest = {name: value for name, value in kept.body.items() if name not in left_out}
    return _edited(world, kept, rest | _text(formatted) | _preview(given), keyboard)


def _edit_message_reply_markup(world: World, given: dict[str, Any]) -> dict[str, Any]:
    kept = _editable(world, given)
    rest = {name: value for name, value in kept.body.items() if name != "reply_markup"}
    return _edited(world, kept, rest, _inline(given))


def _delete_message(world: World, given: dict[str, Any]) -> bool:
    room = _room(world, given)
    kept = world.find(room.id, _required(given, "message_id", "message identifier is not specified"))
    if kept is None:
        raise bad_request("message to delete not found")
    if world.now() - kept.body["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(room.id, kept.body["message_id"])
    return True


def _answer_callback_query(world: World, given: dict[str, Any]) -> bool:
    if len(given.get("text", "")) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = _required(given, "callback_query_id", "query is too old and response timeout expired")
    world.answer(query_id, {name: value for name, value in given.items() if name != "callback_query_id"})
    return True


def _answer_inline_query(world: World, given: dict[str, Any]) -> bool:
    return inline.answer(world, given, lambda content: _text(_formatted(world, content)) | _preview(content))


def _send_chat_action(world: World, given: dict[str, Any]) -> bool:
    if given.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    _thread(world, _room(world, given), given)
    return True


def _get_file(world: World, given: dict[str, Any]) -> dict[str, Any]:
    stored = world.files.get(_required(given, "file_id", "file_id not specified"))
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > _MAX_FILE_BYTES:
        raise bad_request("file is too big")
    return stored.api() | {"file_path": stored.path}


def _get_chat(world: World, given: dict[str, Any]) -> dict[str, Any]:
    room = _room(world, given)
    gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False)
    accepted = gifts | {"gifts_from_channels": False}
    return room.api() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}


def _required(given: dict[str, Any], name: str, refusal: str) -> Any:
    value = given.get(name)
    if value is None or value == "":
        raise bad_request(refusal)
    return value


def _formatted(world: World, given: dict[str, Any]) -> Formatted:
    text = _required(given, "text", "message text is empty")
    mode = given.get("parse_mode", "").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    plain = Formatted(text, tuple(entities.checked(given.get("entities", []), text)))
    formatted = markup.settled(markup.parsed(text) if mode else plain)
    known = (_with_user(world, entity) for entity in formatted.entities)
    return replace(formatted, entities=tuple(entity for entity in known if entity))


def _with_user(world: World, entity: dict[str, Any]) -> dict[str, Any] | None:
    """Return an entity with its user whole; Telegram drops the mention of someone the bot never met."""
    if entity["type"] != "text_mention":
        return entity
    user = world.users.get(entity.get("user", {}).get("id"))
    return entity | {"user": user.api()} if user else None


def _text(formatted: Formatted) -> dict[str, Any]:
    return {"text": formatted.text} | ({"entities": list(formatted.entities)} if formatted.entities else {})


def _room(world: World, given: dict[str, Any]) -> Chat:
    """Return the chat that a request names, if the bot is there."""
    room = world.chat(_required(given, "chat_id", "chat_id is empty"))
    rooms.refuse_outsider(world, room)
    return room


def _thread(world: World, room: Chat, given: dict[str, Any]) -> dict[str, Any]:
    """Return the topic in which a message will stand; refuse one that takes none."""
    thread = given.get("message_thread_id")
    rooms.refuse_closed(world, room, thread or 0)
    if not thread:
        return {}
    if thread not in room.threads:
        raise bad_request("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(world: World, room: Chat, given: dict[str, Any]) -> dict[str, Any]:
    wanted = given.get("reply_parameters", {})
    if not wanted:
        return {}
    where = world.chat(chat("chat_id", wanted.get("chat_id", room.id)))
    target = world.find(where.id, integer("message_id", wanted.get("message_id", "")))
    if target is None and not boolean("allow_sending_without_reply", wanted.get("allow_sending_without_reply", False)):
        raise bad_request("message to be replied not found")
    if target is None or where.id != room.id:
        return {}
    return {"reply_to_message": {name: value for name, value in target.body.items() if name != "reply_to_message"}}


def _preview(given: dict[str, Any]) -> dict[str, Any]:
    options = given.get("link_preview_options")
    for name, value in (options or {}).items():
        if name not in _PREVIEW or not isinstance(value, _PREVIEW[name]):
            raise bad_request(f'can\'t parse link preview options: wrong field "{name}"')
    return {"link_preview_options": options} if options else {}


def _attached(keyboard: dict[str, Any] | None) -> dict[str, Any]:
    """Return what a message's body carries of its keyboard: the Bot API shows inline ones only."""
    return {"reply_markup": keyboard} if keyboard and "inline_keyboard" in keyboard else {}


def _inline(given: dict[str, Any]) -> dict[str, Any] | None:
    markup_given = given.get("reply_markup")
    return keyboards.inline_keyboard(markup_given) if markup_given else None


def _editable(world: World, given: dict[str, Any]) -> Kept:
    room = _room(world, given)
    kept = world.find(room.id, _required(given, "message_id", "message identifier is not specified"))
    if kept is None:
        raise bad_request("message to edit not found")
    if not kept.is_from_bot or (kept.keyboard and "inline_keyboard" not in kept.keyboard):
        raise bad_request("message can't be edited")
    return kept


def _edited(world: World, kept: Kept, body: dict[str, Any], keyboard: dict[str, Any] | None) -> dict[str, Any]:
    compared = ("text", "entities", "link_preview_options")
    if keyboard == kept.keyboard and all(body.get(name) == kept.body.get(name) for name in compared):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    edited = body | {"edit_date": world.now()} | _attached(keyboard)
    return world.put(replace(kept, body=edited, keyboard=keyboard)).body


_EDITED: Final = {"chat_id": chat, "message_id": integer, "reply_markup": json_object}
_WRITTEN: Final = {
    "chat_id": chat,
    "text": string,
    "parse_mode": string,
    "entities": json_array,
    "link_preview_options": json_object,
    "reply_markup": json_object,
}
_SENT: Final = {
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "allow_paid_broadcast": boolean,
    "message_effect_id": string,
    "reply_parameters": json_object,
}
_CAPTIONED: Final = {
    "chat_id": chat,
    "caption": string,
    "parse_mode": string,
    "caption_entities": json_array,
    "reply_markup": json_object,
}
_FILED: Final = _CAPTIONED | {"document": file, "thumbnail": file, "disable_content_type_detection": boolean}
_PICTURED: Final = _CAPTIONED | {"photo": file, "has_spoiler": boolean, "show_caption_above_media": boolean}
_WEBHOOK: Final = {
    "url": string,
    "ip_address": string,
    "max_connections": integer,
    "allowed_updates": json_array,
    "drop_pending_updates": boolean,
    "secret_token": string,
}
_POLLED: Final = {"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": json_array}
_SCOPED: Final = {"scope": json_object, "language_code": string}
_ANSWERED: Final = {
    "callback_query_id": string,
    "text": string,
    "show_alert": boolean,
    "url": string,
    "cache_time": integer,
}
_OFFERED: Final = {
    "inline_query_id": string,
    "results": json_array,
    "cache_time": integer,
    "is_personal": boolean,
    "next_offset": string,
    "button": json_object,
}
_SPOKEN: Final = {"language_code": string}

METHODS: Final = {
    name.lower(): Method(call, kinds)
    for name, call, kinds in (
        ("getMe", _get_me, {}),
        ("getUpdates", polling.get_updates, _POLLED),
        ("setWebhook", webhook.set_webhook, _WEBHOOK),
        ("deleteWebhook", webhook.delete_webhook, {"drop_pending_updates": boolean}),
        ("getWebhookInfo", webhook.get_webhook_info, {}),
        ("sendMessage", _send_message, _WRITTEN | _SENT),
        ("sendDocument", _send_document, _FILED | _SENT),
        ("sendPhoto", _send_photo, _PICTURED | _SENT),
        ("editMessageText", _edit_message_text, _WRITTEN | _EDITED),
        ("editMessageReplyMarkup", _edit_message_reply_markup, _EDITED),
        ("deleteMessage", _delete_message, {"chat_id": chat, "message_id": integer}),
        ("answerCallbackQuery", _answer_callback_query, _ANSWERED),
        ("answerInlineQuery", _answer_inline_query, _OFFERED),
        ("sendChatAction", _send_chat_action, {"chat_id": chat, "action": string, "message_thread_id": integer}),
        ("getFile", _get_file, {"file_id": string}),
        ("getChat", _get_chat, {"chat_id": chat}),
        ("getChatMember", rooms.get_chat_member, {"chat_id": chat, "user_id": integer}),
        ("getChatAdministrators", rooms.get_chat_administrators, {"chat_id": chat}),
        ("setMyCommands", profile.set_my_commands, _SCOPED | {"commands": json_array}),
        ("getMyCommands", profile.get_my_commands, _SCOPED),
        ("deleteMyCommands", profile.delete_my_commands, _SCOPED),
        ("setMyName", profile.writer("name", 64), _SPOKEN | {"name": string}),
        ("getMyName", profile.reader("name"), _SPOKEN),
        ("setMyDescription", profile.writer("description", 512), _SPOKEN | {"description": string}),
        ("getMyDescription", profile.reader("description"), _SPOKEN),
        ("setMyShortDescription", profile.writer("short_description", 120), _SPOKEN | {"short_description": string}),
        ("getMyShortDescription", profile.reader("short_description"), _SPOKEN),
    )
}
