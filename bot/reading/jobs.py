"""What the bot and its reading process say to each other, a line of JSON each."""

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, TypeAdapter

from bot.arabic.layout import Layout
from bot.domain.article import Draft
from bot.domain.keyphrases import KnownTag
from bot.domain.reading import Findings, Opened, Text
from bot.domain.topic import Subject, Topic


@dataclass(frozen=True, slots=True)
class Learn:
    """Know these too; has no answer."""

    topics: tuple[Topic, ...] = ()
    tags: tuple[KnownTag, ...] = ()
    kind: Literal["learn"] = "learn"


@dataclass(frozen=True, slots=True)
class Open:
    """Take a text apart."""

    draft: Draft
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Search:
    """Say what an article is about; the repeated lines are its source's."""

    layout: Layout
    repeated: frozenset[str]
    kind: Literal["search"] = "search"


@dataclass(frozen=True, slots=True)
class Summarise:
    """Summarise an article anew."""

    text: Text
    repeated: frozenset[str]
    kind: Literal["summarise"] = "summarise"


@dataclass(frozen=True, slots=True)
class About:
    """Say which articles are about a topic that need not be known."""

    topic: Topic
    texts: tuple[Text, ...]
    kind: Literal["about"] = "about"


Job: TypeAlias = Open | Search | Summarise | About


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read; exactly one field is there. ``failed`` names a mistake of ours and where it happened."""

    opened: Opened | None = None
    findings: Findings | None = None
    summary: tuple[str, ...] | None = None
    subjects: tuple[Subject | None, ...] | None = None
    failed: str | None = None


_MESSAGES: TypeAdapter[Learn | Job] = TypeAdapter(Annotated[Learn | Job, Discriminator("kind")])
_ANSWERS = TypeAdapter(Answer)


def line_of(message: Learn | Job) -> bytes:
    """Return a message as a line."""
    return _line(_MESSAGES.dump_python(message, mode="json"))


def message_in(line: bytes) -> Learn | Job:
    """Return the message of a line."""
    return _MESSAGES.validate_python(_value(line))


def answer_line(answer: Answer) -> bytes:
    """Return an answer as a line."""
    return _line(_ANSWERS.dump_python(answer, mode="json"))


def answer_in(line: bytes) -> Answer:
    """Return the answer of a line."""
    return _ANSWERS.validate_python(_value(line))


# Not pydantic's own JSON: it refuses half a surrogate pair, and strangers send those.
def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _value(line: bytes) -> Any:
    return json.loads(line.decode("utf-8", "surrogatepass"))
