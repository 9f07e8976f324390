"""What is told of a reader, and what is left once they are forgotten."""

from datetime import datetime

from bot.domain.article import Source, SourceKind
from bot.domain.channel import Channel
from bot.domain.delivery import Sent as Arrived
from bot.domain.delivery import Status, settle
from bot.domain.editor import Editor
from bot.domain.mute import Mute
from bot.domain.preferences import Preferences
from bot.domain.rating import Rating
from bot.domain.record import Record, Sent, Written
from bot.domain.submission import Decision, Verdict
from bot.domain.subscriber import Subscriber
from bot.domain.subscription import Subscription
from tests.builders import HOUR, NOW, SECOND, TITLE, a_digest, a_page, a_subject, an_article, an_update
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

ALI, MONA = 501, 502
LATER = NOW + HOUR
PERSON = Source(SourceKind.PERSON, "سلمى")


async def record(world: World, reader: Subscriber) -> Record:
    found = await world.records.of(reader.id)
    assert found is not None
    return found


async def forgotten(world: World, reader: Subscriber, at: datetime = NOW) -> bool:
    return await world.records.forget(reader.id, at, LATER)


async def sent(world: World, mark: str, *readers: Subscriber, source: Source | None = None) -> None:
    """Let each of these readers send an article."""
    await keep(world, an_article(mark, title=f"خبر {mark}", source=source, subjects=(a_subject(),)))
    for reader in readers:
        await world.articles.receive(mark, reader.id, f"{reader.chat_id}:{mark}", NOW, for_everyone=False)


async def kept_by(world: World, reader: Subscriber) -> tuple[int, int]:
    """Let a reader save a story and look for one; return the story and the number of the question."""
    (story,) = await world.deliveries.fresh(reader.id, NOW - HOUR)
    assert await world.stories.save(reader.id, story.id, NOW)
    question = await world.searches.keep(reader.id, "501:2", "السودان منذ أسبوع", NOW)
    return story.id, question.number


def a_rating(story_id: int) -> Rating:
    return Rating(story_id, is_liked=True, topics=("السودان",), source=None, rated_at=NOW)


async def is_kept(world: World, *marks: str) -> list[bool]:
    return [await world.articles.find(mark) is not None for mark in marks]


async def test_nothing_is_told_of_who_is_not_known(world: World) -> None:
    assert await world.records.of(77) is None


async def test_a_newcomer_has_a_short_record(world: World) -> None:
    reader = await a_reader(world, ALI)

    assert await record(world, reader) == Record(reader, NOW)


async def test_all_that_is_held_is_told(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])
    await sent(world, "f1", reader)
    await kept_by(world, reader)
    (story,) = await world.deliveries.fresh(reader.id, NOW - HOUR)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page("أخبار"), [story.id])], NOW, LATER)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(delivery, Arrived(7), NOW), NOW)
    await world.subscribers.prefer(reader.id, Preferences(stories=5))
    await world.mutes.keep(reader.id, Mute("السودان", NOW, NOW + HOUR))
    await world.ratings.rate(reader.id, a_rating(story.id))
    await world.usage.fetched(reader.id, "501:3", "https://example.org/1", NOW)
    await world.inbox.add([an_update(1, ALI)])
    await world.inbox.finish([an_update(1, ALI)], [a_page("جواب")], NOW)
    await world.parts.keep(ALI, {4: {"text": "جزء"}}, NOW)
    await world.editors.name(Editor(ALI, "علي", 900, NOW), None)

    told = await record(world, await a_reader(world, ALI))

    assert told == Record(
        reader=told.reader,
        since=NOW,
        is_editor=True,
        topics=(Subscription("السودان", NOW),),
        seen=(("خبر f1", NOW),),
        saved=(("خبر f1", NOW),),
        ratings=(("خبر f1", a_rating(story.id)),),
        mutes=(Mute("السودان", NOW, NOW + HOUR),),
        searches=(("السودان منذ أسبوع", NOW),),
        digests=(NOW,),
        written=(Written("أخبار", NOW, Status.SENT, 7), Written("جواب", NOW, Status.PLANNED, None)),
        received=(an_update(1, ALI).body, {"text": "جزء"}),
        submitted=(Sent("خبر f1", NOW, None),),
        fetched=(("https://example.org/1", NOW),),
    )


async def test_how_a_topic_is_followed_is_told_and_forgotten(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان", "مصر"]), await a_reader(world, MONA, ["السودان"])
    for reader in (ali, mona):
        await world.subscribers.leave_out(reader.id, "السودان", ["مصر"])
        await world.subscribers.at_once(reader.id, "السودان", NOW)

    told = (await record(world, ali)).topics
    await forgotten(world, ali)
    back = await a_reader(world, ALI, ["السودان"])

    assert told == (Subscription("السودان", NOW, ("مصر",), NOW), Subscription("مصر", NOW))
    assert (await record(world, back)).topics == (Subscription("السودان", NOW),)
    assert (await record(world, mona)).topics == (Subscription("السودان", NOW, ("مصر",), NOW),)


async def test_nothing_of_somebody_else_is_told(world: World) -> None:
    mona, ali = await a_reader(world, MONA, ["السودان"]), await a_reader(world, ALI)
    await sent(world, "f1", mona)
    await kept_by(world, mona)
    await world.inbox.add([an_update(1, MONA)])
    await world.inbox.finish([an_update(1, MONA)], [a_page("جواب")], NOW)

    assert await record(world, ali) == Record(ali, NOW)


async def test_who_is_forgotten_is_nobody_and_comes_back_as_a_newcomer(world: World) -> None:
    reader = await a_reader(world, ALI, ["السودان"])

    assert await forgotten(world, reader)

    assert await world.subscribers.find(ALI) is None
    assert await world.records.of(reader.id) is None
    back = await a_reader(world, ALI)
    assert back.id != reader.id
    assert await record(world, back) == Record(back, NOW)


async def test_what_they_saved_and_looked_for_goes(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان"]), await a_reader(world, MONA, ["السودان"])
    await sent(world, "f1", ali, mona)
    (story, question), (_, other) = await kept_by(world, ali), await kept_by(world, mona)

    await forgotten(world, ali)

    assert not await world.stories.has_saved(ali.id, story)
    assert await world.searches.find(ali.id, question) is None
    assert await world.stories.has_saved(mona.id, story)
    assert await world.searches.find(mona.id, other) is not None


async def test_what_they_prefer_mute_and_rate_goes(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان"]), await a_reader(world, MONA, ["السودان"])
    await sent(world, "f1", ali, mona)
    story, _ = await kept_by(world, ali)
    for reader in (ali, mona):
        await world.ratings.rate(reader.id, a_rating(story))
        await world.mutes.keep(reader.id, Mute("السودان", NOW, None))
        await world.subscribers.prefer(reader.id, Preferences(hijri=True))

    await forgotten(world, ali)
    back = await a_reader(world, ALI, ["السودان"])

    assert (back.preferences, await world.mutes.on(back.id, NOW), await world.ratings.of(back.id)) == (
        Preferences(),
        [],
        [],
    )
    hers = await record(world, mona)
    assert (hers.ratings, hers.mutes) == ((("خبر f1", a_rating(story)),), (Mute("السودان", NOW, None),))


async def test_nobody_is_forgotten_twice(world: World) -> None:
    reader = await a_reader(world, ALI)

    assert [await forgotten(world, reader), await forgotten(world, reader)] == [True, False]


async def test_who_came_after_the_question_is_not_forgotten_by_its_answer(world: World) -> None:
    reader = await a_reader(world, ALI)

    assert not await forgotten(world, reader, NOW - SECOND)

    assert await world.subscribers.find(ALI) == reader


async def test_nothing_more_is_sent_to_who_is_forgotten(world: World) -> None:
    reader, mona = await a_reader(world, ALI), await a_reader(world, MONA)
    for each in (reader, mona):
        await world.deliveries.open(a_digest(each.id), [(a_page(str(each.chat_id)), ())], NOW, LATER)
    await world.inbox.add([an_update(1, ALI)])
    await world.inbox.finish([an_update(1, ALI)], [a_page("جواب")], NOW)

    await forgotten(world, reader)

    assert [delivery.page.text for delivery in await world.deliveries.claim(NOW, 9, ())] == [str(MONA)]


async def test_handled_messages_are_emptied_and_what_waits_is_still_handled(world: World) -> None:
    reader = await a_reader(world, ALI)
    for number in (1, 2, 3):
        await world.inbox.add([an_update(number, ALI)])
    await world.inbox.finish([an_update(1, ALI)], [], NOW)
    await world.inbox.take([an_update(2, ALI)])
    await world.parts.keep(ALI, {4: {"text": "جزء"}}, NOW)

    await forgotten(world, reader)
    await world.inbox.finish([an_update(2, ALI)], [a_page("مُحي كل شيء")], LATER)

    back = await a_reader(world, ALI)
    assert (await record(world, back)).received == (an_update(3, ALI).body,)
    assert [[each.id for each in run] for run in await world.inbox.waiting((), LATER, 9)] == [[3]]
    assert [each.page.text for each in await world.deliveries.claim(LATER, 9, ())] == ["مُحي كل شيء"]


async def test_what_a_crash_left_in_hand_is_not_handled_again(world: World) -> None:
    reader = await a_reader(world, ALI)
    await world.inbox.add([an_update(1, ALI)])
    await world.inbox.take([an_update(1, ALI)])

    await forgotten(world, reader)

    assert await world.inbox.recover() == 0
    await world.inbox.add([an_update(1, ALI)])
    assert await world.inbox.waiting((), LATER, 9) == []


async def test_an_article_that_only_they_sent_goes(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)
    await sent(world, "f1", ali)
    await sent(world, "f2", ali, mona)
    await sent(world, "f3", mona)

    await forgotten(world, ali)

    assert await is_kept(world, "f1", "f2", "f3") == [False, True, True]
    assert await world.articles.brought_by(f"{ALI}:f2") is None
    assert await world.articles.brought_by(f"{MONA}:f2") is not None
    assert await world.submissions.find("f1") is None


async def test_an_article_for_everyone_stays_and_says_nothing_of_them(world: World) -> None:
    ali = await a_reader(world, ALI)
    await sent(world, "f1", ali, source=PERSON)
    await world.submissions.decide("f1", Decision(Verdict.PUBLISHED, NOW, 900, "مالك"), None)

    await forgotten(world, ali)

    stays = await world.articles.find("f1")
    submission = await world.submissions.find("f1")
    assert stays is not None
    assert submission is not None
    assert (stays.title, stays.source) == ("خبر f1", None)
    assert (submission.sender, submission.chat_id) == (None, None)


async def test_the_named_source_of_an_article_for_everyone_stays(world: World) -> None:
    ali, paper = await a_reader(world, ALI), Source(SourceKind.PAPER, "صحيفة الضفتين")
    await keep(world, an_article("f1", source=paper), sender=ali.id, for_everyone=True)

    await forgotten(world, ali)

    stays = await world.articles.find("f1")
    assert stays is not None
    assert stays.source == paper


async def test_what_a_channel_or_an_import_brought_too_stays(world: World) -> None:
    ali = await a_reader(world, ALI)
    await sent(world, "f1", ali)
    await world.articles.receive("f1", None, "import:f1", NOW, for_everyone=False)

    await forgotten(world, ali)

    assert await is_kept(world, "f1") == [True]


async def test_a_copy_that_somebody_else_sent_outlives_its_original(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA, ["السودان"])
    body = an_article("f1").body
    await keep(world, an_article("f1", body=body), sender=ali.id)
    await keep(world, an_article("f2", title="نسخة", body=body, subjects=(a_subject(),)))
    await world.articles.receive("f2", mona.id, "502:1", NOW, for_everyone=False)

    await forgotten(world, ali)

    assert await is_kept(world, "f1", "f2") == [False, True]
    (story,) = await world.deliveries.fresh(mona.id, NOW - HOUR)
    assert [report.title for report in story.reports] == ["نسخة"]


async def test_editors_are_not_asked_any_more_about_what_is_gone(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)
    await sent(world, "f1", ali)
    await world.submissions.ask("f1", MONA, a_page("هل يُنشر؟"), NOW)

    await forgotten(world, ali)

    assert await world.deliveries.claim(NOW, 9, ()) == []
    assert await world.submissions.count() == 0
    assert (await record(world, mona)).written == ()


async def test_an_editor_who_is_forgotten_is_none_and_left_no_name(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)
    await sent(world, "f1", mona)
    await world.editors.name(Editor(ALI, "علي", 900, NOW), None)
    await world.submissions.decide("f1", Decision(Verdict.REJECTED, NOW, ALI, "علي"), None)
    await world.channels.meet(Channel(-1007, "قناة", None, ALI))
    await world.channels.enable(-1007, ALI, NOW)

    await forgotten(world, ali)

    submission, channel = await world.submissions.find("f1"), await world.channels.find(-1007)
    assert submission is not None
    assert channel is not None
    assert submission.decision == Decision(Verdict.REJECTED, NOW)
    assert (channel.editor, channel.is_enabled) == (0, True)
    assert not await world.editors.is_one(ALI)


async def test_a_thread_is_forgotten_alone(world: World) -> None:
    sport = await a_reader(world, -1009, ["السودان"], thread_id=4)
    city = await a_reader(world, -1009, ["السودان"], thread_id=9)
    for reader in (sport, city):
        await world.deliveries.open(a_digest(reader.id), [(a_page(str(reader.thread_id)), ())], NOW, LATER)

    await forgotten(world, sport)

    assert await world.subscribers.find(-1009, 9) is not None
    assert [delivery.page.text for delivery in await world.deliveries.claim(NOW, 9, ())] == ["9"]


async def test_the_title_of_a_story_is_that_of_a_report_for_everyone(world: World) -> None:
    ali = await a_reader(world, ALI, ["السودان"])
    await keep(world, an_article("f1", title="عندهم", subjects=(a_subject(),)), ["مطار"], sender=ali.id)
    await keep(world, an_article("f2", title=TITLE), ["مطار"], sender=ali.id, for_everyone=True)
    (story,) = await world.deliveries.fresh(ali.id, NOW - HOUR)
    await world.deliveries.open(a_digest(ali.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(delivery, Arrived(7), NOW), NOW)

    assert (await record(world, ali)).seen == ((TITLE, NOW),)
