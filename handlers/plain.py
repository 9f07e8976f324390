"""Commands in plain words: «تابع روسيا»."""

from telegram import Message
from telegram.ext.filters import MessageFilter

from bot.domain.asking import asked_in


class Said(MessageFilter):
    """Messages that ask in plain words for one command."""

    def __init__(self, command: str) -> None:
        super().__init__(name=f"Said({command})")
        self._command = command

    def filter(self, message: Message) -> bool:
        """Tell if a message does."""
        asked = asked_in(message.text or "")
        return asked is not None and asked.command == self._command
