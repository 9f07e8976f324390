"""Time zones as people name them."""

from collections.abc import Collection
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from bot.arabic.normalise import normalise


class BadZone(ValueError):
    """No zone has this name."""


_ARABIC = {
    "Asia/Riyadh": "الرياض|السعودية|مكة|مكة المكرمة|المدينة المنورة|جدة|الدمام|توقيت مكة",
    "Asia/Dubai": "دبي|أبوظبي|أبو ظبي|الشارقة|العين|الإمارات",
    "Asia/Qatar": "الدوحة|قطر",
    "Asia/Bahrain": "المنامة|البحرين",
    "Asia/Kuwait": "الكويت|مدينة الكويت",
    "Asia/Muscat": "مسقط|سلطنة عمان|صلالة",
    "Asia/Aden": "صنعاء|عدن|تعز|اليمن",
    "Asia/Baghdad": "بغداد|البصرة|الموصل|أربيل|النجف|العراق",
    "Asia/Damascus": "دمشق|حلب|حمص|اللاذقية|سوريا|سورية",
    "Asia/Beirut": "بيروت|طرابلس الشام|صيدا|لبنان",
    "Asia/Amman": "عمان|إربد|الزرقاء|الأردن",
    "Asia/Jerusalem": "القدس",
    "Asia/Hebron": "رام الله|الخليل|نابلس|الضفة الغربية|فلسطين",
    "Asia/Gaza": "غزة|قطاع غزة",
    "Africa/Cairo": "القاهرة|الإسكندرية|الجيزة|مصر",
    "Africa/Khartoum": "الخرطوم|أم درمان|بورتسودان|السودان",
    "Africa/Tripoli": "طرابلس|بنغازي|طرابلس الغرب|ليبيا",
    "Africa/Tunis": "تونس|صفاقس",
    "Africa/Algiers": "الجزائر|وهران|قسنطينة",
    "Africa/Casablanca": "الرباط|الدار البيضاء|كازابلانكا|مراكش|طنجة|فاس|المغرب",
    "Africa/Nouakchott": "نواكشوط|موريتانيا",
    "Africa/Mogadishu": "مقديشو|الصومال",
    "Africa/Djibouti": "جيبوتي",
    "Indian/Comoro": "موروني|جزر القمر",
    "Europe/Istanbul": "إسطنبول|اسطنبول|أنقرة|تركيا",
    "Asia/Tehran": "طهران|إيران",
    "Europe/London": "لندن|بريطانيا",
    "Europe/Paris": "باريس|فرنسا",
    "Europe/Berlin": "برلين|ألمانيا",
    "Europe/Vienna": "فيينا|النمسا",
    "Europe/Brussels": "بروكسل|بلجيكا",
    "Europe/Amsterdam": "أمستردام|هولندا",
    "Europe/Stockholm": "ستوكهولم|السويد",
    "Europe/Madrid": "مدريد|إسبانيا",
    "Europe/Rome": "روما|إيطاليا",
    "Europe/Moscow": "موسكو",
    "Europe/Kyiv": "كييف|أوكرانيا",
    "America/New_York": "نيويورك|واشنطن",
    "America/Chicago": "شيكاغو",
    "America/Los_Angeles": "لوس أنجلوس",
    "America/Toronto": "تورونتو",
    "America/Montreal": "مونتريال",
    "America/Sao_Paulo": "ساو باولو",
    "Asia/Kuala_Lumpur": "كوالالمبور|ماليزيا",
    "Asia/Jakarta": "جاكرتا",
    "Asia/Karachi": "كراتشي|باكستان",
    "Asia/Kabul": "كابول|أفغانستان",
    "Australia/Sydney": "سيدني",
    "UTC": "غرينتش|جرينتش|توقيت غرينتش|جي إم تي|GMT",
}


def zone_named(typed: str) -> str:
    """Return the IANA name of a zone typed as such, in any case, or as a city or country; raise BadZone.

    Countries of one zone count as their zone; for others the city has to be named. Besides ours, the cities are those
    by which CLDR names zones in Arabic.
    """
    named, key = _by_name(), _key(typed)
    first, _, rest = key.partition(" ")
    zone = named.get(key) or (named.get(rest) if first in _BEFORE_A_PLACE else None)
    if zone is None:
        raise BadZone(typed)
    return zone


@cache
def _by_name() -> dict[str, str]:
    zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    real = [zone for zone in zones if not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))]
    cities = {_key(zone.rpartition("/")[2]): zone for zone in real}
    arabic = {_key(name): zone for zone, names in _ARABIC.items() if zone in zones for name in names.split("|")}
    return cities | _named_by_cldr(zones) | {_key(zone): zone for zone in zones} | arabic


def _named_by_cldr(zones: Collection[str]) -> dict[str, str]:
    known = Locale.parse("ar").time_zones
    return {_key(city): zone for zone in zones if (city := known.get(zone, {}).get("city"))}


_BEFORE_A_PLACE = frozenset(map(normalise, ("توقيت", "بتوقيت", "مدينة", "في")))


def _key(name: str) -> str:
    return " ".join(normalise(name).replace("_", " ").split())
