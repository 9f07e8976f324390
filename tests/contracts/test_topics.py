"""What everything that keeps topics promises."""

import pytest

from bot.domain.article import Traces
from bot.domain.topic import Reason, Topic
from tests.builders import HOUR, NOW, a_subject, a_topic, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

FULL = Topic(
    "عُمان",
    forms=("سلطنة عمان",),
    nisba=("عماني",),
    plurals=("العمانيون",),
    capitals=("مسقط",),
    is_ambiguous=True,
    qualified=("عُمان",),
    blocks=("عمّان",),
)


async def test_an_added_topic_is_found_by_all_its_names(world: World) -> None:
    assert (await world.topics.catalogue()).resolve("سلطنة عمان") == Topic("سلطنة عمان")

    await world.topics.add(FULL, {})

    catalogue = await world.topics.catalogue()
    assert [catalogue.resolve(name) for name in ("عمان", "سلطنة عمان")] == [FULL, FULL]


async def test_topics_added_since_a_mark_come_in_their_order(world: World) -> None:
    await world.topics.add(FULL, {})
    first, mark = await world.topics.after(0)

    for name in ("مطار الخرطوم", "السودان"):
        await world.topics.add(a_topic(name), {})
    later, last = await world.topics.after(mark)

    assert list(first) == [FULL]
    assert [topic.name for topic in later] == ["مطار الخرطوم", "السودان"]
    assert await world.topics.after(last) == ([], last)


async def test_a_topic_added_again_under_another_spelling_is_kept_once(world: World) -> None:
    await world.topics.add(a_topic("أوكرانيا"), {})

    await world.topics.add(a_topic("اوكرانيا"), {})

    catalogue = await world.topics.catalogue()
    assert [catalogue.resolve(name).name for name in ("أوكرانيا", "اوكرانيا")] == ["أوكرانيا", "أوكرانيا"]


async def test_a_new_topic_comes_with_what_kept_articles_say_of_it(world: World) -> None:
    await world.articles.add(an_article("f1"), Traces(("مطار",)))
    await world.articles.add(an_article("f2"), Traces(("سوق",)))
    subject = a_subject("السودان", Reason.LEAD, 2)

    await world.topics.add(a_topic("السودان"), {"f2": subject, "unknown": subject})

    found = [await world.articles.find(mark) for mark in ("f1", "f2")]
    assert [article.subjects for article in found if article] == [(), (subject,)]


async def test_popular_topics_come_with_the_most_reported_first(world: World) -> None:
    editor = await a_reader(world, follows=["مصر", "السودان", "لبنان"])
    for number, names in enumerate((["السودان"], ["السودان", "مصر"], ["السودان", "مصر", "لبنان"])):
        article = an_article(f"f{number}", subjects=tuple(map(a_subject, names)))
        await keep(world, article, sender=editor.id, for_everyone=True)

    assert await world.topics.popular(NOW, 9) == ["السودان", "مصر", "لبنان"]
    assert await world.topics.popular(NOW, 2) == ["السودان", "مصر"]
    told = await world.topics.told(NOW)
    assert list(told) == ["مصر", "السودان", "لبنان"]
    assert set(told["لبنان"]) < set(told["السودان"])


async def test_topics_of_private_or_older_articles_are_not_popular(world: World) -> None:
    reader = await a_reader(world, follows=["مصر", "السودان"])
    await keep(world, an_article("f1", subjects=(a_subject("السودان"),)), sender=reader.id)
    await keep(
        world, an_article("f2", subjects=(a_subject("مصر"),)), sender=reader.id, at=NOW - HOUR, for_everyone=True
    )

    assert await world.topics.popular(NOW, 9) == []
    assert await world.topics.told(NOW) == {}


async def test_a_code_stands_for_its_topic_or_tag(world: World) -> None:
    await world.topics.add(a_topic("السودان"), {})
    await world.articles.add(an_article(tags=("الطيران المدني",)), Traces(("مطار",)))

    codes = await world.topics.codes(["السودان", "الطيران المدني", "لا أحد يعرفه"])

    assert set(codes) == {"السودان", "الطيران المدني"}
    assert {name: await world.topics.named(code) for name, code in codes.items()} == {name: name for name in codes}


async def test_codes_are_short_enough_for_a_button(world: World) -> None:
    await world.topics.add(a_topic("منظمة الأمم المتحدة للتربية والعلم والثقافة"), {})

    (code,) = (await world.topics.codes(["منظمة الأمم المتحدة للتربية والعلم والثقافة"])).values()

    assert len(code.encode()) <= 16


async def test_a_code_lasts(world: World) -> None:
    await world.topics.add(a_topic("السودان"), {})
    before = await world.topics.codes(["السودان"])

    await world.topics.add(a_topic("مصر"), {})
    await world.articles.add(an_article(tags=("السودان", "لبنان")), Traces(("مطار",)))

    assert await world.topics.codes(["السودان"]) == before


async def test_a_tag_has_its_code_however_it_is_spelt(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("أوبك",)), Traces(("نفط",)))
    await world.articles.add(an_article("f2", tags=("اوبك",)), Traces(("سوق",)))

    codes = await world.topics.codes(["اوبك"])

    assert set(codes) == {"اوبك"}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", id="nothing"),
        pytest.param("t", id="no number"),
        pytest.param("t2", id="a number that nobody has"),
        pytest.param("x1", id="neither topic nor tag"),
        pytest.param("1", id="a number alone"),
        pytest.param("t١", id="a number in Arabic digits"),
        pytest.param("t-1", id="below zero"),
        pytest.param("t1 OR 1=1", id="hostile"),
        pytest.param("t" + "9" * 40, id="a number too large for any table"),
    ],
)
async def test_a_code_that_is_not_ours_stands_for_nothing(world: World, code: str) -> None:
    await world.topics.add(a_topic("السودان"), {})

    assert await world.topics.named(code) is None
