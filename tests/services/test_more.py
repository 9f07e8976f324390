import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.delivery import Status
from bot.domain.mute import Span
from bot.domain.preferences import Preferences
from bot.domain.sheet import Sheet
from bot.services.more import NothingMore
from bot.telegram.digests import Renderer
from bot.telegram.language import Languages
from bot.telegram.render import units
from config.languages import read_catalogues
from handlers.digest_callbacks import sheet_payload
from tests.builders import HOUR, a_subject, an_article
from tests.services.stage import Stage

RENDER = Renderer(Languages(read_catalogues("ar")), sheet_payload)
TOPICS = ("السودان", "مصر", "تونس")
NEWS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True),
        st.integers(1, 400),  # words of a title and of a summary
        st.integers(0, 40),  # hours before the digest
    ),
    min_size=1,
    max_size=40,
)


async def a_digest_of(stage: Stage, number: int, most: int = 5) -> Sheet:
    """Send a digest that leaves some out; return its first message."""
    reader = await stage.reader(follows=["السودان"])
    await stage.subscribers.prefer(reader.id, Preferences(stories=most))
    await stage.news(*(f"خبر {place}" for place in range(number)))
    stage.render.stories_a_page = 99
    await stage.plan()
    await stage.sent()
    return Sheet(501, message_of(stage))


def message_of(stage: Stage) -> int:
    first = min(stage.world.deliveries.values(), key=lambda kept: kept.delivery.id)
    assert first.delivery.message_id is not None
    return first.delivery.message_id


async def test_more_brings_what_was_left_out_into_the_same_message(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 8)

    page = await stage.more(await stage.now(), replace(sheet, number=1), "1")
    shown = await stage.sent()

    assert page is None
    assert [len(text.splitlines()) for text in shown] == [3]
    assert stage.send.shown[-1].page.edits == sheet.message_id


async def test_what_more_has_shown_is_not_in_the_next_digest(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 8)
    await stage.more(await stage.now(), replace(sheet, number=1), "1")
    await stage.sent()

    assert not await stage.plan.now(await stage.now(), "2")


async def test_what_was_left_out_and_not_asked_for_is_in_the_next_digest(stage: Stage) -> None:
    await a_digest_of(stage, 8)

    await stage.plan.now(await stage.now(), "2")

    assert [len(text.splitlines()) for text in await stage.sent()] == [3]


async def test_pressed_twice_more_shows_the_same_page(stage: Stage) -> None:
    sheet = replace(await a_digest_of(stage, 20), number=1)
    first = await stage.more(await stage.now(), sheet, "1")
    again = await stage.more(await stage.now(), sheet, "2")
    shown = await stage.sent()

    assert first is None
    assert again is not None
    assert again.text in shown
    assert len(shown) == 1


async def test_there_is_a_way_back(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 8)
    digest = stage.send.shown[-1].page.text
    await stage.more(await stage.now(), replace(sheet, number=1), "1")

    back = await stage.more(await stage.now(), sheet, "2")

    assert back is not None
    assert (back.text, back.edits) == (digest, sheet.message_id)


@pytest.mark.parametrize("number", [0, 1, 2])
async def test_a_message_that_is_no_digest_has_no_more(stage: Stage, number: int) -> None:
    await a_digest_of(stage, 8)

    with pytest.raises(NothingMore):
        await stage.more(await stage.now(), Sheet(501, 999_999, number), "1")


async def test_a_chat_cannot_turn_the_pages_of_another(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 8)
    other = await stage.reader(777)

    with pytest.raises(NothingMore):
        await stage.more(other, Sheet(777, sheet.message_id, 1), "1")


@settings(deadline=None, max_examples=40)
@given(
    st.lists(NEWS, min_size=1, max_size=3),
    st.sampled_from((5, 10, 15, 20)),
    st.sets(st.integers(0, 3)),
    st.sets(st.integers(0, 3)),
)
def test_no_page_is_too_long_and_no_story_lost_or_shown_twice(
    lots: list[list[tuple[list[str], int, int]]], most: int, presses: set[int], lost: set[int]
) -> None:
    asyncio.run(_read(lots, most, presses, lost))


async def _read(lots: list[list[tuple[list[str], int, int]]], most: int, presses: set[int], lost: set[int]) -> None:
    """Follow a reader through digests until there is no news: some they read on, some never get through."""
    stage = Stage()
    stage.plan, stage.more = replace(stage.plan, render=RENDER), replace(stage.more, render=RENDER)
    reader = await stage.reader(follows=TOPICS)
    await stage.subscribers.prefer(reader.id, Preferences(stories=most))
    for turn in range(sum(map(len, lots)) + len(lost) + 1):
        if turn < len(lots):
            await _publish(stage, turn, lots[turn])
        new = await stage.compose.candidates(await stage.now(), stage.clock())
        if not await stage.plan.now(await stage.now(), f"turn {turn}"):
            break
        digest = stage.world.digests[reader.id, f"asked:turn {turn}"]
        assert len(digest.stories) + digest.left_out == len(new.stories)
        if turn in lost:
            stage.clock.advance(7 * HOUR)  # longer than a digest lives
        await stage.sent()
        if turn in presses - lost:
            await _read_on(stage, _last_message(stage))

    sent = [kept for kept in stage.world.deliveries.values() if kept.delivery.status is Status.SENT]
    told = [story for kept in sent for story in kept.story_ids]
    assert sorted(told) == sorted({kept.story_id for kept in stage.world.articles.values()})
    assert all(units(kept.delivery.page.text) <= 4_096 for kept in sent)


async def _publish(stage: Stage, lot: int, news: list[tuple[list[str], int, int]]) -> None:
    for place, (topics, words, age) in enumerate(news):
        mark, said = f"خبر-{lot}-{place}", " ".join(["كلمة😀"] * words)
        article = an_article(
            mark,
            f"{place} {said}",
            summary=(said,),
            subjects=tuple(map(a_subject, topics)),
            collected_at=stage.clock() - age * HOUR,
        )
        await stage.news(mark, article=article)


async def _read_on(stage: Stage, message_id: int) -> None:
    for number in range(1, 50):
        try:
            await stage.more(await stage.now(), Sheet(501, message_id, number), f"more {message_id} {number}")
        except NothingMore:
            return
        await stage.sent()


def _last_message(stage: Stage) -> int:
    """Return the message of the last page that was sent anew."""
    anew = [delivery for delivery in stage.world.all_deliveries() if delivery.page.edits is None]
    return max(delivery.message_id or 0 for delivery in anew)


async def test_a_rating_moves_the_like_of_a_story_and_can_be_taken_back(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 3)
    reader = await stage.now()

    title = await stage.rate(reader, sheet, 0, is_liked=True)
    taste = (await stage.compose.ratings.of(reader.id))[0]
    rated = [each.is_liked for each in await stage.rate.of(reader, sheet)]
    await stage.rate(reader, sheet, 0, is_liked=None)

    assert title is not None
    assert taste.topics == ("السودان",)
    assert rated == [True, None, None]
    assert await stage.rate.count(reader) == 0
    assert await stage.rate(reader, sheet, 77, is_liked=True) is None


async def test_a_mute_taken_back_at_once_has_missed_nothing(stage: Stage) -> None:
    sheet = await a_digest_of(stage, 3)
    reader = await stage.now()
    offered = await stage.silence.offered(sheet)

    await stage.silence.mute(reader, "السودان", Span.WEEK)
    await stage.news("جديد")
    while_muted = await stage.plan.now(reader, "1")
    await stage.silence.unmute(reader, "السودان")
    after = await stage.plan.now(reader, "2")

    assert list(offered or ()) == ["السودان"]
    assert (while_muted, after) == (False, True)
