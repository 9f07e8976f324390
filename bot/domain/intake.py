"""Whether a text is an article at all."""

from enum import StrEnum

from bot.arabic.layout import Layout
from bot.arabic.stems import STOP_WORDS
from bot.arabic.tokens import words


class Refusal(StrEnum):
    """Why a text is not taken as an article."""

    EMPTY = "empty"
    HASHTAGS = "hashtags"
    FOREIGN = "foreign"
    NOISE = "noise"
    TALK = "talk"


_LEAST_ARABIC = 0.4  # of the letters
_ENOUGH_WORDS = 20  # below that, the shares say little
_LEAST_GRAMMAR = 0.12  # 3,424 real articles have .31 or more words with ال or of grammar, random letters .02
_LEAST_VARIETY = 0.05  # their least share of different words is .37; a bulletin of figures may repeat itself more
_MEASURED_WORDS = 600  # what was measured; in longer texts words must come again
_LONGEST_MEAN = 15  # letters a word; the longest single word of all those articles has 26
_FORWARDED_WORDS = 5  # a one-line news flash
_ARTICLES = ("ال", "وال", "بال", "فال", "لل")


def refusal(layout: Layout, *, is_forwarded: bool) -> Refusal | None:
    """Return why this is no article, or None if it is one; what somebody forwards may be as short as a headline."""
    found = words("\n".join((layout.title, *layout.body)))
    if not found:
        return Refusal.HASHTAGS if layout.tags else Refusal.EMPTY
    if _arabic_share(found) < _LEAST_ARABIC:
        return Refusal.FOREIGN
    if sum(map(len, found)) / len(found) > _LONGEST_MEAN:
        return Refusal.NOISE
    if len(found) < (_FORWARDED_WORDS if is_forwarded else _ENOUGH_WORDS):
        return Refusal.TALK
    return Refusal.NOISE if _is_noise(found) else None


def _arabic_share(found: list[str]) -> float:
    letters = "".join(found)
    return sum("\u0620" <= letter <= "\u06ff" for letter in letters) / len(letters)


def _is_noise(found: list[str]) -> bool:
    if len(found) < _ENOUGH_WORDS:
        return False
    found = found[:_MEASURED_WORDS]
    grammar = sum(word in STOP_WORDS or word.startswith(_ARTICLES) for word in found) / len(found)
    return grammar < _LEAST_GRAMMAR or len(set(found)) / len(found) < _LEAST_VARIETY
