"""One language that we speak to readers: its sentences, plurals, dates and direction."""

import gettext
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_datetime
from babel.lists import format_list

_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"


@dataclass(frozen=True, slots=True)
class Language:
    """Sentences are found by their Arabic text, in Arabic too, where the catalogue adds the plural forms."""

    code: str
    translations: gettext.NullTranslations

    @property
    def name(self) -> str:
        """What the language is called by those who speak it."""
        return self._locale.display_name or self.code

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence with its values in place."""
        return self.translations.gettext(sentence).format(**values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a sentence that goes with a number."""
        return self.translations.ngettext(one, many, number).format(number=number, **values)

    def day(self, day: date) -> str:
        """Return a date in words: 21 أغسطس 2023."""
        return format_date(day, "d MMMM y", locale=self._locale)

    def day_of(self, at: datetime, zone: str) -> str:
        """Return the date in words of a moment, as the reader's calendar shows it."""
        return self.day(at.astimezone(ZoneInfo(zone)).date())

    def weekday(self, day: date) -> str:
        """Return a date in words with its weekday: الاثنين 21 أغسطس 2023."""
        return format_date(day, "EEEE d MMMM y", locale=self._locale)

    def moment(self, at: datetime, zone: str) -> str:
        """Return when something happens, as the reader's clock and calendar show it: الاثنين 08:00."""
        return format_datetime(at.astimezone(ZoneInfo(zone)), "EEEE HH:mm", locale=self._locale)

    def far_moment(self, at: datetime, zone: str) -> str:
        """Return when something happens that may be weeks away: السبت 5 ديسمبر 08:00."""
        return format_datetime(at.astimezone(ZoneInfo(zone)), "EEEE d MMMM HH:mm", locale=self._locale)

    def day_name(self, day: int) -> str:
        """Return the name of a day of the week, as date.weekday() counts: الأحد."""
        return str(self._locale.days["format"]["wide"][day])

    def place(self, zone: str) -> str:
        """Return the city that gives a zone its name, as the reader writes it: الرياض."""
        if zone == "UTC":
            return self.say("غرينتش")
        cities = (self._locale.time_zones.get(name, {}).get("city") for name in _names_of(zone))
        return next(filter(None, cities), None) or isolated(zone.rpartition("/")[2].replace("_", " "))

    def all_of(self, things: Sequence[str]) -> str:
        """Return a list in words: روسيا وأوكرانيا وإيران."""
        return format_list(list(things), locale=self._locale)

    def aligned(self, text: str) -> str:
        """Return a marked-up text with each line beginning in the language's own direction, whatever comes first."""
        if not self.is_right_to_left:
            return text
        return "\n".join(_right_to_left(line) for line in text.split("\n"))

    @property
    def is_right_to_left(self) -> bool:
        """Tell in which direction lines go."""
        return self._locale.character_order == "right-to-left"

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.code)


def _names_of(zone: str) -> Iterator[str]:
    """Give a zone's name and its older ones, under which CLDR keeps the cities: Kyiv's stands under Europe/Kiev."""
    yield zone
    for older, newer in get_global("zone_aliases").items():
        if zone in {older, newer}:
            yield from (older, newer)


_MARKUP = re.compile(r"<[^>]*>|&\w+;")


def _right_to_left(line: str) -> str:
    shown = _MARKUP.sub("", line)
    first = next((kind for letter in shown if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}), "AL")
    return _RIGHT_TO_LEFT + line if first == "L" else line


def isolated(text: str) -> str:
    """Return a text from outside so that its direction does not turn what stands around it."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if _turns(text) else text


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "L" for letter in text)


def in_markup(text: str) -> str:
    """Return a text from outside so that no letter of it is markup."""
    return escape(text, quote=True)


class Languages:
    """The languages we speak; an unknown code gets the first one."""

    def __init__(self, catalogues: Mapping[str, gettext.NullTranslations]) -> None:
        self._known = {code: Language(code, translations) for code, translations in catalogues.items()}

    def __getitem__(self, code: str) -> Language:
        return self._known.get(code) or next(iter(self._known.values()))

    def __iter__(self) -> Iterator[Language]:
        return iter(self._known.values())
