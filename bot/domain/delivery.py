"""One message on its way to a subscriber: its states, and what each attempt's outcome makes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.domain.chart import Chart


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a page: ``payload`` comes back when it is pressed, ``link`` opens instead. One is set.

    Neither is where the page asks for a location.
    """

    label: str
    payload: str | None = None
    link: str | None = None


class Reply(StrEnum):
    """What a page does with the keyboard that stands in place of the reader's own."""

    ASKS_LOCATION = "asks location"  # the page's buttons stand there, and a press sends where the reader is
    PUTS_AWAY = "puts away"


@dataclass(frozen=True, slots=True)
class Page:
    """One message as it is shown: text in the chat's own markup, and rows of buttons.

    ``chat_id`` is set where an answer does not go to the chat that it answers: what happens in a channel is told to
    its editor. ``thread_id`` is the thread of that chat in which it is shown, 0 for none.
    ``is_quiet`` asks for no sound. ``edits`` is the message of ours in the same chat that takes this text and these
    buttons in place of its own. ``file`` names the file that comes with it, of all that is held on the chat or, for an
    editor, the list of feeds; what is in it is put together when it is sent. ``reply`` is what it does with the
    keyboard in place of the reader's own. ``picture`` is drawn above the text, unless it cannot be. ``has_preview``
    lets Telegram show the page behind its first link.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    chat_id: int | None = None
    is_quiet: bool = False
    edits: int | None = None
    file: str | None = None
    reply: Reply | None = None
    picture: Chart | None = None
    thread_id: int = 0
    has_preview: bool = False


class Status(StrEnum):
    """Where a delivery stands; the first three are open."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    ASSUMED = "assumed"  # unknown, and not to be repeated: the subscriber probably has it
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Sent:
    """The chat shows the page, as this message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Delayed:
    """Surely not sent, and worth another try.

    ``wait`` is set when the server named how long the whole token must wait.
    """

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nobody is there: blocked, deactivated, kicked, chat not found."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The thread takes no messages any more; the chat around it may."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat lives on under another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The server does not take this text, and waiting will not heal it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no answer came: it may have arrived."""

    reason: str


Outcome = Sent | Delayed | Unreachable | Closed | Moved | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Delivery:
    """A page on its way.

    ``answers`` marks a reply to somebody who is waiting: it goes ahead of digests. ``is_plain`` asks for the text
    without markup. ``repeats`` counts sends after an unknown outcome, which are silent. After ``expires_at`` the
    page is no longer worth sending.
    """

    id: int
    chat_id: int
    page: Page
    not_before: datetime
    expires_at: datetime
    answers: bool = False
    status: Status = Status.PLANNED
    attempts: int = 0
    repeats: int = 0
    is_plain: bool = False
    message_id: int | None = None
    error: str | None = None
    thread_id: int = 0

    @property
    def was_seen(self) -> bool:
        """Say if the subscriber has the page, as far as anybody can know."""
        return self.status in {Status.SENT, Status.ASSUMED}


_UNKNOWN_WAIT = timedelta(seconds=60)
_UNKNOWN_ANSWER_WAIT = timedelta(seconds=5)  # somebody sits before the chat: a repeat harms less than silence
_LONGEST_WAIT = timedelta(seconds=300)


def settle(delivery: Delivery, outcome: Outcome, now: datetime) -> Delivery:
    """Return what an attempt that ended in this outcome makes of a delivery that was being sent.

    Delays do not count against a page: it waits until it expires. An unknown outcome is repeated once; that of an edit
    as often as need be, since an edit done twice is one edit.
    """
    tried = replace(delivery, attempts=delivery.attempts + 1, error=getattr(outcome, "reason", None))
    match outcome:
        case Sent(message_id):
            return replace(tried, status=Status.SENT, message_id=message_id)
        case Delayed(wait=wait):
            return _waiting(tried, now + (wait or _backoff(tried.attempts)))
        case Moved(chat_id):
            return replace(tried, status=Status.PLANNED, chat_id=chat_id, not_before=now)
        case Unreachable() | Closed():
            return replace(tried, status=Status.ABANDONED)
        case Refused() if not tried.is_plain:
            return replace(tried, status=Status.PLANNED, is_plain=True, not_before=now)
        case Refused():
            return replace(tried, status=Status.ABANDONED)
        case Unknown() if tried.page.edits is not None:
            return _waiting(tried, now + _backoff(tried.attempts))
        case Unknown() if tried.repeats == 0:
            wait = _UNKNOWN_ANSWER_WAIT if tried.answers else _UNKNOWN_WAIT
            return replace(tried, status=Status.UNKNOWN, not_before=now + wait)
        case Unknown():
            return replace(tried, status=Status.ASSUMED)
        case _:
            assert_never(outcome)


def _waiting(delivery: Delivery, until: datetime) -> Delivery:
    waiting = replace(delivery, status=Status.UNKNOWN if delivery.repeats else Status.PLANNED, not_before=until)
    return expired(waiting) if until >= delivery.expires_at else waiting


def _backoff(attempts: int) -> timedelta:
    """Return 2, 4, 8 … 300 seconds."""
    return min(timedelta(seconds=2 ** min(attempts, 9)), _LONGEST_WAIT)


def taken(delivery: Delivery) -> Delivery:
    """Return the delivery as it is kept before its request leaves; sending what was unknown is its one repeat."""
    repeats = 1 if delivery.status is Status.UNKNOWN else delivery.repeats
    return replace(delivery, status=Status.SENDING, repeats=repeats)


def expired(delivery: Delivery) -> Delivery:
    """Return what is left of a waiting delivery that is no longer worth sending."""
    status = Status.ASSUMED if delivery.status is Status.UNKNOWN else Status.ABANDONED
    return replace(delivery, status=status, error="expired")


def interrupted(delivery: Delivery, now: datetime) -> Delivery:
    """Return what a crash during sending makes of a delivery: nobody knows if it arrived."""
    return settle(delivery, Unknown("interrupted"), now)
