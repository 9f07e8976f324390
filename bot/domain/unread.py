"""What came of a page or a file: its text, or why it could not be read."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.article import Facts


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a page or a file, and what it says of it."""

    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Unread:
    """A page or a file that brought no text."""

    reason: "Reason"


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


MOST_BYTES = 20 << 20  # of a file: what Telegram lets a bot download (its server, Client.h)
