"""Quiet hours, vacations, weekly reviews and a night of a clock change, over HTTP with a steered clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import utc_now
from bot.demo import SteeredClock
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered

RIYADH, CAIRO = ZoneInfo("Asia/Riyadh"), ZoneInfo("Africa/Cairo")
DAY = timedelta(days=1)
ARTICLES = {
    "ميناء": """تشغيل رصيف جديد في ميناء دمياط على الساحل الشمالي
بدأ في ميناء دمياط اليوم تشغيل رصيف جديد للحاويات يتيح استقبال سفن أكبر حجما طوال أيام السنة.
وقالت هيئة الميناء إن مصر تتوقع زيادة حركة التصدير عبره بنسبة الثلث خلال عامين من الآن.
""",
    "قطار": """انطلاق أول قطار سريع بين الإسكندرية وأسوان
وصل إلى محطة أسوان مساء أمس أول قطار سريع قادم من الإسكندرية بعد رحلة استغرقت خمس ساعات فقط.
وذكر وزير النقل أن مصر ستضيف ست رحلات يومية، وأن أسعار التذاكر تبدأ من مئتي جنيه للراكب.
""",
}


@asynccontextmanager
async def a_city(folder: Path, start: datetime) -> AsyncIterator[tuple[Reader, SteeredClock]]:
    """Run the bot from that moment on, with its owner as the reader."""
    clock = SteeredClock(start - utc_now())
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, folder, clock),
        Reader(sandbox.url, OWNER) as owner,
    ):
        await answered(owner, "/follow مصر")
        yield owner, clock


async def news(owner: Reader, *names: str) -> None:
    """Send articles in."""
    for name in names:
        await answered(owner, ARTICLES[name])


async def digests(owner: Reader, heading: str = "موجزك ·") -> list[Shown]:
    """Return what the bot sent under that heading."""
    return [shown for shown in await owner.messages() if shown.text.startswith(heading)]


async def at(owner: Reader, clock: SteeredClock, moment: datetime) -> int:
    """Let it be that moment, and tell how many digests there are when the planner has looked twice."""
    clock.advance_to(moment)
    await asyncio.sleep(5)
    return len(await digests(owner))


async def test_quiet_hours_across_midnight_hold_three_slots_and_hand_one_digest_over_on_waking(tmp_path: Path) -> None:
    evening = datetime(2027, 1, 10, 22, tzinfo=RIYADH)
    async with a_city(tmp_path, evening) as (owner, clock):
        await answered(owner, "/schedule 23:30 2:00 6:00")
        await answered(owner, "/quiet 23:00-07:00")
        await news(owner, "ميناء")
        held = [await at(owner, clock, evening + timedelta(hours=hours)) for hours in (2, 4.5, 8.5)]
        await news(owner, "قطار")
        clock.advance_to(evening + timedelta(hours=9))
        await owner.wait_for(lambda shown: shown.text.startswith("موجزك ·"), PATIENCE)

        (digest,) = await digests(owner)

    assert held == [0, 0, 0]
    assert "ميناء دمياط" in digest.text
    assert "قطار سريع" in digest.text
    assert "موجزك التالي: الثلاثاء 07:00" in digest.text


async def test_a_vacation_is_silent_and_ends_with_one_digest_that_says_since_when(tmp_path: Path) -> None:
    morning = datetime(2027, 1, 10, 9, tzinfo=RIYADH)
    async with a_city(tmp_path, morning) as (owner, clock):
        begun = await answered(owner, "/vacation حتى 19 يناير")
        await news(owner, "ميناء")
        silent = [await at(owner, clock, morning + days * DAY) for days in (1, 9)]
        clock.advance_to(datetime(2027, 1, 20, 8, tzinfo=RIYADH))
        await owner.wait_for(lambda shown: shown.text.startswith("موجزك ·"), PATIENCE)

        (digest,) = await digests(owner)

    assert begun.text.startswith(
        "إجازتك حتى الثلاثاء 19 يناير 2027، ولا موجز فيها ولا عاجل. يعود موجزك الأربعاء 20 يناير 08:00"
    )
    assert silent == [0, 0]
    assert digest.text.splitlines()[1] == "أهلًا بعودتك. هذا أهم ما جرى منذ الأحد 10 يناير 2027."
    assert "ميناء دمياط" in digest.text


async def test_a_weekly_review_shows_again_what_came_and_leaves_the_digest_its_news(tmp_path: Path) -> None:
    monday = datetime(2027, 1, 11, 7, tzinfo=RIYADH)
    async with a_city(tmp_path, monday) as (owner, clock):
        await answered(owner, "/weekly الجمعة 10:00")
        await news(owner, "ميناء")
        assert await at(owner, clock, monday + timedelta(hours=1)) == 1
        assert await at(owner, clock, datetime(2027, 1, 15, 8, 30, tzinfo=RIYADH)) == 1
        await news(owner, "قطار")
        clock.advance_to(datetime(2027, 1, 15, 10, tzinfo=RIYADH))
        await owner.wait_for(lambda shown: shown.text.startswith("حصاد أسبوعك ·"), PATIENCE)
        (review,) = await digests(owner, "حصاد أسبوعك ·")
        assert await at(owner, clock, datetime(2027, 1, 16, 8, tzinfo=RIYADH)) == 2
        _, digest = await digests(owner)

    assert "ميناء دمياط" in review.text
    assert "قطار سريع" in review.text
    assert review.buttons == ()
    assert ("قطار سريع" in digest.text, "ميناء دمياط" in digest.text) == (True, False)


async def test_a_midnight_that_cairo_skips_sends_once_at_one(tmp_path: Path) -> None:
    evening = datetime(2027, 4, 29, 23, 30, tzinfo=CAIRO)
    async with a_city(tmp_path, evening) as (owner, clock):
        await answered(owner, "/timezone القاهرة")
        promised = await answered(owner, "/schedule 00:00")
        await news(owner, "ميناء")
        before = await at(owner, clock, evening + timedelta(minutes=29))
        after = await at(owner, clock, evening + timedelta(minutes=30))
        await news(owner, "قطار")
        later = await at(owner, clock, evening + timedelta(hours=20))

    assert "الموجز التالي: الجمعة 01:00." in promised.text
    assert (before, after, later) == (0, 1, 1)


async def test_an_evening_hour_that_cairo_repeats_sends_once(tmp_path: Path) -> None:
    evening = datetime(2027, 10, 28, 23, tzinfo=CAIRO)
    async with a_city(tmp_path, evening) as (owner, clock):
        await answered(owner, "/timezone القاهرة")
        await answered(owner, "/schedule 23:30")
        await news(owner, "ميناء")
        first = await at(owner, clock, evening + timedelta(minutes=30))
        await news(owner, "قطار")
        second = await at(owner, clock, evening + timedelta(minutes=90))  # the clock shows 23:30 again

    assert (first, second) == (1, 1)
