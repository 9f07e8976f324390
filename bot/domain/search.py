"""What a reader looks for, out of the words that they typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.arabic.dates import date_in, states_only_a_date
from bot.arabic.normalise import cleaned, folded_spaces, normalise
from bot.arabic.terms import asked_words
from bot.arabic.tokens import words
from bot.domain.digest import Report
from bot.domain.topic import Catalogue

LONGEST_QUESTION = 200  # letters
_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: all of the words, one of the topics, a source of such a name, and days, both ends included.

    Words are normalised, topics are names of known ones, and days those of the reader's calendar.
    """

    words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def is_nothing(self) -> bool:
        """Tell if nothing can be looked for: the words say nothing, and no filter is named."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader typed, and when: nothing asks for the latest. What reached us later is no answer to it."""

    number: int
    asked: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that is found, and the newest of its reports that is what was looked for."""

    story_id: int
    report: Report


def wanted(typed: str, today: date, catalogue: Catalogue) -> Wanted:
    """Return what «القمح في روسيا منذ أسبوع المصدر: الجزيرة» looks for; «ابحث عن» before it adds nothing.

    «في» before a known topic asks for articles about it, and before anything else is a word like others. «المصدر:»
    comes last, «منذ» anywhere before or behind it, and «اليوم» or «أمس» as the last of the other words.
    """
    folded = folded_spaces(normalise(cleaned(typed[:LONGEST_QUESTION])))
    rest, since = _counted(_ASKING.sub("", folded), today)
    rest, source = _parted(_SOURCE, rest)
    rest, stated = _stated(rest, today)
    rest, day = _parted(_LAST_WORD, rest)
    topics, left = _topics(words(rest), catalogue)
    on = today - timedelta(days=_DAYS_AGO[day]) if day else None
    return Wanted(
        words=asked_words(" ".join(left))[:_MOST_WORDS],
        topics=topics,
        source=asked_words(source)[:_MOST_WORDS],
        first=on or stated or since,
        last=on,
    )


_ASKING = re.compile(r"^ابحث(?: لي)?(?: عن)?(?!\w) ?")
_SOURCE = re.compile(r"(?<!\w)(?:ال)?مصدر ?: ?(.*)$")
_DAYS_AGO = {"اليوم": 0, "امس": 1}
_LAST_WORD = re.compile(rf"(?<!\w)({'|'.join(_DAYS_AGO)})\W*$")
_SINCE_DATE = re.compile(r"(?<!\w)منذ (.+)$")


def _parted(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Return a text without what the pattern finds, and that."""
    found = pattern.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _stated(text: str, today: date) -> tuple[str, date | None]:
    """Return a text without the date since which it asks, if it does, and that date."""
    rest, said = _parted(_SINCE_DATE, text)
    now = datetime.combine(today, time(12), UTC)
    return (rest, date_in(said, now)) if said and states_only_a_date(said, now) else (text, None)


def _counted(text: str, today: date) -> tuple[str, date | None]:
    """Return a text without «منذ أسبوع» and the like, and the day that this is."""
    found = _SINCE.search(text)
    if found is None:
        return text, None
    count = _COUNTS.get(found["count"] or "") or int(found["count"] or 1)
    days = min(count * _UNITS[found["unit"]], today.toordinal() - 1)
    return f"{text[: found.start()]} {text[found.end() :]}", today - timedelta(days=days)


_COUNTS = {"ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8, "تسع": 9, "عشر": 10}
_COUNTS |= {f"{count}ه": number for count, number in _COUNTS.items()}
_UNITS = {
    unit: days
    for days, units in (
        (1, "يوم يوما ايام"),
        (2, "يومين"),
        (7, "اسبوع اسبوعا اسابيع"),
        (14, "اسبوعين"),
        (30, "شهر شهرا اشهر شهور"),
        (60, "شهرين"),
        (365, "سنه عام عاما سنوات سنين اعوام"),
        (730, "سنتين عامين"),
    )
    for unit in units.split()
}
_SINCE = re.compile(rf"(?<!\w)منذ (?:(?P<count>[0-9]{{1,3}}|{'|'.join(_COUNTS)}) )?(?P<unit>{'|'.join(_UNITS)})(?!\w)")


def _topics(asked: Sequence[str], catalogue: Catalogue) -> tuple[tuple[str, ...], list[str]]:
    """Return the known topics behind each «في», and the words that are left."""
    topics, left, place = list[str](), list[str](), 0
    while place < len(asked):
        named, end = _named(asked, place + 1, catalogue) if asked[place] == _IN else (None, place)
        while named:
            topics.append(named)
            place = end
            named, end = _named(asked, place, catalogue, joined=True)
        if place < len(asked):
            left.append(asked[place])
            place += 1
    return tuple(dict.fromkeys(topics)), left


_IN = "في"
_MOST_IN_A_NAME = 4  # words


def _named(asked: Sequence[str], start: int, catalogue: Catalogue, *, joined: bool = False) -> tuple[str | None, int]:
    """Return the longest known topic that begins at a word, behind «و» if it is joined to another, and its end."""
    for end in range(min(len(asked), start + _MOST_IN_A_NAME), start, -1):
        name = " ".join(asked[start:end])
        if joined and not name.startswith("و"):
            break
        topic = catalogue.resolve(name[1:] if joined else name)
        if topic.key in catalogue.keys:
            return topic.name, end
    return None, start
