"""What everything that finds and saves stories promises."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.search import Wanted
from bot.domain.submission import Decision, Verdict
from tests.builders import HOUR, MINUTE, NOW, a_stem, a_subject, a_topic, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

LATER = NOW + timedelta(days=9)
WHEAT = "وصول سفينة القمح إلى المرفأ"


async def found(
    world: World,
    wanted: Wanted,
    reader: int | None = None,
    zone: str = "UTC",
    until: datetime = LATER,
    skip: int = 0,
    limit: int = 9,
) -> list[str]:
    """Return the titles of what is found."""
    hits = await world.stories.sought(reader, wanted, zone, until, skip, limit)
    return [hit.report.title for hit in hits]


async def news(world: World, mark: str, title: str | None = None, sender: int = 0, **fields: object) -> int:
    """Put an article before everyone, an event of its own; return its story."""
    article = an_article(mark, title=title or mark, **fields)  # type: ignore[arg-type]
    place = await world.articles.add(article, Traces((a_stem(mark),)))
    await world.articles.receive(mark, None, f"feed:{mark}", NOW, for_everyone=True)
    return place.story_id


@pytest.mark.parametrize("word", ["القمح", "قمح", "للقمح", "بالقمح", "لقمح"])
async def test_a_story_is_found_by_any_form_of_its_words(world: World, word: str) -> None:
    await news(world, "f1", WHEAT)
    await news(world, "f2", "وصول سفينة الأرز إلى المرفأ")

    assert await found(world, Wanted((word,))) == [WHEAT]
    assert await found(world, Wanted((word, "المرفا"))) == [WHEAT]
    assert await found(world, Wanted((word, "الباخرة"))) == []


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("عنبر", id="in the text"),
        pytest.param("الملاحه", id="as a tag"),
        pytest.param("اوكرانيا", id="as a topic"),
    ],
)
async def test_a_story_is_found_by_its_text_its_tags_and_its_topics(world: World, word: str) -> None:
    about = (a_subject("أوكرانيا"),)
    await news(world, "f1", WHEAT, body=("ينقل العنبر ألف طن.",), tags=("ملاحة",), subjects=about)

    assert await found(world, Wanted((word,))) == [WHEAT]


async def test_words_that_a_question_could_break_on_find_nothing(world: World) -> None:
    await news(world, "f1", WHEAT)

    for word in ('"', "'", "\\", "&", "!", ":*", "NEAR", "or", "and", "not", "*", "x" * 999, "𞤀𞤁", "א", "ಕ"):
        assert await found(world, Wanted((word,))) == []


async def test_the_newest_come_first_and_pages_go_on_where_the_last_ended(world: World) -> None:
    days = {"f1": date(2026, 3, 12), "f2": None, "f3": date(2026, 3, 13), "f4": date(2026, 3, 13)}
    for mark, published in days.items():
        await news(world, mark, f"القمح {mark}", published=published)

    assert await found(world, Wanted(("القمح",)), limit=2) == ["القمح f2", "القمح f4"]
    assert await found(world, Wanted(("القمح",)), skip=2, limit=2) == ["القمح f3", "القمح f1"]
    assert await found(world, Wanted(), skip=3) == ["القمح f1"]
    assert await found(world, Wanted(("القمح",)), skip=4) == []


async def test_what_comes_while_pages_are_turned_moves_none(world: World) -> None:
    await news(world, "f1", "القمح 1")
    await news(world, "f2", "القمح 2", collected_at=NOW + HOUR)

    assert await found(world, Wanted(("القمح",)), until=NOW) == ["القمح 1"]


async def test_a_story_stands_once_by_its_newest_report_that_is_wanted(world: World) -> None:
    await news(world, "f1", "القمح يصل")
    await news(world, "f2", "القمح وصل")
    await news(world, "f3", "السفينة وصلت")
    await world.articles.join("f2", "f1")
    await world.articles.join("f3", "f1")

    assert await found(world, Wanted(("القمح",))) == ["القمح وصل"]


async def test_topics_and_sources_are_filters(world: World) -> None:
    for name in ("روسيا", "مصر"):
        await world.topics.add(a_topic(name), {})
    await news(world, "f1", "القمح 1", subjects=(a_subject("روسيا"),), source=a_paper("صحيفة الضفتين"))
    await news(world, "f2", "القمح 2", subjects=(a_subject("مصر"),), source=a_paper("الضفة"))
    await news(world, "f3", "القمح 3 عن الضفتين")

    assert await found(world, Wanted(("القمح",), ("روسيا",))) == ["القمح 1"]
    assert await found(world, Wanted(topics=("روسيا", "مصر"))) == ["القمح 2", "القمح 1"]
    assert await found(world, Wanted(source=("الضفتين",))) == ["القمح 1"]
    assert await found(world, Wanted(("القمح",), ("مصر",), ("الضفه",))) == ["القمح 2"]
    assert await found(world, Wanted(topics=("اليابان",))) == []


def a_paper(name: str) -> Source:
    return Source(SourceKind.PAPER, name)


async def test_a_topic_that_is_followed_first_later_is_a_filter_too(world: World) -> None:
    await news(world, "f1", "القمح 1")
    await world.topics.add(a_topic("القمح"), {"f1": a_subject("القمح")})

    assert await found(world, Wanted(topics=("القمح",))) == ["القمح 1"]


async def test_nobody_is_found_by_the_name_of_a_person_who_forwarded_something(world: World) -> None:
    await news(world, "f1", WHEAT, source=Source(SourceKind.PERSON, "سلمى"))

    assert await found(world, Wanted(source=("سلمي",))) == []


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param("UTC", ["published", "evening"], id="the day of Greenwich"),
        pytest.param("Asia/Riyadh", ["night", "published"], id="a day that begins three hours earlier"),
    ],
)
async def test_days_are_those_of_the_readers_clock(world: World, zone: str, expected: Sequence[str]) -> None:
    await news(world, "f1", "evening", collected_at=datetime.fromisoformat("2026-03-13T20:00Z"))
    await news(world, "f2", "night", collected_at=datetime.fromisoformat("2026-03-13T22:00Z"))
    await news(world, "f3", "published", published=date(2026, 3, 14))
    await news(world, "f4", "earlier", published=date(2026, 3, 11))
    day = date(2026, 3, 13) if zone == "UTC" else date(2026, 3, 14)
    on = Wanted(first=day, last=day)

    titles = await found(world, on, zone=zone)

    assert set(titles) == ({"evening", "night"} if zone == "UTC" else {"night", "published"})
    assert "earlier" not in await found(world, Wanted(first=date(2026, 3, 12)), zone=zone)
    assert await found(world, Wanted(last=date(2026, 3, 12)), zone=zone) == ["earlier"]


async def test_readers_find_what_is_for_everyone_and_what_they_sent(world: World) -> None:
    reader, other = await a_reader(world), await a_reader(world, 502)
    await keep(world, an_article("f1", WHEAT), sender=reader.id)

    assert await found(world, Wanted(("القمح",)), reader.id) == [WHEAT]
    assert await found(world, Wanted(("القمح",)), other.id) == []
    assert await found(world, Wanted(("القمح",))) == []

    await world.submissions.decide("f1", Decision(Verdict.PUBLISHED, NOW, 1), None)

    assert await found(world, Wanted(("القمح",)), other.id) == [WHEAT]
    assert await found(world, Wanted(("القمح",))) == [WHEAT]


async def test_a_revised_article_is_found_by_what_it_says_now(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article("f1", WHEAT), ("سفين", "مرف"), sender=reader.id)
    revised = an_article("f2", "وصول سفينة الأرز إلى المرفأ", body=("نصّ جديد",))
    await world.articles.revise("receipt", revised, Traces(("سفين", "مرف")), for_everyone=False)

    assert await found(world, Wanted(("الارز",)), reader.id) == [revised.title]
    assert await found(world, Wanted(("القمح",)), reader.id) == []


async def test_an_article_that_gave_way_to_another_is_not_found_nor_is_another_in_its_stead(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article("f1", WHEAT), ("سفين",), sender=reader.id)
    other = an_article("f2", "انتخابات البلدية", body=("نصّ آخر",))
    await world.articles.revise("receipt", other, Traces(("انتخاب",)), for_everyone=False)
    await world.articles.receive("f2", reader.id, "receipt", NOW, for_everyone=False)

    assert await found(world, Wanted(("القمح",)), reader.id) == []
    assert await found(world, Wanted(("انتخابات",)), reader.id) == [other.title]


async def test_a_story_is_shown_with_its_topics_and_the_reports_that_a_reader_may_see(world: World) -> None:
    reader, other = await a_reader(world), await a_reader(world, 502)
    for name in ("روسيا", "مصر"):
        await world.topics.add(a_topic(name), {})
    story = await news(world, "f1", "القمح 1", subjects=(a_subject("روسيا", mentions=1), a_subject("مصر", mentions=5)))
    await keep(world, an_article("f2", "القمح 2"), sender=reader.id)
    await world.articles.join("f2", "f1")

    shown, theirs = await world.stories.find(other.id, story), await world.stories.find(reader.id, story)

    assert shown is not None
    assert theirs is not None
    assert shown.topics == ("مصر", "روسيا")
    assert [report.title for report in shown.reports] == ["القمح 1"]
    assert [report.title for report in theirs.reports] == ["القمح 1", "القمح 2"]
    assert await world.stories.find(None, story) == shown
    assert await world.stories.find(None, 999) is None


async def test_a_story_that_only_another_reader_sent_is_neither_shown_nor_saved(world: World) -> None:
    reader, other = await a_reader(world), await a_reader(world, 502)
    place = await world.articles.add(an_article("f1"), Traces((a_stem("f1"),)))
    await world.articles.receive("f1", reader.id, "receipt", NOW, for_everyone=False)

    assert await world.stories.find(other.id, place.story_id) is None
    assert not await world.stories.save(other.id, place.story_id, NOW)
    assert await world.stories.save(reader.id, place.story_id, NOW)


async def test_saved_stories_are_listed_the_last_first_until_they_are_removed(world: World) -> None:
    reader, other = await a_reader(world), await a_reader(world, 502)
    first, second = await news(world, "f1"), await news(world, "f2")
    for place, story in enumerate((first, second, first)):
        assert await world.stories.save(reader.id, story, NOW + place * MINUTE)

    assert await titles(world, reader.id) == ["f2", "f1"]
    assert await titles(world, reader.id, skip=1) == ["f1"]
    assert await titles(world, other.id) == []
    assert await world.stories.has_saved(reader.id, first)
    assert not await world.stories.has_saved(other.id, first)

    for _ in range(2):
        await world.stories.unsave(reader.id, second)

    assert await titles(world, reader.id) == ["f1"]


async def titles(world: World, reader: int, skip: int = 0) -> list[str]:
    return [hit.report.title for hit in await world.stories.saved(reader, skip, 9)]


async def test_a_saved_story_that_becomes_part_of_another_stays_saved(world: World) -> None:
    reader = await a_reader(world)
    first, second = await news(world, "f1"), await news(world, "f2")
    await world.stories.save(reader.id, first, NOW)
    await world.stories.save(reader.id, second, NOW)

    await world.articles.join("f1", "f2")

    assert len(await titles(world, reader.id)) == 1
    assert await world.stories.has_saved(reader.id, second)


async def test_a_question_is_kept_once_a_message_for_who_asked_it_and_for_a_while(world: World) -> None:
    reader, other = await a_reader(world), await a_reader(world, 502)
    question = await world.searches.keep(reader.id, "501:1", "القمح", NOW)
    again = await world.searches.keep(reader.id, "501:1", "القمح", NOW + MINUTE)
    latest = await world.searches.keep(reader.id, "501:2", "", NOW + HOUR)

    assert again == question
    assert (question.asked, question.asked_at) == ("القمح", NOW)
    assert await world.searches.find(reader.id, question.number) == question
    assert await world.searches.find(other.id, question.number) is None

    assert await world.searches.forget(NOW + MINUTE) == 1
    assert await world.searches.find(reader.id, question.number) is None
    assert await world.searches.find(reader.id, latest.number) == latest
