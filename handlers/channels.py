"""Channels: the posts of those that an editor enabled, and the buttons that enable them."""

from collections.abc import Sequence
from typing import Any

from telegram import ChatMember, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import CallbackContext

from bot.domain.channel import Channel
from bot.domain.delivery import Page
from bot.ports import Channels, Clock, IsEditor
from bot.services.revise import Revise
from bot.telegram.render import note
from bot.telegram.sender import keyboard
from handlers import texts
from handlers.callbacks import ChannelPressed, DisablePressed, EnablePressed, channel_meaning_of
from handlers.failures import stale_ignored
from handlers.keyboards import channel_switches, enabling
from handlers.reading import channel_of, draft_of_post
from handlers.request import Entrance, Request

Context = CallbackContext[Any, Any, Any, Any]


async def post(channels: Channels, revise: Revise, update: Update, _: Context) -> Sequence[Page]:
    """Take in a post, new or edited, of an enabled channel; nothing is ever written into the channel."""
    message = update.effective_message
    channel = await channels.find(message.chat_id) if message else None
    if message and channel and channel.is_enabled:
        await revise(draft_of_post(message), None)
    return ()


async def membership(
    channels: Channels, is_editor: IsEditor, entrance: Entrance, update: Update, _: Context
) -> Sequence[Page]:
    """Ask the editor who made us an administrator; a channel that we left is not enabled any more."""
    changed = update.my_chat_member
    if changed is None:
        return ()
    is_admin, user_id = _is_admin(changed.new_chat_member), changed.from_user.id
    if not is_admin:
        return await _left(channels, changed.chat.id, entrance, update)
    if _is_admin(changed.old_chat_member) or not await is_editor(user_id):
        return ()
    channel = await channels.meet(channel_of(changed.chat, user_id))
    language = (await entrance.request_of(user_id, update)).language
    asked = note(texts.administrator(channel.title, language), language)
    return [Page(asked, () if channel.is_enabled else (enabling(channel, language),), user_id)]


def _is_admin(member: ChatMember) -> bool:
    return member.status in {ChatMember.ADMINISTRATOR, ChatMember.OWNER}


async def _left(channels: Channels, chat_id: int, entrance: Entrance, update: Update) -> Sequence[Page]:
    known = await channels.find(chat_id)
    if known is None or not known.is_enabled:
        return ()
    await channels.disable(chat_id)
    if not known.editor:  # they were forgotten since
        return ()
    language = (await entrance.request_of(known.editor, update)).language
    return [Page(note(texts.removed_from(known.title, language), language), (), known.editor)]


async def listed(channels: Channels, request: Request) -> Sequence[Page]:
    """/channels, for editors."""
    known = list(await channels.all())[:_MOST_LISTED]
    return [Page(note(texts.channels(len(known), request.language), request.language), channel_switches(known))]


_MOST_LISTED = 50  # buttons under one message; Telegram takes a hundred


async def press(channels: Channels, clock: Clock, request: Request) -> Sequence[Page]:
    """Enable a channel, or end that, for editors; pressed again it changes nothing."""
    query, language = request.update.callback_query, request.language
    if query is None:
        return ()
    pressed = channel_meaning_of(query.data)
    channel = await _switched(channels, clock, pressed, query.from_user.id) if pressed else None
    if channel is None:
        with stale_ignored():
            await query.answer(texts.stale(language))
        return ()
    said = texts.pressed_enable if channel.is_enabled else texts.pressed_disable
    with stale_ignored():
        await query.answer(said(channel.title, language))
    with stale_ignored():
        await query.edit_message_reply_markup(_redrawn(query.message, channel))
    return ()


async def _switched(channels: Channels, clock: Clock, pressed: ChannelPressed, editor: int) -> Channel | None:
    match pressed:
        case EnablePressed(chat_id):
            return await channels.enable(chat_id, editor, clock())
        case DisablePressed(chat_id):
            return await channels.disable(chat_id)


def _redrawn(message: object, channel: Channel) -> InlineKeyboardMarkup | None:
    """Return the message's buttons with the channel's as it stands now."""
    markup = getattr(message, "reply_markup", None)  # a message too old to be given has none
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    now = keyboard(channel_switches([channel]))
    rows = [now.inline_keyboard[0] if now and _is_of(row, channel) else row for row in markup.inline_keyboard]
    return InlineKeyboardMarkup(rows)


def _is_of(row: Sequence[InlineKeyboardButton], channel: Channel) -> bool:
    meanings = (channel_meaning_of(str(button.callback_data)) for button in row)
    return any(meaning is not None and meaning.chat_id == channel.chat_id for meaning in meanings)
