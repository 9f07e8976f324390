"""Every route is reached over real HTTP: one conversation, a line a route, and the routes say which of them fits."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from bot.telegram.client import client
from bot.telegram.dispatch import Dispatcher, dispatcher
from handlers.request import Entrance
from handlers.routes import Route, UseCases, ignored, routes
from handlers.working import Shows
from tests.running import OWNER, QUICKLY, a_running_bot, answered, settled
from tests.test_conversation import ARTICLE

READER = 2002
GROUP, OLD_GROUP, FORUM, CHANNEL = -1010, -1011, -1_001_009, -1_001_012
SPORT = 4


@dataclass
class Cast:
    """A reader, who administers a group, a forum and a channel, and an owner; each of both has heard from us."""

    sandbox: SandboxServer
    folder: Path
    reader: Reader
    owner: Reader
    shown: Shown

    async def settled(self) -> None:
        await settled(self.sandbox, self.folder)


Deed = Callable[[Cast], Awaitable[object]]


def says(text: str, **more: Any) -> Deed:
    return lambda cast: cast.reader.say(text, **more)


def orders(text: str) -> Deed:
    return lambda cast: cast.owner.say(text)


def presses(payload: str) -> Deed:
    return lambda cast: cast.reader.press_data(cast.shown, payload, wait=0)


async def shares_a_card(cast: Cast) -> None:
    await cast.owner.say(ARTICLE)
    await cast.settled()
    offered = await cast.reader.type_inline("")
    await cast.reader.share(offered, offered.results[0]["id"])


async def edits(cast: Cast) -> None:
    (said,) = await cast.reader.say("صباح الخير")
    await cast.reader.edit(said.message_id, "مساء الخير")


async def edits_in_a_group(cast: Cast) -> None:
    (said,) = await cast.reader.say("صباح الخير", chat_id=GROUP)
    await cast.reader.edit(said.message_id, "مساء الخير", chat_id=GROUP)


async def replies_in_a_group(cast: Cast) -> None:
    await cast.reader.say("/start", chat_id=GROUP)
    await cast.settled()
    ours = next(each for each in cast.sandbox.world.messages[GROUP].values() if each.is_from_bot)
    await cast.reader.say("شكرا", chat_id=GROUP, reply_to=ours.body["message_id"])


async def reopens_a_topic(cast: Cast) -> None:
    for state in ("closed", "reopened"):
        await cast.reader.change_topic(FORUM, state, SPORT)


LINES: dict[str, Deed] = {
    "a card that somebody made of ours": shares_a_card,
    "what is typed behind our name": lambda cast: cast.reader.type_inline("روسيا", wait=0),
    "/search": says("/search الجسر"),
    "/latest": says("/latest"),
    "/saved": says("/saved"),
    "a search in words": says("ابحث عن الجسر"),
    "a page of a search": presses("as:1:0"),
    "a story of a list": presses("ao:1"),
    "save": presses("ak:1"),
    "a page of what is saved": presses("av:0"),
    "remove from what is saved": presses("ax:1:0"),
    "/start": says("/start"),
    "what is followed, and when, in words": says("تابع روسيا الساعة 7"),
    "a first choice": presses("b:0700"),
    "/help": says("/help"),
    "/follow": says("/follow روسيا"),
    "/unfollow": says("/unfollow مصر"),
    "/topics": says("/topics"),
    "/popular": says("/popular"),
    "/rising": says("/rising"),
    "/digest": says("/digest"),
    "/settings": says("/settings"),
    "/channels": orders("/channels"),
    "/editors": orders("/editors"),
    "/pending": orders("/pending"),
    "/split": orders("/split"),
    "/join": orders("/join"),
    "/save in a group": says("/save", chat_id=GROUP),
    "/schedule": says("/schedule"),
    "the schedule in words": says("مواعيدي"),
    "/quiet": says("/quiet"),
    "quiet hours in words": says("ساعات الهدوء"),
    "/vacation": says("/vacation"),
    "a vacation in words": says("إجازتي"),
    "/weekly": says("/weekly"),
    "the weekly review in words": says("حصاد الأسبوع"),
    "/timezone": says("/timezone"),
    "the zone in words": says("توقيتي"),
    "a place": lambda cast: cast.reader.send_location(24.7, 46.7),
    "the button of the zone": presses("s:zone"),
    "a button of the schedule": presses("s:+1200"),
    "/privacy": says("/privacy"),
    "/export": says("/export"),
    "/forget": says("/forget"),
    "forget everything": presses("forget:1"),
    "forget nothing": presses("keep:"),
    "/start in a group": says("/start", chat_id=GROUP),
    "a group that becomes a supergroup": lambda cast: cast.reader.migrate(OLD_GROUP, -1_001_013),
    "a topic that is open again": reopens_a_topic,
    "/feeds": orders("/feeds"),
    "/addfeed": orders("/addfeed"),
    "/removefeed": orders("/removefeed"),
    "a list of feeds": lambda cast: cast.owner.send_document("feeds.opml", b"<opml/>", "text/x-opml"),
    "a page of the feeds": presses("g:0"),
    "the feeds as a file": presses("o:"),
    "follow in words": says("تابع روسيا"),
    "unfollow in words": says("ألغِ مصر"),
    "topics in words": says("مواضيعي"),
    "digest in words": says("موجز"),
    "settings in words": says("إعدادات"),
    "popular in words": says("الأكثر تداولًا"),
    "rising in words": says("الصاعدة"),
    "help in words": says("مساعدة"),
    "mute in words": says("اكتم روسيا"),
    "unmute in words": says("ارفع الكتم عن روسيا"),
    "at once in words": says("عاجل عن روسيا"),
    "in the digest in words": says("لا عاجل عن روسيا"),
    "latest in words": says("آخر الأخبار"),
    "saved in words": says("محفوظاتي"),
    "export in words": says("بياناتي"),
    "privacy in words": says("الخصوصية"),
    "forget in words": says("انسني"),
    "a command that does not exist": says("/nonsense"),
    "a file": lambda cast: cast.reader.send_document("news.txt", ARTICLE.encode(), "text/plain"),
    "a link": says("http://127.0.0.1:9/news"),
    "a text": says("شكرا جزيلا"),
    "a sticker": lambda cast: cast.reader.send_sticker(),
    "a text that is changed": edits,
    "our name in a group": says("@mujaz_sandbox_bot", chat_id=GROUP),
    "a reply to us in a group": replies_in_a_group,
    "a text of a group that is changed": edits_in_a_group,
    "a channel's post": says("صباح الخير", chat_id=CHANNEL),
    "why": presses("dg:w:0"),
    "more": presses("dg:m:1"),
    "the ratings": presses("dg:r:0"),
    "a rating": presses("dg:rate:0:0:+"),
    "the topics to mute": presses("dg:k:0"),
    "a mute": presses("dg:mute:0:t1:d"),
    "the end of a mute": presses("dg:unmute:0:t1"),
    "back": presses("dg:b:0"),
    "the settings of a digest": presses("dg:s:0"),
    "a choice": presses("st:stories:5"),
    "the settings again": presses("st:show"),
    "whether ratings are forgotten": presses("st:reset"),
    "ratings are forgotten": presses("st:reset!"),
    "the end of a mute in the settings": presses("st:unmute:t1"),
    "a channel's button": presses("e:-1001012"),
    "a verdict": presses("p:" + "0" * 32),
    "a page of what waits": presses(">:" + "0" * 32),
    "two stories become one": presses("j:" + "A" * 44),
    "an editor is dismissed": presses("e:2003"),
    "a topic's screen": presses("tp:o:0:t1"),
    "what is in the news": presses("tr:p"),
    "follow by a button": presses("f:t1"),
    "we become an administrator": lambda cast: cast.reader.appoint(CHANNEL, "administrator"),
}
FOR_NOBODY: dict[str, Deed] = {
    "talk in a group": says("صباح الخير", chat_id=GROUP),
    "an article that nobody shows us": says(ARTICLE, chat_id=GROUP),
    "another bot's command in a group": says("/follow@another_bot روسيا", chat_id=GROUP),
    "a sticker in a channel": lambda cast: cast.reader._did("stickers", {"chat_id": CHANNEL}),  # noqa: SLF001 - as it is
}


async def test_every_route_is_the_first_that_fits_something_somebody_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        await stack.enter_async_context(a_running_bot(sandbox, tmp_path, pace=QUICKLY))
        cast = await a_cast(sandbox, tmp_path, stack)
        surface = await the_surface(sandbox, stack)

        said = {name: await last_update_of(cast, deed) for name, deed in (LINES | FOR_NOBODY).items()}
        await cast.settled()

        heard = delivered(sandbox)
        updates = {name: Update.de_json(heard[number], surface.application.bot) for name, number in said.items()}
        reached = {name: surface.first(update) for name, update in updates.items()}
    first = {name: found[0] for name, found in reached.items() if found}
    extra = CommandHandler("nosuch", ignored)
    assert unreached(surface.routes, list(first.values())) == []
    assert unreached([*surface.routes, extra], list(first.values())) == [described(extra)]
    assert reached.keys() - first.keys() == FOR_NOBODY.keys()
    assert sorted(name for name in first if list(first.values()).count(first[name]) > 1) == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert apologies(sandbox) == []


async def a_cast(sandbox: SandboxServer, folder: Path, stack: AsyncExitStack) -> Cast:
    reader, owner = [await stack.enter_async_context(Reader(sandbox.url, each)) for each in (READER, OWNER)]
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
        for room in (
            {"id": GROUP, "type": "group", "title": "مجموعة الحي"},
            {"id": OLD_GROUP, "type": "group", "title": "مجموعة الشارع"},
            {"id": FORUM, "type": "supergroup", "title": "منتدى الحي", "threads": [SPORT]},
            {"id": CHANNEL, "type": "channel", "title": "قناة الحي"},
        ):
            await http.post("/sandbox/chats", json=room)
            await reader.rank(int(str(room["id"])), "administrator")
    await answered(owner, "/start")
    return Cast(sandbox, folder, reader, owner, await answered(reader, "/start"))


async def the_surface(sandbox: SandboxServer, stack: AsyncExitStack) -> Dispatcher:
    """Return the dispatcher over the routes that the bot has, behind which nothing is done."""
    bot, _ = client(sandbox.token, sandbox.url)
    await stack.enter_async_context(bot)
    nothing: Any = Nothing()
    cases = UseCases(**{each.name: nothing for each in fields(UseCases)})
    return dispatcher(bot, routes(cases, {OWNER}, Entrance(nothing, nothing, nothing), Shows(nothing, nothing)))


class Nothing:
    """Stands where a use case would: the routes keep it, and nobody calls it."""

    def __getattr__(self, name: str) -> "Nothing":
        return self


async def last_update_of(cast: Cast, deed: Deed) -> int:
    """Do something, and return the number of the last update that came of it."""
    await deed(cast)
    return cast.sandbox.world.updates.next_id - 1


def delivered(sandbox: SandboxServer) -> dict[int, dict[str, Any]]:
    """Return the updates that the bot was given, by their numbers."""
    polls = [entry.get("result", ()) for entry in sandbox.world.log if entry["method"] == "getUpdates"]
    return {update["update_id"]: update for updates in polls for update in updates}


def unreached(surface: Sequence[Route], reached: Sequence[Route]) -> list[str]:
    return [described(route) for route in surface if route not in reached]


def described(route: Route) -> str:
    match route:
        case CommandHandler():
            return f"{' '.join(f'/{name}' for name in sorted(route.commands))} ({route.filters})"
        case CallbackQueryHandler(pattern=pattern):
            return f"a button {getattr(pattern, 'pattern', pattern)}"
        case MessageHandler():
            return f"a message {route.filters}"
        case _:
            return type(route).__name__


def apologies(sandbox: SandboxServer) -> list[str]:
    written = (kept.shown()["text"] for chat in sandbox.world.messages.values() for kept in chat.values())
    return [text for text in written if "تعذّر عليّ" in text]
