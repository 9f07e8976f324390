"""The ports Fetch and ReadFile: pages and files as texts of articles, with what they say of themselves."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from weakref import WeakValueDictionary

from bot.arabic.tokens import words
from bot.domain.article import Facts, Source, SourceKind
from bot.domain.links import host_of, split
from bot.domain.unread import Found, Reason, Unread
from bot.fetch.bounded import BoundedReaders
from bot.fetch.client import PAGES_AND_PDF, Client, Fetched, NotModified
from bot.fetch.contents import ReadPage, is_pdf
from bot.fetch.refusals import Unreadable

log = logging.getLogger(__name__)


_PAUSE = 0.5  # seconds between two things asked of one host
_PATIENCE = 30.0  # seconds in which a page alone is surely fetched and read
_PAGES_AT_ONCE = 16  # in memory, of 5 MB at most


@dataclass(slots=True, weakref_slot=True)
class _Host:
    """Whose turn it is to ask a host, and when it may be asked next, in the loop's time."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


@dataclass(frozen=True, slots=True)
class PageArticles:
    """Reads pages side by side, but asks one host for one thing after the other, whoever wants it.

    Who waits for a slow host, or for readers that are busy, waits no longer than ``patience``, in seconds.
    """

    client: Client
    readers: BoundedReaders
    pause: float = _PAUSE
    patience: float = _PATIENCE
    _hosts: WeakValueDictionary[str, _Host] = field(default_factory=WeakValueDictionary)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PAGES_AT_ONCE))

    async def __call__(self, addresses: Sequence[str], now: datetime, /) -> Sequence[Found | Unread]:
        """See the port."""
        return await asyncio.gather(*(self._read(address, now) for address in addresses))

    async def _read(self, address: str, now: datetime) -> Found | Unread:
        try:
            async with asyncio.timeout(self.patience), contextlib.AsyncExitStack() as held:
                return await self._found(address, now, held)
        except TimeoutError:
            log.info("fetch=refused reason=%s", Reason.TOO_SLOW.name)
            return Unread(Reason.TOO_SLOW)

    async def _found(self, address: str, now: datetime, held: contextlib.AsyncExitStack) -> Found | Unread:
        try:
            fetched = await self._fetched(address, held)
            if not isinstance(fetched, Fetched):
                return Unread(Reason.UNEXPECTED_STATUS)  # nobody asked if it was modified
            return await self._article(fetched, now)
        except Unreadable as error:
            log.info("fetch=refused reason=%s", error.reason.name)
            return Unread(error.reason)

    async def _article(self, fetched: Fetched, now: datetime) -> Found:
        if is_pdf(fetched.content):
            document = await self.readers.document(fetched.content, "", now)
            return Found("\n".join(document.lines), _facts_of_file(fetched.url))
        page = await self.readers.page(fetched.content, fetched.url, fetched.charset, now)
        return Found(page.text, facts_of(page))

    async def _fetched(self, address: str, held: contextlib.AsyncExitStack) -> Fetched | NotModified:
        """Fetch when it is the host's turn; what room in memory that takes is ``held`` until the page is read."""
        loop, host = asyncio.get_running_loop(), self._hosts.setdefault(host_of(address), _Host())
        async with host.turn:
            await asyncio.sleep(host.free_at - loop.time())
            await held.enter_async_context(self._room)
            try:
                return await self.client.fetch(address, PAGES_AND_PDF)
            finally:
                host.free_at = loop.time() + self.pause
                loop.call_later(self.pause, _let_go, host)  # until then whoever comes next finds it


def _let_go(_: _Host) -> None:
    """Forget a host, unless somebody waits for it."""


@dataclass(frozen=True, slots=True)
class FileArticles:
    """Reads files."""

    readers: BoundedReaders

    async def __call__(self, content: bytes, name: str, now: datetime, /) -> Found | Unread:
        """See the port."""
        try:
            document = await self.readers.document(content, name, now)
        except Unreadable as error:
            log.info("file=refused reason=%s", error.reason.name)
            return Unread(error.reason)
        facts = facts_of(document.page) if document.page else Facts(name=_title_in(name))
        return Found("\n".join(document.lines), facts)


def facts_of(page: ReadPage) -> Facts:
    """Return what a page says of its article; its source is the site, whoever else it names is in the text."""
    link = page.url if split(page.url) else None
    return Facts(page.title, page.published, page.tags, _site(page.url, page.source), link)


def _facts_of_file(address: str) -> Facts:
    """Return what is known of a file that stands at an address: it says nothing of itself."""
    return Facts(source=_site(address), link=address, name=_title_in(unquote(urlsplit(address).path)))


def _site(address: str, named: str | None = None) -> Source | None:
    parts, name = split(address), named or host_of(address)
    return Source(SourceKind.SITE, name, f"{parts.scheme}://{parts.netloc}/" if parts else None) if name else None


_LEAST_WORDS = 2  # «مقال-3» is no title


def _title_in(name: str) -> str:
    """Return the name of a file as words, if it is Arabic and long enough to be a title."""
    title = PurePosixPath(name).stem.replace("_", " ").replace("-", " ")
    arabic = [word for word in words(title) if "\u0620" <= word[0] <= "\u06ff"]
    return title if len(arabic) >= _LEAST_WORDS else ""
