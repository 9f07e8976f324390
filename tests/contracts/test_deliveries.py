"""What everything that keeps deliveries promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.article import Source, SourceKind
from bot.domain.delivery import (
    Button,
    Delayed,
    Delivery,
    Moved,
    Outcome,
    Page,
    Refused,
    Reply,
    Sent,
    Status,
    Unknown,
    Unreachable,
    settle,
)
from bot.domain.digest import Explanation, Report
from bot.domain.importance import Importance
from bot.domain.sheet import Sheet
from bot.domain.topic import Reason
from tests.builders import (
    BODY,
    HOUR,
    MINUTE,
    NOW,
    SECOND,
    TITLE,
    a_digest,
    a_page,
    a_story,
    a_subject,
    a_topic,
    an_article,
    an_update,
)
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

ALI, MONA, SARA = 501, 502, 503
SINCE, LATER = NOW - HOUR, NOW + HOUR


async def fresh_ids(world: World, subscriber_id: int) -> list[int]:
    """Return the ids of the stories that are new to a subscriber."""
    return [story.id for story in await world.deliveries.fresh(subscriber_id, SINCE)]


async def open_digest(world: World, subscriber_id: int, pages: Sequence[str], key: str = "slot:1") -> None:
    """Plan a digest of pages without stories, for an hour."""
    await world.deliveries.open(a_digest(subscriber_id, key), [(a_page(text), ()) for text in pages], NOW, LATER)


async def answer(world: World, update_id: int, chat_id: int, *texts: str) -> None:
    """Plan the answer to an update."""
    update = an_update(update_id, chat_id)
    await world.inbox.add([update])
    await world.inbox.finish([update], [a_page(text) for text in texts], NOW)


async def claimed(world: World, after: int = 0, limit: int = 9, busy: Sequence[int] = ()) -> list[str]:
    """Return the texts of what is claimed that many seconds from now."""
    return [each.page.text for each in await world.deliveries.claim(NOW + after * SECOND, limit, busy)]


async def met(world: World, outcome: Outcome) -> Delivery:
    """Return the only page there is to send, as it stands after meeting the outcome."""
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    settled = settle(delivery, outcome, NOW)
    await world.deliveries.save(settled, NOW)
    return settled


async def a_promised_story(world: World) -> tuple[int, int]:
    """Return a reader and the story that the page on its way to them shows."""
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    return reader.id, story.id


# Fresh stories


async def test_a_story_of_a_followed_topic_is_fresh_with_all_that_a_digest_shows(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    article = an_article(
        subjects=(a_subject(),),
        source=Source(SourceKind.PAPER, "القدس العربي"),
        link="https://example.org/1",
        published=date(2026, 3, 13),
    )

    await keep(world, article, sender=reader.id)

    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    report = Report(
        article.title,
        article.body,
        article.summary,
        "القدس العربي",
        "https://example.org/1",
        date(2026, 3, 13),
        article.collected_at,
        is_for_everyone=False,
    )
    assert (story.topics, story.reports) == (("السودان",), (report,))


async def test_a_private_person_is_not_named_as_a_source(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    someone = Source(SourceKind.PERSON, "هدى محمود")

    await keep(world, an_article(subjects=(a_subject(),), source=someone), sender=reader.id, for_everyone=True)

    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    assert story.reports[0].source is None


async def test_a_story_of_no_followed_topic_is_not_fresh(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await a_reader(world, MONA, follows=["مصر"])

    await keep(world, an_article(subjects=(a_subject("مصر"),)), sender=reader.id, for_everyone=True)

    assert await fresh_ids(world, reader.id) == []


async def test_a_story_of_a_topic_left_meanwhile_is_not_fresh(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=reader.id)

    await world.subscribers.unfollow(reader.id, ["السودان"])

    assert await fresh_ids(world, reader.id) == []


async def test_a_story_is_fresh_for_one_who_follows_its_topic_later(world: World) -> None:
    editor = await a_reader(world, follows=["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=editor.id, for_everyone=True)

    latecomer = await a_reader(world, MONA, follows=["السودان"])

    assert len(await fresh_ids(world, latecomer.id)) == 1


@pytest.mark.parametrize("for_everyone", [pytest.param(True, id="for everyone"), pytest.param(False, id="private")])
@pytest.mark.parametrize(
    ("at", "count"),
    [
        pytest.param(SINCE - SECOND, 0, id="before the window"),
        pytest.param(SINCE, 1, id="as it opens"),
        pytest.param(NOW, 1, id="within"),
    ],
)
async def test_only_what_came_since_then_is_fresh(world: World, at: datetime, count: int, for_everyone: bool) -> None:  # noqa: FBT001
    reader = await a_reader(world, follows=["السودان"])

    await keep(world, an_article(subjects=(a_subject(),)), sender=reader.id, at=at, for_everyone=for_everyone)

    assert len(await fresh_ids(world, reader.id)) == count


async def test_an_old_article_that_a_reader_sends_now_is_fresh_to_them(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان"]), await a_reader(world, MONA, ["السودان"])
    old = an_article(subjects=(a_subject(),), collected_at=NOW - 9 * HOUR)
    await keep(world, old, sender=ali.id, at=NOW - 9 * HOUR)

    await world.articles.receive("f1", mona.id, "502:1", NOW, for_everyone=False)

    assert await fresh_ids(world, ali.id) == []
    assert len(await fresh_ids(world, mona.id)) == 1


async def test_a_story_shows_only_the_reports_that_the_reader_may_see(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان"]), await a_reader(world, MONA, ["السودان"])
    public, private = (an_article(mark, title=mark, subjects=(a_subject(),)) for mark in ("f1", "f2"))
    await keep(world, public, ["مطار"], sender=ali.id, for_everyone=True)
    await keep(world, private, ["مطار"], sender=ali.id)

    seen_by = {reader.id: await world.deliveries.fresh(reader.id, SINCE) for reader in (ali, mona)}

    titles = {reader: [report.title for report in stories[0].reports] for reader, stories in seen_by.items()}
    assert titles == {ali.id: ["f1", "f2"], mona.id: ["f1"]}


async def test_a_story_that_only_a_private_report_puts_under_a_topic_is_no_news_to_others(world: World) -> None:
    ali, mona = await a_reader(world, ALI, ["السودان"]), await a_reader(world, MONA, ["السودان"])
    await keep(world, an_article("f1"), ["مطار"], sender=ali.id, for_everyone=True)

    await keep(world, an_article("f2", subjects=(a_subject(),)), ["مطار"], sender=ali.id)

    assert await fresh_ids(world, mona.id) == []


async def test_a_storys_topics_come_strongest_first(world: World) -> None:
    reader = await a_reader(world, follows=["مصر", "لبنان", "السودان"])
    about = (
        a_subject("مصر", Reason.LEAD, 9),
        a_subject("لبنان", Reason.KEYWORD, 0),
        a_subject("السودان", Reason.LEAD, 10),
    )

    await keep(world, an_article(subjects=about), sender=reader.id)

    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    assert story.topics == ("لبنان", "السودان", "مصر")


async def test_a_story_on_its_way_is_not_fresh(world: World) -> None:
    reader, _ = await a_promised_story(world)

    assert await fresh_ids(world, reader) == []
    await world.deliveries.claim(NOW, 9, ())
    assert await fresh_ids(world, reader) == []


async def test_a_story_on_its_way_to_one_is_fresh_to_another(world: World) -> None:
    other = await a_reader(world, MONA, ["السودان"])
    _, story = await a_promised_story(world)

    await world.articles.receive("f1", other.id, "502:1", NOW, for_everyone=False)

    assert await fresh_ids(world, other.id) == [story]


async def test_a_report_that_reached_us_before_its_story_was_seen_is_not_fresh(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article("f1", subjects=(a_subject(),)), ["مطار"], sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    await met(world, Sent(1))

    await keep(world, an_article("f2", subjects=(a_subject(),)), ["مطار"], sender=reader.id)

    assert await fresh_ids(world, reader.id) == []


async def test_a_seen_story_comes_again_with_a_report_that_reached_us_since(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article("f1", subjects=(a_subject(),)), ["مطار"], sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    await met(world, Sent(1))

    later = an_article("f2", title="تطور", subjects=(a_subject(),), collected_at=NOW + HOUR)
    await keep(world, later, ["مطار"], sender=reader.id)

    (again,) = await world.deliveries.fresh(reader.id, SINCE)
    assert (again.id, again.seen_at) == (story.id, NOW)
    assert [report.title for report in again.reports] == [TITLE, "تطور"]


async def test_a_copy_does_not_bring_a_seen_story_again(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article("f1", subjects=(a_subject(),)), ["مطار"], sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    await met(world, Sent(1))

    copy = an_article("f2", body=BODY, subjects=(a_subject(),), collected_at=NOW + HOUR)
    await keep(world, copy, ["مطار"], sender=reader.id)

    assert await fresh_ids(world, reader.id) == []


async def test_a_story_shown_again_counts_as_seen_since_then(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    await keep(world, an_article("f1", subjects=(a_subject(),)), ["مطار"], sender=reader.id)
    for number, at in enumerate((NOW, NOW + 2 * HOUR)):
        (story,) = await world.deliveries.fresh(reader.id, SINCE)
        digest = a_digest(reader.id, f"slot:{number}", stories=[story])
        await world.deliveries.open(digest, [(a_page(), [story.id])], at, at + HOUR)
        (delivery,) = await world.deliveries.claim(at, 9, ())
        await world.deliveries.save(settle(delivery, Sent(1), at), at)
        later = an_article("f2", subjects=(a_subject(),), collected_at=NOW + HOUR)
        await keep(world, later, ["مطار"], sender=reader.id)

    assert await fresh_ids(world, reader.id) == []


async def test_what_is_told_includes_what_a_reader_has_and_what_is_on_its_way(world: World) -> None:
    reader, story = await a_promised_story(world)
    on_its_way = await world.deliveries.told(reader, SINCE)
    await met(world, Sent(1))

    (had,) = await world.deliveries.told(reader, SINCE)
    assert [each.id for each in on_its_way] == [story]
    assert had == replace(on_its_way[0], seen_at=NOW)
    assert await world.deliveries.told(reader, NOW + SECOND) == []


# Opening


async def test_a_key_is_opened_once(world: World) -> None:
    reader = await a_reader(world)
    pages = [(a_page("أولى"), ()), (a_page("ثانية"), ())]

    assert await world.deliveries.open(a_digest(reader.id, "slot:1"), pages, NOW, LATER)
    assert not await world.deliveries.open(a_digest(reader.id, "slot:1"), pages, NOW, LATER)

    (first,) = await world.deliveries.claim(NOW, 9, ())
    await world.deliveries.save(settle(first, Sent(1), NOW), NOW)
    assert [await claimed(world), await claimed(world, busy=[ALI])] == [["ثانية"], []]


async def test_a_key_is_each_subscribers_own(world: World) -> None:
    readers = [await a_reader(world, chat_id) for chat_id in (ALI, MONA)]

    opened = [await world.deliveries.open(a_digest(reader.id), [(a_page(), ())], NOW, LATER) for reader in readers]

    assert opened == [True, True]


async def test_a_planned_key_is_had_by_its_subscriber(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)

    await open_digest(world, ali.id, ["أخبار"], "asked:7")

    asked = [(ali.id, "asked:7"), (ali.id, "asked:8"), (mona.id, "asked:7")]
    assert [await world.deliveries.has(reader, key) for reader, key in asked] == [True, False, False]


async def test_opening_notes_the_slot_as_the_last_one_kept(world: World) -> None:
    reader = await a_reader(world, ALI)

    await world.deliveries.open(a_digest(reader.id, slot=NOW - HOUR), [(a_page(), ())], NOW, LATER)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert found.digested_at == NOW - HOUR


async def test_a_digest_that_covers_nothing_leaves_what_was_covered(world: World) -> None:
    reader = await a_reader(world, ALI)
    await open_digest(world, reader.id, ["أخبار"])

    review = replace(a_digest(reader.id, "week:1", slot=LATER), covers_until=None)
    await world.deliveries.open(review, [(a_page(), ())], NOW, LATER)

    found = await world.subscribers.find(ALI)
    assert found is not None
    assert found.digested_at == NOW


@pytest.mark.parametrize("reply", [None, *Reply])
async def test_an_answer_is_claimed_with_what_it_does_to_the_keyboard(world: World, reply: Reply | None) -> None:
    page, update = Page("أين أنت؟", ((Button("مشاركة موقعي"),),), reply=reply), an_update(1, ALI)
    await world.inbox.add([update])

    await world.inbox.finish([update], [page], NOW)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert delivery.page == page


async def test_a_page_is_claimed_as_it_was_planned(world: World) -> None:
    reader = await a_reader(world, ALI)
    page = a_page("<b>أخبار</b>", ((Button("المزيد", payload="n"), Button("المصدر", link="https://t.me/x")),))

    await world.deliveries.open(a_digest(reader.id), [(page, ())], NOW, LATER)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    assert delivery == Delivery(delivery.id, ALI, page, NOW, LATER, status=Status.SENDING)


async def test_a_page_with_a_file_is_claimed_with_its_name(world: World) -> None:
    reader = await a_reader(world, ALI)
    page = replace(a_page("مقالاتك"), file="mujaz-2026-03-14.jsonl")

    await world.deliveries.open(a_digest(reader.id), [(page, ())], NOW, LATER)

    assert [delivery.page for delivery in await world.deliveries.claim(NOW, 9, ())] == [page]


# Claiming


async def test_nothing_is_claimed_twice(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أخبار"])

    assert [await claimed(world), await claimed(world)] == [["أخبار"], []]


async def test_answers_go_before_digests(world: World) -> None:
    ali, _ = await a_reader(world, ALI), await a_reader(world, MONA)
    await open_digest(world, ali.id, ["أخبار"])
    await answer(world, 1, MONA, "جواب")

    assert [await claimed(world, limit=1), await claimed(world)] == [["جواب"], ["أخبار"]]


async def test_an_answer_goes_before_the_digest_of_the_same_chat(world: World) -> None:
    ali = await a_reader(world, ALI)
    await open_digest(world, ali.id, ["أخبار"])
    await answer(world, 1, ALI, "جواب")

    assert [await claimed(world), await claimed(world)] == [["جواب"], ["أخبار"]]


async def test_a_claim_takes_one_page_a_chat(world: World) -> None:
    for number, chat_id in enumerate((ALI, MONA), start=1):
        reader = await a_reader(world, chat_id)
        for key in ("slot:1", "slot:2"):
            await open_digest(world, reader.id, [f"{number} {key}"], key)

    assert await claimed(world) == ["1 slot:1", "2 slot:1"]


async def test_no_more_is_claimed_than_asked_for(world: World) -> None:
    for number, chat_id in enumerate((ALI, MONA, SARA), start=1):
        await answer(world, number, chat_id, f"جواب {number}")

    assert [await claimed(world, limit=0), await claimed(world, limit=2)] == [[], ["جواب 1", "جواب 2"]]


async def test_nothing_is_claimed_for_busy_chats(world: World) -> None:
    for number, chat_id in enumerate((ALI, MONA), start=1):
        await answer(world, number, chat_id, f"جواب {number}")

    assert await claimed(world, busy=[ALI]) == ["جواب 2"]


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(None, id="is being sent"),
        pytest.param(Delayed("busy"), id="is delayed"),
        pytest.param(Unknown("timeout"), id="may have arrived"),
        pytest.param(Refused("markup"), id="is to be sent plain"),
    ],
)
@pytest.mark.parametrize("kind", [pytest.param("digest", id="digest"), pytest.param("answer", id="answer")])
async def test_a_page_waits_while_the_one_before_it(world: World, kind: str, outcome: Outcome | None) -> None:
    reader = await a_reader(world, ALI)
    if kind == "digest":
        await open_digest(world, reader.id, ["أولى", "ثانية"])
    else:
        await answer(world, 1, ALI, "أولى", "ثانية")
    (first,) = await world.deliveries.claim(NOW, 9, ())
    if outcome:
        await world.deliveries.save(replace(settle(first, outcome, NOW), not_before=NOW + MINUTE), NOW)

    assert await claimed(world) == []


@pytest.mark.parametrize(
    "outcome",
    [pytest.param(Sent(1), id="was sent"), pytest.param(Unreachable("blocked"), id="was abandoned")],
)
async def test_a_page_goes_once_the_one_before_it(world: World, outcome: Outcome) -> None:
    reader = await a_reader(world, ALI)
    await open_digest(world, reader.id, ["أولى", "ثانية"])

    await met(world, outcome)

    assert await claimed(world) == ["ثانية"]


async def test_a_waiting_page_holds_up_no_other_digest_and_no_other_chat(world: World) -> None:
    ali, mona = await a_reader(world, ALI), await a_reader(world, MONA)
    await open_digest(world, ali.id, ["أولى", "ثانية"])
    await met(world, Delayed("busy"))
    await open_digest(world, ali.id, ["أخرى"], "slot:2")
    await open_digest(world, mona.id, ["أخبار منى"])

    assert sorted(await claimed(world)) == sorted(["أخرى", "أخبار منى"])


async def test_a_delayed_page_goes_at_its_moment(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أخبار"])
    await met(world, Delayed("429", 30 * SECOND))

    assert [await claimed(world, after=29), await claimed(world, after=30)] == [[], ["أخبار"]]


async def test_a_delivery_is_claimed_as_it_was_saved(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أخبار"])
    saved = await met(world, Refused("can't parse entities"))

    (again,) = await world.deliveries.claim(NOW, 9, ())

    assert again == replace(saved, status=Status.SENDING)
    assert (again.is_plain, again.attempts, again.error) == (True, 1, "can't parse entities")


async def test_a_moved_page_goes_to_the_new_chat(world: World) -> None:
    reader = await a_reader(world, ALI)
    await open_digest(world, reader.id, ["أخبار"])
    await met(world, Moved(-1_002_233_445_566))

    (again,) = await world.deliveries.claim(NOW, 9, ())

    assert again.chat_id == -1_002_233_445_566


async def test_a_page_that_may_have_arrived_is_claimed_as_a_repeat(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أخبار"])
    await met(world, Unknown("timeout"))

    assert await claimed(world) == []
    (again,) = await world.deliveries.claim(NOW + MINUTE, 9, ())
    assert again.repeats == 1


async def test_what_has_expired_is_not_claimed(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أولى", "ثانية"])

    assert await claimed(world, after=3600) == []
    assert await claimed(world) == []


async def test_a_story_whose_page_expired_is_new_again(world: World) -> None:
    reader, story = await a_promised_story(world)

    await world.deliveries.claim(LATER, 9, ())

    assert await fresh_ids(world, reader) == [story]


async def test_a_story_whose_page_expired_when_it_may_have_arrived_counts_as_seen(world: World) -> None:
    reader, _ = await a_promised_story(world)
    await met(world, Unknown("timeout"))

    await world.deliveries.claim(LATER, 9, ())

    assert await fresh_ids(world, reader) == []


async def test_a_page_that_is_being_sent_does_not_expire(world: World) -> None:
    reader, _ = await a_promised_story(world)
    (sending,) = await world.deliveries.claim(NOW, 9, ())

    await world.deliveries.claim(LATER, 9, ())

    await world.deliveries.save(settle(sending, Sent(1), LATER), LATER)
    assert await fresh_ids(world, reader) == []


# Saving and recovering


@pytest.mark.parametrize(
    ("outcome", "is_new_again"),
    [
        pytest.param(Sent(1), False, id="sent: seen"),
        pytest.param(Unreachable("blocked"), True, id="unreachable: abandoned"),
        pytest.param(Delayed("busy", 2 * HOUR), True, id="delayed until it is worth nothing: abandoned"),
        pytest.param(Delayed("busy"), False, id="delayed: on its way"),
        pytest.param(Unknown("timeout"), False, id="unknown: perhaps there"),
        pytest.param(Refused("markup"), False, id="refused: on its way as plain text"),
    ],
)
async def test_what_is_saved_decides_what_is_new(world: World, outcome: Outcome, is_new_again: bool) -> None:  # noqa: FBT001
    reader, story = await a_promised_story(world)

    await met(world, outcome)

    assert await fresh_ids(world, reader) == ([story] if is_new_again else [])


async def test_saving_what_was_sent_again_changes_nothing(world: World) -> None:
    reader, _ = await a_promised_story(world)
    sent = await met(world, Sent(1))

    await world.deliveries.save(sent, NOW)

    assert await fresh_ids(world, reader) == []


async def test_only_the_stories_of_a_sent_page_are_seen(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])
    for mark in ("f1", "f2"):
        await keep(world, an_article(mark, subjects=(a_subject(),)), sender=reader.id)
    first, second = await fresh_ids(world, reader.id)
    pages = [(a_page("أولى"), [first]), (a_page("ثانية"), [second])]
    await world.deliveries.open(a_digest(reader.id, stories=[a_story(first), a_story(second)]), pages, NOW, LATER)
    await met(world, Sent(1))

    await world.deliveries.claim(LATER, 9, ())

    assert await fresh_ids(world, reader.id) == [second]


async def test_recovery_takes_what_was_being_sent_as_unknown(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أولى", "ثانية"])
    await world.deliveries.claim(NOW, 9, ())

    count = await world.deliveries.recover(NOW)

    assert count == 1
    assert await claimed(world) == []
    (again,) = await world.deliveries.claim(NOW + MINUTE, 9, ())
    assert (again.page.text, again.repeats, again.attempts) == ("أولى", 1, 1)


async def test_a_page_interrupted_twice_counts_as_seen(world: World) -> None:
    reader, _ = await a_promised_story(world)
    for moment in (NOW, NOW + MINUTE):
        await world.deliveries.claim(moment, 9, ())
        await world.deliveries.recover(moment)

    assert await world.deliveries.claim(NOW + 2 * MINUTE, 9, ()) == []
    assert await fresh_ids(world, reader) == []


async def test_there_is_nothing_to_recover_after_a_clean_stop(world: World) -> None:
    reader = await a_reader(world)
    await open_digest(world, reader.id, ["أولى", "ثانية"])
    await met(world, Sent(1))

    assert await world.deliveries.recover(NOW) == 0


# Explanations


async def test_a_sent_page_is_explained_by_what_its_stories_say_of_the_readers_topics(world: World) -> None:
    reader = await a_reader(world, chat_id=ALI, follows=["السودان", "مصر"])
    await world.topics.add(a_topic("النقل"), {})
    subjects = (a_subject("السودان", Reason.LEAD, 2), a_subject("مصر", Reason.TITLE, 4), a_subject("النقل"))
    await keep(world, an_article(title="جسر جديد", subjects=subjects), sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    await world.deliveries.open(a_digest(reader.id, stories=[story]), [(a_page(), [story.id])], NOW, LATER)
    await met(world, Sent(77))

    explained = await world.deliveries.explanations(Sheet(ALI, 77))

    assert explained == [Explanation("جسر جديد", (subjects[1], subjects[0]), story.id)]


async def test_a_message_that_is_no_page_of_a_digest_has_no_explanation(world: World) -> None:
    await a_promised_story(world)
    await met(world, Sent(77))

    assert await world.deliveries.explanations(Sheet(ALI, 78)) == []
    assert await world.deliveries.explanations(Sheet(MONA, 77)) == []


async def test_a_story_whose_topic_was_unfollowed_since_is_still_told_of(world: World) -> None:
    reader, story = await a_promised_story(world)
    await met(world, Sent(77))
    await world.subscribers.unfollow(reader, ["السودان"])

    (explained,) = await world.deliveries.explanations(Sheet(ALI, 77))

    assert (explained.story_id, explained.subjects) == (story, ())


# Sheets


async def open_more(world: World, reader: int, message_id: int, text: str) -> Delivery:
    """Plan what takes a message's place and claim it."""
    page = replace(a_page(text), edits=message_id)
    await world.deliveries.open(a_digest(reader, key=f"more:{text}"), [(page, ())], NOW, LATER)
    (delivery,) = await world.deliveries.claim(NOW, 9, ())
    return delivery


async def sheets(world: World, chat_id: int, message_id: int, numbers: int) -> list[str | None]:
    found = [await world.deliveries.sheet(Sheet(chat_id, message_id, number)) for number in range(numbers)]
    return [page.text if page else None for page in found]


async def test_a_message_keeps_each_page_that_it_has_shown(world: World) -> None:
    reader, _ = await a_promised_story(world)
    await met(world, Sent(77))
    for text in ("البقية", "بقية البقية"):
        delivery = await open_more(world, reader, 77, text)
        await world.deliveries.save(settle(delivery, Sent(77), NOW), NOW)

    assert await sheets(world, ALI, 77, 4) == ["أهم الأخبار", "البقية", "بقية البقية", None]
    assert await sheets(world, MONA, 77, 3) == [None, None, None]
    assert await sheets(world, ALI, 78, 3) == [None, None, None]


async def test_a_page_on_its_way_is_a_sheet_already_and_one_that_was_given_up_is_none(world: World) -> None:
    reader, _ = await a_promised_story(world)
    await met(world, Sent(77))
    delivery = await open_more(world, reader, 77, "البقية")
    underway = await sheets(world, ALI, 77, 2)

    await world.deliveries.save(settle(delivery, Unreachable("blocked"), NOW), NOW)

    assert underway == ["أهم الأخبار", "البقية"]
    assert await sheets(world, ALI, 77, 2) == ["أهم الأخبار", None]


async def test_an_answer_that_edits_a_message_is_no_sheet_of_it(world: World) -> None:
    await a_promised_story(world)
    await met(world, Sent(77))
    update = an_update(9, ALI)
    await world.inbox.add([update])
    await world.inbox.finish([update], [replace(a_page("مرة أخرى"), edits=77)], NOW)
    await met(world, Sent(77))

    assert await sheets(world, ALI, 77, 2) == ["أهم الأخبار", None]


async def test_a_page_is_explained_with_what_its_digest_weighed(world: World) -> None:
    reader = await a_reader(world, chat_id=ALI, follows=["السودان"])
    await keep(world, an_article(subjects=(a_subject(),)), sender=reader.id)
    (story,) = await world.deliveries.fresh(reader.id, SINCE)
    weighed = Importance(sources=1, topics=1, recency=3, is_named=False, is_for_everyone=True, taste=-2)
    digest = replace(a_digest(reader.id, stories=[story]), importance={story.id: weighed})
    await world.deliveries.open(digest, [(a_page(), [story.id])], NOW, LATER)
    await met(world, Sent(77))

    (explained,) = await world.deliveries.explanations(Sheet(ALI, 77))

    assert explained.importance == weighed


async def test_a_page_keeps_whether_its_links_have_a_preview(world: World) -> None:
    reader = await a_reader(world, chat_id=ALI)
    await world.deliveries.open(a_digest(reader.id), [(replace(a_page(), has_preview=True), ())], NOW, LATER)

    (delivery,) = await world.deliveries.claim(NOW, 9, ())

    assert delivery.page.has_preview
