"""Which days are for work, where a clock stands."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.domain.schedule import EVERY_DAY

_WORLD = (5, 6)  # Saturday and Sunday, CLDR's rule for whatever it does not name
# CLDR names no weekend for Palestine, whose public offices close on Friday and Saturday.
_BETTER_KNOWN = {"PS": (4, 5)}


@cache
def weekend(zone: str) -> frozenset[int]:
    """Return the weekend, as date.weekday() counts, of the country whose zone it is, by CLDR.

    The zone's country is that of CLDR's time zones; a zone of none (UTC) has the world's weekend. It may be one day
    (Iran: Friday) or another pair (Afghanistan: Thursday and Friday).
    """
    first, last = _weekend(_territory(zone))
    return frozenset(range(first, last + 1))


@cache
def work_days(zone: str) -> frozenset[int]:
    """Return all days but the weekend."""
    return EVERY_DAY - weekend(zone)


def in_order(days: frozenset[int], zone: str) -> list[int]:
    """Return days as a week of the zone's country has them: its first day of work comes first."""
    first = max(weekend(zone)) + 1
    return sorted(days, key=lambda day: (day - first) % 7)


def _territory(zone: str) -> str | None:
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found: str | None = territories.get(zone) or territories.get(aliases.get(zone, ""))
    return found


def _weekend(territory: str | None) -> tuple[int, int]:
    if territory is None:
        return _WORLD
    if territory in _BETTER_KNOWN:
        return _BETTER_KNOWN[territory]
    try:
        country = Locale.parse(f"und_{territory}")
    except UnknownLocaleError:  # Antarctica has no language
        return _WORLD
    return (country.weekend_start, country.weekend_end) if country.territory == territory else _WORLD
