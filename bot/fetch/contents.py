"""What pages, feeds and files come to once they are read; the reading itself is done in processes of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An article as its page tells it; ``lines`` are the body, in which a second article may still follow."""

    url: str
    title: str
    lines: tuple[str, ...]
    published: date | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None

    @property
    def text(self) -> str:
        """The title and the body, for the layout to tell the body from what stands below it."""
        return "\n".join((self.title, *self.lines)) if self.title else "\n".join(self.lines)


class Kind(StrEnum):
    """What can be read."""

    TEXT = "text"
    PAGE = "page"
    PDF = "pdf"
    WORD = "docx"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as lines of text, ready for the layout of an article; ``page`` is what a saved page says of itself."""

    kind: Kind
    lines: tuple[str, ...]
    page: ReadPage | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a feed tells it; ``id`` is the feed's own name for it, ``lines`` its content or summary.

    ``published`` is the day in the feed's own zone, ``moment`` is there where it states a clock and a zone.
    """

    id: str
    title: str
    link: str | None
    lines: tuple[str, ...] = ()
    published: date | None = None
    moment: datetime | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: whose it is, and its entries in the order of the feed."""

    title: str
    link: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """Where a page says that it has a feed."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list; ``folder`` is what it stands under, if anything."""

    url: str
    title: str = ""
    site: str | None = None
    folder: str | None = None


def is_pdf(content: bytes) -> bool:
    """Tell if bytes are a PDF, as other programs do: some have a few bytes before it begins."""
    return b"%PDF-" in content[:_PDF_HEAD]


_PDF_HEAD = 1_024
