"""Which days are for work, where a clock stands."""

from functools import cache

from babel.core import get_global

from bot.domain.schedule import EVERY_DAY

_WORLD = frozenset({5, 6})  # Saturday and Sunday, CLDR's rule for whatever it does not name
_FRIDAY_AND_SATURDAY = frozenset({4, 5})
_REST_ON_FRIDAY = ("BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE")
# What CLDR has. Asking Babel for it loads the whole locale of each country, about a megabyte that stays; a test does.
_BY_TERRITORY = {
    **dict.fromkeys(_REST_ON_FRIDAY, _FRIDAY_AND_SATURDAY),
    "AF": frozenset({3, 4}),
    "IN": frozenset({6}),
    "IR": frozenset({4}),
    "UG": frozenset({6}),
    "PS": _FRIDAY_AND_SATURDAY,  # not in CLDR; its public offices close on these days
}


@cache
def weekend(zone: str) -> frozenset[int]:
    """Return the weekend, as date.weekday() counts, of the country whose zone it is, by CLDR.

    The zone's country is that of CLDR's time zones; a zone of none (UTC) has the world's weekend. It may be one day
    (Iran: Friday) or another pair (Afghanistan: Thursday and Friday).
    """
    return _BY_TERRITORY.get(territory(zone) or "", _WORLD)


@cache
def work_days(zone: str) -> frozenset[int]:
    """Return all days but the weekend."""
    return EVERY_DAY - weekend(zone)


def in_order(days: frozenset[int], zone: str) -> list[int]:
    """Return days as a week of the zone's country has them: its first day of work comes first."""
    first = max(weekend(zone)) + 1
    return sorted(days, key=lambda day: (day - first) % 7)


def territory(zone: str) -> str | None:
    """Return the country of a zone as CLDR knows it, None for one of no country."""
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found: str | None = territories.get(zone) or territories.get(aliases.get(zone, ""))
    return found
