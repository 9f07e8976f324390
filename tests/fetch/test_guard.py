"""No address, name or redirect leads into our own network."""

import asyncio
import ssl
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from bot.fetch.addresses import Allowance, address_of, special_use
from bot.fetch.client import Client, Limits
from bot.fetch.guard import GuardedTransport
from bot.fetch.refusals import NotReached, Reason, Unreadable
from tests.fetch.certificates import contexts
from tests.fetch.site import a_client, a_redirect, a_site, an_answer, resolver

REFUSED = [
    # written as addresses
    ("http://0.0.0.0/", Reason.NOT_PUBLIC, "this network"),
    ("http://0.1.2.3/", Reason.NOT_PUBLIC, "this network"),
    ("http://10.0.0.1/", Reason.NOT_PUBLIC, "private"),
    ("http://10.255.255.255/", Reason.NOT_PUBLIC, "private"),
    ("http://100.64.0.1/", Reason.NOT_PUBLIC, "carrier"),
    ("http://100.127.255.254/", Reason.NOT_PUBLIC, "carrier"),
    ("http://127.0.0.1/", Reason.NOT_PUBLIC, "loopback"),
    ("https://127.0.0.1/", Reason.NOT_PUBLIC, "loopback"),
    ("http://127.255.255.254/", Reason.NOT_PUBLIC, "loopback"),
    ("http://169.254.169.254/latest/meta-data/", Reason.NOT_PUBLIC, "link-local"),
    ("http://172.16.0.1/", Reason.NOT_PUBLIC, "private"),
    ("http://172.31.255.255/", Reason.NOT_PUBLIC, "private"),
    ("http://192.0.0.1/", Reason.NOT_PUBLIC, "protocol assignments"),
    ("http://192.0.0.170/", Reason.NOT_PUBLIC, "protocol assignments"),
    ("http://192.0.2.1/", Reason.NOT_PUBLIC, "documentation"),
    ("http://192.31.196.1/", Reason.NOT_PUBLIC, "AS112"),
    ("http://192.52.193.1/", Reason.NOT_PUBLIC, "AMT"),
    ("http://192.88.99.1/", Reason.NOT_PUBLIC, "6to4 relay"),
    ("http://192.168.0.1/", Reason.NOT_PUBLIC, "private"),
    ("http://192.168.1.254/", Reason.NOT_PUBLIC, "private"),
    ("http://192.175.48.1/", Reason.NOT_PUBLIC, "AS112"),
    ("http://198.18.0.1/", Reason.NOT_PUBLIC, "benchmarking"),
    ("http://198.19.255.255/", Reason.NOT_PUBLIC, "benchmarking"),
    ("http://198.51.100.1/", Reason.NOT_PUBLIC, "documentation"),
    ("http://203.0.113.1/", Reason.NOT_PUBLIC, "documentation"),
    ("http://224.0.0.1/", Reason.NOT_PUBLIC, "multicast"),
    ("http://239.255.255.250/", Reason.NOT_PUBLIC, "multicast"),
    ("http://240.0.0.1/", Reason.NOT_PUBLIC, "reserved"),
    ("http://255.255.255.255/", Reason.NOT_PUBLIC, "reserved"),
    ("http://[::]/", Reason.NOT_PUBLIC, "unspecified"),
    ("http://[::1]/", Reason.NOT_PUBLIC, "loopback"),
    ("http://[0:0:0:0:0:0:0:1]/", Reason.NOT_PUBLIC, "loopback"),
    ("http://[::127.0.0.1]/", Reason.NOT_PUBLIC, "IPv4-compatible"),
    ("http://[::ffff:127.0.0.1]/", Reason.NOT_PUBLIC, "IPv4-mapped"),
    ("http://[::ffff:7f00:1]/", Reason.NOT_PUBLIC, "IPv4-mapped"),
    ("http://[::ffff:8.8.8.8]/", Reason.NOT_PUBLIC, "IPv4-mapped"),
    ("http://[::ffff:0:127.0.0.1]/", Reason.NOT_PUBLIC, "IPv4-translated"),
    ("http://[64:ff9b::7f00:1]/", Reason.NOT_PUBLIC, "NAT64"),
    ("http://[64:ff9b:1::7f00:1]/", Reason.NOT_PUBLIC, "NAT64"),
    ("http://[100::1]/", Reason.NOT_PUBLIC, "discard"),
    ("http://[2001::7f00:1]/", Reason.NOT_PUBLIC, "Teredo"),
    ("http://[2001:2::1]/", Reason.NOT_PUBLIC, "benchmarking"),
    ("http://[2001:20::1]/", Reason.NOT_PUBLIC, "protocol assignments"),
    ("http://[2001:db8::1]/", Reason.NOT_PUBLIC, "documentation"),
    ("http://[2002:7f00:1::]/", Reason.NOT_PUBLIC, "6to4"),
    ("http://[2620:4f:8000::1]/", Reason.NOT_PUBLIC, "AS112"),
    ("http://[3fff::1]/", Reason.NOT_PUBLIC, "documentation"),
    ("http://[5f00::1]/", Reason.NOT_PUBLIC, "segment routing"),
    ("http://[4000::1]/", Reason.NOT_PUBLIC, "not allocated"),
    ("http://[fc00::1]/", Reason.NOT_PUBLIC, "private"),
    ("http://[fd12:3456::1]/", Reason.NOT_PUBLIC, "private"),
    ("http://[fe80::1]/", Reason.NOT_PUBLIC, "link-local"),
    ("http://[fec0::1]/", Reason.NOT_PUBLIC, "site-local"),
    ("http://[ff02::1]/", Reason.NOT_PUBLIC, "multicast"),
    # numbers in disguise
    ("http://127.1/", Reason.BAD_ADDRESS, "host"),
    ("http://127.0.1/", Reason.BAD_ADDRESS, "host"),
    ("http://2130706433/", Reason.BAD_ADDRESS, "host"),
    ("http://0x7f000001/", Reason.BAD_ADDRESS, "host"),
    ("http://0x7f.0.0.1/", Reason.BAD_ADDRESS, "host"),
    ("http://127.0.0.0x1/", Reason.BAD_ADDRESS, "host"),
    ("http://017700000001/", Reason.BAD_ADDRESS, "host"),
    ("http://0177.0.0.1/", Reason.BAD_ADDRESS, ""),
    ("http://127.0.0.1./", Reason.BAD_ADDRESS, "host"),
    ("http://127.0.0.01/", Reason.BAD_ADDRESS, ""),
    ("http://127。0。0。1/", Reason.NOT_PUBLIC, "loopback"),
    ("http://127.0。0.1/", Reason.NOT_PUBLIC, "loopback"),
    ("http://①②⑦.⓪.⓪.①/", Reason.BAD_ADDRESS, ""),
    ("http://[::1%25lo]/", Reason.BAD_ADDRESS, "host"),
    ("http://[fe80::1%25eth0]/", Reason.BAD_ADDRESS, "host"),
    # names
    ("http://localhost/", Reason.NOT_PUBLIC, "loopback"),
    ("http://LOCALHOST/", Reason.NOT_PUBLIC, "loopback"),
    ("http://localhost%00.example.com/", Reason.BAD_ADDRESS, "host"),
    ("http://exa mple.com/", Reason.BAD_ADDRESS, "host"),
    ("http://a..b/", Reason.BAD_ADDRESS, ""),
    ("http:///path", Reason.BAD_ADDRESS, "host"),
    # the rest of the address
    ("ftp://example.com/", Reason.SCHEME, "ftp"),
    ("file:///etc/passwd", Reason.SCHEME, "file"),
    ("gopher://127.0.0.1:6379/", Reason.SCHEME, "gopher"),
    ("data:text/html,x", Reason.SCHEME, "data"),
    ("//example.com/", Reason.SCHEME, ""),
    ("example.com", Reason.SCHEME, ""),
    ("http://user:secret@example.com/", Reason.CREDENTIALS, ""),
    ("http://example.com\\@127.0.0.1/", Reason.CREDENTIALS, ""),
    ("http://example.com:22/", Reason.PORT, "22"),
    ("http://127.0.0.1:6379/", Reason.PORT, "6379"),
    ("http://example.com:0/", Reason.PORT, "0"),
    ("http://example.com:99999/", Reason.PORT, "99999"),
    ("http://example.com/" + "a" * 5000, Reason.BAD_ADDRESS, "length"),
]


@pytest.mark.parametrize(("url", "reason", "detail"), REFUSED, ids=[url[:50] for url, _, _ in REFUSED])
async def test_an_address_that_is_not_public_is_refused(url: str, reason: Reason, detail: str) -> None:
    transport = GuardedTransport(tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))  # loads no certificates, which is quick
    async with Client(transport=transport) as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch(url)

    assert refusal.value.reason is reason
    assert detail in refusal.value.detail


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "193.0.6.139", "2606:4700::1111", "2a00:1450:4001::200e"])
def test_a_public_address_has_no_special_use(address: str) -> None:
    assert special_use(address_of(address)) is None


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    transport = GuardedTransport(resolve=resolver(["93.184.215.14", "10.0.0.7"]))

    async with Client(transport=transport) as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch("http://news.example/")

    assert refusal.value.reason is Reason.NOT_PUBLIC


async def test_a_name_is_looked_up_once_so_a_second_answer_changes_nothing() -> None:
    async with a_site({"/": an_answer(b"inside")}) as site:
        rebinding = resolver(["127.0.0.1"], ["10.0.0.1"])
        allowed = Allowance.of([("127.0.0.1", site.port)])
        async with Client(transport=GuardedTransport(allowed=allowed, resolve=rebinding)) as client:
            first = await client.fetch(f"http://news.example:{site.port}/")
            with pytest.raises(Unreadable) as refusal:
                await client.fetch(f"http://news.example:{site.port}/")

    assert first.url == f"http://news.example:{site.port}/"
    assert refusal.value.reason is Reason.NOT_PUBLIC


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    async with a_site({"/": an_answer(b"inside")}) as site:
        transport = GuardedTransport(
            allowed=Allowance.of([("news.example", site.port)]), resolve=resolver(["127.0.0.1"], ["192.0.2.1"])
        )
        async with Client(transport=transport) as client:
            await client.fetch(f"http://news.example:{site.port}/")

    assert f"host: news.example:{site.port}" in site.asked[0].lower()


async def test_a_redirect_goes_through_the_same_door() -> None:
    async with a_site({"/": a_redirect("http://127.0.0.1/secret")}) as site, a_client(site) as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch(site.url())

    assert refusal.value.reason is Reason.NOT_PUBLIC


async def test_nothing_is_connected_to_before_it_is_judged() -> None:
    async with a_site({"/": an_answer(b"inside")}) as site, Client() as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch(site.url())

    assert refusal.value.reason is Reason.PORT
    assert site.asked == []


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    async with a_site({"/": an_answer(b"inside")}) as site, a_client(site) as client:
        answer = await client.fetch(site.url())

    assert answer.url == site.url()


PLACES = [
    ("127.0.0.1", None, "127.0.0.1", 80, True),
    ("127.0.0.1", None, "127.0.0.1", 8080, False),
    ("127.0.0.1", 8080, "127.0.0.1", 8080, True),
    ("127.0.0.1", 8080, "127.0.0.1", 80, False),
    ("10.0.0.0/8", None, "10.1.2.3", 443, True),
    ("10.0.0.0/8", None, "11.1.2.3", 443, False),
    ("fd00::/8", 80, "fd12::1", 80, True),
    ("news.intranet", None, "192.168.1.1", 80, True),
    ("other.intranet", None, "192.168.1.1", 80, False),
]


@pytest.mark.parametrize(("place", "listed", "address", "port", "is_open"), PLACES)
def test_what_the_operator_opened_is_open(
    place: str, listed: int | None, address: str, port: int, *, is_open: bool
) -> None:
    allowed = Allowance.of([(place, listed)])

    assert allowed.admits("News.Intranet.", address_of(address), port) is is_open


async def test_an_open_port_is_open_at_its_place_only() -> None:
    transport = GuardedTransport(allowed=Allowance.of([("127.0.0.1", 8080)]), resolve=resolver(["93.184.215.14"]))
    async with Client(transport=transport) as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch("http://news.example:8080/")

    assert refusal.value.reason is Reason.PORT


async def test_an_unknown_host_is_told_as_one() -> None:
    async def resolve(host: str, port: int, /) -> Sequence[str]:
        raise OSError("no such name")

    async with Client(transport=GuardedTransport(resolve=resolve)) as client:
        with pytest.raises(NotReached) as refusal:
            await client.fetch("http://news.example/")

    assert refusal.value.reason is Reason.NO_SUCH_HOST


async def test_a_closed_port_is_told_as_unreachable() -> None:
    async with a_site({}) as site:
        pass

    async with a_client(site) as client:
        with pytest.raises(NotReached) as refusal:
            await client.fetch(site.url())

    assert refusal.value.reason is Reason.UNREACHABLE


async def test_what_does_not_speak_tls_is_no_https() -> None:
    async with a_site({}) as site, a_client(site) as client:
        with pytest.raises(NotReached):
            await client.fetch(site.url().replace("http:", "https:"))


async def test_tls_verifies_the_name_and_not_the_address_that_was_checked(tmp_path: Path) -> None:
    server, trusting = contexts("news.example", tmp_path)
    async with a_site({"/": an_answer(b"inside")}, tls=server) as site:
        transport = GuardedTransport(
            allowed=Allowance.of([("127.0.0.1", site.port)]), resolve=resolver(["127.0.0.1"]), tls=trusting
        )
        async with Client(transport=transport) as client:
            answer = await client.fetch(f"https://news.example:{site.port}/")
            with pytest.raises(NotReached) as refusal:
                await client.fetch(f"https://other.example:{site.port}/")

    assert answer.url == f"https://news.example:{site.port}/"
    assert refusal.value.reason is Reason.CERTIFICATE


async def test_the_transport_serves_a_plain_client_of_httpx_too() -> None:
    async with a_site({"/": an_answer(b"inside")}) as site:
        transport = GuardedTransport(allowed=Allowance.of([("127.0.0.1", site.port)]))
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.get(site.url())

    assert answer.text == "inside"


async def test_slow_name_servers_count_as_slow() -> None:
    async def resolve(host: str, port: int, /) -> Sequence[str]:
        await asyncio.sleep(30)
        return []

    async with Client(transport=GuardedTransport(resolve=resolve), limits=Limits(total=0.1)) as client:
        with pytest.raises(NotReached) as refusal:
            await client.fetch("http://news.example/")

    assert refusal.value.reason is Reason.TOO_SLOW
