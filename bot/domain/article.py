"""What an article is, from the text that reached us to what we keep of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.arabic.tokens import words
from bot.domain.topic import Reason, Subject


class SourceKind(StrEnum):
    """How an article came to us."""

    PAPER = "paper"  # the article itself names its source
    CHANNEL = "channel"
    GROUP = "group"
    PERSON = "person"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from; ``link`` leads to the source itself, where it has a public address."""

    kind: SourceKind
    name: str
    link: str | None = None

    @property
    def public_name(self) -> str | None:
        """The name that other readers may see; a private person's is nobody else's business."""
        return None if self.kind is SourceKind.PERSON else self.name


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page or a file says of its article besides the text; ``name`` is a title for want of any other."""

    title: str = ""
    published: date | None = None
    tags: tuple[str, ...] = ()
    source: Source | None = None
    link: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it reached us, not yet accepted.

    ``receipt`` names the message that brought it: the same receipt again is the same message handled twice.
    ``sent_at`` is when it was first sent: "yesterday" in a forwarded post is the day before that.
    ``origin`` and ``link`` are those of a forwarded post. ``is_trusted`` says that the sender may put articles
    before everyone.
    """

    text: str
    receipt: str
    sent_at: datetime
    is_trusted: bool = False
    origin: Source | None = None
    link: str | None = None
    facts: Facts | None = None

    @property
    def stated_source(self) -> Source | None:
        """Where the text comes from, if it does not name its paper: what a page says goes before who passed it on."""
        return self.facts.source if self.facts and self.facts.source else self.origin

    @property
    def stated_link(self) -> str | None:
        """The address of the text: a page's own before that of the post which led to it."""
        return self.facts.link if self.facts and self.facts.link else self.link

    @property
    def posted(self) -> date | None:
        """The day on which a channel or a group published it; what a person wrote to another is not published."""
        is_post = self.origin is not None and self.origin.kind in {SourceKind.CHANNEL, SourceKind.GROUP}
        return self.sent_at.date() if is_post else None


@dataclass(frozen=True, slots=True)
class Article:
    """An accepted article; its subjects stand strongest first.

    It changes only when a message that brought it is edited or goes on (see ``services.revise``).
    ``tags`` are those that it carries as written, ``suggested`` those that we found for one that carries none.
    """

    fingerprint: str
    title: str
    body: tuple[str, ...]
    summary: tuple[str, ...]
    summary_version: str
    tags: tuple[str, ...]
    subjects: tuple[Subject, ...]
    collected_at: datetime
    published: date | None = None
    source: Source | None = None
    link: str | None = None
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traces:
    """What the archive learns from an article besides the article.

    ``stems`` are those of its lead, ``mentioned`` the names of known tags in its text, ``guessed`` those of its tags
    that our reading told apart, ``lines`` the fingerprints of its short lines.
    """

    stems: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def weakness(subject: Subject) -> tuple[int, int]:
    """Return what sorts subjects strongest first: keywords say most, mere mentions least."""
    return (_REASONS.index(subject.why), -subject.mentions)


_REASONS = tuple(Reason)


def fingerprint(title: str, body: Sequence[str]) -> str:
    """Return 32 hexadecimal digits that are equal for one text however it is vowelled, spaced or punctuated."""
    text = " ".join(words("\n".join((title, *body))))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
