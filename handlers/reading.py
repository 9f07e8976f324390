"""The border: what comes from Telegram becomes ours, and no Telegram type passes."""

from collections.abc import Collection

from telegram import (
    Chat,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.arabic.normalise import cleaned, folded_spaces
from bot.domain.article import Draft, Source, SourceKind
from bot.services.attach import File


def draft_from(message: Message, owners: Collection[int]) -> Draft:
    """Return the text of a message, or of what it shows, as a draft."""
    sender, origin = message.from_user, message.forward_origin
    return Draft(
        text=message.text or message.caption or "",
        receipt=f"{message.chat_id}:{message.message_id}",
        sent_at=origin.date if origin else message.date,
        is_trusted=sender is not None and sender.id in owners,
        origin=_source(origin),
        link=_link(origin),
    )


def file_of(message: Message) -> File:
    """Return the file of a message, its name without what would turn or break a line."""
    document = message.document
    if document is None:
        raise LookupError("a message without a file")
    return File(document.file_id, folded_spaces(cleaned(document.file_name or "")), document.file_size)


def argument_of(message: Message) -> str:
    """Return what follows a command."""
    return "".join((message.text or "").split(maxsplit=1)[1:])


def _source(origin: MessageOrigin | None) -> Source | None:
    match origin:
        case MessageOriginChannel():
            return Source(SourceKind.CHANNEL, _name(origin.chat.title, origin.chat), _address(origin.chat))
        case MessageOriginChat():
            return Source(SourceKind.GROUP, _name(origin.sender_chat.title, origin.sender_chat))
        case MessageOriginUser():
            return Source(SourceKind.PERSON, _shown(origin.sender_user.full_name))
        case MessageOriginHiddenUser():
            return Source(SourceKind.PERSON, _shown(origin.sender_user_name))
        case _:
            return None


def _name(title: str | None, chat: Chat) -> str:
    return _shown(title or chat.username or str(chat.id))


def _shown(name: str) -> str:
    return folded_spaces(cleaned(name)) or "—"


def _address(chat: Chat) -> str | None:
    return f"https://t.me/{chat.username}" if chat.username else None


def _link(origin: MessageOrigin | None) -> str | None:
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        return f"https://t.me/{origin.chat.username}/{origin.message_id}"
    return None
