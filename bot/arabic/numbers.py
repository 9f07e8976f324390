"""The numbers that a text mentions, written in digits or in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.arabic.dates import MONTH_NAME
from bot.arabic.normalise import normalise


def numbers(text: str) -> frozenset[float]:
    """Return the numbers of a text: ٣, 3 and ثلاثة are one, as are "12 ألف" and "اثنا عشر ألفا".

    Ordinals, fractions and the duals of nouns are no numbers here, nor the hundred of «في المئة», nor the days and
    years that date a text.
    """
    return frozenset(number for number, _ in counted(text))


def counted(text: str) -> list[tuple[float, str]]:
    """Return the numbers of a text in order, each with the normalised word behind it, which often is what it counts."""
    return list(_read(_WORD.findall(_ASIDE.sub(" ", normalise(text)))))


_DIGITS = r"\d+(?:[.,٫٬]\d+)*"
_WORD = re.compile(rf"{_DIGITS}|[^\W\d_]+|[^\w\s]")
_ASIDE = re.compile(
    rf"\d+([/.-])\d+\1\d+|\d{{1,2}} ?(?:[-–و] ?\d{{1,2}} )?(?:من )?{MONTH_NAME}"
    r"|(?:في |ب)ال(?:ميه|مايه)(?!\w)|(?<![\d.,])(?:19|20)\d\d(?![.,]?\d| ?(?:الف|مليون|مليار))"
)


def _read(words: Iterable[str]) -> Iterator[tuple[float, str]]:
    number = _NOTHING
    for word in words:
        part = _part(word)
        longer = number.followed_by(part) if part else None
        if longer is None:
            yield from ((value, word) for value in number.values)
            longer = _NOTHING.followed_by(part) if part else None
        number = longer or _NOTHING
    yield from ((value, "") for value in number.values)


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a number: its value, and if an "and" joins it on, or it multiplies what stands before it."""

    value: float
    joins: bool = False
    multiplies: bool = False
    is_plural: bool = False  # «آلاف» alone is no number


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as far as it is read: its thousands or millions, and the rest, which may yet be multiplied."""

    thousands: float = 0
    scale: float = 0  # of the last of the thousands
    rest: float = 0

    @property
    def values(self) -> tuple[float, ...]:
        return (self.thousands + self.rest,) if self.thousands + self.rest else ()

    def followed_by(self, part: _Part) -> "_Number | None":
        """Return the number with one more word, or None when the word is not its own."""
        if part.multiplies:
            return self._times(part)
        if not self.values:
            return _Number(rest=part.value)
        continues = self._has_room(part.value) if part.joins else self._is_ten_more(part.value)
        return replace(self, rest=self.rest + part.value) if continues else self._hundreds(part)

    def _times(self, part: _Part) -> "_Number | None":
        if self.rest and not part.joins:
            return _Number(self.thousands + self.rest * part.value, part.value)
        is_next = part.joins and not self.rest and part.value < self.scale
        if part.is_plural or (self.values and not is_next):
            return None
        return _Number(self.thousands + part.value, part.value)

    def _has_room(self, value: float) -> bool:
        below = self.rest % _HUNDRED
        if not self.rest:
            return value < self.scale
        if not below:
            return value < _HUNDRED
        return below < _TEN < value < _HUNDRED

    def _is_ten_more(self, value: float) -> bool:
        return value == _TEN and 0 < self.rest % _HUNDRED < _TEN

    def _hundreds(self, part: _Part) -> "_Number | None":
        is_hundreds = part.value == _HUNDRED and not part.joins and 0 < self.rest < _TEN
        return replace(self, rest=self.rest * _HUNDRED) if is_hundreds else None


_NOTHING = _Number()
_TEN, _HUNDRED = 10, 100


def _part(word: str) -> _Part | None:
    return _Part(_value(word)) if word[0].isdigit() else _spelt(word)


def _value(digits: str) -> float:
    """Return the value of digits: a comma before three of them parts thousands, else it is a point."""
    whole = re.sub(r"[,٬](?=\d{3}(?!\d))", "", digits)
    found = re.match(r"\d+(?:[.,٫]\d+)?", whole)
    return float(re.sub(r"[,٫]", ".", found.group())) if found else 0.0


@lru_cache(maxsize=4096)
def _spelt(word: str) -> _Part | None:
    for prefix in ("", "ال", "ب", "ل", "بال", "لل"):
        if word.startswith(prefix) and (part := _SPELT.get(word.removeprefix(prefix))):
            return part
    part = _spelt(word[1:]) if word.startswith("و") else None
    return replace(part, joins=True) if part else None


_THREE_TO_NINE = tuple(enumerate(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3))
_SPELT = {
    **{"اثن" + ending: _Part(2) for ending in ("ان", "ين", "تان", "تين", "ا", "ي", "تا", "تي")},
    **{stem + ending: _Part(unit) for unit, stem in _THREE_TO_NINE for ending in ("", "ه")},
    **dict.fromkeys(("ثماني", "ثمانيه"), _Part(8)),
    **dict.fromkeys(("عشر", "عشره"), _Part(10)),
    **{stem + ending: _Part(10 * tens) for tens, stem in ((2, "عشر"), *_THREE_TO_NINE) for ending in ("ون", "ين")},
    **dict.fromkeys(("ميه", "مايه"), _Part(100)),
    **{stem + ending: _Part(200) for stem in ("ميت", "مايت") for ending in ("ان", "ين", "ا", "ي")},
    **{stem + hundred: _Part(100 * unit) for unit, stem in _THREE_TO_NINE for hundred in ("ميه", "مايه")},
    **dict.fromkeys(("الف", "الفا"), _Part(1e3, multiplies=True)),
    **dict.fromkeys(("الفان", "الفين", "الفي"), _Part(2e3, multiplies=True)),
    **dict.fromkeys(("الاف",), _Part(1e3, multiplies=True, is_plural=True)),
    **dict.fromkeys(("مليون", "مليونا"), _Part(1e6, multiplies=True)),
    **dict.fromkeys(("مليونان", "مليونين", "مليوني"), _Part(2e6, multiplies=True)),
    **dict.fromkeys(("ملايين",), _Part(1e6, multiplies=True, is_plural=True)),
    **dict.fromkeys(("مليار", "مليارا", "بليون"), _Part(1e9, multiplies=True)),
    **dict.fromkeys(("ملياران", "مليارين", "ملياري"), _Part(2e9, multiplies=True)),
    **dict.fromkeys(("مليارات",), _Part(1e9, multiplies=True, is_plural=True)),
    **dict.fromkeys(("تريليون", "تريليونا"), _Part(1e12, multiplies=True)),
}
