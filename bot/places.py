"""Which clock counts where, offline."""

from tzfpy import get_tz


def zone_at(latitude: float, longitude: float, /) -> str | None:
    """See the port ZoneAt."""
    zone = get_tz(longitude, latitude)
    return zone if zone and not zone.startswith("Etc/") else None
