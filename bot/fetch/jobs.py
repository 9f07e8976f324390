"""What the reading process is asked, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from bot.fetch.contents import Feed, FeedLink, Outline, ReadDocument, ReadPage
from bot.fetch.refusals import Reason


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be read: ``size`` bytes follow; ``name`` is the address or the file name."""

    what: Literal["page", "feed", "feeds on a page", "document", "opml"]
    size: int
    name: str
    now: datetime
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing could be read."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read; exactly one field is there."""

    page: ReadPage | None = None
    feed: Feed | None = None
    links: tuple[FeedLink, ...] | None = None
    document: ReadDocument | None = None
    outlines: tuple[Outline, ...] | None = None
    refused: Refused | None = None


JOBS = TypeAdapter(Job)
ANSWERS = TypeAdapter(Answer)
