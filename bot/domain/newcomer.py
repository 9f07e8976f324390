"""What can be guessed of a newcomer, of whom Telegram tells the language of their app: «ar», «ar-EG», «en-GB»."""

from collections.abc import Collection

from babel.core import get_global

from bot.domain.zones import BadZone, zone_named


def language_of(tag: str | None, spoken: Collection[str], otherwise: str) -> str:
    """Return the language of a tag if we speak it, else the other one."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    return code if code in spoken else otherwise


def zone_of(tag: str | None, otherwise: str) -> str:
    """Return the zone of the country that a tag names, where that has one zone only, else the other one."""
    country = (tag or "").replace("_", "-").partition("-")[2].rpartition("-")[2].upper()
    zones = get_global("territory_zones").get(country, ())
    try:
        return zone_named(zones[0]) if len(zones) == 1 else otherwise
    except BadZone:
        return otherwise
