"""The door that everything fetched goes through: it connects to public addresses only, or to those opened."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import httpcore
import httpx

from bot.fetch.addresses import PUBLIC_PORTS, Address, Allowance, address_of, special_use
from bot.fetch.refusals import AddressRefused, NotReached, Reason

NOTHING_MORE = Allowance()
_MOST_CONNECTIONS = 20
_MOST_ADDRESSES = 3  # of one host that are tried


class Resolve(Protocol):
    """Look a host up."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Return its addresses; raise OSError where there are none."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """A transport of httpx that no address, name or redirect can lead into our own network.

    A name is resolved once, every address it has must be public, and the connection goes to one that was checked, so
    a second answer of the name server changes nothing; TLS still verifies the name. Nothing is read from proxy
    variables and no connection is used twice. Raises AddressRefused and NotReached.
    """

    def __init__(
        self,
        *,
        allowed: Allowance = NOTHING_MORE,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed = allowed
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(),
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=0,
            http1=True,
            http2=False,
            retries=0,
            network_backend=GuardedBackend(allowed, resolve or SystemResolver()),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Judge the address, then ask."""
        check(request.url, self._allowed)
        try:
            answer = await self._pool.handle_async_request(_translated(request))
        except httpcore.ConnectError as error:
            raise NotReached(_connection_failure(error), str(error)) from error
        except _FAILURES as error:
            raise _not_reached(error) from error
        if not isinstance(answer.stream, AsyncIterable):
            raise TypeError("an asynchronous pool streams asynchronously")
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer.stream))

    async def aclose(self) -> None:
        """Close what is open."""
        await self._pool.aclose()


def check(url: httpx.URL, allowed: Allowance = NOTHING_MORE) -> None:
    """Refuse what an address alone gives away, before any name is looked up; raise AddressRefused."""
    if url.scheme not in _PORTS:
        raise AddressRefused(Reason.SCHEME, url.scheme)
    if url.userinfo:
        raise AddressRefused(Reason.CREDENTIALS)
    if not url.host or _is_odd(url.raw_host.decode("ascii")):
        raise AddressRefused(Reason.BAD_ADDRESS, "host")
    port = _PORTS[url.scheme] if url.port is None else url.port
    if port not in PUBLIC_PORTS and not allowed.has_port(port):
        raise AddressRefused(Reason.PORT, str(port))


_PORTS = {"http": 80, "https": 443}


def _is_odd(host: str) -> bool:
    """Say if a host is a number in disguise («127.1», «0x7f000001», «017700000001») or no name at all."""
    if ":" in host:
        return "%" in host
    if any(not (letter.isascii() and (letter.isalnum() or letter in "-._")) for letter in host) or ".." in host:
        return True
    last = host.rstrip(".").rpartition(".")[2]
    is_number = last.isdecimal() or last.lower().startswith("0x")
    return is_number and not _is_dotted_quad(host)


def _is_dotted_quad(host: str) -> bool:
    try:
        return str(address_of(host)) == host
    except ValueError:
        return False


def _translated(request: httpx.Request) -> httpcore.Request:
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _connection_failure(error: BaseException | None) -> Reason:
    """Return why no connection came about: TLS is told apart by what lies behind the library's error."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return Reason.CERTIFICATE
        error = error.__cause__ or error.__context__
    return Reason.UNREACHABLE


# OSError is what TLS raises when a peer breaks off between two records.
_FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError)


class _Stream(httpx.AsyncByteStream):
    """The body as it comes, errors translated."""

    def __init__(self, body: AsyncIterable[bytes]) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._body:
                yield part
        except _FAILURES as error:
            raise _not_reached(error) from error

    async def aclose(self) -> None:
        close = getattr(self._body, "aclose", None)
        if close is not None:
            await close()


def _not_reached(error: Exception) -> NotReached:
    reason = Reason.TOO_SLOW if isinstance(error, httpcore.TimeoutException) else Reason.BROKEN
    return NotReached(reason, str(error))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Open connections for httpcore, to checked addresses only."""

    def __init__(self, allowed: Allowance, resolve: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look up once, judge every address, connect to the first that answers."""
        failure: Exception = NotReached(Reason.NO_SUCH_HOST, host)
        for address in (await self._checked(host, port))[:_MOST_ADDRESSES]:
            try:
                return await self._sockets.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's interface
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: nothing that is fetched is a file of ours."""
        del timeout, socket_options
        raise AddressRefused(Reason.NOT_PUBLIC, path)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[Address]:
        try:
            addresses = [address_of(text) for text in await self._resolve(host, port)]
        except (OSError, ValueError) as error:
            raise NotReached(Reason.NO_SUCH_HOST, host) from error
        for address in addresses:
            self._check(host, address, port)
        return list(dict.fromkeys(addresses))

    def _check(self, host: str, address: Address, port: int) -> None:
        if self._allowed.admits(host, address, port):
            return
        if use := special_use(address):
            raise AddressRefused(Reason.NOT_PUBLIC, use)
        if port not in PUBLIC_PORTS:
            raise AddressRefused(Reason.PORT, str(port))


class SystemResolver:
    """Look hosts up as the system does, in threads of its own.

    A name server that never answers holds a thread for as long as the system waits; these are not the threads that
    the rest of the bot works in.
    """

    def __init__(self, threads: int = 8) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="resolve")

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """Return the addresses of a host; raise OSError where there are none."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        return [str(address) for *_, (address, *_) in found]


def _look_up(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
