"""What everything that keeps how topics are followed promises."""

from datetime import timedelta

from bot.domain.alert import Urgent
from bot.domain.chart import Chart, Row
from bot.domain.delivery import Page, Sent, settle
from bot.domain.digest import Digest, Occasion, Section, Story
from bot.domain.subscription import Subscription
from tests.builders import HOUR, MINUTE, NOW, a_digest, a_stem, a_story, a_subject, a_topic, an_article, an_update
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

ALI, MONA = 501, 502
SINCE = NOW - HOUR


async def followers(world: World, *topics: str) -> int:
    """Keep the topics, and return a reader of the first one."""
    for topic in topics:
        await world.topics.add(a_topic(topic), {})
    return (await a_reader(world, ALI, follows=list(topics[:1]))).id


async def news(world: World, mark: str, *topics: str) -> None:
    """Put an article before everyone that is about these topics."""
    about = tuple(a_subject(topic) for topic in topics)
    await keep(world, an_article(mark, subjects=about))
    await world.articles.receive(mark, None, mark, NOW, for_everyone=True)


async def shown_topics(world: World, reader: int) -> list[tuple[str, ...]]:
    """Return under which topics stories are new to a reader."""
    return [story.topics for story in await world.deliveries.fresh(reader, SINCE)]


async def test_a_subscription_begins_with_all_stories_and_in_the_digest(world: World) -> None:
    reader = await followers(world, "روسيا")

    assert await world.subscribers.subscriptions(reader) == [Subscription("روسيا", NOW)]


async def test_what_is_left_out_is_kept_in_order_until_it_is_said_otherwise(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة", "الاقتصاد")

    first = await world.subscribers.leave_out(reader, "روسيا", ["الرياضة", "الاقتصاد", "الرياضة", "روسيا", "مجهول"])
    again = await world.subscribers.leave_out(reader, "روسيا", ["الرياضة", "الاقتصاد"])
    kept = await world.subscribers.subscriptions(reader)
    emptied = await world.subscribers.leave_out(reader, "روسيا", [])

    assert (first, again, emptied) == (True, False, True)
    assert kept == [Subscription("روسيا", NOW, ("الرياضة", "الاقتصاد"))]
    assert await world.subscribers.subscriptions(reader) == [Subscription("روسيا", NOW)]


async def test_nothing_is_left_out_of_what_is_not_followed(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة")

    assert not await world.subscribers.leave_out(reader, "الرياضة", ["روسيا"])
    assert not await world.subscribers.at_once(reader, "الرياضة", NOW)


async def test_a_topic_followed_anew_leaves_nothing_out(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة")
    await world.subscribers.leave_out(reader, "روسيا", ["الرياضة"])
    await world.subscribers.at_once(reader, "روسيا", NOW)

    await world.subscribers.unfollow(reader, ["روسيا"])
    await world.subscribers.follow(reader, ["روسيا"], NOW)

    assert await world.subscribers.subscriptions(reader) == [Subscription("روسيا", NOW)]


async def test_stories_that_are_also_about_what_is_left_out_are_not_new(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة", "مصر")
    await world.subscribers.follow(reader, ["مصر"], NOW)
    await world.subscribers.leave_out(reader, "روسيا", ["الرياضة"])
    for mark, *topics in (("f1", "روسيا"), ("f2", "روسيا", "الرياضة"), ("f3", "روسيا", "الرياضة", "مصر")):
        await news(world, mark, *topics)

    assert await shown_topics(world, reader) == [("روسيا",), ("مصر",)]


async def test_a_report_that_the_reader_may_not_see_leaves_nothing_out(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة")
    other = await a_reader(world, MONA, follows=["الرياضة"])
    await world.subscribers.leave_out(reader, "روسيا", ["الرياضة"])
    await news(world, "f1", "روسيا")
    await keep(world, an_article("f2", subjects=(a_subject("الرياضة"),)), stems=(a_stem("f1"),), sender=other.id)

    assert await shown_topics(world, reader) == [("روسيا",)]


async def test_news_are_counted_by_story_and_topic(world: World) -> None:
    reader = await followers(world, "روسيا", "الرياضة", "مصر")
    await world.subscribers.leave_out(reader, "روسيا", ["الرياضة"])
    for mark, *topics in (("f1", "روسيا"), ("f2", "روسيا", "الرياضة")):
        await news(world, mark, *topics)

    assert await world.subscribers.news(reader, SINCE) == {"روسيا": 1, "الرياضة": 1}
    assert await world.subscribers.news(reader, NOW + HOUR) == {}


async def test_articles_are_counted_day_by_day(world: World) -> None:
    await followers(world, "مصر", "روسيا")
    for mark, hours in (("f1", 0), ("f2", 1), ("f3", 25)):
        await keep(world, an_article(mark, subjects=(a_subject("روسيا"),)))
        await world.articles.receive(mark, None, mark, NOW + hours * HOUR, for_everyone=True)

    starts = [NOW + timedelta(days=day) for day in range(3)]
    assert await world.topics.counts(starts) == {"روسيا": [2, 1]}
    assert await world.topics.counts(starts[1:]) == {"روسيا": [1]}
    assert await world.topics.counts([NOW - 2 * HOUR, NOW - HOUR]) == {}


async def wanted_at_once(world: World) -> int:
    """Return a reader who wants to know at once what is new in a topic, and may know of another."""
    reader = await followers(world, "روسيا", "الرياضة")
    await world.subscribers.at_once(reader, "روسيا", NOW)
    return reader


async def due(world: World) -> list[str]:
    """Return the topics of what is due at once."""
    return [hit.topic for hit in await world.alerts.due(SINCE)]


async def test_a_story_for_everyone_is_due_at_once(world: World) -> None:
    reader = await wanted_at_once(world)
    await news(world, "f1", "روسيا", "الرياضة")

    (story,) = await world.deliveries.fresh(reader, SINCE)

    assert await world.alerts.due(SINCE) == [Urgent(ALI, 0, story.id, "روسيا")]
    assert await world.alerts.due(NOW + HOUR) == []


async def test_what_came_before_it_was_wanted_at_once_is_not_due(world: World) -> None:
    reader = await followers(world, "روسيا")
    await news(world, "f1", "روسيا")

    changed = await world.subscribers.at_once(reader, "روسيا", NOW + MINUTE)
    again = await world.subscribers.at_once(reader, "روسيا", NOW + 2 * MINUTE)

    assert (changed, again) == (True, False)
    assert (await world.subscribers.subscriptions(reader))[0].at_once_since == NOW + MINUTE
    assert await due(world) == []


async def test_what_is_wanted_at_once_no_more_is_not_due(world: World) -> None:
    reader = await wanted_at_once(world)
    await news(world, "f1", "روسيا")

    assert await world.subscribers.at_once(reader, "روسيا", None)
    assert not await world.subscribers.at_once(reader, "روسيا", None)
    assert await due(world) == []


async def test_what_is_left_out_is_not_due(world: World) -> None:
    reader = await wanted_at_once(world)
    await world.subscribers.leave_out(reader, "روسيا", ["الرياضة"])
    await news(world, "f1", "روسيا", "الرياضة")

    assert await due(world) == []


async def test_what_only_its_sender_may_see_and_what_the_reader_sent_is_not_due(world: World) -> None:
    reader = await wanted_at_once(world)
    await keep(world, an_article("f1", subjects=(a_subject("روسيا"),)), sender=reader)
    private = await due(world)
    await world.articles.receive("f1", None, "editor:1", NOW, for_everyone=True)

    assert private == []
    assert await due(world) == []


async def test_a_paused_reader_is_due_nothing(world: World) -> None:
    await wanted_at_once(world)
    await news(world, "f1", "روسيا")

    await world.subscribers.pause(ALI)

    assert await due(world) == []


def an_alert(reader: int, story: Story) -> Digest:
    section = Section("روسيا", (story,))
    return Digest(reader, f"alert:{story.id}", NOW, (section,), 0, None, occasion=Occasion.AT_ONCE)


async def test_what_was_sent_at_once_is_not_due_again_nor_new_and_moves_no_digest(world: World) -> None:
    reader = await wanted_at_once(world)
    await news(world, "f1", "روسيا")
    (story,) = await world.deliveries.fresh(reader, SINCE)

    await world.deliveries.open(an_alert(reader, story), [(Page("عاجل"), [story.id])], NOW, NOW + HOUR)
    underway = await due(world), await shown_topics(world, reader)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(delivery, Sent(7), NOW), NOW)

    assert underway == ([], [])
    assert (await due(world), await shown_topics(world, reader)) == ([], [])
    found = await world.subscribers.find(ALI)
    assert found is not None
    assert found.digested_at is None


async def test_an_alert_that_could_not_be_sent_leaves_its_story_to_the_digest(world: World) -> None:
    reader = await wanted_at_once(world)
    await news(world, "f1", "روسيا")
    (story,) = await world.deliveries.fresh(reader, SINCE)
    await world.deliveries.open(an_alert(reader, story), [(Page("عاجل"), [story.id])], NOW, NOW + MINUTE)

    await world.deliveries.claim(NOW + HOUR, 9, ())

    assert (await due(world), await shown_topics(world, reader)) == ([], [("روسيا",)])


async def test_what_was_sent_at_once_is_counted_by_topic(world: World) -> None:
    reader = await wanted_at_once(world)
    for number in (1, 2):
        await world.deliveries.open(an_alert(reader, a_story(number)), [(Page("عاجل"), [])], NOW, NOW + HOUR)
    await world.deliveries.open(a_digest(reader), [(Page("موجز"), [])], NOW, NOW + HOUR)

    assert await world.alerts.sent(reader, NOW) == {"روسيا": 2}
    assert await world.alerts.sent(reader, NOW + MINUTE) == {}


async def test_a_page_keeps_its_picture(world: World) -> None:
    chart = Chart("عنوان", (Row("روسيا", (0, 3, 1), "4"),), "أمس", "اليوم")
    update = an_update()
    await world.inbox.add([update])

    await world.inbox.finish([update], [Page("نص", picture=chart)], NOW)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert delivery.page == Page("نص", picture=chart)
