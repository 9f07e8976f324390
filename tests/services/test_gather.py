"""Links become articles."""

from collections.abc import Mapping

import pytest

from bot.domain.article import Facts, Source, SourceKind, Traces
from bot.domain.limits import Exhausted, Limited
from bot.domain.unread import Found, Reason, Unread
from bot.services.collect import Collected
from bot.services.gather import Gathered
from tests.builders import BODY, HOUR, MINUTE, NOW, TITLE, a_body, a_draft, an_article
from tests.services.stage import Stage

URL, OTHER = "https://a.example/1", "https://a.example/2"
SITE = Source(SourceKind.SITE, "القلم", "https://a.example/")


def a_page(title: str = TITLE, body: tuple[str, ...] = BODY, link: str = URL) -> Found:
    return Found("\n".join((title, *body)), Facts(title, NOW.date(), ("السودان",), SITE, link))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def titles(gathered: Gathered) -> Mapping[str, str]:
    results = gathered.by_address.items()
    return {url: result.article.title for url, result in results if isinstance(result, Collected)}


async def test_a_page_is_kept_with_what_it_says_of_itself(stage: Stage) -> None:
    stage.fetch.pages[URL] = a_page()

    await stage.gather([f"{URL}?utm_source=x"], a_draft("انظر"), await stage.reader())

    (kept,) = stage.world.articles.values()
    article = kept.article
    assert (article.title, article.published, article.tags) == (TITLE, NOW.date(), ("السودان",))
    assert (article.source, article.link) == (SITE, URL)


async def test_within_the_hour_a_known_address_is_not_fetched_again(stage: Stage) -> None:
    stage.fetch.pages[URL] = a_page()
    reader = await stage.reader()
    await stage.gather([URL], a_draft(receipt="501:1"), reader)
    stage.clock.advance(59 * MINUTE)
    await stage.gather([URL], a_draft(receipt="501:2"), reader)
    before = list(stage.fetch.asked)
    stage.clock.advance(2 * MINUTE)
    await stage.gather([URL], a_draft(receipt="501:3"), reader)

    assert before == [URL]
    assert stage.fetch.asked == [URL, URL]
    assert len(stage.world.articles) == 1


async def test_a_page_that_names_a_known_address_is_the_article_there(stage: Stage) -> None:
    stage.fetch.pages |= {URL: a_page(), OTHER: a_page(body=BODY[:2])}

    gathered = await stage.gather([URL, OTHER], a_draft("انظر"), await stage.reader())

    assert titles(gathered) == {URL: TITLE}
    assert len(stage.world.articles) == 1


async def test_what_cannot_be_read_says_why_and_the_rest_is_kept(stage: Stage) -> None:
    stage.fetch.pages[OTHER] = a_page(link=OTHER)

    gathered = await stage.gather([URL, OTHER], a_draft("انظر"), await stage.reader())

    assert gathered.by_address[URL] == Unread(Reason.NOT_FOUND)
    assert titles(gathered) == {OTHER: TITLE}


async def test_over_the_limit_links_are_not_fetched_but_known_ones_answered(stage: Stage) -> None:
    reader = await stage.reader()
    stage.fetch.pages[URL] = a_page()
    urls = [URL, *(f"https://a.example/none/{number}" for number in range(3))]

    first = await stage.gather(urls, a_draft(receipt="501:1"), reader)
    again = await stage.gather([URL, OTHER], a_draft(receipt="501:2"), reader)

    exhausted = Exhausted(Limited.FETCHES, 3, NOW + HOUR)
    assert first.by_address[urls[3]] == exhausted
    assert stage.fetch.asked == urls[:3]
    assert titles(again) == {URL: TITLE}
    assert again.by_address[OTHER] == exhausted


async def test_an_update_handled_twice_counts_once(stage: Stage) -> None:
    reader = await stage.reader()
    urls = [f"https://a.example/none/{number}" for number in range(3)]

    await stage.gather(urls, a_draft(receipt="501:1"), reader)
    again = await stage.gather(urls, a_draft(receipt="501:1"), reader)

    assert set(again.by_address.values()) == {Unread(Reason.NOT_FOUND)}
    assert len(stage.world.fetches) == 3


async def test_a_message_of_several_articles_handled_twice_is_answered_alike(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.articles.add(an_article("f1"), Traces())
    await stage.articles.receive("f1", reader.id, "501:1", NOW, for_everyone=False)
    urls = [f"https://a.example/{number}" for number in range(3)]
    for number, url in enumerate(urls):
        stage.fetch.pages[url] = a_page(f"{TITLE} {number}", a_body(f"m{number}"), url)

    first = await stage.gather(urls, a_draft("انظر", receipt="501:2"), reader)
    again = await stage.gather(urls, a_draft("انظر", receipt="501:2"), reader)

    assert list(titles(first)) == urls[:2]
    assert titles(again) == titles(first)
    assert again.by_address[urls[2]] == first.by_address[urls[2]] == Exhausted(Limited.ARTICLES, 3, NOW + HOUR)
    assert not any(result.is_known for result in again.by_address.values() if isinstance(result, Collected))


async def test_over_the_limit_of_articles_nothing_is_kept_but_for_owners(stage: Stage) -> None:
    reader = await stage.reader()
    urls = [f"https://a.example/{number}" for number in range(4)]
    for number, url in enumerate(urls):
        stage.fetch.pages[url] = a_page(f"{TITLE} {number}", a_body(f"m{number}"), url)
    for number, url in enumerate(urls):
        await stage.gather([url], a_draft(receipt=f"501:{number}", is_trusted=number == 3), reader)
    refused = await stage.gather([urls[0]], a_draft(receipt="501:9"), reader)

    assert len(stage.world.articles) == 4
    assert refused.by_address[urls[0]] == Exhausted(Limited.ARTICLES, 3, NOW + HOUR)


async def test_a_forward_is_taken_for_itself_only_where_its_links_bring_nothing(stage: Stage) -> None:
    channel = Source(SourceKind.CHANNEL, "قناة السهل")
    flash = a_draft("عاجل: وصول أول رحلة إلى مطار الخرطوم الدولي", origin=channel)
    reader = await stage.reader()

    alone = await stage.gather([URL], flash, reader)
    stage.fetch.pages[URL] = a_page()
    with_page = await stage.gather([URL], flash, reader)

    assert alone.text is not None
    assert alone.text.article.source == channel
    assert with_page.text is None
    assert titles(with_page) == {URL: TITLE}
