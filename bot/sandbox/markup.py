"""Telegram's HTML mode as its server reads it: marked-up text in, plain text and entities out.

Written after the rules of tdlib's parse_html, clean_input_string and fix_formatted_text.
Left out: the merging of neighbouring entities of one type, and the tag tg-time.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final, Self

from bot.sandbox import entities, links
from bot.sandbox.refusals import RefusedError, bad_request

MAX_TEXT_UNITS: Final = 4096

_TYPES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]+))")
_LONGEST_REFERENCE: Final = 10
_LAST_CODE_POINT: Final = 0x10FFFF
_SPACES: Final = " \t\r\n\0\v"
_LANGUAGE: Final = "language-"
_MONOSPACED: Final = frozenset({"code", "pre"})
_SPLITTABLE: Final = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES: Final = frozenset({"blockquote", "expandable_blockquote"})
# tdlib drops line separators, embeddings and overrides (U+2028-202E) and three marks that were misused to draw lines.
_DROPPED: Final = frozenset("\r\u0333\u033f\u030a") | frozenset(map(chr, range(0x2028, 0x202F)))
_INVISIBLE: Final = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060-\u2069\u2800\ufeff]*")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A plain text and its entities; offsets and lengths are UTF-16 units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def parsed(marked: str) -> Formatted:
    """Return what HTML says, or refuse it in Telegram's words."""
    return _Parser(marked).formatted()


def settled(formatted: Formatted) -> Formatted:
    """Return the text as a chat shows it: cleaned, trimmed, its links found; refuse an empty and a too long one."""
    clean = _cleaned(formatted)
    if _INVISIBLE.fullmatch(clean.text):
        raise bad_request("message text is empty")
    if entities.units(clean.text) > MAX_TEXT_UNITS:
        raise bad_request("message is too long")
    return Formatted(clean.text, tuple(_with_found(clean.text, clean.entities)))


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    begin: int


@dataclass(slots=True)
class _Parser:
    marked: str
    position: int = 0
    offset: int = 0
    plain: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    closed: list[dict[str, Any]] = field(default_factory=list)

    def formatted(self) -> Formatted:
        while self.position < len(self.marked):
            if self.marked[self.position] != "<":
                self._text()
            elif self._at(self.position + 1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.opened:
            name = self.opened[-1].name
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
        text = "".join(self.plain)
        if re.search("[\ud800-\udfff]", text):
            raise _unparsable(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units",
            )
        return Formatted(text, tuple(_fixed(self.closed)))

    def _text(self) -> None:
        character, self.position = _decoded(self.marked, self.position)
        self.plain.append(character)
        self.offset += entities.units(character)

    def _start_tag(self) -> None:
        begin = self.position
        self.position = self._end_of(f"{_SPACES}>", begin + 1)
        if self._at(self.position) == "\0":
            raise self._misplaced("Unclosed start tag", begin)
        name = self.marked[begin + 1 : self.position].lower()
        if name not in _TYPES:
            raise self._misplaced(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._misplaced('Tag "span" must have class "tg-spoiler"', begin)
        self.position += 1
        self.opened.append(_Open(name, attributes, self.offset, len(self.plain)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._at(self.position) == ">":
                return attributes
            if self._at(self.position) == "\0":
                raise self._misplaced(f'Unclosed start tag "{tag}"', begin)
            start = self.position
            self.position = self._end_of(f"{_SPACES}=>/\"'", start)
            name = self.marked[start : self.position]
            if not name:
                raise self._misplaced(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_spaces()
            attributes[name.lower()] = self._value(tag, begin) if self._at(self.position) == "=" else ""

    def _value(self, tag: str, begin: int) -> str:
        self.position += 1
        self._skip_spaces()
        quote = self._at(self.position)
        if quote == "\0":
            raise self._misplaced(f'Unclosed start tag "{tag}"', begin)
        if quote in "\"'":
            return self._quoted(quote, begin)
        start = self.position
        while (character := self._at(self.position)).isascii() and (character.isalnum() or character in ".-"):
            self.position += 1
        if self._at(self.position) not in f"{_SPACES}>":
            raise self._misplaced("Unexpected end of name token", start)
        return self.marked[start : self.position].lower()

    def _quoted(self, quote: str, begin: int) -> str:
        self.position += 1
        value = []
        while self.position < len(self.marked) and self.marked[self.position] != quote:
            character, self.position = _decoded(self.marked, self.position)
            value.append(character)
        if self.position >= len(self.marked) - 1:
            raise self._misplaced("Unclosed start tag", begin)
        self.position += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.opened:
            raise self._misplaced("Unexpected end tag", begin)
        self.position = self._end_of(f"{_SPACES}>", begin + 2)
        name = self.marked[begin + 2 : self.position].lower()
        self._skip_spaces()
        if self._at(self.position) != ">":
            raise self._misplaced("Unclosed end tag", begin)
        self.position += 1
        start = self.opened.pop()
        if name and name != start.name:
            place = f"Unmatched end tag at byte offset {self._bytes(begin)}"
            raise _unparsable(f'{place}, expected "</{start.name}>", found "</{name}>"')
        if self.offset > start.offset:
            self._close(start)

    def _close(self, start: _Open) -> None:
        entity = {"type": _TYPES[start.name], "offset": start.offset, "length": self.offset - start.offset}
        match start.name:
            case "a":
                entity |= _target(start.attributes.get("href") or "".join(self.plain[start.begin :]))
            case "tg-emoji":
                entity["custom_emoji_id"] = _emoji(start.attributes.get("emoji-id", ""))
            case "blockquote" if "expandable" in start.attributes:
                entity["type"] = "expandable_blockquote"
            case "code" | "pre":
                self._close_monospaced(entity, start.attributes.get("class", ""))
                return
        if entity["type"]:
            self.closed.append(entity)

    def _close_monospaced(self, entity: dict[str, Any], style: str) -> None:
        """Make <pre><code class="language-x"> one entity, whichever of the two stands inside."""
        if entity["type"] == "code" and style.startswith(_LANGUAGE):
            entity["language"] = style.removeprefix(_LANGUAGE)
        inner = self.closed[-1] if self.closed else None
        is_pair = inner and {inner["type"], entity["type"]} == _MONOSPACED and _span(inner) == _span(entity)
        language = is_pair and inner and (entity.get("language") or inner.get("language"))
        if language:
            self.closed[-1] = entity | {"type": "pre", "language": language}
        else:
            self.closed.append(entity)

    def _at(self, position: int) -> str:
        return self.marked[position] if position < len(self.marked) else "\0"

    def _end_of(self, stops: str, position: int) -> int:
        while self._at(position) not in stops:
            position += 1
        return position

    def _skip_spaces(self) -> None:
        while (character := self._at(self.position)) in _SPACES and character != "\0":
            self.position += 1

    def _misplaced(self, problem: str, position: int) -> RefusedError:
        return _unparsable(f"{problem} at byte offset {self._bytes(position)}")

    def _bytes(self, position: int) -> int:
        return len(self.marked[:position].encode("utf-8", "surrogatepass"))


def _unparsable(problem: str) -> RefusedError:
    return bad_request(f"can't parse entities: {problem}")


def _decoded(marked: str, position: int) -> tuple[str, int]:
    """Return the character that stands at a position, a reference decoded, and the position behind it."""
    reference = _REFERENCE.match(marked, position)
    if reference and (character := _referred(reference)):
        end = reference.end()
        return character, end + (marked[end : end + 1] == ";")
    return marked[position], position + 1


def _referred(reference: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = reference.groups()
    if name is not None:
        return _NAMED.get(name)
    if len(reference[0]) >= _LONGEST_REFERENCE:
        return None
    code = int(hexadecimal or "0", 16) if decimal is None else int(decimal or "0")
    return chr(code) if 0 < code < _LAST_CODE_POINT else None


def _target(link: str) -> dict[str, Any]:
    """Return where a link leads; one that Telegram does not take has no type and stays plain text."""
    if user_id := links.mentioned(link):
        return {"type": "text_mention", "user": {"id": user_id}}
    url = links.accepted(link)
    return {"url": url} if url else {"type": ""}


def _emoji(identifier: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,18}", identifier, re.ASCII):
        raise _unparsable("Invalid custom emoji identifier specified")
    return identifier


def _fixed(closed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return entities as Telegram allows them to nest: nothing in code, no quote in a quote, each style once."""
    monospaced = [entity for entity in closed if entity["type"] in _MONOSPACED]
    kept: list[dict[str, Any]] = []
    for entity in sorted(closed, key=lambda entity: (entity["offset"], -entity["length"])):
        if entity["type"] == "code":
            entity.pop("language", None)
        if entity["type"] not in _MONOSPACED | _QUOTES and any(entities.overlap(entity, other) for other in monospaced):
            kept.extend(_around(entity, monospaced) if entity["type"] in _SPLITTABLE else ())
        elif not any(_same_kind(entity, other) and entities.overlap(entity, other) for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _around(entity: dict[str, Any], holes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts of a style that lie outside code."""
    parts = []
    start, end = _span(entity)
    for hole in sorted(holes, key=_span):
        hole_start, hole_end = _span(hole)
        if start < min(hole_start, end):
            parts.append(entity | {"offset": start, "length": min(hole_start, end) - start})
        start = max(start, hole_end)
    if start < end:
        parts.append(entity | {"offset": start, "length": end - start})
    return parts


def _same_kind(one: dict[str, Any], other: dict[str, Any]) -> bool:
    both = {one["type"], other["type"]}
    return len(both) == 1 or both <= _QUOTES


def _span(entity: dict[str, Any]) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _cleaned(formatted: Formatted) -> Formatted:
    moved = _Moved.along(formatted.text)
    kept = []
    for entity in formatted.entities:
        start, end = (moved.place(position) for position in _span(entity))
        if start < end:
            kept.append(entity | {"offset": start, "length": end - start})
    return Formatted(moved.text, tuple(kept))


@dataclass(frozen=True, slots=True)
class _Moved:
    """A cleaned and trimmed text, and where each UTF-16 unit of the old one went."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def along(cls, text: str) -> Self:
        kept: list[str] = []
        places: list[int] = []
        length = 0
        for character in text:
            width = entities.units(character)
            places.extend([length] * width)
            if character not in _DROPPED:
                kept.append(" " if character < " " and character != "\n" else character)
                length += width
        clean = "".join(kept)
        trimmed = clean.strip(" \n")
        leading = len(clean) - len(clean.lstrip(" \n"))
        last = entities.units(trimmed)
        return cls(trimmed, tuple(min(max(place - leading, 0), last) for place in [*places, length]))

    def place(self, position: int) -> int:
        return self.places[min(position, len(self.places) - 1)]


def _with_found(text: str, given: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Return the given entities and those Telegram finds itself, where no given one forbids it."""
    closed = [entity for entity in given if entity["type"] not in _SPLITTABLE | _QUOTES]
    seen = [entity for entity in entities.found(text) if not any(entities.overlap(entity, other) for other in closed)]
    return sorted([*given, *seen], key=lambda entity: (entity["offset"], -entity["length"]))
