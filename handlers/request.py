"""One update as a feature of the bot sees it."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import Chat, Message, Update
from telegram.ext import CallbackContext

from bot.domain.delivery import Page
from bot.domain.subscriber import Subscriber
from bot.ports import Administers
from bot.services.welcome import Welcome
from bot.telegram.language import Language, Languages
from handlers import rooms_texts, texts
from handlers.failures import stale_ignored


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, in which language, and the update itself."""

    subscriber: Subscriber
    language: Language
    update: Update

    @property
    def message(self) -> Message:
        """The message that asks; routes let no update without one come here."""
        message = self.update.effective_message
        if message is None:
            raise LookupError("an update without a message")
        return message

    @property
    def user_id(self) -> int:
        """Who asks: in a private chat it is the chat's own number, but only the update says who it was."""
        user = self.update.effective_user
        if user is None:
            raise LookupError("an update of nobody")
        return user.id

    @property
    def is_private(self) -> bool:
        """Whether a person asks for themselves, and not an administrator for a group or a channel."""
        return self.subscriber.chat_id > 0

    @property
    def at(self) -> str:
        """What a command must end with in a group, so that Telegram hands it to us; nothing elsewhere."""
        chat = self.update.effective_chat
        is_group = chat is not None and chat.type in {Chat.GROUP, Chat.SUPERGROUP}
        return f"@{self.update.get_bot().username}" if is_group else ""

    @property
    def command_end(self) -> str | None:
        """The same, None where plain words are heard too."""
        return None if self.is_private else self.at


Feature = Callable[[Request], Awaitable[Sequence[Page]]]
Callback = Callable[[Update, "CallbackContext[Any, Any, Any, Any]"], Coroutine[Any, Any, Sequence[Page]]]
Otherwise = Callable[[Update, Language], Awaitable[Sequence[Page]]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way from an update to a feature: know who asks, and if they may.

    For a private chat its person asks. For a group, a topic of a forum or a channel an administrator does; whoever
    presses a button and is none learns that, and what others write has no answer.
    """

    welcome: Welcome
    languages: Languages
    administers: Administers

    def to(self, feature: Feature) -> Callback:
        """Return a feature, for whoever may ask for a chat, as the library's handlers call it."""

        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            place = _place(update)
            if place is None or not await self._may_ask(update):
                return await self._refused(update)
            return _placed(await feature(await self.request_of(place[0], update, place[1])), update, place[1])

        return enter

    def to_known(self, feature: Feature, otherwise: Otherwise) -> Callback:
        """Return a feature that keeps nobody anew: ``otherwise`` answers for a chat that is not kept."""

        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            if _place(update) is None or not await self._may_ask(update):
                return await self._refused(update)
            return await self._of_known(feature, otherwise, update)

        return enter

    def to_anyone(self, feature: Feature) -> Callback:
        """Return a feature that changes nothing, for whoever sees a button of ours, in a group too."""

        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            return await self._of_known(feature, _stale, update)

        return enter

    def in_groups(self, feature: Feature) -> Callback:
        """Return a feature of groups, for any member: the group itself, or the topic, is who asks."""

        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            chat, place = update.effective_chat, _place(update)
            if chat is None or place is None or chat.type not in {Chat.GROUP, Chat.SUPERGROUP}:
                return ()
            return _placed(await feature(await self.request_of(place[0], update, place[1])), update, place[1])

        return enter

    async def request_of(self, chat_id: int, update: Update, thread_id: int = 0) -> Request:
        """Return an update as somebody's request."""
        subscriber = await self.welcome(chat_id, thread_id, _tag_of(chat_id, update))
        return Request(subscriber, self.languages.of(subscriber), update)

    async def _of_known(self, feature: Feature, otherwise: Otherwise, update: Update) -> Sequence[Page]:
        chat_id, thread_id = _place(update) or (0, 0)
        known = await self.welcome.known(chat_id, thread_id)
        if known is None:
            language = self.languages[self.welcome.language_of(_tag_of(chat_id, update))]
            return _placed(await otherwise(update, language), update, thread_id)
        return _placed(await feature(Request(known, self.languages.of(known), update)), update, thread_id)

    async def _may_ask(self, update: Update) -> bool:
        chat, user = update.effective_chat, update.effective_user
        if chat is None or chat.type == Chat.PRIVATE:
            return chat is not None
        message = None if update.callback_query else update.effective_message
        if message is not None and message.sender_chat is not None:
            # Only an administrator writes in the chat's own name; a guest channel or the linked one has another.
            return message.sender_chat.id == chat.id
        return user is not None and await self.administers(chat.id, user.id)

    async def _refused(self, update: Update) -> Sequence[Page]:
        query, language = update.callback_query, self.languages[self.welcome.language]
        if query is not None:
            said = rooms_texts.only_administrators if _place(update) else texts.stale
            with stale_ignored():
                await query.answer(said(language))
        return ()


def _tag_of(chat_id: int, update: Update) -> str | None:
    """Return the language of a person's app; nobody's where a room asks."""
    user = update.effective_user
    return user.language_code if user is not None and user.id == chat_id else None


async def _stale(update: Update, language: Language) -> Sequence[Page]:
    if update.callback_query is not None:
        with stale_ignored():
            await update.callback_query.answer(texts.stale(language))
    return ()


def _place(update: Update) -> tuple[int, int] | None:
    """Return the chat and the thread for which an update asks; None if nobody knows which thread that is."""
    chat, query = update.effective_chat, update.callback_query
    if chat is None:
        return None
    if chat.type == Chat.PRIVATE:
        return chat.id, 0
    message = query.message if query else update.effective_message
    if not isinstance(message, Message) or not message.is_accessible:
        return None
    return chat.id, thread_of(message)


def thread_of(message: Message) -> int:
    """Return the topic of a forum in which a message stands, 0 for none.

    Outside of forums the same field numbers the thread of a reply, in which nobody can be written to.
    """
    return message.message_thread_id or 0 if message.is_topic_message else 0


def _placed(pages: Sequence[Page], update: Update, thread_id: int) -> Sequence[Page]:
    """Return answers in the thread in which they were asked for; those to a channel are quiet."""
    chat = update.effective_chat
    is_channel = chat is not None and chat.type == Chat.CHANNEL
    return [
        page if page.chat_id else replace(page, thread_id=thread_id, is_quiet=page.is_quiet or is_channel)
        for page in pages
    ]
