"""Messages that belong together: an article over Telegram's limit arrives as several."""

import unicodedata
from collections.abc import Sequence
from typing import Any

LIMIT = 4096  # UTF-16 units of one message
# Clients cut at the last of the best places before the limit: a blank line, a line break, the end of a sentence, a
# space, or mid-word. The desktop client looks back half a message; Android 300 letters, and takes the first line break.
_SHORTEST_PART = LIMIT // 2
_PHONE_LOOKS_BACK = 300
_TRIMMED = 8  # white space that clients drop at a cut
_SECONDS_APART = 3  # the parts leave the sender's client together


def bundle(run: Sequence[dict[str, Any]]) -> int:
    """Return how many of these updates of one chat, in order, are one message cut in parts: at least 1."""
    size = 1
    while size < len(run) and _goes_on(run[size - 1]) and _continues(run[size - 1], run[size]):
        size += 1
    return size


def is_complete(run: Sequence[dict[str, Any]]) -> bool:
    """Tell if nothing that may still come could belong to the first bundle."""
    size = bundle(run)
    return size < len(run) or not _goes_on(run[size - 1])


def _goes_on(update: dict[str, Any]) -> bool:
    text = _text(update)
    return text is not None and _units(text) >= _SHORTEST_PART and not text.startswith("/")


def _continues(first: dict[str, Any], second: dict[str, Any]) -> bool:
    text = _text(second)
    if text is None or text.startswith("/"):
        return False
    before, after = first["message"], second["message"]
    return (
        _sender(before) == _sender(after)
        and _same_origin(before.get("forward_origin"), after.get("forward_origin"))
        and "reply_to_message" not in after
        and _are_close(before.get("date"), after.get("date"))
        and not _would_have_fitted(before["text"], text)
    )


def _would_have_fitted(before: str, after: str) -> bool:
    """Tell if the limit was no reason to cut here: the next paragraph had room in the message."""
    room = LIMIT - _TRIMMED - _units(before)
    if room < _PHONE_LOOKS_BACK:
        return _units(after) <= room
    gap = "\n\n" if "\n\n" in before or "\n\n" in after else "\n"
    return _units(after.partition(gap)[0]) <= room


def _are_close(first: Any, second: Any) -> bool:
    return isinstance(first, int) and isinstance(second, int) and 0 <= second - first <= _SECONDS_APART


def _text(update: dict[str, Any]) -> str | None:
    message = update.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    return text if isinstance(text, str) else None


def _sender(message: dict[str, Any]) -> Any:
    sender = message.get("from")
    return sender.get("id") if isinstance(sender, dict) else None


def _same_origin(first: Any, second: Any) -> bool:
    """Tell if both are forwards of one post in parts, or neither is a forward."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return first is None and second is None
    same_person = all(first.get(who) == second.get(who) for who in _WHO)
    follows = second.get("message_id", 0) - first.get("message_id", 0) in {0, 1}
    return same_person and follows and _are_close(first.get("date"), second.get("date"))


_WHO = ("type", "sender_user", "sender_user_name", "sender_chat", "chat")


def merged(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one update with the text of all, and the first one's everything else; entities keep their places."""
    if len(parts) == 1:
        return parts[0]
    text, entities, before = "", list[dict[str, Any]](), ""
    for part in parts:
        message = part["message"]
        text += _glue(before, message["text"])
        offset = _units(text)
        entities += [
            entity | {"offset": entity["offset"] + offset}
            for entity in message.get("entities", ())
            if isinstance(entity, dict) and isinstance(entity.get("offset"), int)
        ]
        text += message["text"]
        before = message["text"]
    return parts[0] | {"message": parts[0]["message"] | {"text": text, "entities": entities}}


def _glue(before: str, after: str) -> str:
    """Return what the cut took away: nothing inside a word, else the line break or the space."""
    is_inside = _units(before) == LIMIT and _is_of_word(before[-1:]) and _is_of_word(after[:1])
    if not before or is_inside:
        return ""
    return "\n" if before.rstrip()[-1:] in ".!؟?…»:" else " "


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter or " ").startswith("M")  # a vowel mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
