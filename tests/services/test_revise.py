"""Letting an article follow its message."""

import pytest

from bot.domain.article import Facts
from bot.domain.intake import Refusal
from bot.domain.unread import Found
from bot.services.collect import Collected, NotAnArticle
from bot.services.revise import Revised, Unchanged
from tests.builders import BODY, HOUR, NOW, TITLE, a_draft, a_topic
from tests.services.stage import Stage

TEXT = "\n\n".join((TITLE, *BODY))
CORRECTED = TEXT.replace("عدة أشهر", "تسعة أشهر")
OTHER = (
    "المنتخب يفوز ببطولة كرة اليد للمرة الثالثة\n\n"
    "فاز المنتخب الوطني، مساء الجمعة، ببطولة القارة في كرة اليد بعد مباراة نهائية انتهت بفارق هدف واحد.\n\n"
    "وأهدى المدرب الكأس إلى الجمهور الذي ملأ المدرجات منذ الصباح رغم المطر والبرد."
)


async def test_a_message_that_brought_nothing_yet_is_collected(stage: Stage) -> None:
    reader = await stage.reader()

    result = await stage.revise(a_draft(), reader)

    assert isinstance(result, Collected)
    assert await stage.articles.brought_by("501:1") == result.article


async def test_a_correction_changes_text_summary_and_subjects_of_the_one_article(stage: Stage) -> None:
    reader = await stage.reader(follows=["الخرطوم"])
    await stage.topics.add(a_topic("بورتسودان"), {})
    await stage.revise(a_draft(), reader)
    stage.clock.advance(HOUR)

    result = await stage.revise(a_draft(CORRECTED.replace("مئة وعشرون", "مئتا")), reader)

    assert isinstance(result, Revised)
    article = result.article
    assert article.body[0].endswith("تسعة أشهر.")
    assert article.summary == article.body[:1]
    assert article.collected_at == NOW
    assert [kept.article.fingerprint for kept in stage.world.articles.values()] == [article.fingerprint]


@pytest.mark.parametrize(
    "text",
    [pytest.param(f"{TEXT}\n\n#السودان", id="a hashtag"), pytest.param(TEXT.replace("،", " ,"), id="a comma")],
)
async def test_what_no_fingerprint_tells_is_changed_too(stage: Stage, text: str) -> None:
    reader = await stage.reader()
    await stage.revise(a_draft(), reader)

    assert isinstance(await stage.revise(a_draft(text), reader), Revised)
    assert len(stage.world.articles) == 1


@pytest.mark.parametrize(
    "text", [pytest.param(TEXT, id="the same"), pytest.param("شكرا جزيلا", id="talk"), pytest.param("", id="nothing")]
)
async def test_what_changes_no_article_leaves_it(stage: Stage, text: str) -> None:
    reader = await stage.reader()
    first = await stage.revise(a_draft(), reader)

    result = await stage.revise(a_draft(text), reader)

    assert isinstance(first, Collected)
    assert result == Unchanged(first.article, is_for_everyone=False)


async def test_talk_that_brought_nothing_is_refused_and_may_become_an_article(stage: Stage) -> None:
    reader = await stage.reader()

    refused = await stage.revise(a_draft("شكرا جزيلا"), reader)
    result = await stage.revise(a_draft(), reader)

    assert refused == NotAnArticle(Refusal.TALK)
    assert isinstance(result, Collected)


async def test_another_article_written_over_the_first_is_the_only_one(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.revise(a_draft(), reader)

    result = await stage.revise(a_draft(OTHER), reader)

    assert isinstance(result, Revised)
    assert [kept.article.title for kept in stage.world.articles.values()] == [OTHER.split("\n", maxsplit=1)[0]]


async def test_what_another_reader_sent_stays_as_they_sent_it(stage: Stage) -> None:
    ali, mona = await stage.reader(501), await stage.reader(502)
    await stage.revise(a_draft(receipt="501:1"), ali)
    await stage.revise(a_draft(receipt="502:1"), mona)

    result = await stage.revise(a_draft(CORRECTED, receipt="501:1"), ali)

    assert isinstance(result, Revised)
    theirs = await stage.articles.brought_by("502:1")
    assert theirs is not None
    assert theirs.body == BODY


async def test_a_hashtag_added_to_what_another_reader_sent_changes_nothing(stage: Stage) -> None:
    ali, mona = await stage.reader(501), await stage.reader(502)
    await stage.revise(a_draft(receipt="501:1"), ali)
    await stage.revise(a_draft(receipt="502:1"), mona)

    assert isinstance(await stage.revise(a_draft(f"{TEXT}\n\n#السودان", receipt="501:1"), ali), Unchanged)


async def test_an_edit_of_a_message_that_led_to_a_page_is_not_the_pages(stage: Stage) -> None:
    reader, url = await stage.reader(), "https://a.example/1"
    stage.fetch.pages[url] = Found(TEXT, Facts(TITLE, link=url))
    await stage.gather([url], a_draft("انظر"), reader)

    result = await stage.revise(a_draft(CORRECTED), reader)

    assert isinstance(result, Collected)
    assert [kept.article.link for kept in stage.world.articles.values()] == [url, None]
    assert await stage.addresses.find(url, NOW) == next(iter(stage.world.articles))


async def test_a_channels_post_is_everyones_and_stays_so(stage: Stage) -> None:
    reader = await stage.reader(502, ["السودان"])
    await stage.revise(a_draft(receipt="-1007:1", is_trusted=True), None)

    await stage.revise(a_draft(CORRECTED, receipt="-1007:1", is_trusted=True), None)

    (story,) = await stage.deliveries.fresh(reader.id, NOW - HOUR)
    assert [report.summary for report in story.reports] == [(CORRECTED.split("\n\n")[1],)]


async def test_an_editor_who_shows_a_kept_article_puts_it_before_everyone(stage: Stage) -> None:
    group, reader = await stage.reader(-1009), await stage.reader(502, ["السودان"])
    await stage.revise(a_draft(receipt="-1009:1"), group)

    result = await stage.revise(a_draft(receipt="-1009:1", is_trusted=True), group)

    assert isinstance(result, Unchanged)
    assert len(await stage.deliveries.fresh(reader.id, NOW - HOUR)) == 1
