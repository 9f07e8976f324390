"""No content stops the bot: it is read in a process that may be killed."""

import os
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

import pytest

from bot.arabic.layout import read_layout
from bot.fetch.bounded import BoundedReaders, Bounds
from bot.fetch.client import Fetched
from bot.fetch.refusals import ContentRefused, Reason
from tests.fetch.feeds import CASES, TITLE
from tests.fetch.site import a_client, a_site, packed
from tests.fetch.test_documents import a_pdf

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
OPML = b'<opml version="2.0"><body><outline xmlUrl="https://a.example/rss" text="a"/></body></opml>'
PAGE = f"""<html><head><meta property="article:published_time" content="2026-05-09">
<link rel="alternate" type="application/rss+xml" href="/rss"></head>
<body><h1>{TITLE}</h1><p>{"وصلت السفينة إلى الميناء. " * 20}</p></body></html>""".encode()
# 500 attributes on every one of 9,000 elements, which lxml reads for two seconds.
SLOW = b"".join(b"<a " + b" ".join(b"x%d=1" % n for n in range(500)) + b">" for _ in range(9_000))


@pytest.fixture
async def readers() -> AsyncIterator[BoundedReaders]:
    async with BoundedReaders(Bounds(seconds=1)) as running:
        yield running


async def test_everything_is_read_as_in_our_own_process(readers: BoundedReaders) -> None:
    page = await readers.page(PAGE, "https://a.example/1", None, NOW)
    feed = await readers.feed(CASES["rss"], "https://a.example/rss", None, NOW)
    links = await readers.feeds_on(PAGE, "https://a.example/1", None, NOW)
    document = await readers.document("عنوان\nنص".encode(), "a.txt", NOW)
    outlines = await readers.opml(OPML, NOW)

    assert (page.title, page.published) == (TITLE, date(2026, 5, 9))
    assert feed.entries[0].moment == datetime(2026, 5, 9, 7, tzinfo=UTC)
    assert [link.url for link in links] == ["https://a.example/rss"]
    assert document.lines == ("عنوان", "نص")
    assert [outline.url for outline in outlines] == ["https://a.example/rss"]


async def test_a_link_becomes_the_parts_of_an_article(readers: BoundedReaders) -> None:
    page = PAGE.replace(b"</body>", "<p>المصدر: وكالة القلم</p></body>".encode())

    async with a_site({"/1?utm_source=x": packed(page)}) as site, a_client(site) as client:
        fetched = await client.fetch(site.url("/1?utm_source=x"))
        assert isinstance(fetched, Fetched)
        read = await readers.page(fetched.content, fetched.url, fetched.charset, NOW)

    layout = read_layout(read.text, NOW)
    assert read.url == site.url("/1")
    assert (layout.title, layout.source) == (TITLE, "وكالة القلم")


async def test_a_refusal_comes_back_with_its_reason(readers: BoundedReaders) -> None:
    with pytest.raises(ContentRefused) as refusal:
        await readers.document(b"MZ", "a.exe", NOW)

    assert refusal.value.reason is Reason.UNKNOWN_KIND


async def test_what_takes_too_long_is_stopped_and_the_next_one_read(readers: BoundedReaders) -> None:
    await readers.document(b"warm", "a.txt", NOW)
    begun = monotonic()

    with pytest.raises(ContentRefused) as refusal:
        await readers.page(SLOW, "https://a.example/1", None, NOW)
    took = monotonic() - begun
    document = await readers.document(b"next", "a.txt", NOW)

    assert refusal.value.reason is Reason.TOO_COMPLEX
    assert took < 4
    assert document.lines == ("next",)


async def test_what_needs_too_much_memory_is_stopped() -> None:
    async with BoundedReaders(Bounds(seconds=20)) as readers:
        with pytest.raises(ContentRefused) as refusal:
            await readers.document(a_pdf_bomb(), "a.pdf", NOW)

    assert refusal.value.reason in {Reason.TOO_COMPLEX, Reason.DAMAGED, Reason.NO_TEXT}


def a_pdf_bomb() -> bytes:
    pressed = zlib.compressobj(9)
    stream = b"".join(pressed.compress(bytes(1_000_000)) for _ in range(1_000)) + pressed.flush()
    return a_pdf(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream))


async def test_a_process_is_replaced_when_it_has_read_enough() -> None:
    async with BoundedReaders(Bounds(readings=2)) as readers:
        documents = [await readers.document(b"text", "a.txt", NOW) for _ in range(3)]

    assert [document.lines for document in documents] == [("text",)] * 3


async def test_elements_with_hundreds_of_attributes_each_end_at_the_limit_of_memory() -> None:
    page = b"".join(b"<p " + b" ".join(b"a%d=1" % n for n in range(500)) + "ن>".encode() for _ in range(1_500))

    async with BoundedReaders(Bounds(seconds=20)) as readers:
        with pytest.raises(ContentRefused) as refusal:
            await readers.page(page, "https://a.example/1", None, NOW)
        document = await readers.document(b"next", "a.txt", NOW)

    assert refusal.value.reason in {Reason.TOO_COMPLEX, Reason.NO_TEXT}
    assert document.lines == ("next",)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux to look into another process")
async def test_the_token_is_not_known_where_strangers_are_read(
    monkeypatch: pytest.MonkeyPatch, readers: BoundedReaders
) -> None:
    monkeypatch.setenv("MUJAZ_TOKEN", "123456:secret")
    await readers.document(b"warm", "a.txt", NOW)

    assert b"secret" not in _environment_of_our_child()


def _environment_of_our_child() -> bytes:
    (child,) = Path("/proc/self/task", str(os.getpid()), "children").read_text(encoding="ascii").split()
    return Path(f"/proc/{child}/environ").read_bytes()
