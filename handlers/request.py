"""One update as a feature of the bot sees it."""

from collections.abc import Awaitable, Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way from an update to a feature: know who asks."""

    welcome: Welcome
    languages: Languages

    def to(self, feature: Feature) -> Callable[[Update, "CallbackContext[Any, Any, Any, Any]"], Any]:
        """Return the feature as the library's handlers call it."""

        async def enter(update: Update, _: "CallbackContext[Any, Any, Any, Any]") -> Sequence[Page]:
            chat = update.effective_chat
            if chat is None or chat.type != Chat.PRIVATE:
                return ()
            subscriber = await self.welcome(chat.id)
            return await feature(Request(subscriber, self.languages[subscriber.language], update))

        return enter
