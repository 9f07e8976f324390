"""The border: what comes from Telegram becomes ours, and no Telegram type passes."""

from dataclasses import replace

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
from bot.domain.asking import asked_in
from bot.domain.channel import Channel
from bot.ports import IsEditor, Parts
from bot.services.attach import File


def draft_from(message: Message, *, is_trusted: bool) -> Draft:
    """Return the text of a message, or of what it shows, as a draft; what it quotes or replies to is another's."""
    origin = message.forward_origin
    return Draft(
        text=message.text or message.caption or "",
        receipt=f"{message.chat_id}:{message.message_id}",
        sent_at=origin.date if origin else message.date,
        is_trusted=is_trusted,
        origin=_source(origin),
        link=_link(origin),
    )


def draft_of_post(message: Message) -> Draft:
    """Return a post of a channel that editors trust as a draft: its source is the channel, unless it forwards."""
    draft = draft_from(message, is_trusted=True)
    if draft.origin is not None:
        return draft
    return replace(draft, origin=_channel(message.chat), link=_post(message.chat, message.message_id))


async def is_trusted(message: Message, is_editor: IsEditor) -> bool:
    """Tell if who sent a message may put articles before everyone; whoever hides behind a chat may not."""
    sender = message.from_user
    return sender is not None and message.sender_chat is None and await is_editor(sender.id)


def channel_of(chat: Chat, editor: int) -> Channel:
    """Return a channel that an editor shows us."""
    return Channel(chat.id, _name(chat.title, chat), chat.username, editor)


def forwarded_channel(message: Message) -> Chat | None:
    """Return the channel whose post a message forwards, if it does."""
    origin = message.forward_origin
    return origin.chat if isinstance(origin, MessageOriginChannel) else None


def file_of(message: Message) -> File:
    """Return the file of a message, its name without what would turn or break a line."""
    document = message.document
    if document is None:
        raise LookupError("a message without a file")
    return File(document.file_id, folded_spaces(cleaned(document.file_name or "")), document.file_size)


async def receipt_answered(message: Message, parts: Parts) -> str:
    """Return the receipt of the text of which the message that this one answers is a part, "" if it answers none."""
    answered = message.reply_to_message
    if answered is None:
        return ""
    whole = await parts.last(message.chat_id, answered.message_id)
    first = min(whole) if answered.message_id in whole else answered.message_id
    return f"{message.chat_id}:{first}"


def argument_of(message: Message) -> str:
    """Return what follows a command, or the plain words that stand for one."""
    text = message.text or ""
    asked = None if text.startswith("/") else asked_in(text)
    return asked.argument if asked else "".join(text.split(maxsplit=1)[1:])


def _source(origin: MessageOrigin | None) -> Source | None:
    match origin:
        case MessageOriginChannel():
            return _channel(origin.chat)
        case MessageOriginChat() if origin.sender_chat.type == Chat.CHANNEL:
            return _channel(origin.sender_chat)
        case MessageOriginChat():
            group = origin.sender_chat
            return Source(SourceKind.GROUP, _name(group.title, group), _address(group))
        case MessageOriginUser():
            return Source(SourceKind.PERSON, _shown(origin.sender_user.full_name))
        case MessageOriginHiddenUser():
            return Source(SourceKind.PERSON, _shown(origin.sender_user_name))
        case _:
            return None


def _channel(chat: Chat) -> Source:
    return Source(SourceKind.CHANNEL, _name(chat.title, chat), _address(chat))


def _name(title: str | None, chat: Chat) -> str:
    return _shown(title or chat.username or str(chat.id))


def _shown(name: str) -> str:
    return folded_spaces(cleaned(name)) or "—"


def _address(chat: Chat) -> str | None:
    return f"https://t.me/{chat.username}" if chat.username else None


def _link(origin: MessageOrigin | None) -> str | None:
    return _post(origin.chat, origin.message_id) if isinstance(origin, MessageOriginChannel) else None


def _post(chat: Chat, message_id: int) -> str | None:
    """Return the address of a public channel's post; that of a private one (t.me/c/…) opens for its members only."""
    return f"https://t.me/{chat.username}/{message_id}" if chat.username else None
