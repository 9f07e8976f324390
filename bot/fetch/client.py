"""One fetch: redirects followed and judged, time, size and type limited."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Self

import httpx

from bot.fetch.addresses import Allowance
from bot.fetch.guard import NOTHING_MORE, GuardedTransport
from bot.fetch.refusals import AddressRefused, AnswerRefused, NotReached, Reason

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEEDS = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
    "application/feed+json", "application/json", "text/x-opml", "text/plain",
})  # fmt: skip
PAGES_AND_FEEDS = PAGES | FEEDS
PAGES_AND_PDF = PAGES | {"application/pdf"}

USER_AGENT = "Mujaz/0.1 (news digest bot; fetches on a reader's request)"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one fetch may take: seconds and bytes.

    An article of LBC, a page heavy with scripts, has 475 kB.
    """

    total: float = 20.0
    step: float = 10.0  # to connect, and between two parts of an answer
    wire: int = 2_000_000  # compressed
    size: int = 5_000_000
    redirects: int = 5
    address: int = 4_096  # letters; an Arabic letter is six in a percent-encoded path


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whole; ``url`` is where it was found in the end, ``charset`` what the header says of it."""

    url: str
    status: int
    media_type: str
    charset: str | None
    content: bytes
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """What is there is what we have: the answer to an ETag or a date of ours."""

    url: str


class Client:
    """Fetch public addresses; raises Unreadable and nothing else for whatever the network answers."""

    def __init__(
        self,
        *,
        allowed: Allowance = NOTHING_MORE,
        transport: httpx.AsyncBaseTransport | None = None,
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
    ) -> None:
        self._transport = transport or GuardedTransport(allowed=allowed)
        self._limits = limits or Limits()
        self._user_agent = user_agent

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()

    async def fetch(
        self,
        url: str,
        types: Collection[str] = PAGES,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched | NotModified:
        """Return what is at an address, if it is of one of these media types; raise Unreadable.

        Redirects are followed here, each through the same door: no cookie is kept, no header but our own sent.
        """
        asked = {"if-none-match": etag, "if-modified-since": last_modified}
        headers = self._headers(types) | {name: value for name, value in asked.items() if value}
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._followed(self._parsed(url), types, headers)
        except TimeoutError as error:
            raise NotReached(Reason.TOO_SLOW, f"{self._limits.total} s") from error

    def _headers(self, types: Collection[str]) -> dict[str, str]:
        return {
            "user-agent": self._user_agent,
            "accept": ", ".join(sorted(types)),
            "accept-language": "ar, en;q=0.5",
            "accept-encoding": "gzip",
            "connection": "close",
        }

    def _parsed(self, url: str, base: httpx.URL | None = None) -> httpx.URL:
        if len(url) > self._limits.address:
            raise AddressRefused(Reason.BAD_ADDRESS, "length")
        try:
            return (base.join(url) if base else httpx.URL(url)).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise AddressRefused(Reason.BAD_ADDRESS, str(error)) from error

    async def _followed(self, url: httpx.URL, types: Collection[str], headers: dict[str, str]) -> Fetched | NotModified:
        for _ in range(self._limits.redirects + 1):
            response = await self._transport.handle_async_request(self._request(url, headers))
            try:
                if response.status_code not in _REDIRECTS or not (place := response.headers.get("location")):
                    return await self._answer(url, response, types)
            finally:
                await response.aclose()
            url = self._parsed(place, url)
        raise NotReached(Reason.TOO_MANY_REDIRECTS, str(self._limits.redirects))

    def _request(self, url: httpx.URL, headers: dict[str, str]) -> httpx.Request:
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._limits.step)
        return httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})

    async def _answer(self, url: httpx.URL, response: httpx.Response, types: Collection[str]) -> Fetched | NotModified:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return NotModified(str(url))
        if not response.is_success:
            raise _failed(response)
        media_type, charset = _content_type(response.headers.get("content-type", ""))
        if media_type not in types:
            raise AnswerRefused(Reason.UNWANTED_TYPE, media_type)
        return Fetched(
            url=str(url),
            status=response.status_code,
            media_type=media_type,
            charset=charset,
            content=await _body(response, self._limits),
            etag=response.headers.get("etag"),
            last_modified=response.headers.get("last-modified"),
        )


_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FAILURES = {
    401: Reason.FORBIDDEN,
    402: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.NOT_FOUND,
    429: Reason.BUSY,
    451: Reason.FORBIDDEN,
    503: Reason.BUSY,
}


def _failed(response: httpx.Response) -> AnswerRefused:
    status = response.status_code
    otherwise = Reason.SERVER_FAILED if response.is_server_error else Reason.UNEXPECTED_STATUS
    wait = response.headers.get("retry-after", "")
    seconds = float(wait) if wait.isascii() and wait.isdecimal() and len(wait) < _LONGEST_WAIT else None
    return AnswerRefused(_FAILURES.get(status, otherwise), str(status), retry_after=seconds)


_LONGEST_WAIT = 8  # digits of seconds: three years
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]+)", re.IGNORECASE)


def _content_type(header: str) -> tuple[str, str | None]:
    media_type, _, parameters = header.partition(";")
    charset = _CHARSET.search(parameters)
    return media_type.strip().lower(), charset[1] if charset else None


_GZIP = 16 + zlib.MAX_WBITS  # zlib's way to say that a gzip header comes first


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    """Return the body, unpacked by ourselves: httpx unpacks a 1.6 kB brotli bomb to 1 GB before it can be asked."""
    match response.headers.get("content-encoding", "identity").strip().lower():
        case "" | "identity":
            return await _gathered(_measured(response, limits.size), limits.size)
        case "gzip" | "x-gzip":
            return await _gathered(_unpacked(_measured(response, limits.wire), limits.size), limits.size)
        case encoding:
            raise AnswerRefused(Reason.UNWANTED_ENCODING, encoding)


async def _gathered(parts: AsyncIterator[bytes], most: int) -> bytes:
    content = bytearray()
    async for part in parts:
        content += part
        if len(content) > most:
            raise AnswerRefused(Reason.TOO_LARGE, f"more than {most} bytes")
    return bytes(content)


async def _measured(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdecimal() and int(declared) > most:
        raise AnswerRefused(Reason.TOO_LARGE, f"{declared} bytes declared")
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > most:
            raise AnswerRefused(Reason.TOO_LARGE, f"more than {most} bytes on the wire")
        yield part


async def _unpacked(parts: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP)
    left = most + 1
    try:
        async for part in parts:
            content = unpacker.decompress(part, left)
            left -= len(content)
            if not left:
                raise AnswerRefused(Reason.TOO_LARGE, f"more than {most} bytes unpacked")
            yield content
    except zlib.error as error:
        raise NotReached(Reason.BROKEN, str(error)) from error
    if not unpacker.eof:
        raise NotReached(Reason.BROKEN, "gzip broken off")
