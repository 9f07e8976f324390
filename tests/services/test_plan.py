"""Planning the digests that are due."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.chart import Row
from bot.domain.delivery import Delayed, Outcome, Refused, Sent, Status, Unknown
from bot.domain.digest import Occasion
from bot.domain.preferences import Preferences
from bot.domain.rating import Rating
from bot.domain.schedule import Quiet, Weekly
from bot.domain.sheet import Sheet
from bot.domain.subscriber import Subscriber
from bot.services.more import NothingMore
from bot.services.plan import Planned
from tests.builders import HOUR, MINUTE, NOW, a_schedule, a_stem, a_subject, an_article
from tests.fakes import FakeSubscribers
from tests.services.stage import Stage

DAY = 24 * HOUR


class Killed(BaseException):
    """The process ends here."""


class KilledBeforeAdvancing(FakeSubscribers):
    """Subscribers of a process that is killed before it advances a schedule."""

    async def advance(self, subscriber_id: int, digest_at: datetime, /) -> None:
        raise Killed


async def test_one_who_is_due_gets_the_news_and_waits_for_the_next_moment(stage: Stage) -> None:
    await stage.reader(follows=["السودان"], schedule=a_schedule("06:00", "18:00"))
    await stage.news("فتح المطار")

    assert await stage.plan() == Planned(1)

    assert await stage.sent() == ["فتح المطار"]
    reader = await stage.now()
    assert (reader.digest_at, reader.digested_at) == (NOW + 12 * HOUR, NOW)


async def test_one_who_is_not_due_gets_nothing(stage: Stage) -> None:
    await stage.reader(follows=["السودان"], digest_at=NOW + MINUTE)
    await stage.news("فتح المطار")

    assert await stage.plan() == Planned(0)
    assert await stage.sent() == []


async def test_without_news_the_moment_passes_in_silence(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])

    assert await stage.plan() == Planned(0)

    assert await stage.sent() == []
    assert (await stage.now()).digest_at == NOW + DAY


async def test_planning_again_plans_nothing_more(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")

    assert [await stage.plan(), await stage.plan()] == [Planned(1), Planned(0)]
    assert await stage.sent() == ["فتح المطار"]


async def test_a_crash_between_the_digest_and_the_schedule_repeats_nothing(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")
    with pytest.raises(Killed):
        await replace(stage.plan, subscribers=KilledBeforeAdvancing(stage.world))()

    assert await stage.plan() == Planned(0)

    assert await stage.sent() == ["فتح المطار"]
    assert (await stage.now()).digest_at == NOW + DAY


async def test_news_that_came_after_such_a_crash_waits_for_the_next_moment(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")
    with pytest.raises(Killed):
        await replace(stage.plan, subscribers=KilledBeforeAdvancing(stage.world))()
    await stage.sent()
    await stage.news("خبر جديد")

    await stage.plan()
    assert await stage.sent() == []

    stage.clock.advance(DAY)
    await stage.plan()
    assert await stage.sent() == ["خبر جديد"]


async def test_one_subscribers_failure_leaves_the_others_served(stage: Stage) -> None:
    ali, mona, sara = [await stage.reader(chat_id, ["السودان"]) for chat_id in (501, 502, 503)]
    await stage.news("فتح المطار")
    stage.render.fails_for = {mona.id}

    done = await stage.plan()

    assert (done.planned, [number for number, _ in done.failures]) == (2, [mona.id])
    await stage.sent()
    assert [delivery.chat_id for delivery in stage.send.shown] == [ali.chat_id, sara.chat_id]


async def test_whose_planning_failed_is_served_a_little_later(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")
    stage.render.fails_for = {reader.id}
    await stage.plan()
    stage.render.fails_for = set()

    assert await stage.plan() == Planned(0)
    stage.clock.advance(5 * MINUTE)
    assert await stage.plan() == Planned(1)

    assert await stage.sent() == ["فتح المطار"]


async def test_more_subscribers_than_one_batch_are_all_served(stage: Stage) -> None:
    for chat_id in range(1, 251):
        await stage.reader(chat_id, ["السودان"] if chat_id == 1 else [])

    await stage.plan()

    assert await stage.subscribers.due(NOW, 999) == []


async def test_after_a_downtime_one_digest_covers_what_was_missed(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.plan()
    for number in range(5):
        await stage.news(f"يوم {number}")
        stage.clock.advance(DAY)
    stage.render.stories_a_page = 10

    assert await stage.plan() == Planned(1)

    (page,) = await stage.sent()
    assert sorted(page.split("\n")) == [f"يوم {number}" for number in range(3, 5)]


async def test_a_long_gap_since_the_last_digest_is_covered_whole(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news("قبل")
    await stage.plan()
    await stage.sent()
    for number in range(5):
        stage.clock.advance(DAY)
        await stage.news(f"يوم {number}")
    stage.render.stories_a_page = 10

    await stage.plan()

    (page,) = await stage.sent()
    assert sorted(page.split("\n")) == [f"يوم {number}" for number in range(5)]


async def test_stories_left_out_of_a_full_digest_come_in_the_next(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news(*(f"خبر {number}" for number in range(14)))

    await stage.plan()
    first = await stage.sent()
    stage.clock.advance(DAY)
    await stage.plan()
    second = await stage.sent()

    assert [len(shown.split("\n")) for shown in ("\n".join(first), "\n".join(second))] == [10, 4]


async def test_stories_left_out_of_news_asked_for_after_a_long_gap_come_in_the_next(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("قبل")
    await stage.plan()
    await stage.sent()
    await stage.subscribers.pause(reader.chat_id)
    await stage.news(*(f"خبر {number}" for number in range(14)))
    stage.clock.advance(5 * DAY)

    shown: list[str] = []
    for request in ("7", "8"):
        await stage.plan.now(await stage.welcome(reader.chat_id), request)
        shown += await stage.sent()

    assert len("\n".join(shown).split("\n")) == 14


async def test_a_digest_that_never_got_through_comes_back_with_the_next(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")
    await stage.plan()
    stage.clock.advance(7 * HOUR)
    assert await stage.sent() == []

    stage.clock.advance(17 * HOUR)
    await stage.plan()

    assert await stage.sent() == ["فتح المطار"]


@pytest.mark.parametrize(
    ("times", "life"),
    [
        pytest.param(("06:00", "07:00"), HOUR, id="until the next digest"),
        pytest.param(("06:00",), 6 * HOUR, id="six hours at most"),
    ],
)
async def test_a_digest_is_worth_sending(stage: Stage, times: tuple[str, ...], life: timedelta) -> None:
    await stage.reader(follows=["السودان"], schedule=a_schedule(*times))
    await stage.news("فتح المطار")

    await stage.plan()

    assert [delivery.expires_at for delivery in stage.world.all_deliveries()] == [NOW + life]


async def test_news_asked_for_comes_now_and_the_promised_moment_stays(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"], digest_at=NOW + HOUR)
    await stage.news("فتح المطار")

    assert await stage.plan.now(reader, "7")

    assert await stage.sent() == ["فتح المطار"]
    assert (await stage.now()).digest_at == NOW + HOUR


async def test_the_same_asking_handled_twice_is_one_digest(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")

    assert [await stage.plan.now(reader, "7"), await stage.plan.now(reader, "7")] == [True, True]
    assert await stage.sent() == ["فتح المطار"]


async def test_one_who_asks_again_has_no_news_until_there_is_some(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("فتح المطار")
    await stage.plan.now(reader, "7")
    await stage.sent()

    assert not await stage.plan.now(reader, "8")
    await stage.news("خبر جديد")
    assert await stage.plan.now(reader, "9")
    assert await stage.sent() == ["خبر جديد"]


NIGHT = Quiet(time(23), time(7))


async def test_what_falls_into_quiet_hours_comes_as_one_digest_on_waking(stage: Stage) -> None:
    stage.clock.moment = datetime(2026, 3, 14, 22, tzinfo=UTC)
    schedule = replace(a_schedule("01:00", "05:00", "23:30"), quiet=NIGHT)
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=schedule.next_due(stage.clock()))
    await stage.news("قبل النوم")
    shown = []
    for _ in range(24):
        stage.clock.advance(HOUR / 2)
        await stage.news(f"{stage.clock():%H:%M}")
        await stage.plan()
        shown += [f"{stage.clock():%H:%M}" for _ in await stage.sent()]

    assert shown[0] == "07:00"
    assert set(shown) == {"07:00"}
    assert len({key for _, key in stage.world.digests}) == 1


async def test_a_digest_that_is_late_waits_for_the_end_of_quiet_hours(stage: Stage) -> None:
    await stage.reader(follows=["السودان"], schedule=replace(a_schedule("06:00", "22:00"), quiet=NIGHT))
    await stage.news("فتح المطار")
    stage.clock.moment = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)  # down all day

    assert await stage.plan() == Planned(0)

    assert (await stage.now()).digest_at == datetime(2026, 3, 15, 7, tzinfo=UTC)
    stage.clock.moment = datetime(2026, 3, 15, 7, tzinfo=UTC)
    assert await stage.plan() == Planned(1)
    assert await stage.sent() == ["فتح المطار"]


async def test_a_digest_that_is_late_does_not_come_on_a_day_off(stage: Stage) -> None:
    schedule = replace(a_schedule("06:00"), days=frozenset({5, 0}))  # NOW is a Saturday
    await stage.reader(follows=["السودان"], schedule=schedule)
    await stage.news("فتح المطار")
    stage.clock.advance(DAY)

    assert await stage.plan() == Planned(0)

    stage.clock.moment = datetime(2026, 3, 16, tzinfo=UTC)
    assert await stage.plan() == Planned(1)


async def test_a_page_that_does_not_get_through_before_quiet_hours_comes_with_the_next_digest(stage: Stage) -> None:
    schedule = replace(a_schedule("06:00", "22:00"), quiet=NIGHT)
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + 16 * HOUR)
    await stage.news("فتح المطار")
    stage.clock.advance(16 * HOUR)
    await stage.plan()
    stage.clock.advance(HOUR)

    assert await stage.sent() == []

    stage.clock.advance(8 * HOUR)
    await stage.plan()
    assert await stage.sent() == ["فتح المطار"]


async def test_after_five_missed_slots_one_digest_says_since_when(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("قبل")
    await stage.plan()
    for day in range(5):
        await stage.news(f"يوم {day}")
        stage.clock.advance(DAY)

    assert await stage.plan() == Planned(1)

    digest = stage.world.digests[reader.id, f"slot:{(NOW + DAY).isoformat()}"]
    assert (digest.since, digest.occasion) == (NOW, Occasion.SLOT)
    assert len(digest.stories) == 6 - 1
    assert await stage.plan() == Planned(0)


async def test_an_ordinary_digest_says_nothing_of_a_gap(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.news("قبل")
    await stage.plan()
    await stage.news("بعد")
    stage.clock.advance(DAY + MINUTE)

    await stage.plan()

    assert stage.world.digests[reader.id, f"slot:{(NOW + DAY).isoformat()}"].since is None


async def on_vacation(stage: Stage, days: int, news_a_day: int) -> Subscriber:
    """Return a reader on the first morning after a vacation of so many days."""
    reader = await stage.reader(follows=["السودان"])
    await stage.news("قبل الإجازة")
    await stage.plan()
    await stage.sent()
    away = await stage.reschedule.vacation(await stage.now(), f"{days} يوم")
    assert away.digest_at == NOW + days * DAY
    for day in range(days):
        await stage.news(*(a_stem(f"{day}, {number}") for number in range(news_a_day)))
        stage.clock.advance(DAY)
        if day < days - 1:
            assert await stage.plan() == Planned(0)
    return reader


async def test_one_who_is_back_gets_one_digest_of_the_whole_vacation_with_the_rest_counted(stage: Stage) -> None:
    reader = await on_vacation(stage, 20, 3)

    assert await stage.plan() == Planned(1)

    digest = stage.world.digests[reader.id, f"slot:{(NOW + 20 * DAY).isoformat()}"]
    assert (digest.occasion, digest.since) == (Occasion.RETURN, NOW)
    assert (len(digest.stories), digest.left_out) == (10, 50)


async def test_what_the_digest_of_a_vacation_left_out_is_not_owed_but_for_the_last_two_days(stage: Stage) -> None:
    await on_vacation(stage, 20, 3)
    await stage.plan()
    await stage.sent()
    stage.clock.advance(2 * DAY)
    await stage.news("بعد العودة")

    await stage.plan()

    assert await stage.sent() == ["بعد العودة"]


async def test_what_the_digest_of_a_vacation_left_out_is_all_one_press_away_as_long_as_there_is_any(
    stage: Stage,
) -> None:
    reader = await on_vacation(stage, 20, 3)
    stage.render.stories_a_page = 99
    await stage.plan()
    (first,) = await stage.sent()
    sheet = Sheet(501, max(delivery.message_id or 0 for delivery in stage.world.all_deliveries()))

    rest = list[str]()
    for number in range(1, 6):
        await stage.more(await stage.now(), replace(sheet, number=number), f"{number}")
        rest += await stage.sent()
        stage.clock.advance(DAY)

    assert sum(len(text.splitlines()) for text in (first, *rest)) == 60
    assert [stage.world.digests[reader.id, f"more:{number}"].left_out for number in range(1, 6)] == [40, 30, 20, 10, 0]
    with pytest.raises(NothingMore):
        await stage.more(await stage.now(), replace(sheet, number=6), "6")


async def test_a_vacation_may_be_ended_early(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    away = await stage.reschedule.vacation(reader, "حتى أعود")
    stage.clock.advance(3 * DAY)
    assert (await stage.plan(), stage.reschedule.current(away)) == (Planned(0), away)
    await stage.news("في الغياب")

    back = await stage.reschedule.vacation(await stage.now(), "لا")

    assert back.digest_at == NOW + 4 * DAY
    assert stage.reschedule.current(back).schedule.away is None
    stage.clock.advance(DAY)
    await stage.plan()
    assert await stage.sent() == ["في الغياب"]
    assert (await stage.now()).is_returning(stage.clock()) is False


async def test_a_weekly_review_tells_the_biggest_again_and_replaces_no_digest(stage: Stage) -> None:
    schedule = replace(a_schedule("06:00"), weekly=Weekly(5, time(6)))  # the same moment, on Saturdays
    reader = await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + DAY)
    await stage.news("قديم")
    stage.clock.advance(DAY)
    await stage.news(*(f"خبر {number}" for number in range(12)))
    await stage.plan()
    await stage.sent()
    stage.render.stories_a_page = 20
    stage.clock.advance(6 * DAY)
    await stage.news("اليوم")

    assert await stage.plan() == Planned(2)

    digest = stage.world.digests[reader.id, "week:2026-W12"]
    assert (len(digest.stories), digest.left_out, digest.occasion) == (10, 0, Occasion.REVIEW)
    slot, review = sorted(filter(lambda text: text != "week of 7 days", await stage.sent()), key=len)
    assert "اليوم" in slot
    assert "خبر 8" in review  # which the reader has had
    assert (await stage.now()).review_at == NOW + 14 * DAY


async def test_what_only_a_review_showed_is_still_new(stage: Stage) -> None:
    schedule = replace(a_schedule("20:00"), weekly=Weekly(5, time(6)))
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + 14 * HOUR)
    await stage.news("فتح المطار")
    await stage.subscribers.await_review(1, NOW)
    await stage.plan()
    stage.render.stories_a_page = 1

    assert await stage.sent() == ["فتح المطار", "week of 7 days"]
    stage.clock.advance(14 * HOUR)
    await stage.plan()
    assert await stage.sent() == ["فتح المطار"]


async def test_a_review_is_one_a_week_whatever_happens(stage: Stage) -> None:
    schedule = replace(a_schedule("20:00"), weekly=Weekly(5, time(6)))
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + 14 * HOUR)
    await stage.news("فتح المطار")
    await stage.subscribers.await_review(1, NOW)
    await stage.plan()

    await stage.subscribers.await_review(1, NOW)  # as after a crash before the next moment was kept
    assert await stage.plan() == Planned(0)
    await stage.reschedule.weekly(await stage.now(), "الأحد 10:00")  # the same ISO week
    stage.clock.advance(DAY + 4 * HOUR)
    await stage.plan()

    assert [key for _, key in stage.world.digests if key.startswith("week:")] == ["week:2026-W11"]


async def test_a_review_ends_with_a_picture_of_the_readers_own_topics(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان", "القمح"], digest_at=NOW + DAY)
    await stage.news("أ", "ب")
    await stage.news("ج", topic="الصين")
    await stage.subscribers.await_review(reader.id, NOW)
    await stage.plan()

    await stage.sent()

    pictures = [delivery.page.picture for delivery in stage.send.shown if delivery.page.picture]
    assert [picture.rows for picture in pictures] == [(Row("السودان", (0, 0, 0, 0, 0, 0, 2), "2"),)]


async def test_a_review_without_an_article_for_everyone_has_no_picture(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"], digest_at=NOW + DAY)
    await stage.articles.add(
        an_article("خاص", title="خاص", subjects=(a_subject("السودان"),), collected_at=NOW), Traces((a_stem("خاص"),))
    )
    await stage.articles.receive("خاص", reader.id, "1", NOW, for_everyone=False)
    await stage.subscribers.await_review(reader.id, NOW)

    assert await stage.plan() == Planned(1)
    assert await stage.sent() == ["خاص"]


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        pytest.param(Refused("no photos here"), ["أ", "week of 7 days"], id="refused, and comes in words"),
        pytest.param(Unknown("lost"), ["أ"], id="unknown"),
    ],
)
async def test_whatever_becomes_of_the_picture_the_review_comes(stage: Stage, came: Outcome, shown: list[str]) -> None:
    reader = await stage.reader(follows=["السودان"], digest_at=NOW + DAY)
    await stage.news("أ")
    await stage.subscribers.await_review(reader.id, NOW)
    stage.send.outcomes = [Sent(1), came, Sent(2)]

    await stage.plan()
    await stage.plan()

    assert await stage.sent() == shown


async def test_weeks_of_many_readers_are_counted_once(stage: Stage) -> None:
    readers = [await stage.reader(chat_id, follows=["السودان"], digest_at=NOW + DAY) for chat_id in (501, 502)]
    for reader in readers:
        await stage.subscribers.await_review(reader.id, NOW)
    await stage.news("أ")

    await stage.plan()
    stage.clock.advance(HOUR)
    await stage.news("ب")

    page = await stage.week(readers[0], stage.clock())
    assert len(stage.world.digests) == 2
    assert page is not None
    assert page.picture is not None
    assert page.picture.rows[0].total == "2"  # what was counted is not kept for long


async def test_a_review_waits_for_the_end_of_quiet_hours(stage: Stage) -> None:
    schedule = replace(a_schedule("20:00"), weekly=Weekly(5, time(6)), quiet=NIGHT)
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + 14 * HOUR)
    await stage.news("فتح المطار")
    await stage.subscribers.await_review(1, NOW)

    assert await stage.plan() == Planned(0)
    stage.clock.advance(HOUR)
    assert await stage.plan() == Planned(1)


async def test_a_week_without_news_has_no_review(stage: Stage) -> None:
    schedule = replace(a_schedule("20:00"), weekly=Weekly(5, time(6)))
    await stage.reader(follows=["السودان"], schedule=schedule, digest_at=NOW + 14 * HOUR)
    await stage.subscribers.await_review(1, NOW)

    assert await stage.plan() == Planned(0)
    assert (await stage.now()).review_at == NOW + 7 * DAY


async def test_whose_review_cannot_be_planned_gets_it_later(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"], digest_at=NOW + DAY)
    await stage.news("فتح المطار")
    await stage.subscribers.await_review(reader.id, NOW)
    stage.render.fails_for = {reader.id}

    done = await stage.plan()

    assert [number for number, _ in done.failures] == [reader.id]
    assert (await stage.now()).review_at == NOW + 5 * MINUTE


@pytest.mark.parametrize("down", [1, 2, 5, 12])
async def test_after_any_downtime_there_is_one_digest(stage: Stage, down: int) -> None:
    schedule = replace(a_schedule("06:00", "12:00", "18:00", "23:30"), quiet=NIGHT)
    await stage.reader(follows=["السودان"], schedule=schedule)
    await stage.news("فتح المطار")
    stage.clock.advance(down * DAY + 2 * HOUR)
    await stage.news("خبر جديد")

    assert await stage.plan() == Planned(1)
    assert await stage.plan() == Planned(0)


OUTCOMES = st.sampled_from(
    [Sent(1), Sent(2), Delayed("busy"), Delayed("429", 20 * MINUTE), Unknown("timeout"), Refused("markup")]
)


@given(st.lists(OUTCOMES, max_size=30), st.lists(st.integers(1, 24), min_size=1, max_size=6))
async def test_whatever_the_network_does_no_story_is_lost_or_shown_twice_but_for_a_repeat(
    outcomes: list[Outcome], hours: list[int]
) -> None:
    stage = Stage()
    stage.send.outcomes = outcomes
    await stage.reader(follows=["السودان"], schedule=a_schedule("06:00", "12:00", "18:00"))
    await stage.news(*(f"خبر {number}" for number in range(7)))

    for step in hours:
        await stage.plan()
        await stage.sent()
        stage.clock.advance(step * HOUR)

    shown = [story for delivery in stage.send.shown for story in delivery.page.text.split("\n")]
    assert len(shown) == len(set(shown))
    under_way = {
        story
        for kept in stage.world.deliveries.values()
        if kept.is_open
        for story in kept.delivery.page.text.split("\n")
    }
    given_up = {
        story
        for kept in stage.world.deliveries.values()
        if kept.delivery.status in {Status.ASSUMED, Status.ABANDONED}
        for story in kept.delivery.page.text.split("\n")
    }
    assert {*shown} | under_way | given_up == {f"خبر {number}" for number in range(7)}


async def test_a_seen_story_comes_once_more_when_it_moved_and_not_for_other_words(stage: Stage) -> None:
    await stage.reader(follows=["العراق"])
    tolls = (
        (
            "قتل 12 شخصا في انفجار سوق المدينة القديمة شمالي العراق صباح الخميس.",
            "وقال قائد الشرطة إن سيارة مفخخة انفجرت عند المدخل الشرقي.",
        ),
        (
            "سقط 12 قتيلا في انفجار هز صباح الخميس سوق المدينة القديمة شمالي العراق.",
            "وفتحت مستشفيات المحافظة أبوابها للمتبرعين بالدم حتى المساء.",
        ),
        (
            "قتل 19 شخصا في انفجار سوق المدينة القديمة شمالي العراق صباح الخميس.",
            "وأعلن محافظ المدينة الحداد ثلاثة أيام وتعطيل المدارس والدوائر.",
        ),
    )
    told = []
    for number, (toll, rest) in enumerate(tolls):
        article = an_article(
            f"f{number}",
            title=f"{number}",
            body=(toll, rest),
            summary=(toll,),
            subjects=(a_subject("العراق"),),
            collected_at=stage.clock(),
            source=Source(SourceKind.PAPER, f"صحيفة {number}"),
        )
        await stage.articles.add(article, Traces(("انفجار", "سوق", "عراق")))
        await stage.articles.receive(f"f{number}", 0, f"{number}", stage.clock(), for_everyone=True)
        await stage.plan()
        told.append(await stage.sent())
        stage.clock.advance(DAY)

    assert told == [["0"], [], ["2"]]


async def test_no_news_is_told_to_one_who_wants_to_hear_it_once_a_moment(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.subscribers.prefer(reader.id, Preferences(tells_no_news=True))

    assert [await stage.plan(), await stage.plan()] == [Planned(1), Planned(0)]

    assert await stage.sent() == ["لا جديد"]
    await stage.news("فتح المطار")
    stage.clock.advance(DAY)
    await stage.plan()
    assert await stage.sent() == ["فتح المطار"]


async def test_no_news_is_not_told_to_one_who_follows_nothing(stage: Stage) -> None:
    reader = await stage.reader()
    await stage.subscribers.prefer(reader.id, Preferences(tells_no_news=True))

    assert await stage.plan() == Planned(0)


async def test_a_digest_has_as_many_stories_as_its_reader_wants(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])
    await stage.subscribers.prefer(reader.id, Preferences(stories=5))
    await stage.news(*(f"خبر {number}" for number in range(8)))

    await stage.plan()

    assert len("\n".join(await stage.sent()).split("\n")) == 5


async def test_a_readers_own_ratings_move_stories_for_them_alone(stage: Stage) -> None:
    ali, mona = [await stage.reader(chat_id, ["السودان", "مصر"]) for chat_id in (501, 502)]
    await stage.ratings.rate(ali.id, Rating(99, is_liked=True, topics=("مصر",), source=None, rated_at=NOW))
    await stage.news("من مصر", topic="مصر")
    stage.clock.advance(MINUTE)
    await stage.news("من السودان")

    await stage.plan()
    await stage.sent()

    shown = {delivery.chat_id: delivery.page.text.split("\n") for delivery in stage.send.shown}
    assert shown == {ali.chat_id: ["من مصر", "من السودان"], mona.chat_id: ["من السودان", "من مصر"]}
