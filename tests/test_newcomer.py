"""A newcomer with nothing but README, over HTTP: from /start to the digest of the next slot."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest

from bot.demo import SteeredClock
from bot.domain.schedule import Schedule
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
HOURS = {"7 صباحًا": time(7), "1 ظهرًا": time(13), "8 مساءً": time(20)}
NEWS = (
    (
        "روسيا تبيع القمح لخمس دول أفريقية\nباعت روسيا مليوني طن من القمح لخمس دول أفريقية بأسعار ثابتة لعامين.\n"
        "وقال وزير الزراعة إن السفن الأولى تبحر في الربيع من موانئ البحر الأسود.\n"
    ),
    (
        "كاسحة جليد جديدة تفتح طريق الشمال أمام السفن\nدشنت روسيا كاسحة جليد تعمل بالطاقة النووية في مرمانسك.\n"
        "وترافق الكاسحة ناقلات الغاز طوال الشتاء في القطب الشمالي، بحسب الشركة المشغلة.\n"
    ),
    (
        "مسرح البولشوي يعيد عرض بحيرة البجع بعد الترميم\nعاد مسرح البولشوي في روسيا إلى بحيرة البجع.\n"
        "وحضر العرض ألفا متفرج، ويستمر الموسم حتى نهاية الصيف المقبل.\n"
    ),
    (
        "زلزال قوي قبالة كامتشاتكا بلا ضحايا\nضرب زلزال بلغت شدته سبع درجات شرق روسيا فجرا دون خسائر.\n"
        "وأجلت السلطات سكان الساحل ساعات قليلة خشية أمواج عاتية ثم عادوا إلى بيوتهم.\n"
    ),
)
LATER = (
    "روسيا تطلق قمرا صناعيا لرصد الطقس\nأطلقت روسيا قمرا صناعيا لرصد الطقس من قاعدة فوستوتشني.\n"
    "ويرسل القمر صوره كل نصف ساعة إلى محطات الأرصاد في سيبيريا.\n"
)


@dataclass
class Newcomer:
    """One who does what README says, and counts it."""

    reader: Reader
    taps: int = 0
    sentences: int = 0

    async def follow(self, steps: list[str]) -> None:
        """Send and tap what the steps name first; other steps only tell what comes."""
        for step in steps:
            if sent := re.match(r"Send `(.+?)`", step):
                self.sentences += not sent[1].startswith("/")
                await answered(self.reader, sent[1])
            elif tapped := re.match(r"Tap .*?«(.+?)»", step):
                await self._tap(tapped[1])

    async def say(self, sentence: str) -> None:
        self.sentences += 1
        await answered(self.reader, sentence)

    async def _tap(self, label: str) -> None:
        self.taps += 1
        offering = next(shown for shown in reversed(await self.reader.messages()) if label in labels(shown))
        assert (await self.reader.press(offering, label)).is_answered
        await self.reader.wait_for(lambda shown: any(f"✓ {label.removeprefix('+ ')}" == each for each in labels(shown)))


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say, as an Arabic reader reads them."""
    return [label for row in shown.buttons for label in reversed(row)]


def section() -> str:
    return README.split("\n## A reader's first five minutes\n")[1].split("\n## ")[0]


def steps() -> list[str]:
    return re.findall(r"^\d\. (.+)$", section(), re.MULTILINE)


def is_digest(shown: Shown) -> bool:
    return shown.text.startswith("موجزك ·")


@dataclass
class Stage:
    """A running bot, its newsroom and a newcomer."""

    clock: SteeredClock
    owner: Reader
    newcomer: Newcomer

    async def publish(self, *texts: str) -> None:
        for text in texts:
            await below(self.owner, (await self.owner.forward(text, {"type": "channel", "title": "قناة"}))[-1])

    async def digests(self, number: int) -> list[str]:
        """Wait for so many digests; return them in order."""
        reader = self.newcomer.reader
        async with asyncio.timeout(PATIENCE):
            found = list[str]()
            while len(found) < number:
                await asyncio.sleep(0.05)
                found = [shown.text for shown in await reader.messages() if is_digest(shown)]
        return found

    def next_at(self, hour: time) -> None:
        self.clock.advance_to(Schedule((hour,), "Asia/Riyadh").next_due(self.clock()))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    clock = SteeredClock()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        await stack.enter_async_context(a_running_bot(sandbox, tmp_path, clock))
        owner, reader = [await stack.enter_async_context(Reader(sandbox.url, each)) for each in (OWNER, 2002)]
        yield Stage(clock, owner, Newcomer(reader))


async def test_the_steps_of_readme_lead_to_a_sample_and_to_the_digest_of_the_next_slot(stage: Stage) -> None:
    await stage.publish(*NEWS)
    hour = next(at for label, at in HOURS.items() if label in section())

    await stage.newcomer.follow(steps())
    (sample,) = await stage.digests(1)
    await stage.publish(LATER)
    stage.next_at(hour)
    _, first = await stage.digests(2)

    assert (stage.newcomer.taps <= 3, stage.newcomer.sentences <= 1) == (True, True)
    titles = {text.splitlines()[0] for text in NEWS}
    in_sample, in_first = ({title for title in titles if title in digest} for digest in (sample, first))
    assert (len(in_sample), in_sample | in_first, in_sample & in_first) == (3, titles, set())
    assert LATER.splitlines()[0] in first


async def test_the_sentence_of_readme_does_all_of_it(stage: Stage) -> None:
    sentence = re.findall(r"^Or in one sentence: «(.+?)»", section(), re.MULTILINE)[0]

    await stage.newcomer.say(sentence)
    await stage.publish(LATER)
    stage.next_at(time(7))
    (first,) = await stage.digests(1)

    assert (stage.newcomer.taps, stage.newcomer.sentences) == (0, 1)
    assert LATER.splitlines()[0] in first


def test_the_steps_of_readme_are_three_deeds_and_what_comes_of_them() -> None:
    assert [step.split()[0] for step in steps()] == ["Send", "Tap", "Tap", "At"]
