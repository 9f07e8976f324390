"""The whole main job: a forwarded article in tomorrow's digest."""

import asyncio
from datetime import time
from pathlib import Path

from bot.demo import SteeredClock
from bot.domain.schedule import Schedule
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

REPORT = """انطلاق محادثات مائية بين مصر والسودان في الخرطوم
بدأت في الخرطوم اليوم جولة محادثات فنية بين مصر والسودان بشأن تشغيل السدود خلال موسم الفيضان.
وقال وزير الري السوداني إن الجانبين اتفقا على تبادل بيانات منسوب المياه يوميا طوال ثلاثة أشهر.
ويشارك في الجولة، التي تستمر يومين، خبراء من البلدين ومن حوض النيل، في أول اجتماع لهم هذا العام.
المصدر: وكالة النيلين
"""
SECOND_REPORT = """مصر والسودان تبدآن في الخرطوم محادثات بشأن المياه والسدود
انطلقت في الخرطوم جولة محادثات فنية بين مصر والسودان حول تشغيل السدود في موسم الفيضان تستمر يومين.
وأفاد مصدر في وزارة الري بأن البلدين اتفقا على تبادل بيانات منسوب المياه يوميا لثلاثة أشهر.
تطالب القاهرة في محادثات الخرطوم بغرفة إنذار مبكر مشتركة، كلفتها 40 مليون دولار.
المصدر: صحيفة الرافدين
"""
OTHER = """مهرجان للزيتون في صفاقس يستقبل عشرة آلاف زائر
استقبل مهرجان الزيتون السنوي في مدينة صفاقس التونسية أكثر من عشرة آلاف زائر في يومه الأول.
وعرض المزارعون في تونس أصنافا جديدة من الزيت حصل بعضها على جوائز دولية هذا العام.
"""


def is_digest(shown: Shown) -> bool:
    return shown.text.startswith("موجزك ·")


async def test_what_the_owner_sends_in_today_reaches_a_follower_at_the_promised_time(tmp_path: Path) -> None:
    clock = SteeredClock()
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock),
        Reader(sandbox.url, OWNER) as owner,
        Reader(sandbox.url, 2002) as reader,
    ):
        await answered(reader, "/follow مصر، السودان")
        await answered(reader, "/schedule 07:30")
        for article in (REPORT, SECOND_REPORT, OTHER):
            forwarded = await owner.forward(article, {"type": "channel", "title": "قناة الأخبار", "username": "akhbar"})
            await below(owner, forwarded[-1])

        clock.advance_to(Schedule((time(7, 30),), "Asia/Riyadh").next_due(clock()))
        digests = await reader.wait_for(is_digest, PATIENCE)

        told = "\n".join(shown.text for shown in digests if is_digest(shown))
        assert told.count("اتفقا على تبادل بيانات") + told.count("اتفقا على تبادل") >= 1
        assert told.count("محادثات مائية") + told.count("محادثات بشأن المياه") == 1
        assert "+ مصدر واحد" in told
        assert "بحسب صحيفة الرافدين: تطالب القاهرة في محادثات الخرطوم بغرفة إنذار مبكر مشتركة" in told
        assert "الزيتون" not in told


async def test_a_slot_is_served_once_and_the_next_one_has_only_what_is_new(tmp_path: Path) -> None:
    clock, schedule = SteeredClock(), Schedule((time(7, 30),), "Asia/Riyadh")
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock),
        Reader(sandbox.url, OWNER) as owner,
    ):
        await answered(owner, "/follow مصر، تونس")
        await answered(owner, "/schedule 07:30")
        await answered(owner, REPORT)
        clock.advance_to(schedule.next_due(clock()))
        await owner.wait_for(is_digest, PATIENCE)

        await answered(owner, OTHER)
        clock.advance_to(schedule.next_due(clock()))
        await owner.wait_for(is_digest, PATIENCE)
        await asyncio.sleep(3)  # two more ticks of the planner

        digests = [shown.text for shown in await owner.messages() if is_digest(shown)]
        assert ["مائية" in digest for digest in digests] == [True, False]
        assert ["الزيتون" in digest for digest in digests] == [False, True]


async def test_a_reader_who_blocked_the_bot_gets_nothing_until_they_come_back(tmp_path: Path) -> None:
    clock, schedule = SteeredClock(), Schedule((time(8),), "Asia/Riyadh")
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock),
        Reader(sandbox.url, OWNER) as owner,
        Reader(sandbox.url, 2002) as reader,
    ):
        await answered(reader, "/follow مصر")
        await reader.block()
        await answered(owner, REPORT)
        clock.advance_to(schedule.next_due(clock()))
        await asyncio.sleep(3)
        while_blocked = [shown for shown in await reader.messages() if is_digest(shown)]

        await reader.unblock()
        await answered(reader, "/start")
        digest = await answered(reader, "/digest")

        assert while_blocked == []
        assert "محادثات مائية" in digest.text
