"""The keywords of a footer as an editor meant them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.arabic.footer import Footer, Usage
from bot.arabic.names import Names
from bot.arabic.normalise import normalise
from bot.arabic.tokens import words

LISTED = re.compile(r"[#＃،,|؛;/•·\t]|\s[-–—]\s?|[-–—]\s")
"""What stands between keywords where anything but a space does."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword as it is written; ``is_guess`` says that only our reading told it from its neighbours."""

    name: str
    is_guess: bool = False


def keywords(values: Iterable[str], text: Sequence[str], known_tags: Names) -> list[Keyword]:
    """Return the keywords of the footers ``values``, told apart by their marks where there are any.

    Where there are none, ``known_tags`` (normalised) and the paragraphs of the article tell them apart.
    """
    return [keyword for value in values for keyword in _keywords(value, text, known_tags)]


def _keywords(value: str, text: Sequence[str], known_tags: Names) -> Iterator[Keyword]:
    is_joined = " " in value.strip() and not LISTED.search(value)
    for name in _shown(_told_apart(value, text, known_tags) if is_joined else _parts(value, known_tags)):
        yield Keyword(name, is_joined and " ".join(words(name)) not in known_tags)


def _parts(value: str, known_tags: Names) -> Iterable[str]:
    if LISTED.search(value):
        return (part for piece in LISTED.split(value) for part in _around_and(piece, known_tags))
    pieces = _HYPHENS.split(value)
    # "كوفيد-19" is one word, "طهران-موسكو-كييف" three.
    return [value] if any(piece.strip().isdecimal() for piece in pieces) else pieces


_HYPHENS = re.compile(r"[-–—]")
_LONE_AND = re.compile(r"(?:^|\s)و(?=\s)")


def _around_and(piece: str, known_tags: Names) -> list[str]:
    """Split a listed keyword at a lone و, unless the whole is a tag of its own («حقوق و حريات»)."""
    return [piece] if " ".join(words(piece)) in known_tags else _LONE_AND.split(piece)


_WORD = re.compile(r"[^\W_]")
_AROUND = " \t\u200c\u200d\u200e\u200f()[]{}*\"'«»“”.:؛"


def _shown(pieces: Iterable[str]) -> Iterator[str]:
    shown = (" ".join(piece.replace("_", " ").split()).strip(_AROUND) for piece in pieces)
    return (tag for tag in shown if _WORD.search(tag))


def _told_apart(value: str, text: Sequence[str], known_tags: Names) -> Iterator[str]:
    usage = Usage.of(words(value), text, known_tags)
    for run in _runs(value, known_tags):
        footer = Footer([" ".join(words(word)) for word in run], usage)
        for start, end in footer.best_parts():
            yield " ".join(run[start:end])


def _runs(value: str, known_tags: Names) -> Iterator[list[str]]:
    """Yield the words up to each lone و, and the last tag by itself if it hangs on one: «طهران موسكو وكييف»."""
    runs = [[word for word in piece.split() if words(word)] for piece in _LONE_AND.split(value)]
    last = runs[-1]
    if len(last) > 1 and _ends_a_list(last[-2], last[-1], known_tags):
        runs[-1:] = [last[:-1], [last[-1].removeprefix("و")]]
    return (run for run in runs if run)


def _ends_a_list(before: str, last: str, known_tags: Names) -> bool:
    before, last = normalise(before), normalise(last)
    is_joined = last.startswith("و") and last[1:] in known_tags and before in known_tags
    return is_joined and last not in known_tags and f"{before} {last}" not in known_tags
