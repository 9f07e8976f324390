"""What a reader sent, and what an editor decided on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.article import Article

LATELY = timedelta(hours=1)
MOST_ASKED = 12  # in an hour, and unanswered at any time: one newsroom's reader can send hundreds


class Verdict(StrEnum):
    """How a submission ended."""

    PUBLISHED = "published"  # an editor put it before everyone
    REJECTED = "rejected"  # it stays with those who sent it
    BROUGHT = "brought"  # an editor or a source sent the same text
    JOINED = "joined"  # its story came from an editor or a source, and it stands there as one more source


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and whose it is: ``by`` is a user id, none where nobody pressed a button."""

    verdict: Verdict
    at: datetime
    by: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """An article that a reader sent and that is, or was, for an editor to decide on.

    ``sender`` is a number that stays the same and says nothing else of who sent it first, ``chat_id`` their chat;
    both are none once they are forgotten. ``is_story_public`` says that another report of its story is for everyone.
    """

    article: Article
    sender: int | None
    chat_id: int | None
    submitted_at: datetime
    decision: Decision | None = None
    is_story_public: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One of those that wait, and its place among ``of``."""

    submission: Submission
    place: int
    of: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A settled submission that an editor was asked about, by this message if they have it."""

    submission: Submission
    chat_id: int
    message_id: int | None


def room(asked_lately: int, unanswered: int) -> int:
    """Return about how many more submissions an editor may be asked now."""
    return max(0, MOST_ASKED - max(asked_lately, unanswered))
