"""What every archive promises."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.domain.article import Article, Source, SourceKind, Traces
from bot.domain.keyphrases import KnownTag
from bot.domain.story import Place
from bot.domain.topic import Reason
from tests.builders import BODY, HOUR, NOW, a_body, a_stem, a_subject, a_topic, an_article
from tests.contracts.keeping import a_reader, keep, send
from tests.contracts.worlds import World

STEMS = ("مطار", "خرطوم", "رحل", "فتح")


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(an_article(), id="with only what it must have"),
        pytest.param(an_article(published=date(2026, 3, 13), link="https://example.org/خبر"), id="date and link"),
        pytest.param(an_article(source=Source(SourceKind.PAPER, "القدس العربي")), id="a newspaper"),
        pytest.param(
            an_article(source=Source(SourceKind.CHANNEL, "أخبار الساعة", "https://t.me/news")), id="a channel's address"
        ),
        pytest.param(an_article(tags=("الطيران المدني", "السودان", "مطار الخرطوم")), id="tags in order"),
        pytest.param(an_article(body=(), summary=()), id="a headline alone"),
    ],
)
async def test_an_article_is_found_as_it_was_kept(world: World, article: Article) -> None:
    await world.articles.add(article, Traces(STEMS))

    assert await world.articles.find(article.fingerprint) == article


async def test_an_unknown_article_is_not_found(world: World) -> None:
    await world.articles.add(an_article("f1"), Traces(STEMS))

    assert await world.articles.find("f2") is None


async def test_an_article_keeps_what_it_is_about(world: World) -> None:
    await world.topics.add(a_topic("السودان"), {})
    await world.topics.add(a_topic("الطيران"), {})
    about = (a_subject("السودان", Reason.TITLE, 3), a_subject("الطيران", Reason.LEAD, 1))

    await world.articles.add(an_article(subjects=about), Traces(STEMS))

    found = await world.articles.find("f1")
    assert found is not None
    assert found.subjects == about


async def test_a_known_article_stays_as_it_is(world: World) -> None:
    first = an_article(title="العنوان الأول", tags=("السودان",))
    await world.articles.add(first, Traces(STEMS))

    await world.articles.add(an_article(title="عنوان آخر", tags=("مصر",)), Traces(STEMS))

    assert await world.articles.find("f1") == first
    assert await world.articles.since(NOW) == [first]


async def test_channels_of_one_name_keep_their_own_addresses(world: World) -> None:
    one = Source(SourceKind.CHANNEL, "أخبار عاجلة", "https://t.me/urgent_one")
    other = Source(SourceKind.CHANNEL, "أخبار عاجلة", "https://t.me/urgent_two")

    await world.articles.add(an_article("f1", source=one), Traces(STEMS))
    await world.articles.add(an_article("f2", source=other), Traces(("سوق",)))

    found = [await world.articles.find(mark) for mark in ("f1", "f2")]
    assert [article.source for article in found if article] == [one, other]


async def test_the_first_receipt_brings_an_article(world: World) -> None:
    reader = await a_reader(world)
    await world.articles.add(an_article(), Traces(STEMS))

    assert await world.articles.receive("f1", reader.id, "501:1", NOW, for_everyone=False)


async def test_the_same_receipt_handled_again_is_still_the_first(world: World) -> None:
    reader = await a_reader(world)
    await world.articles.add(an_article(), Traces(STEMS))
    await world.articles.receive("f1", reader.id, "501:1", NOW, for_everyone=False)

    assert await world.articles.receive("f1", reader.id, "501:1", NOW + HOUR, for_everyone=False)


async def test_another_receipt_is_not_the_first(world: World) -> None:
    reader = await a_reader(world)
    await world.articles.add(an_article(), Traces(STEMS))
    await world.articles.receive("f1", reader.id, "501:1", NOW, for_everyone=False)

    assert not await world.articles.receive("f1", reader.id, "501:2", NOW, for_everyone=False)


async def test_each_subscriber_has_a_first_receipt(world: World) -> None:
    readers = [await a_reader(world, chat_id) for chat_id in (501, 502)]
    await world.articles.add(an_article(), Traces(STEMS))

    brought = [
        await world.articles.receive("f1", reader.id, f"{reader.chat_id}:1", NOW, for_everyone=False)
        for reader in readers
    ]

    assert brought == [True, True]


async def test_an_article_sent_by_one_is_shown_to_nobody_else(world: World) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])

    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id)

    assert len(await world.deliveries.fresh(ali.id, NOW - HOUR)) == 1
    assert await world.deliveries.fresh(mona.id, NOW - HOUR) == []


async def test_an_article_becomes_everyones_when_an_editor_sends_it_too(world: World) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id)

    await world.articles.receive("f1", ali.id, "501:2", NOW, for_everyone=True)

    assert len(await world.deliveries.fresh(mona.id, NOW - HOUR)) == 1


async def test_an_article_stays_everyones_when_another_reader_sends_it(world: World) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id, for_everyone=True)

    await world.articles.receive("f1", ali.id, "501:2", NOW, for_everyone=False)

    assert len(await world.deliveries.fresh(mona.id, NOW - HOUR)) == 1


async def test_an_article_is_everyones_since_the_first_time(world: World) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id, for_everyone=True)

    await world.articles.receive("f1", ali.id, "501:2", NOW + 2 * HOUR, for_everyone=True)

    assert await world.deliveries.fresh(mona.id, NOW + HOUR) == []


async def test_two_reports_of_one_event_are_one_story(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    for mark in ("f1", "f2"):
        await keep(world, an_article(mark, title=f"خبر {mark}", subjects=(a_subject(),)), STEMS, sender=reader.id)

    (story,) = await world.deliveries.fresh(reader.id, NOW - HOUR)

    assert [report.title for report in story.reports] == ["خبر f1", "خبر f2"]


@pytest.mark.parametrize(
    ("hours", "stories"),
    [pytest.param(47, 1, id="within two days"), pytest.param(49, 2, id="two days later it is another event")],
)
async def test_an_event_is_reported_for_two_days(world: World, hours: int, stories: int) -> None:
    reader = await a_reader(world, follows=["السودان"])
    for mark, moment in (("f1", NOW), ("f2", NOW + hours * HOUR)):
        article = an_article(mark, collected_at=moment, subjects=(a_subject(),))
        await keep(world, article, STEMS, sender=reader.id)

    assert len(await world.deliveries.fresh(reader.id, NOW - HOUR)) == stories


async def test_a_report_that_was_published_earlier_and_arrives_later_meets_the_others(world: World) -> None:
    first = await world.articles.add(an_article("f1", collected_at=NOW), Traces(STEMS))
    late = an_article("f2", collected_at=NOW + 200 * HOUR, published=NOW.date())
    old = an_article("f3", collected_at=NOW + HOUR, published=date(2026, 3, 1))

    places = [await world.articles.add(article, Traces(STEMS)) for article in (late, old)]

    assert [place.story_id == first.story_id for place in places] == [True, False]


async def test_a_report_finds_its_story_among_many_of_the_same_days(world: World) -> None:
    await world.articles.add(an_article("f0"), Traces(STEMS))
    for number in range(40):
        await world.articles.add(an_article(f"g{number}"), Traces((a_stem(f"g{number}"), STEMS[1])))

    first, again = [await world.articles.add(an_article(mark), Traces(STEMS)) for mark in ("f0", "f2")]

    assert again == first


@pytest.mark.parametrize("hours", [pytest.param(1, id="at once"), pytest.param(5_000, id="long after")])
async def test_a_copy_joins_the_story_of_its_text_under_whatever_headline(world: World, hours: int) -> None:
    first = await world.articles.add(an_article("f1"), Traces(STEMS))
    await world.articles.add(an_article("f2"), Traces(("سوق",)))

    copy = an_article("f3", title="عنوان آخر", body=("تمهيد", *BODY), collected_at=NOW + hours * HOUR)
    place = await world.articles.add(copy, Traces(("سوق",)))

    assert place == Place(first.story_id, copy_of="f1")


async def test_a_copy_of_a_copy_is_one_of_the_first_text(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark, body=BODY), Traces(STEMS))

    place = await world.articles.add(an_article("f3", body=BODY), Traces(("سوق",)))

    assert place.copy_of == "f1"


async def test_another_report_of_an_event_is_no_copy(world: World) -> None:
    first = await world.articles.add(an_article("f1"), Traces(STEMS))

    assert await world.articles.add(an_article("f2"), Traces(STEMS)) == Place(first.story_id)


async def test_headlines_without_a_text_are_no_copies_of_each_other(world: World) -> None:
    first = await world.articles.add(an_article("f1", body=()), Traces(STEMS))
    other = await world.articles.add(an_article("f2", body=()), Traces(("سوق",)))

    assert (other.copy_of, other.story_id == first.story_id) == (None, False)


async def test_an_article_without_a_word_has_a_story_of_its_own(world: World) -> None:
    places = [await world.articles.add(an_article(mark, body=()), Traces(())) for mark in ("f1", "f2")]

    assert places[0].story_id != places[1].story_id


async def test_a_known_article_keeps_its_place(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark, body=BODY), Traces(STEMS))

    assert await world.articles.add(an_article("f2", body=("نص آخر",)), Traces(("سوق",))) == Place(1, copy_of="f1")


async def test_stems_of_any_script_are_looked_up(world: World) -> None:
    stems = ("covid", "19", "or", "near", "ﷺ", "हिन्दी", "北京")
    first = await world.articles.add(an_article("f1"), Traces(stems))

    assert (await world.articles.add(an_article("f2"), Traces(stems))).story_id == first.story_id


@pytest.mark.parametrize("stem", ['قمح"OR"', "قمح'|'سفن", "قمح\\", "!قمح", "ن" * 5000])
async def test_a_stem_that_means_something_in_a_query_is_a_word_like_any_other(world: World, stem: str) -> None:
    first = await world.articles.add(an_article("f1"), Traces((stem,)))
    second = await world.articles.add(an_article("f2"), Traces((stem,)))

    assert first == second


async def test_two_stories_may_be_joined(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    for mark in ("f1", "f2", "f3"):
        await keep(world, an_article(mark, title=mark, subjects=(a_subject(),)), sender=reader.id)

    were_two = [await world.articles.join("f3", "f1"), await world.articles.join("f1", "f3")]

    assert were_two == [True, False]
    found = await world.deliveries.fresh(reader.id, NOW - HOUR)
    assert sorted(sorted(report.title for report in story.reports) for story in found) == [["f1", "f3"], ["f2"]]
    later = await world.articles.add(an_article("f4"), Traces((a_stem("f3"),)))
    assert later == await world.articles.add(an_article("f1"), Traces(STEMS))


async def test_who_has_seen_one_of_two_joined_stories_has_seen_both(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    for mark in ("f1", "f2"):
        await keep(world, an_article(mark, title=mark, subjects=(a_subject(),)), sender=reader.id)
    await send(world, reader, [story.id for story in await world.deliveries.fresh(reader.id, NOW - HOUR)][:1])

    await world.articles.join("f1", "f2")

    assert await world.deliveries.fresh(reader.id, NOW - HOUR) == []


async def test_an_article_may_be_split_from_its_story_with_its_copies(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    texts = {"f1": a_body("f1"), "f2": a_body("f2"), "f3": a_body("f2")}
    for mark, body in texts.items():
        await keep(world, an_article(mark, title=mark, body=body, subjects=(a_subject(),)), STEMS, sender=reader.id)
    await send(world, reader, [story.id for story in await world.deliveries.fresh(reader.id, NOW - HOUR)])

    place = await world.articles.split("f2")

    assert place is not None
    (story,) = await world.deliveries.fresh(reader.id, NOW - HOUR)
    assert sorted(report.title for report in story.reports) == ["f2", "f3"]
    assert await world.articles.add(an_article("f3"), Traces(STEMS)) == Place(place.story_id, copy_of="f2")


async def test_a_copy_that_is_split_is_none_any_more(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark, body=BODY), Traces(STEMS))

    place = await world.articles.split("f2")

    assert place is not None
    assert place.copy_of is None
    assert await world.articles.add(an_article("f2"), Traces(STEMS)) == place
    assert (await world.articles.add(an_article("f1"), Traces(STEMS))).story_id != place.story_id


async def test_an_article_that_stands_alone_with_its_copies_is_not_split(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark, body=BODY), Traces(STEMS))

    assert await world.articles.split("f1") is None
    assert await world.articles.add(an_article("f2"), Traces(STEMS)) == Place(1, copy_of="f1")


LIKE = {"f1": ("a1", "a2", "a3", "a4"), "f2": ("b1",), "f3": ("a1",), "f4": ("a1", "a2"), "f5": ("a1", "a2", "a3")}


async def keep_alike(world: World, *, later: Sequence[str] = ()) -> None:
    """Keep five articles, each in a story of its own, and some of them three days later."""
    for mark, stems in LIKE.items():
        moment = NOW + 72 * HOUR if mark in later else NOW
        told = (*map(a_stem, stems), *(a_stem(f"{mark}-{number}") for number in range(4)))
        await world.articles.add(an_article(mark, title=mark, collected_at=moment), Traces(told))


async def test_the_likest_stories_come_first(world: World) -> None:
    await keep_alike(world)

    found = await world.articles.alike("f1", 5)

    assert [article.fingerprint for article in found] == ["f5", "f4", "f3"]
    assert [article.title for article in await world.articles.alike("f1", 2)] == ["f5", "f4"]


async def test_a_story_is_alike_once_by_the_likest_of_its_reports(world: World) -> None:
    await keep_alike(world)
    await world.articles.join("f5", "f3")

    assert [article.fingerprint for article in await world.articles.alike("f1", 5)] == ["f5", "f4"]


async def test_a_story_is_not_alike_itself(world: World) -> None:
    await keep_alike(world)
    await world.articles.join("f5", "f1")

    assert [article.fingerprint for article in await world.articles.alike("f1", 5)] == ["f4", "f3"]


async def test_stories_of_other_days_are_not_alike(world: World) -> None:
    await keep_alike(world, later=["f5"])

    assert [article.fingerprint for article in await world.articles.alike("f1", 5)] == ["f4", "f3"]


async def test_an_article_without_a_word_is_like_none(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark, body=()), Traces(()))

    assert await world.articles.alike("f1", 5) == []


async def test_articles_since_a_moment_come_oldest_first(world: World) -> None:
    for number in range(4):
        await world.articles.add(an_article(f"f{number}", collected_at=NOW + number * HOUR), Traces((f"جذر{number}",)))

    found = await world.articles.since(NOW + HOUR)

    assert [article.fingerprint for article in found] == ["f1", "f2", "f3"]


async def test_every_tag_ever_carried_is_known_once_however_it_is_spelt(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("أوكرانيا", "حلف الناتو")), Traces(STEMS))
    await world.articles.add(an_article("f2", tags=("اوكرانيا", "روسيا")), Traces(("سوق",)))

    assert sorted(tag.name for tag in await known_tags(world)) == sorted({"أوكرانيا", "حلف الناتو", "روسيا"})


async def test_a_tag_counts_the_articles_that_carry_it_and_those_that_mention_it(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("أوبك", "النفط")), Traces(("نفط",)))
    await world.articles.add(an_article("f2", tags=("أُوبك",)), Traces(("سوق",), ("أوبك", "النفط")))
    await world.articles.add(an_article("f3"), Traces(("ذهب",), ("النفط", "كلمة مجهولة")))

    assert set(await known_tags(world)) == {KnownTag("أوبك", 2, 1), KnownTag("النفط", 1, 2)}


async def test_a_guessed_tag_stays_a_guess_until_an_article_carries_it_as_written(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("أوبك", "النفط الليبي")), Traces(("نفط",), (), ("النفط الليبي",)))
    guessed = await known_tags(world)

    await world.articles.add(an_article("f2", tags=("النفط الليبي",)), Traces(("سوق",)))
    await world.articles.add(an_article("f3", tags=("أُوبك",)), Traces(("ذهب",), (), ("أُوبك",)))
    written = await known_tags(world)

    assert {tag.name: tag.is_guess for tag in guessed} == {"أوبك": False, "النفط الليبي": True}
    assert not any(tag.is_guess for tag in written)


async def test_suggested_tags_are_kept_apart_and_count_no_use(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("النفط",)), Traces(("نفط",)))
    await world.articles.add(an_article("f2", suggested=("النفط",)), Traces(("سوق",), ("النفط",)))

    found = await world.articles.find("f2")

    assert found is not None
    assert (found.tags, found.suggested) == ((), ("النفط",))
    assert await known_tags(world) == [KnownTag("النفط", 1, 1)]


async def test_what_changed_since_a_mark_is_told(world: World) -> None:
    await world.articles.add(an_article("f1", tags=("أوبك", "النفط")), Traces(("نفط",)))
    _, mark = await world.articles.tags_after(0)

    await world.articles.add(an_article("f2", tags=("الذهب",)), Traces(("ذهب",), ("أوبك",)))
    changed, later = await world.articles.tags_after(mark)

    assert {KnownTag("الذهب", 1, 0), KnownTag("أوبك", 1, 1)} <= set(changed)
    assert later > mark


async def known_tags(world: World) -> list[KnownTag]:
    """Return all of them as they are now."""
    return list((await world.articles.tags_after(0))[0])


PAPER = Source(SourceKind.PAPER, "القدس العربي")


async def put_out(world: World, source: Source | None, *lines: str, days: Sequence[int]) -> None:
    """Keep an article of a source with these lines on each of these days of March."""
    for day in days:
        number = len(await world.articles.since(NOW - HOUR)) + 1
        article = an_article(f"f{number}", published=date(2026, 3, day), source=source)
        await world.articles.add(article, Traces((f"جذر{number}",), lines=lines))


LINES = ("a1", "b2", "c3")


async def test_a_line_that_a_source_prints_on_three_days_is_repeated(world: World) -> None:
    await put_out(world, PAPER, "a1", "b2", days=[1, 2])
    await put_out(world, PAPER, "a1", days=[3])

    assert await world.articles.repeated_lines(PAPER, LINES) == {"a1"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Source(SourceKind.CHANNEL, "القدس العربي"), id="a channel of its name"),
        pytest.param(Source(SourceKind.PAPER, "الرأي"), id="another paper"),
        pytest.param(None, id="no source"),
    ],
)
async def test_lines_are_repeated_by_one_source(world: World, other: Source | None) -> None:
    await put_out(world, PAPER, "a1", days=[1, 2])
    await put_out(world, other, "a1", days=[3, 4])

    assert await world.articles.repeated_lines(PAPER, LINES) == frozenset()
    assert await world.articles.repeated_lines(other, LINES) == frozenset()


async def test_a_story_told_three_times_on_one_day_repeats_no_line(world: World) -> None:
    await put_out(world, PAPER, "a1", days=[1, 1, 1])

    assert await world.articles.repeated_lines(PAPER, LINES) == frozenset()


async def test_only_the_lines_that_are_asked_about_are_told(world: World) -> None:
    await put_out(world, PAPER, "a1", "b2", days=[1, 2, 3])

    assert await world.articles.repeated_lines(PAPER, ["b2", "c3"]) == {"b2"}


async def test_lines_that_did_not_come_again_are_forgotten(world: World) -> None:
    await put_out(world, PAPER, "a1", days=[1, 2, 3])
    await put_out(world, PAPER, "b2", days=[4])
    await put_out(world, PAPER, "c3", days=[9])

    forgotten = await world.articles.forget_lines(date(2026, 3, 9))

    assert forgotten == 1
    await put_out(world, PAPER, "b2", "c3", days=[10, 11])
    assert await world.articles.repeated_lines(PAPER, LINES) == {"a1", "c3"}


async def test_articles_summarised_otherwise_come_oldest_first(world: World) -> None:
    for number in range(3):
        await world.articles.add(an_article(f"f{number}"), Traces((f"جذر{number}",)))

    found = await world.articles.summarised_otherwise("news-9", 2)

    assert [article.fingerprint for article in found] == ["f0", "f1"]
    assert await world.articles.count_summarised_otherwise("news-9") == 3
    assert await world.articles.summarised_otherwise(an_article().summary_version, 2) == []


async def test_a_new_summary_takes_the_place_of_the_old(world: World) -> None:
    for mark in ("f1", "f2"):
        await world.articles.add(an_article(mark), Traces((mark,)))

    await world.articles.summarised({"f1": ("جملة جديدة.",)}, "news-9")

    found = await world.articles.find("f1")
    assert found is not None
    assert (found.summary, found.summary_version) == (("جملة جديدة.",), "news-9")
    assert await world.articles.count_summarised_otherwise("news-9") == 1
