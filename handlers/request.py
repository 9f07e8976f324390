"""One update as a feature of the bot sees it."""

from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Chat, Message, Update
from telegram.ext import CallbackContext

from bot.domain.delivery import Page
from bot.domain.subscriber import Subscriber
from bot.services.welcome import Welcome
from bot.telegram.language import Language, Languages


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


Feature = Callable[[Request], Awaitable[Sequence[Page]]]
Callback = Callable[[Update, "CallbackContext[Any, Any, Any, Any]"], Coroutine[Any, Any, Sequence[Page]]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way from an update to a feature: know who asks."""

    welcome: Welcome
    languages: Languages

    def to(self, feature: Feature) -> Callback:
        """Return a feature of private chats as the library's handlers call it."""
        return self._to(feature, {Chat.PRIVATE})

    def in_groups(self, feature: Feature) -> Callback:
        """Return a feature of groups: the group itself is who asks."""
        return self._to(feature, {Chat.GROUP, Chat.SUPERGROUP})

    async def request_of(self, chat_id: int, update: Update) -> Request:
        """Return an update as somebody's request."""
        subscriber = await self.welcome(chat_id)
        return Request(subscriber, self.languages.of(subscriber), update)

    def _to(self, feature: Feature, kinds: Collection[str]) -> Callback:
        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            chat = update.effective_chat
            if chat is None or chat.type not in kinds:
                return ()
            return await feature(await self.request_of(chat.id, update))

        return enter
