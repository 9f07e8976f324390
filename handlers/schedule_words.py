"""The schedule in plain words, with no command."""

from telegram import Message
from telegram.ext import filters

from bot.domain.wording import Wish, wished_in
from handlers.reading import argument_of


class Asking(filters.MessageFilter):
    """Messages that ask for one thing of the schedule."""

    def __init__(self, wish: Wish) -> None:
        """Take those that ask for this."""
        super().__init__(name=f"Asking({wish})")
        self._wish = wish

    def filter(self, message: Message) -> bool:
        """Tell if it is asked for."""
        wished = wished_in(message.text or "", message.date)
        return wished is not None and wished.wish is self._wish


def typed_in(message: Message) -> str:
    """Return how it is to be: what follows a command, or the words that name the thing."""
    wished = wished_in(message.text or "", message.date)
    return argument_of(message) if wished is None else wished.typed
