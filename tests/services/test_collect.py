"""Taking an article in."""

from dataclasses import replace

import pytest

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.intake import Refusal
from bot.services.collect import Collected, NotAnArticle
from tests.builders import BODY, HOUR, NOW, TITLE, a_draft, a_topic, an_article
from tests.services.stage import Stage

TEXT = "\n\n".join((TITLE, *BODY))
CHANNEL = Source(SourceKind.CHANNEL, "أخبار الساعة", "https://t.me/hour_news")


async def test_a_text_becomes_an_article_with_summary_and_subjects(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.topics.add(a_topic("السودان"), {})

    collected = await stage.collect(a_draft(), reader)

    assert isinstance(collected, Collected)
    article = collected.article
    assert (article.title, article.body) == (TITLE, BODY)
    assert (article.summary, article.summary_version) == (BODY[:1], "first-1")
    assert [subject.name for subject in article.subjects] == ["السودان"]
    assert article.collected_at == NOW
    assert await stage.articles.find(article.fingerprint) == article


async def test_a_first_sending_is_not_known_and_for_its_sender_only(stage: Stage) -> None:
    reader = await stage.reader()

    collected = await stage.collect(a_draft(), reader)

    assert isinstance(collected, Collected)
    assert (collected.is_known, collected.is_for_everyone) == (False, False)


async def test_a_trusted_sender_puts_an_article_before_everyone(stage: Stage) -> None:
    editor, reader = await stage.reader(501), await stage.reader(502, ["السودان"])

    collected = await stage.collect(a_draft(is_trusted=True), editor)

    assert isinstance(collected, Collected)
    assert collected.is_for_everyone
    assert len(await stage.deliveries.fresh(reader.id, NOW - HOUR)) == 1


async def test_a_readers_own_article_is_news_to_them_alone(stage: Stage) -> None:
    ali, mona = await stage.reader(501, ["السودان"]), await stage.reader(502, ["السودان"])

    await stage.collect(a_draft(), ali)

    assert len(await stage.deliveries.fresh(ali.id, NOW - HOUR)) == 1
    assert await stage.deliveries.fresh(mona.id, NOW - HOUR) == []


async def test_the_same_message_handled_twice_is_not_known_the_second_time_either(stage: Stage) -> None:
    reader = await stage.reader()
    first = await stage.collect(a_draft(receipt="501:1"), reader)

    again = await stage.collect(a_draft(receipt="501:1"), reader)

    assert isinstance(first, Collected)
    assert again == replace(first, is_new=False)


async def test_an_article_sent_again_is_known(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.collect(a_draft(receipt="501:1"), reader)

    again = await stage.collect(a_draft(receipt="501:2"), reader)

    assert isinstance(again, Collected)
    assert again.is_known
    assert len(stage.world.articles) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.replace("الخرطوم", "الخُرطوم"), id="vowelled otherwise"),
        pytest.param(TEXT.replace(" ", "  "), id="spaced otherwise"),
        pytest.param(TEXT.replace("إعادة", "اعادة"), id="hamza left out"),
    ],
)
async def test_the_same_text_written_a_little_otherwise_is_known(stage: Stage, text: str) -> None:
    reader = await stage.reader()
    await stage.collect(a_draft(receipt="501:1"), reader)

    again = await stage.collect(a_draft(text, receipt="501:2"), reader)

    assert isinstance(again, Collected)
    assert again.is_known


async def test_an_article_that_another_reader_sent_is_new_to_this_one_and_kept_once(stage: Stage) -> None:
    ali, mona = await stage.reader(501), await stage.reader(502, ["السودان"])
    first = await stage.collect(a_draft(receipt="501:1"), ali)
    stage.clock.advance(HOUR)

    second = await stage.collect(a_draft(receipt="502:1"), mona)

    assert isinstance(first, Collected)
    assert second == replace(first, is_known=False, is_new=False)
    assert len(stage.world.articles) == 1
    assert len(await stage.deliveries.fresh(mona.id, NOW)) == 1


async def test_a_forwarded_post_keeps_where_it_came_from(stage: Stage) -> None:
    reader = await stage.reader()

    collected = await stage.collect(a_draft(origin=CHANNEL, link="https://t.me/hour_news/7"), reader)

    assert isinstance(collected, Collected)
    assert (collected.article.source, collected.article.link) == (CHANNEL, "https://t.me/hour_news/7")


async def test_the_source_that_an_article_names_goes_before_who_forwarded_it(stage: Stage) -> None:
    reader = await stage.reader()

    collected = await stage.collect(a_draft(f"{TEXT}\n\nالمصدر: القدس العربي", origin=CHANNEL), reader)

    assert isinstance(collected, Collected)
    assert collected.article.source == Source(SourceKind.PAPER, "القدس العربي")


async def test_hashtags_of_an_article_are_its_tags(stage: Stage) -> None:
    reader = await stage.reader()

    collected = await stage.collect(a_draft(f"{TEXT}\n\n#السودان #الطيران_المدني"), reader)

    assert isinstance(collected, Collected)
    assert collected.article.tags == ("السودان", "الطيران المدني")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        pytest.param("", NotAnArticle(Refusal.EMPTY), id="nothing"),
        pytest.param("🙂🙂", NotAnArticle(Refusal.EMPTY), id="no word"),
        pytest.param("السلام عليكم كيف الحال", NotAnArticle(Refusal.TALK), id="talk"),
        pytest.param("The airport was opened again on Friday.", NotAnArticle(Refusal.FOREIGN), id="English"),
        pytest.param("هههه " * 40, NotAnArticle(Refusal.NOISE), id="one word over and over"),
        pytest.param("#السودان #مصر", NotAnArticle(Refusal.HASHTAGS, ("السودان", "مصر")), id="hashtags"),
    ],
)
async def test_a_text_that_is_no_article_is_refused_and_not_kept(
    stage: Stage, text: str, refused: NotAnArticle
) -> None:
    reader = await stage.reader()

    assert await stage.collect(a_draft(text), reader) == refused
    assert stage.world.articles == {}


async def test_a_forwarded_headline_is_taken(stage: Stage) -> None:
    reader = await stage.reader()

    typed = await stage.collect(a_draft(TITLE, receipt="501:1"), reader)
    forwarded = await stage.collect(a_draft(TITLE, receipt="501:2", origin=CHANNEL), reader)

    assert typed == NotAnArticle(Refusal.TALK)
    assert isinstance(forwarded, Collected)


async def test_an_article_without_keywords_gets_those_that_editors_gave_to_articles_like_it(stage: Stage) -> None:
    reader = await stage.reader()
    for number in range(8):
        tagged = an_article(f"f{number}", tags=("مطار الخرطوم",))
        await stage.articles.add(tagged, Traces((f"جذر{number}",), ("مطار الخرطوم",) if number else ()))

    collected = await stage.collect(a_draft(f"إغلاق مطار الخرطوم بسبب العاصفة\n{BODY[1]}\n{BODY[2]}"), reader)

    assert isinstance(collected, Collected)
    assert (collected.article.tags, collected.article.suggested) == ((), ("مطار الخرطوم",))


async def test_an_article_with_keywords_of_its_own_keeps_to_them(stage: Stage) -> None:
    reader = await stage.reader()
    for number in range(8):
        tagged = an_article(f"f{number}", tags=("مطار الخرطوم",))
        await stage.articles.add(tagged, Traces((f"جذر{number}",), ("مطار الخرطوم",) if number else ()))

    text = f"إغلاق مطار الخرطوم بسبب العاصفة\n{BODY[1]}\n{BODY[2]}\nكلمات دلالية: الطقس"
    collected = await stage.collect(a_draft(text), reader)

    assert isinstance(collected, Collected)
    assert (collected.article.tags, collected.article.suggested) == (("الطقس",), ())


async def test_a_line_that_a_channel_repeats_is_not_shown_from_the_fourth_day_on(stage: Stage) -> None:
    reader, house = await stage.reader(), "تصدر الجريدة في خمس مدن وتوزع نسختها الصباحية على المقاهي والمحطات كلها."
    shown = []
    for number, title in enumerate(("الأولى", "الثانية", "الثالثة", "الرابعة")):
        text = f"افتتاح المحطة {title} للقطار السريع بين المدينتين\n{house}\nوصل القطار إلى المحطة {title} صباحا."
        draft = a_draft(text, f"501:{number}", sent_at=stage.clock(), origin=CHANNEL)
        collected = await stage.collect(draft, reader)
        assert isinstance(collected, Collected)
        shown.append(collected.article.summary)
        stage.clock.advance(24 * HOUR)

    assert shown == [(house,), (house,), (house,), ("وصل القطار إلى المحطة الرابعة صباحا.",)]
