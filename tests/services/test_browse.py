"""Showing what is followed and what could be."""

from bot.domain.article import Traces
from bot.services.browse import Offer
from tests.builders import HOUR, a_subject, a_topic, an_article
from tests.services.stage import Stage


async def test_what_is_followed_comes_oldest_first(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    stage.clock.advance(HOUR)
    await stage.follow(reader, "مصر، لبنان")

    offers = await stage.browse.followed(reader)

    assert [(offer.name, offer.is_followed) for offer in offers] == [("السودان", True), ("مصر", True), ("لبنان", True)]


async def test_an_offers_code_leads_back_to_its_name(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان", "مصر"])

    offers = await stage.browse.followed(reader)

    assert [await stage.browse.name_of(offer.code) for offer in offers] == ["السودان", "مصر"]


async def test_a_code_that_is_not_ours_has_no_name(stage: Stage) -> None:
    assert await stage.browse.name_of("t7") is None


async def test_topics_in_the_news_are_offered_before_those_always_read(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.reader(502, ["فلسطين", "مصر", "الطيران"])
    await stage.news("f1", topic="الطيران")

    offers = await stage.browse.popular(reader)

    assert [(offer.name, offer.is_followed) for offer in offers] == [
        ("الطيران", False),
        ("فلسطين", False),
        ("مصر", False),
    ]


async def test_news_of_three_days_ago_makes_no_topic_popular(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.reader(502, ["الطيران"])
    await stage.news("f1", topic="الطيران")
    stage.clock.advance(72 * HOUR)

    assert await stage.browse.popular(reader) == []


async def test_six_topics_are_offered_at_most(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.reader(502, ["فلسطين", "السعودية", "مصر", "روسيا", "أوكرانيا", "الاقتصاد", "الرياضة"])

    assert len(await stage.browse.popular(reader)) == 6


async def test_an_article_offers_its_subjects_then_its_tags_each_once(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    article = an_article(subjects=(a_subject("السودان"),), tags=("الطيران المدني", "#السودان"))
    await stage.articles.add(article, Traces(("مطار",)))

    offers = await stage.browse.of(reader, article)

    assert [(offer.name, offer.is_followed) for offer in offers] == [("السودان", True), ("الطيران المدني", False)]


async def test_an_article_offers_its_tags_under_their_topics(stage: Stage) -> None:
    reader = await stage.reader(follows=["أوكرانيا"])
    article = an_article(tags=("اوكرانيا",))
    await stage.articles.add(article, Traces(("مطار",)))

    assert await stage.browse.of(reader, article) == [Offer("أوكرانيا", "t1", is_followed=True)]


async def test_of_typed_names_the_known_ones_are_offered_once(stage: Stage) -> None:
    reader = await stage.reader(follows=["أوكرانيا"])

    offers = await stage.browse.named(reader, ["اوكرانيا", "لا أحد يعرفه", "أوكرانيا"])

    assert [offer.name for offer in offers] == ["أوكرانيا"]


async def test_all_that_is_followed_is_listed_first_then_what_has_most_news(stage: Stage) -> None:
    reader = await stage.reader(follows=["مصر", "السودان"])
    for topic in ("روسيا", "تونس"):
        await stage.topics.add(a_topic(topic), {})
    await stage.news("f1", "f2", topic="روسيا")
    await stage.news("f3", topic="تونس")
    await stage.news("f4", topic="السودان")

    listed = await stage.browse.listed(reader)

    shown = [(offer.name, offer.is_followed, offer.news) for offer in listed]
    assert shown == [("مصر", True, 0), ("السودان", True, 1), ("روسيا", False, 2), ("تونس", False, 1)]
