"""What readers do: write, forward, send files, press, edit, block, and look at their chat."""

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any, Final

from bot.sandbox import entities, rooms
from bot.sandbox.inline import MAX_QUERY
from bot.sandbox.markup import MAX_TEXT_UNITS
from bot.sandbox.origins import origin
from bot.sandbox.parameters import Kind, boolean, converted, integer, json_array, json_object, number, seconds, string
from bot.sandbox.people import Chat, Kept, User
from bot.sandbox.pieces import Piece, pieces
from bot.sandbox.refusals import bad_request
from bot.sandbox.world import World

Content = dict[str, Any]

_MAX_USER_ID: Final = 2**52
_MAX_CAPTION: Final = 1024
_MAX_CALLBACK_BYTES: Final = 64
_START: Final = re.compile(r"/start(?:@\w+)?(?:\s|$)")
_CHAT_TYPES: Final = frozenset({"group", "supergroup", "channel"})
_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
)
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")

_WHO: Final[dict[str, Kind]] = {"first_name": string, "username": string, "language_code": string}
_WHERE: Final = _WHO | {"chat_id": integer, "message_thread_id": integer}
_SAID: Final = _WHERE | {
    "text": string,
    "entities": json_array,
    "forward_origin": json_object,
    "origin": json_object,
    "reply_to": integer,
    "quote": string,
    "split": boolean,
    "anonymous": boolean,
}
_SENT: Final = _WHERE | {"caption": string, "forward_origin": json_object, "reply_to": integer}
_FILED: Final = _SENT | {
    "name": string,
    "mime_type": string,
    "content_base64": string,
    "size": integer,
    "media_group_id": string,
}
_PRESSED: Final = _WHERE | {
    "message_id": integer,
    "data": string,
    "row": integer,
    "column": integer,
    "text": string,
    "inaccessible": boolean,
    "expired": boolean,
    "wait": seconds,
}
_TYPED: Final = _WHO | {"query": string, "offset": string, "wait": seconds}
_SHARED: Final = _WHERE | {"query_id": string, "result_id": string}
_CHANGED: Final = _WHERE | {"message_id": integer, "text": string, "entities": json_array}
_ALBUM: Final = _WHERE | {"captions": json_array, "forward_origin": json_object, "reply_to": integer}
_ALBUM_SIZES: Final = range(2, 11)
_STANDING: Final = _WHERE | {"status": string}
_STANDINGS: Final = frozenset({"administrator", "member", "left", "kicked"})
_LOOKED: Final[dict[str, Kind]] = {"after": integer, "wait": seconds, "revision": integer, "chat_id": integer}
_FOUNDED: Final[dict[str, Kind]] = {
    "id": integer,
    "type": string,
    "title": string,
    "username": string,
    "threads": json_array,
}


def say(world: World, user_id: int, raw: Content) -> Content:
    """Write a text, in one message or split into several."""
    given = converted(raw, _SAID)
    text = given.get("text", "")
    marked = entities.checked(given.get("entities", []), text)
    if not text.strip():
        raise bad_request("message text is empty")
    if entities.units(text) > MAX_TEXT_UNITS and not given.get("split"):
        raise bad_request("message is too long")
    about = _about(world, given)
    user, room = _place(world, user_id, given)
    about |= _reply(world, room, given)
    if given.get("anonymous"):
        user, about = rooms.ANONYMOUS, about | {"sender_chat": room.api()}
    parts = pieces(text, marked)
    return _heard([world.hear(room, user, _written(part) | about) for part in parts])


def forward(world: World, user_id: int, raw: Content) -> Content:
    """Forward a text that somebody else wrote."""
    if "origin" not in raw:
        raise bad_request("a forward has an origin")
    return say(world, user_id, raw)


def send_sticker(world: World, user_id: int, raw: Content) -> Content:
    """Send a sticker."""
    given = converted(raw, _SENT | {"emoji": string})
    stored = world.store("stickers", ".webp", _PIXEL)
    still = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
    return _sent(world, user_id, given, {"sticker": stored.api() | still | {"emoji": given.get("emoji", "👍")}})


def send_voice(world: World, user_id: int, raw: Content) -> Content:
    """Send a voice message."""
    given = converted(raw, _SENT | {"duration": integer})
    stored = world.store("voice", ".oga", b"OggS" + bytes(60))
    voice = stored.api() | {"duration": given.get("duration", 3), "mime_type": "audio/ogg"}
    return _sent(world, user_id, given, {"voice": voice})


def send_photo(world: World, user_id: int, raw: Content) -> Content:
    """Send a photo."""
    return _sent(world, user_id, converted(raw, _SENT), _photo(world))


def send_album(world: World, user_id: int, raw: Content) -> Content:
    """Send photos as an album, each with its caption or an empty one; every photo is a message of its own."""
    given = converted(raw, _ALBUM)
    captions = given.pop("captions", [])
    if len(captions) not in _ALBUM_SIZES or not all(isinstance(caption, str) for caption in captions):
        raise bad_request("an album has 2 to 10 captions, each a text that may be empty")
    album = {"media_group_id": str(world.next_album())}
    sent = [_sent(world, user_id, given | {"caption": caption}, _photo(world) | album) for caption in captions]
    return {"messages": [message for each in sent for message in each["messages"]]}


def send_location(world: World, user_id: int, raw: Content) -> Content:
    """Share a place, in degrees."""
    given = converted(raw, _SENT | {"latitude": number, "longitude": number})
    place = {"latitude": given.get("latitude", 0.0), "longitude": given.get("longitude", 0.0)}
    if not (abs(place["latitude"]) <= _MOST_LATITUDE and abs(place["longitude"]) <= _MOST_LONGITUDE):
        raise bad_request("a place on Earth has a latitude and a longitude")
    return _sent(world, user_id, given, {"location": place})


_MOST_LATITUDE, _MOST_LONGITUDE = 90, 180


def send_document(world: World, user_id: int, raw: Content) -> Content:
    """Send a file, from base64 or from a multipart form; files of one `media_group_id` are sent together.

    `size` claims more than there is, to try the 20 MB rule.
    """
    form = next((value for value in raw.values() if isinstance(value, tuple)), None)
    given = converted({name: value for name, value in raw.items() if not isinstance(value, tuple)}, _FILED)
    sent_name, sent_type, content = form or ("file", "application/octet-stream", _decoded(given))
    name = str(given.get("name", sent_name))
    extension = _EXTENSION.search(name)
    stored = world.store("documents", extension[0] if extension else "", content, given.get("size"))
    document = stored.api() | {"file_name": name, "mime_type": given.get("mime_type", sent_type)}
    together = {"media_group_id": given["media_group_id"]} if "media_group_id" in given else {}
    return _sent(world, user_id, given, {"document": document} | together)


async def press(world: World, user_id: int, raw: Content) -> Content:
    """Press a button: the bot's answer if it comes in time, the link of a link, the message a reply button says.

    `inaccessible` and `expired` are what a press is that comes late (see World.press).
    """
    given = converted(raw, _PRESSED)
    user, room = _place(world, user_id, given)
    kept = world.find(room.id, given.get("message_id", 0))
    if kept is None or not kept.is_from_bot:
        raise bad_request("there is no such message of the bot")
    button = _button(kept, given)
    if "data" not in given and "callback_data" not in button:
        return _pressed_aside(world, user, room, button)
    payload = str(given.get("data", button.get("callback_data")))
    if not 1 <= len(payload.encode()) <= _MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    late = {"is_inaccessible": given.get("inaccessible", False), "is_expired": given.get("expired", False)}
    query_id = world.press(user, kept, payload, **late)
    wait = 0.0 if late["is_expired"] else given.get("wait", 5.0)
    await world.bell.until(lambda: world.answers[query_id] is not None, wait)
    return {"query_id": query_id, "answer": world.answers[query_id]}


async def type_inline(world: World, user_id: int, raw: Content) -> Content:
    """Type something behind the bot's name, in whatever chat: what the bot offers, if it answers in time."""
    given = converted(raw, _TYPED)
    user = _user(world, user_id, given)
    typed = given.get("query", "")[:MAX_QUERY]
    query_id = world.type_inline(user, typed, given.get("offset", ""))
    await world.bell.until(lambda: world.offers[query_id] is not None, given.get("wait", 5.0))
    return {"query_id": query_id, "answer": world.offers[query_id]}


def share(world: World, user_id: int, raw: Content) -> Content:
    """Send one of the results that were offered, in the chat with the bot or in a group."""
    given = converted(raw, _SHARED)
    offered = world.offers.get(given.get("query_id", "")) or {"results": []}
    chosen = next((result for result in offered["results"] if result["id"] == given.get("result_id")), None)
    if chosen is None:
        raise bad_request("there is no such result")
    user, room = _place(world, user_id, given)
    return _heard([world.hear(room, user, chosen["message"] | {"via_bot": world.bot.api()})])


def edit(world: World, user_id: int, raw: Content) -> Content:
    """Change a text the user wrote."""
    given = converted(raw, _CHANGED)
    user, room = _place(world, user_id, given)
    kept = world.find(room.id, given.get("message_id", 0))
    if kept is None or not _is_theirs(kept, room, user) or not kept.body.keys() & {"text", "photo", "document"}:
        raise bad_request("there is no such message of the user")
    is_text = "text" in kept.body
    name, marks, most = ("text", "entities", MAX_TEXT_UNITS) if is_text else _CAPTIONED
    text = given.get("text", "").strip()
    if (is_text and not text) or entities.units(text) > most:
        raise bad_request("message text is empty or too long")
    marked = _marked(text, tuple(entities.checked(given.get("entities", []), text)))
    rest = {field: value for field, value in kept.body.items() if field not in {name, marks}}
    said = ({name: text} if text else {}) | ({marks: marked} if marked else {})
    edited = Kept(rest | said | {"edit_date": world.now()}, is_from_bot=False)
    world.put(edited)
    world.queue("edited_channel_post" if room.kind == "channel" else "edited_message", edited.body)
    return _heard([edited])


_CAPTIONED: Final = ("caption", "caption_entities", _MAX_CAPTION)


def _is_theirs(kept: Kept, room: Chat, user: User) -> bool:
    """Tell if a user may edit a message: their own, or a channel's, where whoever writes is an administrator."""
    return room.kind == "channel" or kept.body.get("from", {}).get("id") == user.id


def delete(world: World, user_id: int, raw: Content) -> Content:
    """Take a message out of the chat for both sides, as people may; the bot is not told."""
    given = converted(raw, _WHERE | {"message_id": integer})
    _, room = _place(world, user_id, given)
    if world.find(room.id, given.get("message_id", 0)) is None:
        raise bad_request("there is no such message")
    world.remove(room.id, given["message_id"])
    return {}


def appoint(world: World, user_id: int, raw: Content) -> Content:
    """Change what the bot is in a group or a channel: administrator, member, left or kicked."""
    given = converted(raw, _STANDING)
    user, room = _place(world, user_id, given)
    if room.kind == "private" or given.get("status") not in _STANDINGS:
        raise bad_request(f"in a group or channel the bot is one of: {', '.join(sorted(_STANDINGS))}")
    world.appoint(room, user, given["status"])
    return {}


def rank(world: World, user_id: int, raw: Content) -> Content:
    """Become something in a group or a channel: creator, administrator, member, left or kicked."""
    given = converted(raw, _WHERE | rooms.RANKED)
    user, room = _place(world, user_id, given)
    rooms.rank(world, user, room, given.get("status", ""))
    return {}


def change_topic(world: World, user_id: int, raw: Content) -> Content:
    """Close, open again or delete a topic of a forum; no thread names the general one."""
    given = converted(raw, _WHERE | rooms.CLOSED)
    user, room = _place(world, user_id, given)
    rooms.change_topic(world, user, room, given.get("message_thread_id", 0), given.get("state", ""))
    return {}


def migrate(world: World, user_id: int, raw: Content) -> Content:
    """Make a group a supergroup."""
    given = converted(raw, _WHERE | rooms.MIGRATED)
    user, room = _place(world, user_id, given)
    rooms.migrate(world, user, room, given.get("to", 0))
    return {}


def block(world: World, user_id: int, raw: Content) -> Content:
    """Block the bot."""
    world.block(_user(world, user_id, converted(raw, _WHO)))
    return {}


def unblock(world: World, user_id: int, raw: Content) -> Content:
    """Take the bot back."""
    world.unblock(_user(world, user_id, converted(raw, _WHO)))
    return {}


async def look(world: World, user_id: int, raw: Content) -> Content:
    """Return the chat's messages after an id, waiting for one to come, or for any change since a revision."""
    given = converted(raw, _LOOKED)
    chat_id = given.get("chat_id", _checked_id(user_id))
    after, known = given.get("after", 0), given.get("revision")

    def later() -> list[Content]:
        return [kept.shown() for number, kept in world.messages.get(chat_id, {}).items() if number > after]

    def is_news() -> bool:
        return bool(later()) if known is None else world.revisions.get(chat_id, 0) > known

    await world.bell.until(is_news, given.get("wait", 0.0))
    return {"messages": later(), "revision": world.revisions.get(chat_id, 0)}


def found(world: World, raw: Content) -> Content:
    """Make a group or a channel, the bot being in it."""
    given = converted(raw, _FOUNDED)
    chat_id, kind, threads = given.get("id", 0), given.get("type"), given.get("threads", [])
    if chat_id >= 0 or kind not in _CHAT_TYPES or not all(isinstance(thread, int) for thread in threads):
        raise bad_request("a chat has a negative id, a type (group, supergroup, channel), and threads that are numbers")
    room = Chat(chat_id, kind, given.get("title", "مجموعة"), given.get("username"), frozenset(threads))
    world.chats[room.id] = room
    return room.api()


def _place(world: World, user_id: int, given: Content) -> tuple[User, Chat]:
    """Return who writes and where; who blocked the bot can only start it again."""
    user = _user(world, user_id, given)
    chat_id = given.get("chat_id", user.id)
    if chat_id != user.id:
        if chat_id not in world.chats or chat_id > 0:
            raise bad_request("chat not found")
        room = world.chats[chat_id]
        if (thread := given.get("message_thread_id")) and thread not in room.threads:
            raise bad_request("message thread not found")
        return user, room
    if user.id in world.blocked:
        if not _START.match(given.get("text", "")):
            raise bad_request("the user blocked the bot: unblock it or send /start")
        world.unblock(user)
    return user, world.open_private(user)


def _user(world: World, user_id: int, given: Content) -> User:
    named = (given.get("first_name", ""), given.get("username"), given.get("language_code"))
    return world.meet(User(_checked_id(user_id), *named))


def _checked_id(user_id: int) -> int:
    if not 0 < user_id < _MAX_USER_ID:
        raise bad_request("a user's id is a positive number")
    return user_id


def _about(world: World, given: Content) -> Content:
    """Return what a message says besides its content: where it was forwarded from, in which topic it stands."""
    raw = given.get("forward_origin", given.get("origin"))
    about: Content = {"forward_origin": origin(raw, world.now())} if raw is not None else {}
    if thread := given.get("message_thread_id"):
        about |= {"message_thread_id": thread, "is_topic_message": True}
    return about


def _reply(world: World, room: Chat, given: Content) -> Content:
    if "reply_to" not in given:
        return {}
    target = world.find(room.id, given["reply_to"])
    if target is None:
        raise bad_request("message to be replied not found")
    reply: Content = {
        "reply_to_message": {name: value for name, value in target.body.items() if name != "reply_to_message"}
    }
    if room.kind == "supergroup" and not room.threads:  # a thread of replies has a number too, and is no topic
        reply |= {"message_thread_id": target.body.get("message_thread_id", target.body["message_id"])}
    return reply | ({"quote": _quote(given["quote"], target)} if "quote" in given else {})


def _quote(text: str, target: Kept) -> Content:
    """Return a TextQuote: a part of the message that is replied to, chosen by hand."""
    said = target.body.get("text", target.body.get("caption", ""))
    if not text or text not in said:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": text, "position": entities.units(said[: said.index(text)]), "is_manual": True}


def _written(piece: Piece) -> Content:
    marked = _marked(piece.text, piece.entities)
    return {"text": piece.text} | ({"entities": marked} if marked else {})


def _marked(text: str, given: tuple[Content, ...] = ()) -> list[Content]:
    seen = [one for one in entities.found(text) if not any(entities.overlap(one, other) for other in given)]
    return sorted([*given, *seen], key=lambda entity: (entity["offset"], -entity["length"]))


def _photo(world: World) -> Content:
    """Return a photo in the two sizes every photo has at least."""
    sizes = [world.store("photos", ".jpg", _PIXEL).api() | {"width": side, "height": side} for side in (90, 800)]
    return {"photo": sizes}


def _sent(world: World, user_id: int, given: Content, content: Content) -> Content:
    caption = given.get("caption", "").strip()
    if entities.units(caption) > _MAX_CAPTION:
        raise bad_request("message caption is too long")
    about = _about(world, given)
    user, room = _place(world, user_id, given)
    said = {"caption": caption, "caption_entities": _marked(caption)} if caption else {}
    return _heard([world.hear(room, user, content | said | about | _reply(world, room, given))])


def _decoded(given: Content) -> bytes:
    try:
        return base64.b64decode(given.get("content_base64", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise bad_request("content_base64 is not base64") from error


def _button(kept: Kept, given: Content) -> Content:
    """Return the button that was meant; a press by data may name one that is gone, as an old client does."""
    if "data" in given:
        return {}
    keyboard = kept.keyboard or {}
    rows = keyboard.get("inline_keyboard", keyboard.get("keyboard", []))
    if "text" in given:
        named = [button for row in rows for button in row if _read(button["text"]) == _read(given["text"])]
    else:
        row, column = given.get("row", 0), given.get("column", 0)
        named = rows[row][column : column + 1] if 0 <= row < len(rows) and column >= 0 else []
    if not named:
        raise bad_request("there is no such button")
    return dict(named[0])


def _read(label: str) -> str:
    """Return a label as somebody reads it: without the mark before it that says in which direction it runs."""
    return label.removeprefix("\u200f")


def _pressed_aside(world: World, user: User, room: Chat, button: Content) -> Content:
    """Do what a client does by itself: open a link, copy a text, say what a reply button says."""
    if "url" in button:
        return {"url": button["url"]}
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    if button.keys() & {"web_app", "login_url", "callback_game", "pay"} or any("switch" in name for name in button):
        raise bad_request("the sandbox does not know this kind of button")
    return _heard([world.hear(room, user, _written(Piece(button["text"], ())))])


def _heard(messages: list[Kept]) -> Content:
    return {"messages": [kept.shown() for kept in messages]}


DEEDS: Final[dict[str, Callable[[World, int, Content], Any]]] = {
    "messages": say,
    "forwards": forward,
    "stickers": send_sticker,
    "voices": send_voice,
    "photos": send_photo,
    "albums": send_album,
    "documents": send_document,
    "locations": send_location,
    "presses": press,
    "inlines": type_inline,
    "shares": share,
    "edits": edit,
    "deletions": delete,
    "memberships": appoint,
    "ranks": rank,
    "topics": change_topic,
    "migrations": migrate,
    "block": block,
    "unblock": unblock,
}
