"""The ports Fetch and ReadFile over a real site."""

import asyncio
from datetime import UTC, date, datetime
from itertools import pairwise
from time import monotonic

import pytest

from bot.domain.article import Facts, Source, SourceKind
from bot.domain.unread import Found, Reason, Unread
from bot.fetch.articles import FileArticles, PageArticles, facts_of
from bot.fetch.bounded import BoundedReaders
from bot.fetch.contents import ReadPage
from tests.fetch.site import a_client, a_site, an_answer
from tests.fetch.test_pages import BODY, TITLE, a_page

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)


async def test_pages_come_in_the_order_asked_for_and_failures_as_values() -> None:
    async with a_site({"/1": an_answer(a_page())}) as site, a_client(site) as client, BoundedReaders() as readers:
        none, found = await PageArticles(client, readers)([site.url("/2"), site.url("/1")], NOW)

    assert none == Unread(Reason.NOT_FOUND)
    assert isinstance(found, Found)
    assert found.text.split("\n") == [TITLE, *BODY]
    assert (found.facts.title, found.facts.link) == (TITLE, site.url("/1"))


async def test_one_host_is_asked_for_one_thing_at_a_time() -> None:
    open_now, most = 0, 0
    moments: list[float] = []

    async def slowly(writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        moments.append(monotonic())
        await asyncio.sleep(0.05)
        open_now -= 1
        writer.write(an_answer(a_page()))
        await writer.drain()

    paths = [f"/{number}" for number in range(4)]
    async with (
        a_site(dict.fromkeys(paths, slowly)) as site,
        a_client(site) as client,
        BoundedReaders() as readers,
    ):
        fetch = PageArticles(client, readers, pause=0.2)
        await asyncio.gather(fetch([site.url(path) for path in paths[:2]], NOW), fetch([site.url(paths[2])], NOW))
        await fetch([site.url(paths[3])], NOW)

    assert len(site.asked) == 4
    assert most == 1
    assert all(later - earlier >= 0.25 for earlier, later in pairwise(moments))


async def test_who_waits_for_a_slow_host_does_not_wait_for_ever() -> None:
    async def hang(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    async with a_site({"/1": hang, "/2": hang}) as site, a_client(site) as client, BoundedReaders() as readers:
        started = monotonic()
        found = await PageArticles(client, readers, patience=0.3)([site.url("/1"), site.url("/2")], NOW)

    assert found == [Unread(Reason.TOO_SLOW), Unread(Reason.TOO_SLOW)]
    assert monotonic() - started < 3


@pytest.mark.parametrize(
    ("page", "facts"),
    [
        pytest.param(
            ReadPage("https://www.a.example/1", TITLE, (), date(2026, 5, 9), ("مصر",), "صحيفة القلم"),
            Facts(
                TITLE,
                date(2026, 5, 9),
                ("مصر",),
                Source(SourceKind.SITE, "صحيفة القلم", "https://www.a.example/"),
                "https://www.a.example/1",
            ),
            id="all",
        ),
        pytest.param(
            ReadPage("https://www.a.example/1", TITLE, ()),
            Facts(
                TITLE,
                source=Source(SourceKind.SITE, "a.example", "https://www.a.example/"),
                link="https://www.a.example/1",
            ),
            id="a site that does not name itself goes by its host",
        ),
        pytest.param(ReadPage("", TITLE, ()), Facts(TITLE), id="a saved page has no address"),
    ],
)
def test_what_a_page_says_of_its_article(page: ReadPage, facts: Facts) -> None:
    assert facts_of(page) == facts


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("وصول_أول-شحنة.txt", "وصول أول شحنة", id="words"),
        pytest.param("مقال.txt", "", id="one word says nothing"),
        pytest.param("scan 0001.txt", "", id="not Arabic"),
    ],
)
async def test_the_name_of_a_file_may_be_a_title(name: str, title: str) -> None:
    async with BoundedReaders() as readers:
        found = await FileArticles(readers)("\n".join(BODY).encode(), name, NOW)
        refused = await FileArticles(readers)(b"MZ", "x.exe", NOW)

    assert isinstance(found, Found)
    assert found.facts == Facts(name=title)
    assert refused == Unread(Reason.UNKNOWN_KIND)
