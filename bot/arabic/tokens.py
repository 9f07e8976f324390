"""Words of a text and the dictionary forms a word may stand for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.arabic.normalise import normalise

# What may stand inside a word and is no letter: vowel marks and the invisible controls normalise() deletes.
_MARK = (
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
_WORD = re.compile(rf"[^\W_]+(?:[{_MARK}]+[^\W_]*)*")
_FATHATAN = "\u064b"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    ``form`` is normalised; ``raw`` is as written; ``has_tanween`` tells صيداً (hunting) from صيدا (Sidon), which
    ``form`` no longer does.
    """

    form: str
    raw: str
    has_tanween: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order; underscores and punctuation separate, digits count as letters."""
    composed = unicodedata.normalize("NFKC", text)
    return tuple(token for raw in _WORD.findall(composed) if (token := _token(raw)).form)


@lru_cache(maxsize=65_536)
def _token(raw: str) -> Token:
    return Token(normalise(raw), raw, _FATHATAN in raw)


def words(text: str) -> list[str]:
    """Return the normalised words of a text; cheaper than ``tokens`` when only the forms matter."""
    return _PLAIN_WORD.findall(normalise(text))


_PLAIN_WORD = re.compile(r"[^\W_]+")

_SHORTEST_HOST = 4  # a particle and three letters: below that بين would be ب + ين


@lru_cache(maxsize=65_536)
def hosts(word: str) -> tuple[str, ...]:
    """Return the normalised word and what is left of it without attached و ف ب ك ل, most literal first.

    لل stands for ل + ال as well as ل + a name in ل (للعراق, لليبيا), so both are given. The article ال stays:
    whoever compares knows if the name they look for carries one.
    """
    bare = [word, *_without_preposition(word)]
    if len(word) >= _SHORTEST_HOST and word[0] in "وف":
        bare += [word[1:], *_without_preposition(word[1:])]
    return tuple(dict.fromkeys(bare))


def _without_preposition(word: str) -> list[str]:
    if word.startswith("لل") and len(word) > _SHORTEST_HOST:
        return ["ال" + word[2:], word[1:]]
    if len(word) >= _SHORTEST_HOST and word[0] in "بكل":
        return [word[1:]]
    return []
