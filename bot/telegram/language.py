"""One language that we speak to readers: its sentences, plurals, dates and direction."""

import gettext
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from hijridate import Gregorian

from bot.domain.subscriber import Subscriber

_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"


@dataclass(frozen=True, slots=True)
class Language:
    """Sentences are found by their Arabic text, in Arabic too, where the catalogue adds the plural forms."""

    code: str
    translations: gettext.NullTranslations
    eastern_digits: bool = False

    @property
    def name(self) -> str:
        """What the language is called by those who speak it."""
        return self._locale.display_name or self.code

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence with its values in place."""
        return self.translations.gettext(sentence).format(**self._shown(values))

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a sentence that goes with a number."""
        form = self.translations.ngettext(one, many, number)
        return form.format(**self._shown({"number": number} | values))

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self.figures(str(it)) if isinstance(it, int) else it for name, it in values.items()}

    def figures(self, text: str) -> str:
        """Return a text of ours with the digits that the reader chose; an article's stay as they are."""
        return text.translate(_EASTERN) if self.eastern_digits else text

    def points(self, number: int) -> str:
        """Return a number with its sign, which stands before it in every language."""
        return f"\u2066{self.figures(f'{number:+}')}{_POP_ISOLATE}"

    def day(self, day: date) -> str:
        """Return a date in words: 21 أغسطس 2023."""
        return self.figures(format_date(day, "d MMMM y", locale=self._locale))

    def day_of(self, at: datetime, zone: str) -> str:
        """Return the date in words of a moment, as the reader's calendar shows it."""
        return self.day(at.astimezone(ZoneInfo(zone)).date())

    def weekday(self, day: date) -> str:
        """Return a date in words with its weekday: الاثنين 21 أغسطس 2023."""
        return self.figures(format_date(day, "EEEE d MMMM y", locale=self._locale))

    def hijri(self, day: date) -> str | None:
        """Return a date of the Umm al-Qura calendar in words, 25 رمضان 1447 هـ, or None beyond its tables."""
        try:
            day_of = Gregorian.fromdate(day).to_hijri()
        except OverflowError:
            return None
        spoken: Literal["ar", "en"] = "ar" if self.code == "ar" else "en"
        month, era = day_of.month_name(spoken), day_of.notation(spoken)
        return self.figures(f"{day_of.day} {month} {day_of.year} {era}")

    def moment(self, at: datetime, zone: str) -> str:
        """Return when something happens, as the reader's clock and calendar show it: الاثنين 08:00."""
        return self.figures(format_datetime(at.astimezone(ZoneInfo(zone)), "EEEE HH:mm", locale=self._locale))

    def ago(self, at: datetime, now: datetime) -> str:
        """Return how long ago something was, in whole minutes or hours, or days up to a week: قبل ساعتين.

        Babel would say «خلال 0 ثانية» of now and round eleven days to two weeks, so it is given one unit to say.
        """
        passed = now - at
        for unit, size in _UNITS.items():
            if passed >= size:
                return self._units_ago(passed // size, unit, size)
        return self.say("الآن")

    def days_ago(self, days: int) -> str:
        """Return that something was yesterday or some days ago: أمس، قبل 3 أيام."""
        return self.say("أمس") if days == 1 else self._units_ago(days, "day", timedelta(days=1))

    def _units_ago(self, number: int, unit: Literal["day", "hour", "minute"], size: timedelta) -> str:
        return self.figures(
            format_timedelta(
                -number * size, granularity=unit, threshold=_NEVER, add_direction=True, locale=self._locale
            )
        )

    def far_moment(self, at: datetime, zone: str) -> str:
        """Return when something happens that may be weeks away: السبت 5 ديسمبر 08:00."""
        return self.figures(format_datetime(at.astimezone(ZoneInfo(zone)), "EEEE d MMMM HH:mm", locale=self._locale))

    def clock(self, at: time) -> str:
        """Return a time of the day as a clock shows it: 08:00."""
        return self.figures(f"{at:%H:%M}")

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
        return "\n".join(_right_to_left(_COMMAND.sub(_LEFT_TO_RIGHT, line)) for line in text.split("\n"))

    @property
    def is_right_to_left(self) -> bool:
        """Tell in which direction lines go."""
        return self._locale.character_order == "right-to-left"

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.code)


_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_UNITS: Mapping[Literal["day", "hour", "minute"], timedelta] = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
_NEVER = 10**9  # when Babel shall take the next greater unit


def _names_of(zone: str) -> Iterator[str]:
    """Give a zone's name and its older ones, under which CLDR keeps the cities: Kyiv's stands under Europe/Kiev."""
    yield zone
    for older, newer in get_global("zone_aliases").items():
        if zone in {older, newer}:
            yield from (older, newer)


_LEFT_TO_RIGHT = "\u200e"
_COMMAND = re.compile(r"(?<![^\s>(«])(?=/[a-z])")  # without a mark its slash would stand at the other end
_MARKUP = re.compile(r"<[^>]*>|&\w+;")
_QUOTATION = re.compile(r"(?:<blockquote[^>]*>)?")  # begins with its first letter, and the mark is one


def _right_to_left(line: str) -> str:
    shown = _MARKUP.sub("", line)
    first = next((kind for letter in shown if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}), "AL")
    before = _QUOTATION.match(line).end()  # type: ignore[union-attr]  # it matches the empty text too
    return line[:before] + _RIGHT_TO_LEFT + line[before:] if first == "L" else line


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

    def of(self, subscriber: Subscriber) -> Language:
        """Return a subscriber's language, with the digits that they chose."""
        digits = subscriber.preferences.eastern_digits
        return replace(self[subscriber.language], eastern_digits=digits)

    def __iter__(self) -> Iterator[Language]:
        return iter(self._known.values())
