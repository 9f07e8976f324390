"""Groups, forums and channels: where we are let in, put out, moved, and asked what this is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.ext import CallbackContext, filters

from bot.domain.delivery import Page
from bot.domain.subscriber import Standing
from bot.ports import Clock, Subscribers
from bot.telegram.language import Language, Languages
from bot.telegram.render import note
from handlers import rooms_texts
from handlers.request import Feature, Request, thread_of

Examples = Callable[[str, Language], str]
Context = CallbackContext[Any, Any, Any, Any]
ROOMS = (
    (filters.ChatType.GROUPS & filters.UpdateType.MESSAGE) | filters.UpdateType.CHANNEL_POST
) & ~filters.FORWARDED  # somebody else's words ask for nothing


async def introduce(request: Request) -> Sequence[Page]:
    """/start and /help."""
    return [Page(note(rooms_texts.introduction(request.subscriber, request.at, request.language), request.language))]


def with_commands(feature: Feature, examples: Examples) -> Feature:
    """Return a feature whose answers to a room end with commands: plain words are heard in private chats only."""

    async def answered(request: Request) -> Sequence[Page]:
        return [replace(page, text=page.text + by_command(request, examples)) for page in await feature(request)]

    return answered


def by_command(request: Request, examples: Examples) -> str:
    """Return what stands under plain words in a room; nothing in a private chat."""
    if request.is_private:
        return ""
    language = request.language
    return "\n\n" + note(rooms_texts.by_command(examples(request.at, language), language), language)


async def membership(
    subscribers: Subscribers, languages: Languages, clock: Clock, update: Update, _: Context
) -> Sequence[Page]:
    """Stop where we may not write any more, go on where we may again; tell who let us in what to do next."""
    changed = update.my_chat_member
    if changed is None:
        return ()
    if not _may_write(changed.chat, changed.new_chat_member):
        await subscribers.pause(changed.chat.id)
        return ()
    await subscribers.resume(changed.chat.id, clock())
    if changed.chat.type == Chat.PRIVATE or _may_write(changed.chat, changed.old_chat_member):
        return ()
    return await _next_step(subscribers, languages, changed)


def _may_write(chat: Chat, member: ChatMember) -> bool:
    """Tell if a standing of ours lets us write."""
    match member:
        case ChatMemberAdministrator():
            return chat.type != Chat.CHANNEL or member.can_post_messages is not False
        case ChatMemberRestricted():
            return member.is_member and member.can_send_messages
        case _:
            return member.status in {ChatMember.MEMBER, ChatMember.OWNER} and chat.type != Chat.CHANNEL


async def _next_step(subscribers: Subscribers, languages: Languages, changed: ChatMemberUpdated) -> Sequence[Page]:
    """Return what whoever added us is told, in their own chat, if they have one with us."""
    person, chat = await subscribers.find(changed.from_user.id), changed.chat
    if person is None or person.standing is not Standing.ACTIVE:
        return ()
    language, title = languages.of(person), chat.title or ""
    if chat.type == Chat.CHANNEL:
        return [Page(note(rooms_texts.added_to_channel(title, language), language), chat_id=person.chat_id)]
    at = f"@{changed.get_bot().username}"
    return [Page(note(rooms_texts.added_to_group(title, at, language), language), chat_id=person.chat_id)]


async def migrated(subscribers: Subscribers, clock: Clock, update: Update, _: Context) -> Sequence[Page]:
    """Follow a group that became a supergroup; each of the two chats says so, in whatever order."""
    message = update.effective_message
    if message is None:
        return ()
    old, new = message.migrate_from_chat_id or message.chat_id, message.migrate_to_chat_id or message.chat_id
    await subscribers.move(old, new)
    await subscribers.resume(new, clock())  # we left the old one with it
    return ()


async def reopened(subscribers: Subscribers, clock: Clock, update: Update, _: Context) -> Sequence[Page]:
    """Go on in a topic that was closed."""
    message = update.effective_message
    if message is not None:
        await subscribers.resume(message.chat_id, clock(), thread_of(message))
    return ()
