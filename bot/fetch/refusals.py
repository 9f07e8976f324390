"""Why something could not be read: one tree of errors, and a reason in each to choose a message by."""

from bot.domain.unread import Reason

__all__ = ["AddressRefused", "AnswerRefused", "ContentRefused", "NotReached", "Reason", "Unreadable"]


class Unreadable(Exception):
    """What is at an address or in a file cannot be read; ``detail`` is for the log, never for people."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class AddressRefused(Unreadable):
    """We do not go to this address."""


class NotReached(Unreadable):
    """We went, and no whole answer came back."""


class AnswerRefused(Unreadable):
    """The answer is not what was asked for; ``retry_after`` is how many seconds the server asks to wait."""

    def __init__(self, reason: Reason, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.retry_after = retry_after


class ContentRefused(Unreadable):
    """The bytes are here, and no article or feed can be read in them."""
