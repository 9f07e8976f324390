"""Messages that belong together: an article over Telegram's limit arrives as several, and so does an album."""

import unicodedata
from collections.abc import Sequence
from typing import Any

LIMIT = 4096  # UTF-16 units of one message
# Clients cut at the last of the best places before the limit: a blank line, a line break, the end of a sentence, a
# space, or mid-word. The desktop client looks back half a message; Android 300 letters, and takes the first line break.
_SHORTEST_PART = LIMIT // 2
_PHONE_LOOKS_BACK = 300
_TRIMMED = 8  # white space that clients drop at a cut
# The parts leave the sender's client together, but a slow line may hold one up. Nobody pastes the next article within
# ten seconds; and one that ends at the very limit by chance is so rare that a whole minute is safe.
_SECONDS_APART = 10
_SECONDS_APART_IF_FULL = 60
_MOST_IN_ALBUM = 10

_NEW, _EDITED = ("message", "channel_post"), ("edited_message", "edited_channel_post")
_KINDS = _NEW + _EDITED


def message_of(update: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Return the kind of an update that holds a message or a channel's post, new or edited, and its message."""
    return next(((kind, update[kind]) for kind in _KINDS if isinstance(update.get(kind), dict)), None)


def is_edit(update: dict[str, Any]) -> bool:
    """Tell if an update is the change of a message."""
    found = message_of(update)
    return found is not None and found[0] in _EDITED


def as_edit(update: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
    """Return an update by which its message becomes this one."""
    kind, _ = message_of(update) or ("message", {})
    rest = {name: value for name, value in update.items() if name not in _KINDS}
    return rest | {kind if kind in _EDITED else f"edited_{kind}": message}


def bundle(run: Sequence[dict[str, Any]]) -> int:
    """Return how many of these updates of one chat, in order, are one message cut in parts or one album: at least 1."""
    if is_edit(run[0]):
        return 1
    size, messages = 1, [_new(update) for update in run]
    while size < len(run) and continues(messages[size - 1], messages[size]):
        size += 1
    return size


def is_complete(run: Sequence[dict[str, Any]]) -> bool:
    """Tell if nothing that may still come could belong to the first bundle."""
    size = bundle(run)
    if size < len(run):
        return True
    last = _new(run[size - 1])
    return not may_go_on(last) or (_album(last) is not None and size >= _MOST_IN_ALBUM)


def _new(update: dict[str, Any]) -> dict[str, Any]:
    """Return the new message of an update, or an empty one."""
    kind, message = message_of(update) or ("", {})
    return message if kind in _NEW else {}


def may_go_on(message: dict[str, Any]) -> bool:
    """Tell if another message may belong to this one."""
    if _album(message) is not None:
        return True
    text = _text(message)
    return text is not None and _units(text) >= _SHORTEST_PART and not text.startswith("/")


def continues(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Tell if a message belongs to the one before it."""
    if _sender(first) != _sender(second) or _topic(first) != _topic(second):
        return False
    if _album(first) is not None or _album(second) is not None:
        return _album(first) == _album(second)
    return may_go_on(first) and _is_next_part(first, second)


def _is_next_part(first: dict[str, Any], second: dict[str, Any]) -> bool:
    before, after = _text(first), _text(second)
    if before is None or after is None or after.startswith("/"):
        return False
    is_full = LIMIT - _units(before) < _TRIMMED
    return (
        _same_origin(first.get("forward_origin"), second.get("forward_origin"))
        and _answered(second) in {None, _answered(first)}
        and _are_close(first.get("date"), second.get("date"), _SECONDS_APART_IF_FULL if is_full else _SECONDS_APART)
        and not _would_have_fitted(before, after)
    )


def _would_have_fitted(before: str, after: str) -> bool:
    """Tell if the limit was no reason to cut here: the next paragraph had room in the message."""
    room = LIMIT - _TRIMMED - _units(before)
    if room < _PHONE_LOOKS_BACK:
        return _units(after) <= room
    gap = "\n\n" if "\n\n" in before or "\n\n" in after else "\n"
    return _units(after.partition(gap)[0]) <= room


def _are_close(first: Any, second: Any, most: int) -> bool:
    return isinstance(first, int) and isinstance(second, int) and 0 <= second - first <= most


def _text(message: dict[str, Any]) -> str | None:
    text = message.get("text")
    return text if isinstance(text, str) else None


def _album(message: dict[str, Any]) -> str | None:
    """Return the album whose pictures share one text; of files that are sent together each has its own."""
    album = message.get("media_group_id")
    return album if isinstance(album, str) and album and not _is_file(message) else None


def _is_file(message: dict[str, Any]) -> bool:
    document = message.get("document")
    kind = document.get("mime_type") if isinstance(document, dict) else "image"  # also pictures are sent as files
    return not (isinstance(kind, str) and kind.partition("/")[0] in {"image", "video", "audio"})


def _sender(message: dict[str, Any]) -> list[Any]:
    """Return who wrote a message; a channel's post has no one but the channel."""
    names = (message.get(name) for name in ("from", "sender_chat"))
    return [someone.get("id") if isinstance(someone, dict) else None for someone in names]


def _topic(message: dict[str, Any]) -> Any:
    """Return the topic of a forum in which a message stands; elsewhere the number is that of a reply's thread."""
    return message.get("message_thread_id") if message.get("is_topic_message") else None


def _answered(message: dict[str, Any]) -> int | str | None:
    """Return the message that this one replies to, if it is a reply; some clients send each part as one."""
    replied = message.get("reply_to_message")
    if replied is None:
        return None
    number = replied.get("message_id") if isinstance(replied, dict) else None
    return number if isinstance(number, int) else "unknown"


def _same_origin(first: Any, second: Any) -> bool:
    """Tell if both are forwards of one post in parts, or neither is a forward."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return first is None and second is None
    same_person = all(first.get(who) == second.get(who) for who in _WHO)
    return same_person and _follows(first, second) and _are_close(first.get("date"), second.get("date"), _SECONDS_APART)


_WHO = ("type", "sender_user", "sender_user_name", "sender_chat", "chat")


def _follows(first: dict[str, Any], second: dict[str, Any]) -> bool:
    before, after = first.get("message_id", 0), second.get("message_id", 0)
    return isinstance(before, int) and isinstance(after, int) and after - before in {0, 1}


def merged(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one message with the text of all, and the first one's everything else; entities keep their places."""
    if len(parts) == 1:
        return parts[0]
    name, marks = ("caption", "caption_entities") if _album(parts[0]) else ("text", "entities")
    text, entities, before = "", list[dict[str, Any]](), ""
    for part in parts:
        own = part.get(name)
        if not isinstance(own, str) or not own:
            continue
        text += _between(before, own, name)
        offset = _units(text)
        entities += [entity | {"offset": entity["offset"] + offset} for entity in _marks(part.get(marks))]
        text += own
        before = own
    return parts[0] | ({name: text, marks: entities} if text else {})


def _marks(found: Any) -> list[dict[str, Any]]:
    listed = found if isinstance(found, list) else []
    return [entity for entity in listed if isinstance(entity, dict) and isinstance(entity.get("offset"), int)]


def _between(before: str, after: str, name: str) -> str:
    if not before:
        return ""
    return "\n\n" if name == "caption" else _glue(before, after)


def _glue(before: str, after: str) -> str:
    """Return what the cut took away: nothing inside a word, else the line break or the space."""
    is_inside = _units(before) == LIMIT and _is_of_word(before[-1:]) and _is_of_word(after[:1])
    if is_inside:
        return ""
    return "\n" if before.rstrip()[-1:] in ".!؟?…»:" else " "


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter or " ").startswith("M")  # a vowel mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
