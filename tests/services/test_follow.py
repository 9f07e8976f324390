"""Following topics, and stopping."""

import pytest

from bot.domain.article import Article
from bot.domain.naming import BadNames, NoNames
from bot.domain.topic import Sense, Topic
from bot.services.follow import Followed, Unfollowed
from tests.builders import BODY, HOUR, NOW, TITLE, a_topic, an_article
from tests.services.stage import Stage


async def test_a_known_name_is_followed_under_its_own_spelling(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.topics.add(Topic("أوكرانيا", forms=("أكرانيا",)), {})

    followed = await stage.follow(reader, "#اوكرانيا")

    assert followed == Followed(new=("أوكرانيا",), already=())
    assert await stage.subscribers.topics(reader.id) == ["أوكرانيا"]
    assert list(stage.world.topics) == ["أوكرانيا"]


async def test_several_names_are_followed_in_the_order_typed(stage: Stage) -> None:
    reader = await stage.reader(follows=["مصر"])

    followed = await stage.follow(reader, "لبنان، مصر، السودان")

    assert followed == Followed(new=("لبنان", "السودان"), already=("مصر",))


async def test_two_spellings_of_one_topic_are_followed_once(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.topics.add(Topic("أوكرانيا", forms=("أكرانيا",)), {})

    assert await stage.follow(reader, "أوكرانيا، أكرانيا") == Followed(new=("أوكرانيا",), already=())


async def test_a_new_name_is_kept_and_followed(stage: Stage) -> None:
    reader = await stage.reader()

    followed = await stage.follow(reader, "مطار الخرطوم")

    assert followed.new == ("مطار الخرطوم",)
    assert stage.world.topics == {"مطار الخرطوم": Topic("مطار الخرطوم")}


async def test_a_new_name_finds_the_recent_articles_about_it(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news("f1", article=an_article("f1"))

    await stage.follow(reader, "مطار الخرطوم")

    (story,) = await stage.deliveries.fresh(reader.id, NOW - HOUR)
    assert (story.topics, story.best.title) == (("مطار الخرطوم",), TITLE)


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(an_article("f1", collected_at=NOW - 49 * HOUR), id="older than two days"),
        pytest.param(an_article("f1", "أسعار الذهب ترتفع في الأسواق", BODY[2:]), id="about something else"),
    ],
)
async def test_a_new_name_finds_no_article_that_is(stage: Stage, article: Article) -> None:
    reader = await stage.reader()
    await stage.news("f1", article=article)

    await stage.follow(reader, "مطار الخرطوم")

    assert await stage.deliveries.fresh(reader.id, NOW - HOUR) == []


async def test_a_name_that_resembles_a_known_one_is_followed_and_the_known_one_suggested(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.topics.add(a_topic("أفغانستان"), {})

    followed = await stage.follow(reader, "أفغنستان")

    assert followed == Followed(("أفغنستان",), (), {"أفغنستان": ("أفغانستان",)})


async def test_a_new_name_with_and_without_the_article_is_one_topic(stage: Stage) -> None:
    reader = await stage.reader()

    followed = await stage.follow(reader, "ناتو، الناتو")

    assert followed.new == ("ناتو",)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        pytest.param("", NoNames, id="nothing"),
        pytest.param("، # ؛", NoNames, id="separators only"),
        pytest.param("خ" * 65, BadNames, id="a name of 65 letters"),
        pytest.param("، ".join(f"موضوع{'أ' * number}" for number in range(1, 22)), BadNames, id="21 names"),
    ],
)
async def test_what_is_no_name_changes_nothing(stage: Stage, typed: str, error: type[BadNames]) -> None:
    reader = await stage.reader()

    with pytest.raises(error):
        await stage.follow(reader, typed)

    assert stage.world.topics == {}


async def test_unfollowing_tells_what_is_gone_and_what_was_not_there(stage: Stage) -> None:
    reader = await stage.reader(follows=["أوكرانيا", "مصر"])

    assert await stage.unfollow(reader, "اوكرانيا، لبنان") == Unfollowed(("أوكرانيا",), ("لبنان",))
    assert await stage.subscribers.topics(reader.id) == ["مصر"]


async def test_unfollowing_an_unknown_name_keeps_no_topic(stage: Stage) -> None:
    reader = await stage.reader()

    assert await stage.unfollow(reader, "لبنان") == Unfollowed((), ("لبنان",))
    assert stage.world.topics == {}


OMAN = Topic("عمان", is_ambiguous=True, qualified=("سلطنة عمان", "عُمان"), blocks=("عمّان",))
AMMAN = Topic("مدينة عمّان", qualified=("عمّان",))


async def test_a_name_that_means_two_things_is_asked_about_and_the_others_are_followed(stage: Stage) -> None:
    reader = await stage.reader()
    for topic in (OMAN, AMMAN, a_topic("مصر")):
        await stage.topics.add(topic, {})

    followed = await stage.follow(reader, "عمان، مصر")

    assert followed.new == ("مصر",)
    senses = (Sense("عمان", "سلطنة عمان"), Sense("مدينة عمّان", "مدينة عمّان"))
    assert followed.asked == {"عمان": senses}
    assert await stage.subscribers.topics(reader.id) == ["مصر"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("عُمان", ("عمان",), id="a vowel mark says the country"),
        pytest.param("عمّان", ("مدينة عمّان",), id="a doubled letter says the city"),
        pytest.param("عُمان، عمّان", ("عمان", "مدينة عمّان"), id="both"),
        pytest.param("سلطنة عمان", ("عمان",), id="the phrase that settles it"),
    ],
)
async def test_what_is_written_so_that_it_is_plain_is_not_asked_about(
    stage: Stage, typed: str, expected: tuple[str, ...]
) -> None:
    reader = await stage.reader()
    for topic in (OMAN, AMMAN):
        await stage.topics.add(topic, {})

    assert await stage.follow(reader, typed) == Followed(expected, ())


async def test_leaving_what_may_be_two_things_asks_only_if_both_are_followed(stage: Stage) -> None:
    reader = await stage.reader()
    for topic in (OMAN, AMMAN):
        await stage.topics.add(topic, {})
    await stage.follow(reader, "عُمان، عمّان")

    asked = await stage.unfollow(reader, "عمان")
    await stage.unfollow(reader, "عُمان")
    gone = await stage.unfollow(reader, "عمان")

    assert list(asked.asked) == ["عمان"]
    assert (asked.gone, gone.gone, gone.asked) == ((), ("مدينة عمّان",), {})


async def test_a_topic_is_followed_without_what_is_left_out(stage: Stage) -> None:
    reader = await stage.reader(follows=["مصر"])
    await stage.topics.add(a_topic("الرياضة"), {})

    followed = await stage.follow(reader, "روسيا بدون رياضة، مصر")

    assert followed == Followed(("روسيا",), ("مصر",), without={"روسيا": ("الرياضة",)})
    kept = await stage.subscribers.subscriptions(reader.id)
    assert [(each.topic, each.without) for each in kept] == [("مصر", ()), ("روسيا", ("الرياضة",))]


async def test_what_was_said_last_of_what_is_left_out_counts(stage: Stage) -> None:
    reader = await stage.reader(follows=["روسيا", "الرياضة", "الاقتصاد"])
    await stage.follow(reader, "روسيا بدون الرياضة")

    changed = await stage.follow(reader, "روسيا بدون الاقتصاد")
    again = await stage.follow(reader, "روسيا بدون الاقتصاد")
    plain = await stage.follow(reader, "روسيا")

    without: dict[str, tuple[str, ...]] = {"روسيا": ("الاقتصاد",)}
    assert changed == Followed((), (), without=without, changed=("روسيا",))
    assert again == plain == Followed((), ("روسيا",), without=without)


async def test_what_is_left_out_need_not_be_known(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news("f1", article=an_article("f1"))

    await stage.follow(reader, "السودان بدون مطار الخرطوم")

    assert await stage.deliveries.fresh(reader.id, NOW - HOUR) == []


async def test_what_is_left_out_of_a_name_that_is_asked_about_is_not_lost(stage: Stage) -> None:
    reader = await stage.reader()
    for topic in (OMAN, AMMAN):
        await stage.topics.add(topic, {})

    followed = await stage.follow(reader, "عمان بدون رياضة")

    assert (list(followed.asked), followed.without) == (["عمان"], {"عمان": ("رياضة",)})
