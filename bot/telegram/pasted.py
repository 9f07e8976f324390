"""What somebody copied from a message of ours and sends: marks of direction come along, and hide a command."""

from typing import Any

from bot.telegram.bundles import message_of

_MARKS = "\u200e\u200f"  # one UTF-16 unit each


def without_marks(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update whose text begins with a letter that is seen; its entities move along."""
    found = message_of(update)
    if found is None:
        return update
    kind, message = found
    text = message.get("text")
    if not isinstance(text, str) or not text.startswith(tuple(_MARKS)):
        return update
    bare = text.lstrip(_MARKS)
    before, entities = len(text) - len(bare), message.get("entities")
    moved = [_moved(each, before) for each in entities] if isinstance(entities, list) else entities
    return update | {kind: message | {"text": bare} | ({"entities": moved} if entities else {})}


def _moved(entity: Any, before: int) -> Any:
    match entity:
        case {"offset": int(offset), "length": int(length)}:
            start = max(offset - before, 0)
            return entity | {"offset": start, "length": max(offset + length - before - start, 0)}
        case _:
            return entity
