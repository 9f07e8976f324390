"""Looking for stories, saving them and passing them on."""

from datetime import timedelta

import pytest

from bot.domain.article import Traces
from bot.services.search import PAGE, NothingAsked, Results
from bot.services.share import Offered
from tests.builders import HOUR, NOW, a_stem, a_topic, an_article
from tests.services.stage import Stage


def titles(results: Results | None) -> list[str]:
    return [hit.report.title for hit in results.hits] if results else []


async def test_pages_show_each_story_once_and_then_end(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news(*(f"قمح {number}" for number in range(2 * PAGE + 1)))

    first = await stage.search(reader, "ابحث عن القمح", "501:1")
    pages = [first, *[await stage.search.page(reader, first.question.number, page) for page in (1, 2)]]

    assert [title for page in pages for title in titles(page)] == [f"قمح {n}" for n in range(2 * PAGE, -1, -1)]
    assert [page.has_more for page in pages if page] == [True, True, False]


async def test_what_comes_between_two_pages_moves_nothing(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news(*(f"قمح {number}" for number in range(PAGE + 1)))
    first = await stage.search(reader, "القمح", "501:1")
    stage.clock.advance(HOUR)
    await stage.news("قمح جديد")

    second = await stage.search.page(reader, first.question.number, 1)

    assert titles(second) == ["قمح 0"]
    assert titles(await stage.search(reader, "القمح", "501:2"))[0] == "قمح جديد"


async def test_a_question_handled_twice_is_one(stage: Stage) -> None:
    reader = await stage.reader()

    assert await stage.search(reader, "القمح", "501:1") == await stage.search(reader, "القمح", "501:1")


@pytest.mark.parametrize("typed", ["", "  ", "في من على", "؟", "ابحث عن"])
async def test_words_that_name_nothing_are_refused(stage: Stage, typed: str) -> None:
    with pytest.raises(NothingAsked):
        await stage.search(await stage.reader(), typed, "501:1")


async def test_a_page_of_another_reader_is_not_shown(stage: Stage) -> None:
    reader, other = await stage.reader(), await stage.reader(502)
    question = (await stage.search(reader, "القمح", "501:1")).question

    assert await stage.search.page(other, question.number, 0) is None
    assert await stage.search.page(reader, 999, 0) is None


async def test_the_latest_are_of_what_a_reader_follows_or_of_all(stage: Stage) -> None:
    reader, other = await stage.reader(follows=["السودان"]), await stage.reader(502)
    await stage.news("خبر 1")
    await stage.news("خبر 2", topic="مصر")

    assert titles(await stage.search.latest(reader, "501:1")) == ["خبر 1"]
    assert titles(await stage.search.latest(other, "502:1")) == ["خبر 2", "خبر 1"]


async def test_the_latest_are_not_older_than_two_weeks(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news("خبر 1")
    stage.clock.advance(timedelta(days=16))

    assert titles(await stage.search.latest(reader, "501:1")) == []


async def test_a_shelf_shows_the_page_before_once_its_last_is_empty(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.news(*(f"f{number}" for number in range(PAGE + 1)))
    for story in range(1, PAGE + 2):
        assert await stage.save(reader, story)

    last = await stage.save.shelf(reader, 1)
    await stage.save.undo(reader, last.hits[0].story_id)
    after = await stage.save.shelf(reader, 1)

    assert (last.page, len(last.hits), last.has_more) == (1, 1, False)
    assert (after.page, len(after.hits), after.has_more) == (0, PAGE, False)
    assert (await stage.save.shelf(reader, 99)).page == 0


async def test_a_story_knows_if_its_reader_saved_it(stage: Stage) -> None:
    reader, other = await stage.reader(), await stage.reader(502)
    await stage.news("f1")
    await stage.save(reader, 1)

    found = [await stage.save.story(who, 1) for who in (reader, other)]

    assert [is_saved for each in found if each for is_saved in each[1:]] == [True, False]
    assert await stage.save.story(reader, 99) is None
    assert not await stage.save(reader, 99)


async def test_anybody_may_share_what_is_for_everyone(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.topics.add(a_topic("السودان"), {})
    await stage.news(*(f"قمح {number}" for number in range(12)))
    await stage.articles.add(an_article("f1", title="قمح سرّي"), Traces((a_stem("f1"),)))
    await stage.articles.receive("f1", reader.id, "501:9", NOW, for_everyone=False)

    first = await stage.share("قمح", "UTC", 0)
    rest = await stage.share("قمح", "UTC", first.following or 0)

    assert shared(first) + shared(rest) == [f"قمح {number}" for number in range(11, -1, -1)]
    assert rest.following is None
    assert shared(await stage.share("", "UTC", 0)) == shared(first)
    assert shared(await stage.share("في السودان", "UTC", 0)) == shared(first)
    assert shared(await stage.share("لا شيء كهذا", "UTC", 0)) == []


def shared(offered: Offered) -> list[str]:
    return [story.best.title for story in offered.stories]
