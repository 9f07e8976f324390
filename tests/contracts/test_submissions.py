"""What every queue of submissions promises."""

from dataclasses import replace

import pytest

from bot.domain.article import Source, SourceKind
from bot.domain.delivery import Page, Sent, settle
from bot.domain.submission import Decision, Submission, Verdict
from tests.builders import HOUR, MINUTE, NOW, a_subject, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

SALMA, NADIA = 701, 702
STEMS = ("مطار", "خرطوم", "رحل", "فتح")
PAPER = Source(SourceKind.PAPER, "القدس العربي")
PUBLISHED = Decision(Verdict.PUBLISHED, NOW + HOUR, SALMA, "سلمى")
REJECTED = Decision(Verdict.REJECTED, NOW + HOUR, NADIA, "نادية")


async def verdict(world: World, fingerprint: str = "f1") -> Verdict | None:
    """Return what was decided on an article, None while it waits."""
    found = await world.submissions.find(fingerprint)
    return found.decision.verdict if found and found.decision else None


async def send_all(world: World) -> list[str]:
    """Send all that may be sent; return the texts."""
    texts: list[str] = []
    while claimed := await world.deliveries.claim(NOW + 2 * HOUR, 9, ()):
        for delivery in claimed:
            await world.deliveries.save(settle(delivery, Sent(100 + delivery.id), NOW), NOW)
        texts += [delivery.page.text for delivery in claimed]
    return texts


async def titles(world: World, subscriber_id: int) -> list[str]:
    """Return the titles of all reports in all stories that are new to a subscriber."""
    stories = await world.deliveries.fresh(subscriber_id, NOW - HOUR)
    return [report.title for story in stories for report in story.reports]


async def test_what_a_reader_sends_waits(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(source=PAPER), sender=reader.id)

    found = await world.submissions.find("f1")

    assert found == Submission(an_article(source=PAPER), reader.id, 501, NOW)
    assert await world.submissions.count() == 1


async def test_what_an_editor_sends_does_not_wait(world: World) -> None:
    editor = await a_reader(world)
    await keep(world, an_article(), sender=editor.id, for_everyone=True)

    assert await world.submissions.find("f1") is None
    assert await world.submissions.count() == 0


async def test_what_is_for_everyone_does_not_wait_when_a_reader_sends_it_too(world: World) -> None:
    editor, reader = await a_reader(world, 501), await a_reader(world, 502)
    await keep(world, an_article(), sender=editor.id, for_everyone=True)

    await keep(world, an_article(), sender=reader.id)

    assert await world.submissions.count() == 0


async def test_what_two_readers_send_waits_once_as_the_firsts(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    for reader in (ali, mona):
        await keep(world, an_article(), sender=reader.id)

    found = await world.submissions.find("f1")

    assert await world.submissions.count() == 1
    assert found is not None
    assert found.sender == ali.id


async def test_what_is_published_reaches_everyone(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id)

    standing = await world.submissions.decide("f1", PUBLISHED, None)

    assert standing is not None
    assert standing.decision == PUBLISHED
    assert await world.submissions.count() == 0
    assert len(await titles(world, mona.id)) == 1


async def test_what_is_rejected_stays_with_who_sent_it(world: World) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id)

    await world.submissions.decide("f1", REJECTED, None)

    assert await titles(world, mona.id) == []
    assert len(await titles(world, ali.id)) == 1


@pytest.mark.parametrize("later", [REJECTED, replace(PUBLISHED, by=NADIA), PUBLISHED], ids=["other", "same", "again"])
async def test_the_first_decision_stands(world: World, later: Decision) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    await world.submissions.decide("f1", PUBLISHED, Page("نُشر"))

    standing = await world.submissions.decide("f1", later, Page("نُشر ثانية"))

    assert standing is not None
    assert standing.decision == PUBLISHED
    assert await send_all(world) == ["نُشر"]


async def test_nothing_can_be_decided_on_what_nobody_sent(world: World) -> None:
    assert await world.submissions.decide("f1", PUBLISHED, None) is None


async def test_what_was_rejected_does_not_wait_again(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    await keep(world, an_article(), sender=ali.id)
    await world.submissions.decide("f1", REJECTED, None)

    await keep(world, an_article(), sender=mona.id)

    assert await verdict(world) is Verdict.REJECTED
    assert await world.submissions.unasked(SALMA, 9) == []


async def test_an_editor_who_sends_it_overrules_a_rejection(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=ali.id)
    await world.submissions.decide("f1", REJECTED, None)

    await world.articles.receive("f1", ali.id, "501:9", NOW, for_everyone=True)

    assert await verdict(world) is Verdict.BROUGHT
    assert len(await titles(world, mona.id)) == 1


async def test_an_editor_who_sends_what_waits_settles_it(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)

    await world.articles.receive("f1", reader.id, "501:9", NOW, for_everyone=True)

    assert await verdict(world) is Verdict.BROUGHT
    assert await world.submissions.count() == 0


async def test_a_report_that_waits_joins_the_story_that_an_editor_brings(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502, ["السودان"])
    waiting = an_article("f1", title="خبر القارئ", source=PAPER, link="https://x.org", subjects=(a_subject("مصر"),))
    await keep(world, waiting, STEMS, sender=ali.id)

    await keep(
        world, an_article("f2", title="خبر المحرر", subjects=(a_subject(),)), STEMS, sender=ali.id, for_everyone=True
    )

    (story,) = await world.deliveries.fresh(mona.id, NOW - HOUR)
    joined = next(report for report in story.reports if report.source == PAPER.name)
    assert await verdict(world) is Verdict.JOINED
    assert story.best.title == "خبر المحرر"
    assert story.topics == ("السودان",)
    assert (joined.is_vouched, joined.link) == (False, None)


async def test_a_report_that_joined_brings_its_topics_to_nobody(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502, ["مصر"])
    await keep(world, an_article("f1", source=PAPER, subjects=(a_subject("مصر"),)), STEMS, sender=ali.id)

    await keep(world, an_article("f2", subjects=(a_subject(),)), STEMS, sender=ali.id, for_everyone=True)

    assert await titles(world, mona.id) == []


async def test_a_report_that_waits_joins_the_story_of_one_that_is_published(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    await keep(world, an_article("f1", source=PAPER), STEMS, sender=ali.id)
    await keep(world, an_article("f2"), STEMS, sender=mona.id)

    await world.submissions.decide("f2", PUBLISHED, None)

    assert await verdict(world) is Verdict.JOINED


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(None, id="no source"),
        pytest.param(Source(SourceKind.PERSON, "سلمى"), id="a person"),
        pytest.param(Source(SourceKind.GROUP, "أخبار الحي"), id="a group"),
    ],
)
async def test_only_reports_of_named_sources_join(world: World, source: Source | None) -> None:
    reader = await a_reader(world)
    await keep(world, an_article("f1", source=source), STEMS, sender=reader.id)

    await keep(world, an_article("f2"), STEMS, sender=reader.id, for_everyone=True)

    assert await verdict(world) is None
    assert await world.submissions.count() == 1


async def test_of_one_sender_one_report_joins_a_story_and_no_more_however_often_it_is_brought(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    for mark, sender in (("f1", ali), ("f2", ali), ("f3", mona)):
        await keep(world, an_article(mark, source=replace(PAPER, name=mark)), STEMS, sender=sender.id)

    for mark in ("f4", "f5"):
        await keep(world, an_article(mark), STEMS, sender=mona.id, for_everyone=True)

    assert [await verdict(world, mark) for mark in ("f1", "f2", "f3")] == [Verdict.JOINED, None, Verdict.JOINED]


@pytest.mark.parametrize("split", [pytest.param("f1", id="the report"), pytest.param("f2", id="the story")])
async def test_a_report_that_joined_waits_again_when_it_is_split_from_what_it_joined(world: World, split: str) -> None:
    ali, mona = await a_reader(world, 501, ["السودان"]), await a_reader(world, 502, ["السودان"])
    await keep(world, an_article("f1", "تقرير", source=PAPER, subjects=(a_subject(),)), STEMS, sender=ali.id)
    await keep(world, an_article("f2", "خبر", subjects=(a_subject(),)), STEMS, sender=ali.id, for_everyone=True)

    await world.articles.split(split)

    assert await verdict(world) is None
    assert await world.submissions.count() == 1
    assert await titles(world, mona.id) == ["خبر"]


async def test_a_report_that_joined_stays_where_another_article_is_for_everyone(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article("f1", source=PAPER), STEMS, sender=reader.id)
    for mark in ("f2", "f3"):
        await keep(world, an_article(mark), STEMS, sender=reader.id, for_everyone=True)

    await world.articles.split("f2")

    assert await verdict(world) is Verdict.JOINED


async def test_a_rejected_report_does_not_join(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article("f1", source=PAPER), STEMS, sender=reader.id)
    await world.submissions.decide("f1", REJECTED, None)

    await keep(world, an_article("f2"), STEMS, sender=reader.id, for_everyone=True)

    assert await verdict(world) is Verdict.REJECTED


async def test_a_report_that_comes_later_waits_and_its_story_is_known_to_be_public(world: World) -> None:
    editor, reader = await a_reader(world, 501), await a_reader(world, 502)
    await keep(world, an_article("f2"), STEMS, sender=editor.id, for_everyone=True)

    await keep(world, an_article("f1", source=PAPER), STEMS, sender=reader.id)

    found = await world.submissions.find("f1")
    assert found is not None
    assert (found.decision, found.is_story_public) == (None, True)


async def test_each_chat_is_asked_once(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)

    asked = [await world.submissions.ask("f1", chat, Page(f"سؤال {chat}"), NOW) for chat in (SALMA, SALMA, NADIA)]

    assert asked == [True, False, True]
    assert await world.submissions.unasked(SALMA, 9) == []
    assert sorted(await send_all(world)) == [f"سؤال {SALMA}", f"سؤال {NADIA}"]


async def test_what_is_settled_is_not_asked_about(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    await world.submissions.decide("f1", REJECTED, None)

    assert not await world.submissions.ask("f1", SALMA, Page("سؤال"), NOW)
    assert await send_all(world) == []


async def test_a_question_that_was_not_sent_yet_is_withdrawn_when_it_is_settled(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    await world.submissions.ask("f1", SALMA, Page("سؤال"), NOW)

    await world.submissions.decide("f1", REJECTED, None)

    assert await send_all(world) == []
    assert [asked.message_id for asked in await world.submissions.closable(9)] == [None]


async def test_who_floods_waits_behind_the_others(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    for mark, sender in (("f1", ali), ("f2", ali), ("f3", ali), ("f4", mona)):
        await keep(world, an_article(mark), sender=sender.id)

    found = await world.submissions.unasked(SALMA, 3)

    assert [each.article.fingerprint for each in found] == ["f1", "f4", "f2"]


async def test_asks_are_counted_lately_and_unanswered(world: World) -> None:
    reader = await a_reader(world)
    for number in (1, 2, 3):
        await keep(world, an_article(f"f{number}"), sender=reader.id)
        await world.submissions.ask(f"f{number}", SALMA, Page("سؤال"), NOW + number * MINUTE)
    await world.submissions.decide("f3", REJECTED, None)

    assert await world.submissions.asked(SALMA, NOW + MINUTE) == (2, 2)
    assert await world.submissions.asked(NADIA, NOW) == (0, 0)


async def test_a_settled_question_is_closed_once(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    await world.submissions.ask("f1", SALMA, Page("سؤال"), NOW)
    before = await world.submissions.closable(9)
    await send_all(world)
    await world.submissions.decide("f1", REJECTED, None)

    (asked,) = await world.submissions.closable(9)
    for _ in range(2):
        await world.submissions.close("f1", SALMA, Page("رُفض", edits=asked.message_id), NOW)

    assert before == []
    assert (asked.chat_id, asked.submission.decision) == (SALMA, REJECTED)
    assert asked.message_id is not None
    assert await world.submissions.closable(9) == []
    assert await send_all(world) == ["رُفض"]


async def test_a_question_on_its_way_is_closed_when_it_has_arrived(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    await world.submissions.ask("f1", SALMA, Page("سؤال"), NOW)
    (sending,) = await world.deliveries.claim(NOW, 9, ())
    await world.submissions.decide("f1", REJECTED, None)

    underway = await world.submissions.closable(9)
    await world.deliveries.save(settle(sending, Sent(7), NOW), NOW)

    assert underway == []
    assert [asked.message_id for asked in await world.submissions.closable(9)] == [7]


async def test_what_waits_is_leafed_through_in_a_circle(world: World) -> None:
    reader = await a_reader(world)
    for number in (1, 2, 3):
        await keep(world, an_article(f"f{number}"), sender=reader.id)

    turns = [
        await world.submissions.turn(None),
        await world.submissions.turn("f1"),
        await world.submissions.turn("f3"),
        await world.submissions.turn("f1", backwards=True),
        await world.submissions.turn("f3", backwards=True),
    ]

    shown = [(turn.submission.article.fingerprint, turn.place, turn.of) for turn in turns if turn]
    assert shown == [("f1", 1, 3), ("f2", 2, 3), ("f1", 1, 3), ("f3", 3, 3), ("f2", 2, 3)]


async def test_after_one_that_was_settled_comes_the_next(world: World) -> None:
    reader = await a_reader(world)
    for number in (1, 2, 3):
        await keep(world, an_article(f"f{number}"), sender=reader.id)
    await world.submissions.decide("f2", REJECTED, None)

    turn = await world.submissions.turn("f2")

    assert turn is not None
    assert (turn.submission.article.fingerprint, turn.place, turn.of) == ("f3", 2, 2)


async def test_nothing_comes_when_nothing_waits(world: World) -> None:
    assert await world.submissions.turn(None) is None


async def test_the_sender_is_told_by_the_notice(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)

    await world.submissions.decide("f1", PUBLISHED, Page("نُشر", is_quiet=True))

    (delivery,) = await world.deliveries.claim(NOW + HOUR, 9, ())
    assert (delivery.chat_id, delivery.page) == (501, Page("نُشر", is_quiet=True))
