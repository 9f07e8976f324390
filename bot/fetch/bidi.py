"""Arabic text as it stands on paper, from left to right, turned back into the order in which it is read."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_ARABIC_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")


def logical(glyphs: Iterable[str]) -> str:
    """Return a line in reading order; ``glyphs`` are the texts of its glyphs from left to right.

    A ligature is one glyph with several letters, so «لا» stays in order while the line is turned, which no text already
    extracted allows. Follows the Unicode Bidirectional Algorithm backwards: numbers and Latin words keep their own
    direction; after Arabic letters a "%" or "-" does not belong to the number beside it (rules W2 and W5).
    """
    units = [composed(glyph) for glyph in glyphs if glyph]
    arabic, latin = (sum(bool(mark.search(unit)) for unit in units) for mark in (_ARABIC_LETTER, _LATIN))
    if not arabic:
        return "".join(units)
    turned = _turned(units) if arabic * _MOSTLY_LATIN >= latin else _partly_turned(units)
    return "".join(turned)


_MOSTLY_LATIN = 3  # Latin letters to one of Arabic: names of companies make half of many an Arabic line
_ARABIC_LETTER = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff]")


def composed(glyph: str) -> str:
    """Return the letters behind a presentation form; that of a lone mark has a space of its own."""
    letters = unicodedata.normalize("NFKC", glyph)
    is_mark = letters.startswith(" ") and len(letters) > 1
    return letters.strip() if is_mark else letters


def _turned(units: Sequence[str]) -> list[str]:
    """Return a line of Arabic: runs from right to left, what reads the other way inside each run as it stands."""
    runs: list[list[str]] = []
    place = 0
    while place < len(units):
        end = _end_of_run(units, place)
        runs.append(list(units[place:end]))
        place = end
    return [unit for run in reversed(runs) for unit in run]


def _end_of_run(units: Sequence[str], place: int) -> int:
    """Return where the run of Latin words or digits that begins here ends; one unit if none begins."""
    if _LATIN.search(units[place]):
        return _last_latin(units, place) + 1
    if _is_digit(units[place]):
        return _end_of_number(units, place)
    return place + 1


def _last_latin(units: Sequence[str], place: int) -> int:
    """Return the last unit of a run that goes on over spaces and punctuation, up to the next Arabic letter."""
    last = place
    for at in range(place, len(units)):
        if _ARABIC_LETTER.search(units[at]) or _ARABIC_DIGIT.search(units[at]):
            break
        if _LATIN.search(units[at]) or _is_digit(units[at]):
            last = at
    return last


_SEPARATORS = frozenset(".,:/٫٬،")  # single ones, between two digits


def _end_of_number(units: Sequence[str], place: int) -> int:
    end = place + 1
    while end < len(units):
        is_joined = units[end] in _SEPARATORS and end + 1 < len(units) and _is_digit(units[end + 1])
        if not _is_digit(units[end]) and not is_joined:
            break
        end += 1
    return end


def _is_digit(unit: str) -> bool:
    return unit[:1].isdecimal()


def _partly_turned(units: Sequence[str]) -> list[str]:
    """Return a line of Latin text with the Arabic words in it turned."""
    line: list[str] = []
    place = 0
    while place < len(units):
        end = place + 1
        if _ARABIC_LETTER.search(units[place]):
            end = _last_of_arabic(units, place) + 1
            line += _turned(units[place:end])
        else:
            line.append(units[place])
        place = end
    return line


def _last_of_arabic(units: Sequence[str], place: int) -> int:
    last = place
    for at in range(place, len(units)):
        if _LATIN.search(units[at]):
            break
        if _ARABIC_LETTER.search(units[at]):
            last = at
    return last


_MIRRORED = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_CLOSED_BY = dict(zip(")]}»›", "([{«‹", strict=True))


def upright(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs of a document, the brackets of Arabic ones mirrored if more of them make pairs then.

    Programs differ, and each does it one way: some name the bracket that is seen, some the one that was meant.
    """
    mirrored = [text.translate(_MIRRORED) if _ARABIC_LETTER.search(text) else text for text in paragraphs]
    return mirrored if _alone(mirrored) < _alone(paragraphs) else list(paragraphs)


def _alone(paragraphs: Iterable[str]) -> int:
    """Return how many brackets have no partner."""
    alone = 0
    for paragraph in paragraphs:
        opened: list[str] = []
        for letter in paragraph:
            if letter in _CLOSED_BY.values():
                opened.append(letter)
            elif letter in _CLOSED_BY and opened and opened[-1] == _CLOSED_BY[letter]:
                opened.pop()
            else:
                alone += letter in _CLOSED_BY
        alone += len(opened)
    return alone
