"""The names that a person typed, to follow them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.domain.topic import marks_of, shown_name, topic_key

LONGEST_NAME = 64
MOST_NAMES = 20
_MOST_WORDS = 12  # of a known name
_SEPARATORS = re.compile(r"[،,;؛|\n/]+|\s(?=#)|(?<=\S)#")


class BadNames(ValueError):
    """What should be names is not: nothing, a name of over 64 letters, or over 20 names."""


class NoNames(BadNames):
    """No name at all."""


def names_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the names in what a person typed, each once, as they are shown.

    Separators count: «،» and the like, line breaks, #. Without one, a known name stays whole («الولايات المتحدة»),
    several known names are told apart («روسيا أوكرانيا», «روسيا وأوكرانيا»), and anything else is one name. ``known``
    are topic keys. Raise BadNames.
    """
    parts = _SEPARATORS.split(text)
    names = [name for part in parts if topic_key(part) for name in _names(shown_name(part), known)]
    return _checked(text, _distinct(names))


@dataclass(frozen=True, slots=True)
class Wish:
    """A name to follow, without the stories that are also about other ones."""

    name: str
    without: tuple[str, ...] = ()


_WITHOUT = re.compile(
    r"\s(?:بدون|من دون|دون|بلا(?! حدود)|ما ?عدا|عدا|باستثناء|إلا|الا|without|except)\s", re.IGNORECASE
)


def wishes_in(text: str, known: Collection[str]) -> tuple[Wish, ...]:
    """Return the names in what a person typed, each with what is left out: «روسيا بدون رياضة», «روسيا عدا الاقتصاد».

    What is left out ends with a separator; «و» adds to it. Raise BadNames.
    """
    wishes = [wish for part in _SEPARATORS.split(text) if topic_key(part) for wish in _wishes(shown_name(part), known)]
    names = _checked(text, _distinct([wish.name for wish in wishes]))
    return tuple(next(wish for wish in wishes if wish.name == name) for name in names)


def _wishes(part: str, known: Collection[str]) -> Iterator[Wish]:
    found = None if topic_key(part) in known else _WITHOUT.search(part)
    wanted, without = (part[: found.start()], part[found.end() :]) if found else (part, "")
    if not topic_key(wanted) or (found and not topic_key(without)):
        wanted, without = part, ""
    left_out = _checked(part, _distinct(_added(without.split(), known))) if without else ()
    for name in _names(wanted, known):
        yield Wish(name, tuple(each for each in left_out if topic_key(each) != topic_key(name)))


def _added(typed: list[str], known: Collection[str]) -> list[str]:
    """Return names that are joined by «و»; a known one may be followed by one that nobody knows."""
    names: list[str] = []
    while typed:
        end = next((end for end in _ends(typed) if _is_joined(typed, end, known)), len(typed))
        names.append(" ".join(typed[:end]))
        typed = " ".join(typed[end:]).removeprefix("و").split()
    return names


def _is_joined(typed: list[str], end: int, known: Collection[str]) -> bool:
    is_last = end == len(typed) or typed[end].startswith("و")
    return is_last and topic_key(" ".join(typed[:end])) in known


def _ends(typed: list[str], place: int = 0) -> range:
    """Return where a name that begins here may end, the longest first."""
    return range(min(len(typed), place + _MOST_WORDS), place, -1)


def _distinct(names: list[str]) -> list[str]:
    """Leave out what is only another spelling, but not two names that vowel marks tell apart: «عُمان، عمّان»."""
    kept: dict[str, list[str]] = {}
    distinct: list[str] = []
    for name in names:
        same = kept.setdefault(topic_key(name), [])
        if not same or (marks_of(name) and all(marks_of(each) not in {"", marks_of(name)} for each in same)):
            same.append(name)
            distinct.append(name)
    return distinct


def _checked(text: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        raise NoNames(text)
    if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
        raise BadNames(text)
    return tuple(names)


def _names(part: str, known: Collection[str]) -> list[str]:
    if topic_key(part) in known:
        return [part]
    return _known_run(part.split(), known) or [part]


def _known_run(typed: list[str], known: Collection[str]) -> list[str]:
    """Return the known names that the words are made of, the longest first; empty if a word is left over."""
    names: list[str] = []
    place = 0
    while place < len(typed):
        for end in _ends(typed, place):
            name = " ".join(typed[place:end])
            without_and = name.removeprefix("و").lstrip()
            if topic_key(name) in known or (place and topic_key(without_and) in known):
                names.append(name if topic_key(name) in known else without_and)
                place = end
                break
        else:
            if typed[place] != "و":
                return []
            place += 1
    return names
