"""One fetch against a server that means no good."""

import asyncio
import tracemalloc
import zlib
from time import monotonic

import pytest

from bot.fetch.client import FEEDS, PAGES, Client, Fetched, Limits, NotModified
from bot.fetch.refusals import AnswerRefused, NotReached, Reason, Unreadable
from tests.fetch.site import Answer, Site, a_client, a_redirect, a_site, an_answer, packed

PAGE = "<p>خبر</p>".encode()
SMALL = Limits(total=0.6, step=0.5, wire=20_000, size=100_000)


async def fetched(client: Client, url: str) -> Fetched:
    answer = await client.fetch(url)
    assert isinstance(answer, Fetched)
    return answer


async def refusal_of(site: Site, path: str, limits: Limits = SMALL) -> Unreadable:
    async with a_client(site, limits) as client:
        with pytest.raises(Unreadable) as refusal:
            await client.fetch(site.url(path))
    return refusal.value


async def test_an_answer_comes_with_what_is_needed_to_ask_again() -> None:
    answer = an_answer(
        PAGE, 'ETag: "v1"', "Last-Modified: Mon, 21 Aug 2023 10:00:00 GMT", kind="Text/HTML;Charset='windows-1256'"
    )
    async with a_site({"/": answer}) as site, a_client(site) as client:
        found = await fetched(client, site.url("/#part"))

    assert found == Fetched(
        url=site.url(),
        status=200,
        media_type="text/html",
        charset="windows-1256",
        content=PAGE,
        etag='"v1"',
        last_modified="Mon, 21 Aug 2023 10:00:00 GMT",
    )


async def test_what_is_known_already_is_not_sent_again() -> None:
    async with a_site({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"}) as site, a_client(site) as client:
        found = await client.fetch(site.url(), etag='"v1"', last_modified="Mon, 21 Aug 2023 10:00:00 GMT")

    assert found == NotModified(site.url())
    assert 'if-none-match: "v1"' in site.asked[0].lower()
    assert "if-modified-since: mon, 21 aug 2023" in site.asked[0].lower()


async def test_the_bot_says_who_it_is_and_sends_no_cookie() -> None:
    answers = {"/": an_answer(b"", "Location: /next", "Set-Cookie: a=b", status="302 Found"), "/next": an_answer(PAGE)}
    async with a_site(answers) as site, a_client(site) as client:
        await client.fetch(site.url())

    assert all("user-agent: mujaz" in asked.lower() and "cookie" not in asked.lower() for asked in site.asked)
    assert "accept-encoding: gzip\r\n" in site.asked[0].lower()


async def test_redirects_are_followed_to_the_end() -> None:
    answers = {"/": a_redirect("/a/"), "/a/": a_redirect("../b", "301 Moved"), "/b": an_answer(PAGE)}
    async with a_site(answers) as site, a_client(site) as client:
        found = await fetched(client, site.url())

    assert (found.url, found.content) == (site.url("/b"), PAGE)


async def test_redirects_end_after_five() -> None:
    answers = {f"/{n}": a_redirect(f"/{n + 1}") for n in range(10)}
    async with a_site(answers) as site:
        refusal = await refusal_of(site, "/0")

    assert refusal.reason is Reason.TOO_MANY_REDIRECTS
    assert len(site.asked) == 6


async def test_gzip_is_unpacked() -> None:
    async with a_site({"/": packed(PAGE)}) as site, a_client(site) as client:
        found = await fetched(client, site.url())

    assert found.content == PAGE


async def test_a_bomb_is_stopped_at_the_limit() -> None:
    pressed = zlib.compressobj(9, wbits=31)
    bomb = b"".join(pressed.compress(b"\0" * 1_000_000) for _ in range(200)) + pressed.flush()
    async with a_site({"/": an_answer(bomb, "Content-Encoding: gzip")}) as site:
        tracemalloc.start()
        refusal = await refusal_of(site, "/", Limits())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert refusal.reason is Reason.TOO_LARGE
    assert peak < 25_000_000


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"x" * 10_000)
        await writer.drain()


async def trickle(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def trickling_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        writer.write(f"X-{number}: y\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


REFUSED: dict[str, tuple[Answer, Reason]] = {
    "endless": (endless, Reason.TOO_LARGE),
    "declared-too-large": (an_answer(b"", "X: y").replace(b"Length: 0", b"Length: 999999"), Reason.TOO_LARGE),
    "one-byte-at-a-time": (trickle, Reason.TOO_SLOW),
    "one-header-at-a-time": (trickling_headers, Reason.TOO_SLOW),
    "silent": (silence, Reason.TOO_SLOW),
    "brotli": (an_answer(b"x", "Content-Encoding: br"), Reason.UNWANTED_ENCODING),
    "zstd": (an_answer(b"x", "Content-Encoding: zstd"), Reason.UNWANTED_ENCODING),
    "gzip-in-gzip": (an_answer(b"x", "Content-Encoding: gzip, gzip"), Reason.UNWANTED_ENCODING),
    "not-gzip-at-all": (an_answer(b"xxxx", "Content-Encoding: gzip"), Reason.BROKEN),
    "gzip-cut": (an_answer(packed(PAGE).split(b"\r\n\r\n")[1][:-9], "Content-Encoding: gzip"), Reason.BROKEN),
    "cut": (an_answer(PAGE).replace(b"Length: 13", b"Length: 99"), Reason.BROKEN),
    "picture": (an_answer(b"x", kind="image/png"), Reason.UNWANTED_TYPE),
    "program": (an_answer(b"x", kind="application/octet-stream"), Reason.UNWANTED_TYPE),
    "no-type": (b"HTTP/1.1 200 OK\r\n\r\nx", Reason.UNWANTED_TYPE),
    "no-http": (b"SSH-2.0-OpenSSH_9.6\r\n", Reason.BROKEN),
    "nothing": (b"", Reason.BROKEN),
    "401": (an_answer(b"", status="401 Unauthorized"), Reason.FORBIDDEN),
    "403": (an_answer(b"", status="403 Forbidden"), Reason.FORBIDDEN),
    "404": (an_answer(b"", status="404 Not Found"), Reason.NOT_FOUND),
    "410": (an_answer(b"", status="410 Gone"), Reason.NOT_FOUND),
    "418": (an_answer(b"", status="418 Teapot"), Reason.UNEXPECTED_STATUS),
    "500": (an_answer(b"", status="500 Oops"), Reason.SERVER_FAILED),
    "redirect-without-place": (an_answer(b"", status="302 Found"), Reason.UNEXPECTED_STATUS),
    "redirect-to-a-file": (a_redirect("file:///etc/passwd"), Reason.SCHEME),
    "redirect-to-nonsense": (a_redirect("http://[oops/"), Reason.BAD_ADDRESS),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_bad_answer_is_refused_in_time(name: str) -> None:
    answer, reason = REFUSED[name]
    begun = monotonic()

    async with a_site({"/": answer}) as site:
        refusal = await refusal_of(site, "/")

    assert refusal.reason is reason
    assert monotonic() - begun < 3


async def test_a_busy_server_says_how_long_to_wait() -> None:
    async with a_site({"/": an_answer(b"", "Retry-After: 120", status="429 Too Many Requests")}) as site:
        refusal = await refusal_of(site, "/")

    assert isinstance(refusal, AnswerRefused)
    assert (refusal.reason, refusal.retry_after) == (Reason.BUSY, 120)


async def test_what_counts_as_content_is_for_the_caller_to_say() -> None:
    async with a_site({"/": an_answer(b"<rss/>", kind="application/rss+xml")}) as site, a_client(site) as client:
        found = await client.fetch(site.url(), FEEDS)
        with pytest.raises(AnswerRefused):
            await client.fetch(site.url(), PAGES)

    assert isinstance(found, Fetched)


async def test_many_fetches_run_side_by_side() -> None:
    async with a_site({"/": an_answer(PAGE), "/slow": trickle}) as site, a_client(site, SMALL) as client:
        slow = asyncio.create_task(client.fetch(site.url("/slow")))
        quick = await asyncio.gather(*(client.fetch(site.url()) for _ in range(15)))
        with pytest.raises(NotReached):
            await slow

    assert len(quick) == 15
