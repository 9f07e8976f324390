"""Articles as they leave one archive and enter another: a JSON object a line."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.arabic.normalise import cleaned, folded_spaces
from bot.arabic.tokens import words
from bot.domain.article import Article, Facts, Source, SourceKind, fingerprint
from bot.domain.links import canonical, split
from bot.domain.topic import topic_key
from bot.domain.unread import Found

LONGEST_LINE = 5_000_000  # bytes: a book; what is longer is no article but a file with its line breaks gone


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it stands in the archive.

    ``guessed`` are those of its tags that our reading told apart and nobody wrote apart since.
    """

    article: Article
    for_everyone_since: datetime | None = None
    guessed: tuple[str, ...] = ()


class BadRow(ValueError):
    """A line is no article; the message says why."""


def line_of(entry: Entry) -> bytes:
    """Return an entry as a line, its end included; what can be found out again by reading the article is left out."""
    article, source = entry.article, entry.article.source
    row = {
        "title": article.title,
        "body": article.body,
        "tags": article.tags,
        "suggested": article.suggested,
        "guessed": entry.guessed,
        "published": article.published and article.published.isoformat(),
        "collected_at": article.collected_at.astimezone(UTC).isoformat(),
        "for_everyone": entry.for_everyone_since and entry.for_everyone_since.astimezone(UTC).isoformat(),
        "source": source and {"kind": source.kind, "name": source.name, "link": source.link},
        "link": article.link,
    }
    return json.dumps(row, ensure_ascii=False).translate(_LINE_BREAKS).encode() + b"\n"


# JSON lets these stand as they are, and many readers of lines break at them.
_LINE_BREAKS = {code: f"\\u{code:04x}" for code in (0x7F, 0x85, 0x2028, 0x2029, *range(0xD800, 0xE000))}


def row_in(line: bytes) -> Entry | Found:
    """Return what a line holds: an article of an archive (it has a "body"), or a text that is still to be read.

    Raise BadRow. The article has neither subjects nor summary: they are found by reading.
    """
    return _read(_object(line))


def rows_in(content: bytes) -> Sequence[Entry | Found | BadRow]:
    """Return the articles of the file that a reader is given of all that is held on them; raise BadRow."""
    listed = _object(content).get("articles")
    if not isinstance(listed, list):
        raise BadRow('no list of "articles"')
    return [_tried(row) for row in listed]


def _tried(row: object) -> Entry | Found | BadRow:
    try:
        return _read(row) if isinstance(row, dict) else BadRow("not a JSON object")
    except BadRow as error:
        return error


def _read(row: dict[str, Any]) -> Entry | Found:
    if row.get("body") is not None:
        return _entry(row)
    if row.get("text") is not None:
        return _found(row)
    raise BadRow('neither a "body" nor a "text"')


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadRow("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadRow("not JSON") from error
    if not isinstance(row, dict):
        raise BadRow("not a JSON object")
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _entry(row: dict[str, Any]) -> Entry:
    title, body = _whole(row, "title"), _wholes(row, "body")
    if not words("\n".join((title, *body))):
        raise BadRow("no words in it")
    tags = _distinct(_wholes(row, "tags"))
    carried = set(map(topic_key, tags))
    article = Article(
        fingerprint=fingerprint(title, body),
        title=title,
        body=body,
        summary=(),
        summary_version="",
        tags=tags,
        subjects=(),
        collected_at=_moment("collected_at", _whole(row, "collected_at")),
        published=_day(row),
        source=_source(row),
        link=_optional(row, "link"),
        suggested=tuple(tag for tag in _distinct(_wholes(row, "suggested")) if topic_key(tag) not in carried),
    )
    since = _optional(row, "for_everyone")
    guessed = tuple(tag for tag in _distinct(_wholes(row, "guessed")) if topic_key(tag) in carried)
    return Entry(article, None if since is None else _moment("for_everyone", since), guessed)


def _distinct(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags as an archive keeps them: one of each key, and none without a letter."""
    by_key: dict[str, str] = {}
    for tag in tags:
        if key := topic_key(tag):
            by_key.setdefault(key, tag)
    return tuple(by_key.values())


def _moment(name: str, stated: str) -> datetime:
    try:
        moment = datetime.fromisoformat(stated)
        if moment.tzinfo is None:
            raise BadRow(f"{name}: a moment with its zone expected")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRow(f"{name}: a moment with its zone expected") from error


def _day(row: dict[str, Any]) -> date | None:
    stated = (_optional(row, "published") or "").strip()
    if not stated:
        return None
    for read in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(stated)
        except (ValueError, OverflowError):
            continue
        return found.date() if isinstance(found, datetime) else found
    raise BadRow("published: a date expected")


def _source(row: dict[str, Any]) -> Source | None:
    stated = row.get("source")
    if stated is None:
        return None
    if not isinstance(stated, dict):
        raise BadRow("source: an object expected")
    try:
        kind = SourceKind(_whole(stated, "kind"))
    except ValueError as error:
        raise BadRow(f"source: no such kind; there are {', '.join(SourceKind)}") from error
    return Source(kind, _whole(stated, "name"), _optional(stated, "link"))


def _found(row: dict[str, Any]) -> Found:
    name, stated = "", row.get("source")
    if isinstance(stated, dict):
        name = _optional(stated, "name") or ""
    elif stated is not None:
        name = _whole(row, "source")
    name = folded_spaces(cleaned(name))
    link = (_optional(row, "link") or "").strip()
    facts = Facts(
        title=_optional(row, "title") or "",
        published=_day(row),
        tags=_listed(row),
        source=Source(SourceKind.PAPER, name) if name else None,
        link=canonical(link) if split(link) else None,
    )
    return Found(_whole(row, "text"), facts)


_COMMA = re.compile(r"[،,;؛]")


def _listed(row: dict[str, Any]) -> tuple[str, ...]:
    """Return tags that stand in a list, or in one text with commas."""
    if isinstance(row.get("tags"), str):
        return tuple(tag for part in _COMMA.split(_whole(row, "tags")) if (tag := part.strip()))
    return _wholes(row, "tags")


def _optional(row: dict[str, Any], name: str) -> str | None:
    return None if row.get(name) is None else _whole(row, name)


def _whole(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise BadRow(f"{name}: text expected")
    return _without_halves(name, value)


def _wholes(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRow(f"{name}: a list of texts expected")
    return tuple(_without_halves(name, item) for item in value)


def _without_halves(name: str, text: str) -> str:
    """Refuse halves of surrogate pairs, which JSON can spell and no database holds."""
    if _HALF.search(text):
        raise BadRow(f"{name}: half a surrogate pair in it")
    return text


_HALF = re.compile("[\ud800-\udfff]")
