"""The names that a person typed, to follow them."""

import re
from collections.abc import Collection

from bot.domain.topic import shown_name, topic_key

LONGEST_NAME = 64
MOST_NAMES = 20
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
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(topic_key(name), name)
    if not distinct:
        raise NoNames(text)
    if len(distinct) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in distinct.values()):
        raise BadNames(text)
    return tuple(distinct.values())


def _names(part: str, known: Collection[str]) -> list[str]:
    if topic_key(part) in known:
        return [part]
    return _known_run(part.split(), known) or [part]


def _known_run(typed: list[str], known: Collection[str]) -> list[str]:
    """Return the known names that the words are made of, the longest first; empty if a word is left over."""
    names: list[str] = []
    place = 0
    while place < len(typed):
        for end in range(len(typed), place, -1):
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
