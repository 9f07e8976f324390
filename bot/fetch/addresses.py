"""Which network addresses are public, and which others the operator opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PUBLIC_PORTS = frozenset({80, 443})


def special_use(address: Address) -> str | None:
    """Return what an address is reserved for; None says that it is public.

    From IANA's special-purpose registries of 2026, and for IPv6 only what is allocated: ``is_global`` of Python 3.11
    calls 13 of 37 special addresses public.
    """
    if isinstance(address, IPv4Address):
        return _named(address, _SPECIAL_V4)
    return _named(address, _SPECIAL_V6) or (None if address in _ALLOCATED_V6 else "not allocated")


@dataclass(frozen=True, slots=True)
class Allowance:
    """Places that are open though they are not public; each a host or network, and a port or None for 80 and 443.

    A network admits every name that resolves into it, so whoever may send links reaches all of it.
    """

    networks: tuple[tuple[Network, int | None], ...] = ()
    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def of(cls, places: Iterable[tuple[str, int | None]]) -> Self:
        """Return the allowance for hosts, addresses and networks in CIDR form."""
        networks, hosts = [], set()
        for place, port in places:
            if network := _network(place):
                networks.append((network, port))
            else:
                hosts.add((place.lower().rstrip("."), port))
        return cls(tuple(networks), frozenset(hosts))

    def admits(self, host: str, address: Address, port: int) -> bool:
        """Say if this address may be reached at this port, under this name."""
        ports = _listed_ports(port)
        by_name = any((host.lower().rstrip("."), listed) in self.hosts for listed in ports)
        return by_name or any(address in network for network, listed in self.networks if listed in ports)

    def has_port(self, port: int) -> bool:
        """Say if some place is open at this port, which spares the others a look-up."""
        return any(listed == port for _, listed in (*self.networks, *self.hosts))


def _listed_ports(port: int) -> tuple[int | None, ...]:
    return (port, None) if port in PUBLIC_PORTS else (port,)


def _network(place: str) -> Network | None:
    try:
        return ip_network(place, strict=False)
    except ValueError:
        return None


def address_of(text: str) -> Address:
    """Return the address that a resolver named, without the zone of a link."""
    return ip_address(text.split("%", 1)[0])


def _named(address: Address, blocks: Iterable[tuple[Network, str]]) -> str | None:
    return next((use for block, use in blocks if address in block), None)


def _blocks(table: str) -> tuple[tuple[Network, str], ...]:
    rows = (line.split(maxsplit=1) for line in table.strip().splitlines())
    return tuple((ip_network(block), use) for block, use in rows)


_SPECIAL_V4 = _blocks("""
0.0.0.0/8           this network
10.0.0.0/8          private
100.64.0.0/10       carrier
127.0.0.0/8         loopback
169.254.0.0/16      link-local
172.16.0.0/12       private
192.0.0.0/24        protocol assignments
192.0.2.0/24        documentation
192.31.196.0/24     AS112
192.52.193.0/24     AMT
192.88.99.0/24      6to4 relay
192.168.0.0/16      private
192.175.48.0/24     AS112
198.18.0.0/15       benchmarking
198.51.100.0/24     documentation
203.0.113.0/24      documentation
224.0.0.0/4         multicast
240.0.0.0/4         reserved
""")
_SPECIAL_V6 = _blocks("""
::/128              unspecified
::1/128             loopback
::ffff:0:0/96       IPv4-mapped
::/96               IPv4-compatible
::ffff:0:0:0/96     IPv4-translated
64:ff9b::/96        NAT64
64:ff9b:1::/48      NAT64
100::/64            discard
2001::/32           Teredo
2001:2::/48         benchmarking
2001::/23           protocol assignments
2001:db8::/32       documentation
2002::/16           6to4
2620:4f:8000::/48   AS112
3fff::/20           documentation
5f00::/16           segment routing
fc00::/7            private
fe80::/10           link-local
fec0::/10           site-local
ff00::/8            multicast
""")
_ALLOCATED_V6 = ip_network("2000::/3")
