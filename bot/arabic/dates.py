"""The publication date that a text states."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain

from hijridate import Hijri

from bot.arabic.normalise import folded_spaces, normalise
from bot.arabic.tokens import words


def date_in(text: str, now: datetime) -> date | None:
    """Return the date that a text states, in its own calendar day; None where it states none or leaves a doubt.

    The Gregorian date wins over a Hijri one within two days of it, because the sighting of the moon moves that; two
    dates that differ are settled by the label of publication or not at all. ``now`` is aware; «أمس» counts from it,
    and only where the text says nothing else. Dates in the future are returned as stated.
    """
    folded = folded_spaces(normalise(text))
    try:
        stated = _stated(folded)
        return _settled(stated) if stated else _relative(folded, now)
    except _DoubtfulError:
        return _after_label(folded)


def states_only_a_date(text: str, now: datetime) -> bool:
    """Say if a line is a date, its weekday, clock and zone, and nothing else."""
    if len(text) > _LONGEST_DATE_LINE or date_in(text, now) is None:
        return False
    bare = _RELATIVE.sub(" ", _without_dates(folded_spaces(normalise(text))))
    return _is_beside_a_date(bare)


_LONGEST_DATE_LINE = 90


class _DoubtfulError(Exception):
    """A text states a date that does not exist, or dates that contradict one another."""


_SIGHTING = timedelta(days=2)


def _settled(stated: Iterable[tuple[date, bool]]) -> date:
    gregorian = {day for day, is_hijri in stated if not is_hijri}
    hijri = {day for day, is_hijri in stated if is_hijri}
    if len(gregorian or hijri) != 1:
        raise _DoubtfulError
    (settled,) = gregorian or hijri
    if any(abs(day - settled) > _SIGHTING for day in hijri):
        raise _DoubtfulError
    return settled


_MONTH_FORMS = (
    "يناير|جانفي|كانون الثاني|كانون ثاني|كانون ثان|january|jan",
    "فبراير|فيفري|شباط|february|feb",
    "مارس|آذار|march|mar",
    "أبريل|أفريل|نيسان|april|apr",
    "مايو|ماي|أيار|may",
    "يونيو|يونية|جوان|حزيران|june|jun",
    "يوليو|يولية|جويلية|يوليوز|تموز|july|jul",
    "أغسطس|أوغسطس|أوت|غشت|آب|august|aug",
    "سبتمبر|شتنبر|أيلول|september|sept|sep",
    "أكتوبر|تشرين الأول|تشرين أول|october|oct",
    "نوفمبر|نونبر|نوفنبر|تشرين الثاني|تشرين ثاني|تشرين ثان|november|nov",
    "ديسمبر|دجنبر|كانون الأول|كانون أول|december|dec",
)
_HIJRI_FORMS = (
    "محرم|المحرم",
    "صفر",
    "ربيع الأول|ربيع أول",
    "ربيع الآخر|ربيع الثاني|ربيع ثاني|ربيع ثان|ربيع آخر",
    "جمادى الأولى|جمادى الأول|جمادى أولى",
    "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جمادى ثانية",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة|ذو قعدة|ذي قعدة",
    "ذو الحجة|ذي الحجة|ذو حجة|ذي حجة",
)


def _numbered(months: tuple[str, ...]) -> dict[str, int]:
    return {normalise(form): number for number, forms in enumerate(months, 1) for form in forms.split("|")}


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


_MONTHS = _numbered(_MONTH_FORMS)
_HIJRI_MONTHS = _numbered(_HIJRI_FORMS)

MONTH_NAME = rf"(?<![^\W\d_])(?:{_alternatives(_MONTHS)})(?![^\W\d_])"
_HIJRI_NAME = rf"(?<![^\W\d_])(?:{_alternatives(_HIJRI_MONTHS)})(?![^\W\d_])"
_GAP = r"[ ,،./\-–]{0,4}"
# «21 آب/أغسطس», «أغسطس (آب)», «آب - أغسطس»: 603 of 892 dates in two outlets name the month twice.
_TWICE = rf"(?P<month>{MONTH_NAME})\.?(?: ?[/(\-–] ?(?P<again>{MONTH_NAME})\)?)?"
_DAY = r"(?P<day>[0-9]{1,2})(?![0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|2[01])[0-9]{2})(?![0-9])"
_HIJRI_YEAR = r"(?P<year>1[345][0-9]{2})(?![0-9])"
# «من 1 إلى 3 أغسطس 2023» and «1-3 أغسطس 2023» are spans of days; the clock in «14:30 - 21 أغسطس» is not a day.
_SPAN = r"(?P<span>(?<![0-9:.])[0-9]{1,2} ?(?:-|–|الي|حتي|و) ?)?(?<![0-9])"
_OF = r"(?:(?:من|of|شهر|من شهر) )?"
_IN_YEAR = r"(?:(?:عام|سنه|لعام|من عام) )?"

_WRITTEN = (
    re.compile(rf"{_SPAN}{_DAY}{_GAP}{_OF}{_TWICE}{_GAP}{_IN_YEAR}{_YEAR}"),
    re.compile(rf"{_TWICE} ?(?P<span>[0-9]{{1,2}} ?[-–] ?)?{_DAY}[ ,،]{{1,3}}{_YEAR}"),
    re.compile(rf"(?<![0-9]){_YEAR}[ ,،/\-]{{1,2}}{_TWICE}[ ,،/\-]{{1,2}}{_DAY}"),
)
_NUMERIC = (
    re.compile(r"(?<![0-9])(?P<year>[0-9]{4}) ?(?P<mark>[-/.]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
               r"(?P<day>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?<![0-9][-/.])(?P<day>[0-9]{1,2}) ?(?P<mark>[-/.]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
               r"(?P<year>[0-9]{4})(?![0-9])"),
)  # fmt: skip
_HIJRI_WRITTEN = (re.compile(rf"{_SPAN}{_DAY}{_GAP}{_OF}(?P<month>{_HIJRI_NAME}){_GAP}{_IN_YEAR}{_HIJRI_YEAR}"),)
_FORMS = (*_WRITTEN, *_NUMERIC, *_HIJRI_WRITTEN)


def _stated(folded: str) -> list[tuple[date, bool]]:
    """Return every absolute date in the text, and whether it is Hijri."""
    written = (_gregorian(found) for form in _WRITTEN for found in form.finditer(folded))
    numeric = (_numeric(found) for form in _NUMERIC for found in form.finditer(folded))
    hijri = (_hijri(found) for form in _HIJRI_WRITTEN for found in form.finditer(folded))
    return list(chain(written, numeric, hijri))


def _gregorian(found: re.Match[str]) -> tuple[date, bool]:
    month = _MONTHS[found["month"]]
    again = found["again"]
    is_span = "span" in found.re.groupindex and found["span"]
    if is_span or (again and _MONTHS[again] != month):
        raise _DoubtfulError
    return _day(int(found["year"]), month, int(found["day"])), False


def _numeric(found: re.Match[str]) -> tuple[date, bool]:
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    if year < _FIRST_GREGORIAN_YEAR:
        return _hijri_day(year, month, day), True
    return _day(year, month, day), False


_FIRST_GREGORIAN_YEAR = 1800  # a news text with a smaller year counts from the Hijra


def _hijri(found: re.Match[str]) -> tuple[date, bool]:
    if found["span"]:
        raise _DoubtfulError
    return _hijri_day(int(found["year"]), _HIJRI_MONTHS[found["month"]], int(found["day"])), True


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _DoubtfulError from error


def _hijri_day(year: int, month: int, day: int) -> date:
    try:
        converted = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError) as error:
        raise _DoubtfulError from error
    return date(converted.year, converted.month, converted.day)


def _without_dates(folded: str) -> str:
    for form in _FORMS:
        folded = form.sub(" ", folded)
    return folded


_PUBLISHED = re.compile(r"(?<!\w)(?:تاريخ النشر|النشر|نشرت?|published)(?!\w)")
_UPDATED = re.compile(r"(?<!\w)(?:اخر تحديث|تاريخ التحديث|تحديث|حدثت?|updated)(?!\w)")


def _after_label(folded: str) -> date | None:
    """Return the one date between the label of publication and that of the last change, if both are there."""
    published = _PUBLISHED.search(folded)
    if published is None or not _UPDATED.search(folded):
        return None
    own, *_ = _UPDATED.split(folded[published.end() :], maxsplit=1)
    try:
        stated = _stated(own)
        return _settled(stated) if stated else None
    except _DoubtfulError:
        return None


_COUNTED = (
    ("واحد", "واحدة"),
    ("اثنين", "اثنتين"),
    ("ثلاث", "ثلاثة"),
    ("أربع", "أربعة"),
    ("خمس", "خمسة"),
    ("ست", "ستة"),
    ("سبع", "سبعة"),
    ("ثمان", "ثماني", "ثمانية"),
    ("تسع", "تسعة"),
    ("عشر", "عشرة"),
)
_NUMBER_WORDS = {normalise(form): number for number, forms in enumerate(_COUNTED, 1) for form in forms}
_UNITS: dict[str, timedelta] = {
    normalise(form): length
    for forms, length in (
        ("ثانية ثوان ثواني", timedelta(seconds=1)),
        ("ثانيتين", timedelta(seconds=2)),
        ("دقيقة دقائق", timedelta(minutes=1)),
        ("دقيقتين", timedelta(minutes=2)),
        ("ساعة ساعات", timedelta(hours=1)),
        ("ساعتين", timedelta(hours=2)),
        ("يوم يوما أيام", timedelta(days=1)),
        ("يومين", timedelta(days=2)),
        ("أسبوع أسبوعا أسابيع", timedelta(weeks=1)),
        ("أسبوعين", timedelta(weeks=2)),
    )
    for form in forms.split()
}
_PLURALS = frozenset(normalise(form) for form in ("ثوان", "ثواني", "دقائق", "ساعات", "أيام", "أسابيع"))
_MOMENTS = frozenset(normalise(form) for form in ("لحظات", "قليل", "ثوان", "ثواني", "دقائق"))
_DAYS_AGO = {
    normalise(form): days
    for days, forms in enumerate(("الآن|اليوم", "أمس|البارحة", "أول أمس|أمس الأول|أول من أمس"))
    for form in forms.split("|")
}
_RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<days>{_alternatives(_DAYS_AGO)})"
    rf"|(?:منذ|قبل) (?:(?:نحو|حوالي) )?(?:(?P<count>[0-9]{{1,4}}|{_alternatives(_NUMBER_WORDS)}) )?"
    rf"(?P<unit>{_alternatives({*_UNITS, *_MOMENTS})}))(?!\w)"
)
# What may stand beside a date that is not part of a sentence: weekday, clock, zone, labels.
_BESIDE = """
الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت يوم الموافق هجرية هجري ميلادية ميلادي هـ م ص
الساعة ساعة عند تمام مساء مساءً صباحا صباحاً ظهرا ظهراً فجرا عصرا ليلا بتوقيت توقيت غرينتش جرينتش القاهرة بيروت دمشق
بغداد الرياض مكة المكرمة أبوظبي الإمارات السعودية القدس عمان تونس الجزائر الرباط موسكو
نشر نشرت النشر تم في بتاريخ تاريخ التاريخ آخر تحديث التحديث كتب بواسطة
gmt utc gst ast pm am published updated on at
mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
"""
_AROUND_A_DATE = frozenset(normalise(word) for word in _BESIDE.split())


def _relative(folded: str, now: datetime) -> date | None:
    """Return the day that the text counts back to, if the text says nothing else.

    «اليوم» inside a sentence dates an event, and اليوم السابع is a newspaper.
    """
    found = list(_RELATIVE.finditer(folded[: _LONGEST_DATE_LINE + 1]))
    if len(found) != 1 or len(folded) > _LONGEST_DATE_LINE:
        return None
    return _counted_back(found[0], now) if _is_beside_a_date(_RELATIVE.sub(" ", folded)) else None


_CLOCK = re.compile(r"t?[0-9]{1,2}z?")


def _is_beside_a_date(rest: str) -> bool:
    return all(word in _AROUND_A_DATE or _CLOCK.fullmatch(word) for word in words(rest))


def _counted_back(found: re.Match[str], now: datetime) -> date | None:
    if found["days"] is not None:
        ago = timedelta(days=_DAYS_AGO[found["days"]])
    else:
        counted = _length(found["count"], found["unit"])
        if counted is None:
            return None
        ago = counted
    try:
        return (now - ago).date()
    except OverflowError:
        return None


def _length(count: str | None, unit: str) -> timedelta | None:
    """Return how long ago; None for «منذ ساعات», which says no number, unless the unit is too short to matter."""
    if unit in _MOMENTS and count is None:
        return timedelta(0)
    if unit not in _UNITS or (count is None and unit in _PLURALS):
        return None
    number = 1 if count is None else _NUMBER_WORDS.get(count) or int(count)
    return number * _UNITS[unit]
