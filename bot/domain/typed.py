"""What people type about when digests come."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.arabic.dates import date_in
from bot.arabic.normalise import folded_spaces, normalise
from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Quiet, Weekly
from bot.domain.weekends import weekend, work_days


class BadTime(ValueError):
    """What should be times of the day is not; the argument is the part that cannot be read."""


class BadDays(BadTime):
    """The days that were typed are none."""


class BadQuiet(ValueError):
    """What should be quiet hours is not."""


class BadVacation(ValueError):
    """What should say how long a vacation lasts does not, or says that it is over or longer than a year."""


class BadWeekly(ValueError):
    """What should be a day and a time is not."""


USUAL_QUIET = Quiet(time(23), time(7))
USUAL_REVIEW = time(10)

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{1,2}))?\s*(صباحا|فجرا|ظهرا|عصرا|مساء|ليلا|ص|م|am|pm)?(?=[\s,،;؛]|و\s*\d|$)")
_BETWEEN = re.compile(r"[\s,،;؛]*(?:و\s*(?=\d))?")
# From which hour of twelve a word means the later half of the day: «8 ليلًا» is in the evening, «2 ليلًا» after
# midnight, «11 ظهرًا» before noon.
_LATE = {"ليلا": range(6, 12), "ظهرا": (12, *range(1, 6)), **dict.fromkeys(("عصرا", "مساء", "م", "pm"), range(1, 13))}
_NOON = 12


def times_of(text: str) -> tuple[time, ...]:
    """Return the times that a person wrote: «8», «08:00 20:30», «٨ صباحاً و٩ مساءً», "8am, 9:15 pm".

    Raise BadTime for anything else, for no time at all and for more than ``MOST_TIMES``.
    """
    rest = normalise(text).strip()
    times: set[time] = set()
    while rest:
        match = _TIME.match(rest)
        if not match:
            raise BadTime(rest)
        times.add(_time(match))
        rest = rest[match.end() :]
        rest = rest[_BETWEEN.match(rest).end() :]  # type: ignore[union-attr]  # it matches the empty text too
    if not 0 < len(times) <= MOST_TIMES:
        raise BadTime(text)
    return tuple(sorted(times))


def _time(match: re.Match[str]) -> time:
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= _NOON:
            raise BadTime(match[0])
        hour = hour % _NOON + (_NOON if hour in _LATE.get(half, ()) else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise BadTime(match[0]) from error


def promises_of(text: str, zone: str) -> tuple[tuple[time, ...] | None, frozenset[int] | None]:
    """Return the times and the days that a person wrote, None for what they did not name.

    «08:00 20:30 أيام العمل», «كل يوم عدا الجمعة 8 صباحًا», «من الأحد إلى الخميس 7:30», «أيام العمل». Raise BadTime for
    anything else.
    """
    days, rest = _days_and_rest(folded_spaces(normalise(text)), zone)
    times = times_of(rest) if rest or days is None else None
    return times, days


def _either(phrases: str) -> str:
    return "|".join(sorted(map(normalise, phrases.split("|")), key=len, reverse=True))


_DAY_FORMS = (
    "الاثنين|اثنين|monday|mon",
    "الثلاثاء|ثلاثاء|الثلاثا|tuesday|tue",
    "الأربعاء|أربعاء|الأربعا|wednesday|wed",
    "الخميس|خميس|thursday|thu",
    "الجمعة|جمعة|friday|fri",
    "السبت|سبت|saturday|sat",
    "الأحد|أحد|sunday|sun",
)
_DAY_NUMBERS = {normalise(form): number for number, forms in enumerate(_DAY_FORMS) for form in forms.split("|")}
_NAME = _either("|".join(_DAY_FORMS))
_TO = _either("إلى|حتى|لغاية|to|until|till")
_PHRASE = re.compile(
    rf"(?<!\w)(?:و ?|and )?(?:"
    rf"(?P<every>{_either('كل يوم|كل الأيام|كل أيام الأسبوع|جميع الأيام|يوميا|every day|daily')})"
    rf"|(?P<work>{_either('أيام العمل|أيام الدوام|أيام الشغل|work days|workdays|weekdays')})"
    rf"|(?P<weekend>{_either('نهاية الأسبوع|عطلة الأسبوع|weekends|weekend')})"
    rf"|(?:من |from )?(?:يوم )?(?P<first>{_NAME})(?: (?:{_TO}) | ?[-–] ?)(?:يوم )?(?P<last>{_NAME})"
    rf"|(?:كل )?(?:يوم |ايام |on )?(?P<day>{_NAME})"
    rf")(?!\w)[,،]?"
)
_BUT = re.compile(rf"(?<!\w)(?:{_either('ما عدا|ماعدا|عدا|باستثناء|إلا|except')})(?!\w)")
_FILLERS = re.compile(rf"(?<!\w)(?:{_either('الساعة|عند|في|at')})(?!\w)")


def _days_and_rest(folded: str, zone: str) -> tuple[frozenset[int] | None, str]:
    """Return the days that a text names, None if it names none, and what else it says."""
    named, but, exceptions = _but(folded)
    days = _named(named, zone)
    if but:
        days = (EVERY_DAY if days is None else days) - (_named(exceptions, zone) or EVERY_DAY)
    if days is not None and not days:
        raise BadDays(folded)
    rest = _FILLERS.sub(" ", _PHRASE.sub(" ", f"{named} {exceptions}"))
    return days, rest.strip(" ,،;؛")


def _but(folded: str) -> tuple[str, bool, str]:
    found = _BUT.search(folded)
    return (folded[: found.start()], True, folded[found.end() :]) if found else (folded, False, "")


def _named(folded: str, zone: str) -> frozenset[int] | None:
    found = [_phrase(match, zone) for match in _PHRASE.finditer(folded)]
    return frozenset().union(*found) if found else None


def _phrase(match: re.Match[str], zone: str) -> Iterable[int]:
    if match["every"]:
        return EVERY_DAY
    if match["work"]:
        return work_days(zone)
    if match["weekend"]:
        return weekend(zone)
    if match["day"]:
        return (_DAY_NUMBERS[match["day"]],)
    first, last = _DAY_NUMBERS[match["first"]], _DAY_NUMBERS[match["last"]]
    return ((first + step) % 7 for step in range((last - first) % 7 + 1))


_NO = frozenset(map(normalise, ("لا", "إلغاء", "ألغ", "أوقف", "بلا", "عدت", "no", "off", "none", "stop", "back")))
_YES = frozenset(map(normalise, ("نعم", "شغل", "فعل", "yes", "on")))
_ACROSS = re.compile(rf"\s*[-–—]\s*|\s+(?:{_TO})\s+")


def quiet_of(text: str) -> Quiet | None:
    """Return the quiet hours that a person wrote, None for «لا»: «23:00-07:00», «من 11 مساءً إلى 7 صباحًا», «نعم»."""
    folded = folded_spaces(normalise(text))
    if folded in _NO:
        return None
    if folded in _YES:
        return USUAL_QUIET
    sides = _ACROSS.split(re.sub(r"^(?:من|from) ", "", folded))
    if len(sides) == 1:
        sides = folded.split(" ")
    try:
        start, end = ((moment,) for side in sides for (moment,) in [times_of(side)])
    except ValueError as error:
        raise BadQuiet(text) from error
    if start == end:
        raise BadQuiet(text)
    return Quiet(*start, *end)


_LONGEST_AWAY = timedelta(days=366)
_COUNTS = {
    normalise(form): number
    for number, forms in enumerate(
        ("ثلاثة|ثلاث", "أربعة|أربع", "خمسة|خمس", "ستة|ست", "سبعة|سبع", "ثمانية|ثماني", "تسعة|تسع", "عشرة|عشر"), 3
    )
    for form in forms.split("|")
}
_LENGTHS = {
    normalise(form): days
    for days, forms in (
        (1, "يوم|يوما|أيام|day|days"),
        (2, "يومين|يومان"),
        (7, "أسبوع|أسبوعا|أسابيع|week|weeks"),
        (14, "أسبوعين|أسبوعان"),
        (30, "شهر|شهرا|أشهر|شهور|month|months"),
        (60, "شهرين|شهران"),
    )
    for form in forms.split("|")
}
_COUNT, _UNIT = _either("|".join(_COUNTS)), _either("|".join(_LENGTHS))
_LASTING = re.compile(rf"(?:(?:لمده|مده|ل|for) ?)?(?:(?P<count>\d{{1,3}}|{_COUNT}) )?(?P<unit>{_UNIT})")
_OPEN = frozenset(map(normalise, ("حتى أعود", "إلى أن أعود", "حتى إشعار آخر", "مفتوحة", "until i am back")))
_UNTIL = re.compile(rf"^(?:{_TO})\s+(?:يوم\s+)?")


def vacation_of(text: str, now: datetime, zone: str) -> datetime | None:
    """Return when the vacation that a person wrote is over, in their zone, None for «لا»: it is over now.

    «10 أيام» counts today as the first; «حتى 5 ديسمبر» has the 5th as its last day, since what follows حتى is within
    what comes before it; «نعم» and «حتى أعود» are open.
    """
    folded, today = folded_spaces(normalise(text)), now.astimezone(ZoneInfo(zone)).date()
    if folded in _NO:
        return None
    if folded in _YES or folded in _OPEN:
        return UNTIL_TOLD
    last = _last_day(folded, today)
    if last is None or not today <= last <= today + _LONGEST_AWAY:
        raise BadVacation(text)
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone))


def _last_day(folded: str, today: date) -> date | None:
    lasting = _LASTING.fullmatch(folded)
    if lasting:
        count = lasting["count"]
        number = 1 if count is None else _COUNTS.get(count) or int(count)
        return today + timedelta(days=number * _LENGTHS[lasting["unit"]] - 1) if number else None
    named = _UNTIL.sub("", folded)
    if named in _DAY_NUMBERS:
        return today + timedelta(days=(_DAY_NUMBERS[named] - today.weekday() - 1) % 7 + 1)
    return _dated(named, today)


_DAY = re.compile(r"\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY_AND_MONTH = re.compile(r"\d{1,2} ?[/.-] ?\d{1,2}")


def _dated(named: str, today: date) -> date | None:
    """Return the day that a date names; one without a year is the next such day."""
    noon = datetime.combine(today, time(_NOON))
    if _YEAR.search(named):
        return date_in(named, noon)
    if not _DAY.search(named):
        return None
    mark = "/" if _DAY_AND_MONTH.fullmatch(named) else " "
    dates = (date_in(f"{re.sub(r'[.-]', '/', named)}{mark}{year}", noon) for year in (today.year, today.year + 1))
    return next((day for day in dates if day and day >= today), None)


def weekly_of(text: str, zone: str) -> Weekly | None:
    """Return the weekly moment that a person wrote, None for «لا»: «الجمعة 10:00», «الخميس», «نعم»."""
    folded = folded_spaces(normalise(text))
    if folded in _NO:
        return None
    if folded in _YES:
        return usual_review(zone)
    try:
        times, days = promises_of(text, zone)
    except BadTime as error:
        raise BadWeekly(text) from error
    match sorted(days or ()), times or (USUAL_REVIEW,):
        case [day], (moment,):
            return Weekly(day, moment)
        case _:
            raise BadWeekly(text)


def usual_review(zone: str) -> Weekly:
    """Return the weekly moment of one who names none: ten in the morning, as the weekend begins."""
    return Weekly(min(weekend(zone)), USUAL_REVIEW)
