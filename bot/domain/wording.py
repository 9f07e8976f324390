"""What people ask of the schedule in plain words: «مواعيدي», «هدوء 23:00-07:00», «إجازة أسبوع», «توقيت القاهرة»."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.arabic.normalise import folded_spaces, normalise
from bot.domain.typed import promises_of, quiet_of, vacation_of, weekly_of
from bot.domain.zones import zone_named


class Wish(StrEnum):
    """What of the schedule somebody asks about."""

    SCHEDULE = "schedule"
    QUIET = "quiet"
    VACATION = "vacation"
    WEEKLY = "weekly"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish, and how it is to be; empty where it is only asked how it is now."""

    wish: Wish
    typed: str


def wished_in(text: str, now: datetime) -> Wished | None:
    """Return what a short line asks of the schedule, None if it does not.

    Its first words must name the thing and the rest be empty, readable or a few words with a figure: «إجازة عيد الأضحى»
    is no wish, and «إجازة 5000 يوم» is one that has to be refused.
    """
    if len(text) > _LONGEST or "\n" in text.strip():
        return None
    folded = folded_spaces(normalise(text)).strip(" .!؟?")
    if _BACK.fullmatch(folded):
        return Wished(Wish.VACATION, _NO)
    said = _SAID.fullmatch(folded)
    if said is None:
        return None
    wish, rest = Wish(next(name for name in Wish if said[name])), said["rest"]
    if said["stop"]:
        return Wished(wish, _NO) if wish in _ENDED and not rest else None
    return Wished(wish, rest) if not rest or _FIGURES.fullmatch(rest) or _is_readable(wish, rest, now) else None


def _is_readable(wish: Wish, rest: str, now: datetime) -> bool:
    try:
        match wish:
            case Wish.SCHEDULE:
                promises_of(rest, _ANY_ZONE)
            case Wish.QUIET:
                quiet_of(rest)
            case Wish.VACATION:
                vacation_of(rest, now, _ANY_ZONE)
            case Wish.WEEKLY:
                weekly_of(rest, _ANY_ZONE)
            case Wish.ZONE:
                zone_named(rest)
    except ValueError:
        return False
    return True


def _either(phrases: str) -> str:
    return "|".join(sorted(map(normalise, phrases.split("|")), key=len, reverse=True))


_LONGEST = 100  # letters; an article has 20 words at least
_ANY_ZONE = "UTC"  # whether something can be read does not depend on it
_NO = "لا"
_FIGURES = re.compile(r"(?:\S+ ){0,2}\S*\d\S*(?: \S+)?")
_ENDED = frozenset({Wish.QUIET, Wish.VACATION, Wish.WEEKLY})
_STOP = _either("ألغ|ألغي|إلغاء|أوقف|إيقاف|أنه|إنهاء|انتهت|بلا|بدون|لا أريد")
_VERBS = _either("غير|غيري|تغيير|حدد|حددي|تحديد|اضبط|اضبطي|ضبط|اجعل|اجعلي|أريد|ابدأ|عندي|أنا في|أرني")
_NAMES = {
    Wish.SCHEDULE: "مواعيد|المواعيد|مواعيدي|موعدي|موعد الموجز|مواعيد الموجز|موعد موجزي|مواعيد موجزي",
    Wish.QUIET: "هدوء|الهدوء|ساعات الهدوء|ساعات هدوء|ساعات هدوئي|وقت الهدوء",
    Wish.VACATION: "إجازة|الإجازة|إجازتي|عطلة|عطلتي|في إجازة",
    Wish.WEEKLY: "حصاد|الحصاد|حصاد الأسبوع|حصاد أسبوعي|الحصاد الأسبوعي|المراجعة الأسبوعية",
    Wish.ZONE: "توقيت|التوقيت|توقيتي|المنطقة الزمنية|منطقتي الزمنية|مدينتي",
}
_BACK = re.compile(_either("عدت|عدت من الإجازة|عدت من إجازتي|عدت من السفر|رجعت|رجعت من الإجازة|رجعت من السفر"))
_SAID = re.compile(
    rf"(?:(?P<stop>{_STOP}) )?(?:(?:{_VERBS}) )?"
    rf"(?:{'|'.join(f'(?P<{wish}>{_either(names)})' for wish, names in _NAMES.items())})"
    rf"(?: ?: ?| (?:{_either('إلى|على|هي|هو')}) | |$)(?P<rest>.*)"
)
