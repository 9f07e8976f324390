"""A web server on loopback that answers as badly as a test wants, and a way to fetch from it."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.fetch.addresses import Allowance
from bot.fetch.client import Client, Limits
from bot.fetch.guard import Resolve

Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """Raw answers by path, and what was asked for."""

    answers: Mapping[str, Answer]
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.asked.append(request)
            answer = self.answers.get(request.split(" ")[1], an_answer(b"", status="404 Not Found"))
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def a_site(answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site(answers)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


def a_client(site: Site, limits: Limits | None = None) -> Client:
    """Return a client to which this site alone is open."""
    return Client(allowed=Allowance.of([("127.0.0.1", site.port)]), limits=limits)


def an_answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def a_redirect(to: str, status: str = "302 Found") -> bytes:
    return an_answer(b"", f"Location: {to}", status=status)


def packed(body: bytes, kind: str = "text/html") -> bytes:
    return an_answer(gzip.compress(body), "Content-Encoding: gzip", kind=kind)


def resolver(*answers: Sequence[str]) -> Resolve:
    """Return a name server that gives one answer after the other, the last one for ever."""
    left = list(answers)

    async def resolve(host: str, port: int, /) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve
