"""Why something could not be read: one tree of errors, and a reason in each to choose a message by."""

from enum import StrEnum


class Reason(StrEnum):
    """What stood in the way; each has one message for the person who sent the address or the file."""

    # the address
    BAD_ADDRESS = "bad address"
    SCHEME = "neither http nor https"
    CREDENTIALS = "credentials in the address"
    PORT = "port not open to us"
    NOT_PUBLIC = "address not public"
    # the way there
    NO_SUCH_HOST = "no such host"
    UNREACHABLE = "nobody answers"
    CERTIFICATE = "certificate not valid"
    TOO_SLOW = "too slow"
    BROKEN = "answer broken off or not HTTP"
    TOO_MANY_REDIRECTS = "too many redirects"
    # the answer
    NOT_FOUND = "not found"
    FORBIDDEN = "only for others"
    BUSY = "asked to come later"
    SERVER_FAILED = "server failed"
    UNEXPECTED_STATUS = "unexpected status"
    UNWANTED_TYPE = "content of another type"
    UNWANTED_ENCODING = "content encoded as we did not ask"
    TOO_LARGE = "too large"
    # the content
    NO_TEXT = "no text in it"
    NOT_A_FEED = "not a feed"
    NOT_OPML = "not an OPML list"
    TOO_COMPLEX = "nested or attributed beyond reason"
    UNKNOWN_KIND = "kind of file unknown"
    ENCRYPTED = "needs a password"
    SCANNED = "pictures of text"
    DAMAGED = "damaged"


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
