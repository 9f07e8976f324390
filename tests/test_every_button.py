"""Every button that somebody may see, pressed over real HTTP: once, twice, late, by others, after a restart."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import CallbackQuery, Update, User
from telegram.ext import CallbackQueryHandler

from bot.demo import SteeredClock
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.dispatch import Dispatcher
from tests.crawling import Crawl, Found
from tests.fetch.site import Answer, a_site, an_answer
from tests.running import OWNER, PATIENCE, QUICKLY, a_running_bot, settled
from tests.test_digest_buttons import ARTICLES
from tests.test_editing_stories import TOLD_OTHERWISE
from tests.test_every_route import described, the_surface
from tests.test_feeds import XML, an_opml, an_rss
from tests.test_following import RAILWAY
from tests.test_trust import REPORT, another

READER, STRANGER, EDITOR, ADMIN, MEMBER, NEWCOMER = 2002, 2003, 2004, 2005, 2006, 2007
FORUM, CHANNEL, OTHER_GROUP, NEWS = -1_001_009, -1_001_012, -1_001_013, -1_001_014
SPORT = 4
MANY = "تونس، أوكرانيا، مصر، لبنان، الأردن، العراق، سوريا، الجزائر، المغرب، ليبيا، قطر، اليمن"
BEFORE_THE_DIGEST = (
    "/start",
    "/follow تونس",
    "/follow مصر بدون الرياضة",
    "/follow عمان",
    "/follow أوكرنيا",
    "/unfollow",
    "/topics",
    "/popular",
    "/rising",
)
AFTER_THE_DIGEST = (
    "/settings",
    "/schedule",
    "/vacation 10 أيام",
    "/quiet 23:00-07:00",
    "/weekly الجمعة 10:00",
    "/timezone",
    "/forget",
)
ALONE = ("/follow روسيا", "عاجل عن روسيا", "/latest", "/search تونس", "/saved", "اكتم ليبيا", "اكتم لبنان أسبوعًا")
ENDING = re.compile(r"forget:|e:\d")  # after these there is nothing left to press


@dataclass
class Stage:
    """A reader, an editor, an owner, the administrator of a forum and a channel, and those who may nothing there."""

    sandbox: SandboxServer
    folder: Path
    clock: SteeredClock
    people: dict[int, Reader]
    feeds: Sequence[str]
    running: dict[str, Any]

    async def says(self, who: int, *texts: str, **more: Any) -> int:
        """Say something and wait for what comes of it; return the number of the last message."""
        said = [await self.people[who].say(text, **more) for text in texts]
        await self.settled()
        return said[-1][-1].message_id

    async def settled(self) -> None:
        await settled(self.sandbox, self.folder)

    async def forges(self, chat_id: int, *payloads: str, who: int = READER, message_id: int | None = None) -> None:
        """Press what our message may not show."""
        where = {"chat_id": chat_id} if chat_id < 0 else {}
        for payload in payloads:
            pressed = {"message_id": message_id or self.last(chat_id), "data": payload, "wait": 0} | where
            await self.people[who]._did("presses", pressed)  # noqa: SLF001 - as the sandbox offers it
        await self.settled()

    async def rates(self, chat_id: int, who: int) -> None:
        """Like the first story of the digest."""
        kept = self.sandbox.world.messages[chat_id]
        digest = next(number for number, each in kept.items() if "dg:r:0" in str(each.keyboard))
        await self.forges(chat_id, "dg:rate:0:0:+", who=who, message_id=digest)

    async def sees(self, who: int, words: str) -> None:
        """Wait until the bot wrote something by itself."""
        async with asyncio.timeout(PATIENCE):
            while words not in str(self.sandbox.world.messages[who]):  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.05)
        await self.settled()

    def last(self, chat_id: int) -> int:
        """Return the number of our last message in a chat."""
        kept = self.sandbox.world.messages[chat_id]
        return max(number for number, each in kept.items() if each.is_from_bot)

    def is_running(self) -> Any:
        return a_running_bot(self.sandbox, self.folder, self.clock, pace=QUICKLY, **self.running)


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncIterator[Stage]:
    answers: dict[str, Answer] = {f"/{number}": an_answer(an_rss(title=f"{number}"), kind=XML) for number in range(11)}
    clock = SteeredClock()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    clock.advance_to(tomorrow.replace(hour=7, minute=20))  # no slot is near, in Riyadh
    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(a_site(answers))
        sandbox = await stack.enter_async_context(SandboxServer())
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=sandbox.url, trust_env=False))
        people = {
            number: await stack.enter_async_context(Reader(sandbox.url, number, name))
            for number, name in (
                (OWNER, "مالك"),
                (READER, "علي"),
                (STRANGER, "منى"),
                (EDITOR, "سلمى"),
                (ADMIN, "مشرفة"),
                (MEMBER, "عضو"),
                (NEWCOMER, "جديد"),
            )
        }
        for room in (
            {"id": FORUM, "type": "supergroup", "title": "منتدى الحي", "threads": [SPORT]},
            {"id": OTHER_GROUP, "type": "supergroup", "title": "منتدى آخر"},
            {"id": CHANNEL, "type": "channel", "title": "قناة الحي"},
            {"id": NEWS, "type": "channel", "title": "قناة الأخبار"},
        ):
            await http.post("/sandbox/chats", json=room)
            await people[ADMIN].rank(int(str(room["id"])), "administrator")
        running = {"fetch_allow": f"127.0.0.1:{site.port}", "at_once_per_day": 5}
        yield Stage(sandbox, folder, clock, people, [site.url(path) for path in answers], running)


async def the_newsroom_works(stage: Stage) -> None:
    """Let there be news, an editor, a channel, feeds, and two stories that may be one."""
    await stage.says(OWNER, "/start", f"/editors {EDITOR}", *ARTICLES)
    await stage.says(EDITOR, "/start")
    await stage.people[EDITOR].appoint(NEWS, "administrator")
    await stage.people[EDITOR].send_document("feeds.opml", an_opml(*stage.feeds), "text/x-opml")
    await stage.says(EDITOR, REPORT)
    brought = await stage.says(EDITOR, TOLD_OTHERWISE)
    await stage.says(EDITOR, "/join", reply_to=brought)


async def the_reader_reads(stage: Stage) -> None:
    """Let a reader follow, save, rate, mute, have an alert and send articles that wait for an editor."""
    await stage.says(READER, f"/follow {MANY}")
    await stage.forges(READER, *(f"ak:{number}" for number in range(1, 8)), "st:stories:5")
    await stage.says(READER, *BEFORE_THE_DIGEST, *ALONE, "/digest")
    await stage.rates(READER, READER)
    await stage.says(OWNER, RAILWAY)
    await stage.sees(READER, "🔴 عاجل · ")
    await stage.says(READER, *AFTER_THE_DIGEST)
    await stage.says(READER, *map(another, range(1, 5)))
    await stage.says(OWNER, "/editors", "/pending")
    await stage.says(EDITOR, "/channels", "/feeds", "/pending")
    await stage.sees(EDITOR, "أرسله القارئ")


async def the_rooms_ask(stage: Stage) -> None:
    for place in ({"chat_id": FORUM, "message_thread_id": SPORT}, {"chat_id": CHANNEL}):
        await stage.says(ADMIN, *BEFORE_THE_DIGEST, "/digest", **place)
        await stage.rates(place["chat_id"], ADMIN)
        await stage.says(ADMIN, *AFTER_THE_DIGEST, **place)
    await stage.says(ADMIN, "/start", chat_id=OTHER_GROUP)
    for somebody in (NEWCOMER, STRANGER):
        await stage.says(somebody, "/start")


async def test_every_button_does_what_it_says_once_whoever_presses_it_and_whenever(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_stage(tmp_path) as stage, AsyncExitStack() as stack:
        async with stage.is_running():
            await the_newsroom_works(stage)
            await the_reader_reads(stage)
            await the_rooms_ask(stage)
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=stage.sandbox.url, trust_env=False))
        crawl = Crawl(
            stage.sandbox,
            tmp_path,
            http,
            caplog,
            pressers={READER: READER, NEWCOMER: NEWCOMER, EDITOR: EDITOR, OWNER: OWNER, FORUM: ADMIN, CHANNEL: ADMIN},
            others=[
                ("a stranger", STRANGER, Found(STRANGER, stage.last(STRANGER), "")),
                ("a member of a group", MEMBER, Found(FORUM, stage.last(FORUM), "")),
                ("who administers another group", ADMIN, Found(OTHER_GROUP, stage.last(OTHER_GROUP), "")),
            ],
            members={FORUM: MEMBER, CHANNEL: MEMBER},
        )

        await everything_is_pressed(stage, crawl)

        presses, queries = await crawl.meanwhile()
        async with stage.is_running():
            await stage.settled()
            crawl.check(presses, queries)
        surface = await the_surface(stage.sandbox, stack)
    assert not crawl.problems, "\n".join(crawl.problems)
    assert unpressed(surface, crawl) == []


async def everything_is_pressed(stage: Stage, crawl: Crawl) -> None:
    """Press what there is, then what that led to, and so on; each time by a bot that was started since."""
    wave, ends = crawl.new(), list[Found]()
    while wave:
        ends += [button for button in wave if ENDING.match(button.payload)]
        async with stage.is_running():
            wave = [lead for button in wave if not ENDING.match(button.payload) for lead in await crawl.hold(button)]
        if not wave:
            async with stage.is_running():
                wave = [lead for button in ends for lead in await crawl.hold(button)]
            ends = []


def unpressed(surface: Dispatcher, crawl: Crawl) -> list[str]:
    """Return the routes of buttons to which none leads that was found."""
    person = User(READER, "قارئ", is_bot=False)
    presses = [CallbackQuery("1", person, "1", data=button.payload) for button in crawl.found.values()]
    found = [surface.first(Update(1, callback_query=press)) for press in presses]
    reached = [first[0] for first in found if first]
    buttons = [route for route in surface.routes if isinstance(route, CallbackQueryHandler)]
    return [described(route) for route in buttons if route not in reached]
