"""Groups, forums and channels over real HTTP: administrators ask, each topic by itself, and nobody else is answered."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo import SteeredClock
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered
from tests.test_conversation import ARTICLE

FORUM, GROUP, MOVED, CHANNEL = -1_001_009, -1010, -1_001_011, -1_001_012
SPORT, CITY = 4, 9
ADMIN, MEMBER = 2002, 2003
GUEST = {"id": -1_001_500, "type": "channel", "title": "قناة ضيفة"}


@dataclass
class Stage:
    """A running bot; a forum of two topics, a group and a channel; an administrator and a member."""

    sandbox: SandboxServer
    folder: Path
    clock: SteeredClock
    admin: Reader
    member: Reader
    owner: Reader
    http: httpx.AsyncClient

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "mujaz.sqlite")) as connection:
            return connection.execute(query).fetchall()

    async def settled(self) -> None:
        """Wait until every update is handled and its answer is there."""
        busy = """SELECT (SELECT count(*) FROM updates WHERE status IN ('received', 'handling'))
            + (SELECT count(*) FROM deliveries WHERE status IN ('planned', 'sending'))"""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.world.updates.pending or self.rows(busy) != [(0,)]:  # noqa: ASYNC110 - another program
                await asyncio.sleep(0.05)

    async def until(self, query: str, expected: list[tuple[Any, ...]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.rows(query) != expected:  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.05)

    async def say(
        self, text: str, chat_id: int, thread: int = 0, *, by: Reader | None = None, **more: Any
    ) -> list[str]:
        """Write into a room; return what the bot wrote there meanwhile."""
        before = len(self.written(chat_id))
        named = more | ({"message_thread_id": thread} if thread else {})
        await (by or self.admin).say(text, chat_id=chat_id, **named)
        await self.settled()
        return [body["text"] for body in self.written(chat_id)[before:]]

    def written(self, chat_id: int) -> list[dict[str, Any]]:
        """Return what the bot wrote in a chat."""
        kept = self.sandbox.world.messages.get(chat_id, {}).values()
        return [each.shown() for each in kept if each.is_from_bot]

    async def press(self, reader: Reader, chat_id: int, data: str, message: int | None = None) -> dict[str, Any]:
        """Press a button of the bot's last message; return what only the presser sees."""
        number = message or self.written(chat_id)[-1]["message_id"]
        pressed = {"chat_id": chat_id, "message_id": number, "data": data, "wait": PATIENCE}
        done = await reader._did("presses", pressed)  # noqa: SLF001 - by payload, as the sandbox offers it
        await self.settled()
        return dict(done["answer"] or {})

    def payloads(self, chat_id: int) -> list[str]:
        rows = (self.written(chat_id)[-1]["reply_markup"] or {}).get("inline_keyboard", [])
        return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    clock = SteeredClock()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        await stack.enter_async_context(a_running_bot(sandbox, tmp_path, clock))
        admin, member, owner = [
            await stack.enter_async_context(Reader(sandbox.url, each)) for each in (ADMIN, MEMBER, OWNER)
        ]
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=sandbox.url, trust_env=False))
        for room in (
            {"id": FORUM, "type": "supergroup", "title": "منتدى الحي", "threads": [SPORT, CITY]},
            {"id": GROUP, "type": "group", "title": "مجموعة الحي"},
            {"id": CHANNEL, "type": "channel", "title": "قناة الحي"},
        ):
            await http.post("/sandbox/chats", json=room)
            await admin.rank(int(str(room["id"])), "administrator")
        while not sandbox.world.polls:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.02)
        yield Stage(sandbox, tmp_path, clock, admin, member, owner, http)


FOLLOWS = """SELECT subscribers.chat_id, thread_id, topics.name FROM subscriptions
    JOIN subscribers ON subscribers.id = subscriber_id JOIN topics ON topics.id = topic_id
    ORDER BY thread_id, subscriptions.id"""
STANDINGS = "SELECT chat_id, thread_id, standing FROM subscribers ORDER BY chat_id DESC, thread_id"


async def test_an_administrator_follows_for_a_group(stage: Stage) -> None:
    told = await stage.say("/follow روسيا", GROUP)

    assert told == ["تتابع الآن: روسيا."]
    assert stage.rows(FOLLOWS) == [(GROUP, 0, "روسيا")]


MORE = ("/quiet 23:00-07:00", "/vacation 10 أيام", "/weekly الجمعة", "/popular", "/rising")


@pytest.mark.parametrize(
    "text",
    [
        "/follow روسيا",
        "/start",
        "/help",
        "/topics",
        "/digest",
        "/schedule 05:00",
        "/timezone القاهرة",
        "/forget",
        *MORE,
    ],
)
async def test_to_a_member_who_is_no_administrator_nothing_is_said(stage: Stage, text: str) -> None:
    assert await stage.say(text, GROUP, by=stage.member) == []
    assert stage.rows(STANDINGS) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("صباح الخير جميعا", id="talk"),
        pytest.param(ARTICLE, id="an article that nobody shows us"),
        pytest.param("/follow@another_bot روسيا", id="another bot's command"),
        pytest.param("/nonsense", id="no command of ours"),
        pytest.param("/export", id="a command of private chats"),
        pytest.param("/privacy", id="another one"),
    ],
)
@pytest.mark.parametrize("room", [GROUP, FORUM, CHANNEL])
async def test_what_is_not_for_us_is_not_answered(stage: Stage, room: int, text: str) -> None:
    assert await stage.say(text, room) == []


async def test_our_name_after_a_command_is_understood(stage: Stage) -> None:
    assert await stage.say("/follow@mujaz_sandbox_bot روسيا", GROUP) == ["تتابع الآن: روسيا."]


async def test_somebody_elses_words_ask_for_nothing(stage: Stage) -> None:
    origin = {"type": "user", "name": "سلمى"}

    assert await stage.say("/follow روسيا", GROUP, forward_origin=origin) == []


async def test_an_anonymous_administrator_is_one(stage: Stage) -> None:
    told = await stage.say("/follow روسيا", FORUM, SPORT, anonymous=True)

    assert told == ["تتابع الآن: روسيا."]


@pytest.mark.parametrize("sender", [GUEST, {"id": CHANNEL, "type": "channel", "title": "قناة الحي"}])
async def test_who_writes_in_the_name_of_another_chat_is_no_administrator(stage: Stage, sender: dict[str, Any]) -> None:
    """A guest channel, or the channel that a group belongs to; Telegram gives both a sender that is nobody's."""
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup", "title": "مجموعة الحي"},
        "from": {"id": 136_817_688, "is_bot": True, "first_name": "Channel"},
        "sender_chat": sender,
        "text": "/follow روسيا",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }

    await stage.http.post("/sandbox/updates", json={"message": message})
    await stage.settled()

    assert (stage.written(GROUP), stage.rows(STANDINGS)) == ([], [])


async def test_an_administrator_whom_telegram_does_not_tell_apart_is_found_in_the_list(stage: Stage) -> None:
    stage.sandbox.plan(Fault("getChatMember", FaultKind.CHAT_NOT_FOUND, times=2))

    assert await stage.say("/follow روسيا", GROUP) == ["تتابع الآن: روسيا."]
    assert await stage.say("/follow مصر", GROUP, by=stage.member) == []


async def test_who_administers_is_asked_once_in_a_while(stage: Stage) -> None:
    for name in ("روسيا", "مصر", "تونس"):
        await stage.say(f"/follow {name}", GROUP)

    asked = [entry for entry in stage.sandbox.world.log if entry["method"] == "getChatMember"]
    assert len(asked) == 1


async def test_a_group_learns_what_administrators_can_do(stage: Stage) -> None:
    (in_group,) = await stage.say("/start@mujaz_sandbox_bot", GROUP)
    (in_channel,) = await stage.say("/help", CHANNEL)

    assert "/follow@mujaz_sandbox_bot روسيا" in in_group
    assert "/follow روسيا" in in_channel


async def test_each_topic_has_quiet_hours_vacations_and_reviews_of_its_own(stage: Stage) -> None:
    kept = """SELECT thread_id, quiet_from, weekly_on, away_until IS NOT NULL FROM schedules
        JOIN subscribers ON subscribers.id = subscriber_id ORDER BY thread_id"""

    quiet = await stage.say("/quiet@mujaz_sandbox_bot 23:00-07:00", FORUM, SPORT)
    await stage.say("/weekly الجمعة 10:00", FORUM, SPORT)
    await stage.say("/vacation 10 أيام", FORUM, CITY)

    assert stage.rows(kept) == [(SPORT, "23:00", 5, 0), (CITY, None, None, 1)]
    assert [body.get("message_thread_id") for body in stage.written(FORUM)] == [SPORT, SPORT, CITY]
    assert "/quiet@mujaz_sandbox_bot لا" in quiet[0]


@pytest.mark.parametrize(("room", "at"), [(GROUP, "@mujaz_sandbox_bot"), (CHANNEL, "")])
async def test_where_plain_words_are_not_heard_commands_are_shown(stage: Stage, room: int, at: str) -> None:
    (schedule,) = await stage.say("/schedule", room)
    (zone,) = await stage.say("/timezone", room)

    assert f"/vacation{at} 10 أيام" in schedule
    assert f"/timezone{at} القاهرة" in zone
    assert stage.written(room)[-1].get("reply_markup") is None  # a location is asked for in private chats only


async def test_the_schedule_of_a_topic_is_changed_by_administrators_pressing(stage: Stage) -> None:
    await stage.say("/schedule", FORUM, SPORT)
    payload = stage.payloads(FORUM)[0]

    refused = await stage.press(stage.member, FORUM, payload)
    pressed = await stage.press(stage.admin, FORUM, payload)

    assert refused["text"] == "هذا الزرّ للمشرفين وحدهم."
    assert pressed["text"] != refused["text"]
    assert "/vacation@mujaz_sandbox_bot 10 أيام" in stage.written(FORUM)[-1]["text"]


async def test_a_topic_of_the_news_has_a_screen_in_a_topic_of_a_forum(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, SPORT)
    await stage.say("/topics", FORUM, SPORT)
    opens = next(payload for payload in stage.payloads(FORUM) if payload.startswith("tp:o"))

    refused = await stage.press(stage.member, FORUM, opens)
    await stage.press(stage.admin, FORUM, opens)
    screen = stage.written(FORUM)[-1]["text"]
    at_once = next(payload for payload in stage.payloads(FORUM) if payload.startswith("tp:a"))
    await stage.press(stage.admin, FORUM, at_once)

    assert refused["text"] == "هذا الزرّ للمشرفين وحدهم."
    assert "/follow@mujaz_sandbox_bot روسيا بدون رياضة" in screen
    assert stage.rows("SELECT count(*) FROM subscriptions WHERE at_once_since IS NOT NULL") == [(1,)]


async def test_what_is_wanted_at_once_comes_in_its_topic(stage: Stage) -> None:
    for thread in (SPORT, CITY):
        await stage.say("/follow تونس", FORUM, thread)
        await stage.say("/topics", FORUM, thread)
        opens = next(payload for payload in stage.payloads(FORUM) if payload.startswith("tp:o"))
        await stage.press(stage.admin, FORUM, opens.replace("tp:o", "tp:a"))
    before = len(stage.written(FORUM))

    await answered(stage.owner, ARTICLE)

    async with asyncio.timeout(PATIENCE):
        while len(stage.written(FORUM)) < before + 2:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)
    alerts = stage.written(FORUM)[before:]
    assert sorted(body["message_thread_id"] for body in alerts) == [SPORT, CITY]
    assert all("جسر جديد" in body["text"] for body in alerts)


async def test_what_is_most_in_the_news_comes_in_its_topic(stage: Stage) -> None:
    await answered(stage.owner, ARTICLE)

    await stage.admin.say("/popular", chat_id=FORUM, message_thread_id=CITY)
    await stage.settled()

    shown = stage.written(FORUM)[-1]
    assert shown["message_thread_id"] == CITY
    assert "الأكثر تداولًا" in (shown.get("caption") or shown["text"])


async def test_each_topic_of_a_forum_follows_by_itself_and_is_answered_where_it_asks(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, SPORT)
    await stage.say("/follow مصر", FORUM, CITY)
    await stage.say("/follow تونس", FORUM)

    assert stage.rows(FOLLOWS) == [(FORUM, 0, "تونس"), (FORUM, SPORT, "روسيا"), (FORUM, CITY, "مصر")]
    assert [body.get("message_thread_id") for body in stage.written(FORUM)] == [SPORT, CITY, None]


async def test_the_thread_of_a_reply_is_no_topic(stage: Stage) -> None:
    await stage.http.post("/sandbox/chats", json={"id": MOVED, "type": "supergroup", "title": "نقاش"})
    await stage.admin.rank(MOVED, "creator")
    (first,) = await stage.admin.say("مرحبا", chat_id=MOVED)

    told = await stage.say("/follow روسيا", MOVED, reply_to=first.message_id)

    assert told == ["تتابع الآن: روسيا."]
    assert stage.rows(FOLLOWS) == [(MOVED, 0, "روسيا")]


async def test_a_button_acts_for_its_topic_and_only_if_an_administrator_presses_it(stage: Stage) -> None:
    await stage.say("/follow", FORUM, SPORT)
    payload = stage.payloads(FORUM)[0]

    refused = await stage.press(stage.member, FORUM, payload)
    nobody = stage.rows(FOLLOWS)
    pressed = await stage.press(stage.admin, FORUM, payload)

    assert refused["text"] == "هذا الزرّ للمشرفين وحدهم."
    assert nobody == []
    assert pressed["text"].startswith("تتابع الآن")
    assert [row[:2] for row in stage.rows(FOLLOWS)] == [(FORUM, SPORT)]
    assert len(stage.written(FORUM)) == 1


async def a_digest(stage: Stage, room: int, thread: int = 0) -> None:
    """Let an article for everyone reach a room at its next slot."""
    await stage.say("/follow تونس", room, thread)
    await answered(stage.owner, ARTICLE)
    stage.clock.ahead += timedelta(hours=25)
    async with asyncio.timeout(PATIENCE):
        while "موجزك" not in str(stage.written(room)[-1]["text"]):  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)
    await stage.settled()


@pytest.mark.parametrize(("room", "thread"), [(GROUP, 0), (FORUM, SPORT), (CHANNEL, 0)])
async def test_a_digest_comes_where_it_is_followed(stage: Stage, room: int, thread: int) -> None:
    await a_digest(stage, room, thread)

    digest = stage.written(room)[-1]
    assert "جسر جديد" in digest["text"]
    assert digest.get("message_thread_id", 0) == thread


async def test_anybody_may_ask_why_and_nobody_else_reads_it(stage: Stage) -> None:
    await a_digest(stage, GROUP)
    before = len(stage.written(GROUP))

    told = await stage.press(stage.member, GROUP, "w:")

    assert told["show_alert"]
    assert "تونس" in told["text"]
    assert len(told["text"]) <= 200
    assert len(stage.written(GROUP)) == before


async def test_a_closed_topic_is_left_alone_until_it_is_open_again(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, CITY)
    await stage.say("/follow روسيا", FORUM, SPORT)
    await stage.admin.change_topic(FORUM, "closed", SPORT)
    await stage.admin.say("/topics", chat_id=FORUM, message_thread_id=SPORT)
    await stage.until(STANDINGS, [(FORUM, SPORT, "paused"), (FORUM, CITY, "active")])

    await stage.admin.change_topic(FORUM, "reopened", SPORT)

    await stage.until(STANDINGS, [(FORUM, SPORT, "active"), (FORUM, CITY, "active")])
    assert (await stage.say("/topics", FORUM, SPORT)) != []


async def test_a_deleted_topic_is_left_alone(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, CITY)
    await stage.say("/follow روسيا", FORUM, SPORT)
    abandoned = "SELECT count(*) FROM deliveries WHERE thread_id = 4 AND status = 'abandoned'"

    stage.sandbox.plan(Fault("sendMessage", FaultKind.RESET))  # the answer waits, and meanwhile the topic goes
    await stage.admin.say("/topics", chat_id=FORUM, message_thread_id=SPORT)
    await stage.admin.change_topic(FORUM, "deleted", SPORT)

    await stage.until(STANDINGS, [(FORUM, SPORT, "paused"), (FORUM, CITY, "active")])
    assert stage.rows(abandoned) == [(1,)]


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_follows(stage: Stage) -> None:
    await stage.say("/follow روسيا", GROUP)

    await stage.admin.migrate(GROUP, MOVED)
    await stage.until(FOLLOWS, [(MOVED, 0, "روسيا")])

    assert await stage.say("/follow مصر", MOVED) == ["تتابع الآن: مصر."]
    assert stage.rows(STANDINGS) == [(MOVED, 0, "active")]


async def test_a_command_in_the_supergroup_that_we_hear_first_loses_nothing(stage: Stage) -> None:
    await stage.say("/follow روسيا", GROUP)
    await stage.http.post("/sandbox/chats", json={"id": MOVED, "type": "supergroup", "title": "مجموعة الحي"})
    await stage.admin.rank(MOVED, "administrator")
    await stage.say("/follow مصر", MOVED)

    service = {"message_id": 950, "date": 1, "chat": {"id": MOVED, "type": "supergroup", "title": "مجموعة الحي"}}
    await stage.http.post("/sandbox/updates", json={"message": service | {"migrate_from_chat_id": GROUP}})

    await stage.until(FOLLOWS, [(MOVED, 0, "روسيا"), (MOVED, 0, "مصر")])


async def test_an_answer_on_its_way_follows_a_group_that_moves(stage: Stage) -> None:
    await stage.say("/follow روسيا", GROUP)
    stage.sandbox.world.migrations[GROUP] = MOVED
    await stage.http.post("/sandbox/chats", json={"id": MOVED, "type": "supergroup", "title": "مجموعة الحي"})

    await stage.admin.say("/topics", chat_id=GROUP)

    async with asyncio.timeout(PATIENCE):
        while not stage.written(MOVED):  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)
    assert stage.rows(STANDINGS) == [(MOVED, 0, "active")]


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_a_room_that_puts_us_out_hears_nothing_and_begins_again_when_we_are_back(
    stage: Stage, status: str
) -> None:
    await stage.say("/follow روسيا", FORUM, SPORT)
    await stage.admin.appoint(FORUM, status)
    await stage.until(STANDINGS, [(FORUM, SPORT, "paused")])

    await stage.admin.appoint(FORUM, "member")

    await stage.until(STANDINGS, [(FORUM, SPORT, "active")])


async def test_a_channel_is_written_to_while_we_are_its_administrator(stage: Stage) -> None:
    await stage.admin.appoint(CHANNEL, "administrator")
    told = await stage.say("/follow روسيا", CHANNEL)
    await stage.admin.appoint(CHANNEL, "member")
    await stage.until(STANDINGS, [(CHANNEL, 0, "paused")])

    await stage.admin.appoint(CHANNEL, "administrator")

    await stage.until(STANDINGS, [(CHANNEL, 0, "active")])
    assert told == ["تتابع الآن: روسيا."]


Deed = Callable[[Stage], Awaitable[None]]


@pytest.mark.parametrize(
    ("room", "status", "expected"),
    [
        pytest.param(GROUP, "administrator", "أضفتني إلى «مجموعة الحي»", id="a group"),
        pytest.param(CHANNEL, "administrator", "صرت مشرفًا في قناة «قناة الحي»", id="a channel"),
    ],
)
async def test_who_lets_us_in_is_told_what_to_do_next_in_their_own_chat(
    stage: Stage, room: int, status: str, expected: str
) -> None:
    await answered(stage.admin, "/start")
    await stage.admin.appoint(room, "left")
    await stage.settled()

    await stage.admin.appoint(room, status)

    (*_, told) = await stage.admin.wait_for(lambda shown: expected in shown.text, PATIENCE)
    assert "/follow" in told.text
    assert stage.written(room) == []


async def test_whoever_never_wrote_to_us_is_not_written_to_for_adding_us(stage: Stage) -> None:
    await stage.admin.appoint(GROUP, "left")
    await stage.admin.appoint(GROUP, "member")
    await stage.settled()

    assert stage.rows("SELECT * FROM deliveries") == []
    assert stage.rows(STANDINGS) == []


async def test_a_topic_is_forgotten_by_its_administrators_alone(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, SPORT)
    await stage.say("/follow مصر", FORUM, CITY)
    (asked,) = await stage.say("/forget", FORUM, SPORT)
    payload = stage.payloads(FORUM)[0]

    refused = await stage.press(stage.member, FORUM, payload)
    await stage.press(stage.admin, FORUM, payload)

    assert asked.startswith("أأنسى هذا المكان؟")
    assert refused["text"] == "هذا الزرّ للمشرفين وحدهم."
    assert stage.rows(FOLLOWS) == [(FORUM, CITY, "مصر")]
    async with asyncio.timeout(PATIENCE):
        while "مُحي كل شيء" not in stage.written(FORUM)[-1]["text"]:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)


async def test_a_press_under_a_message_that_telegram_does_not_show_any_more_changes_nothing(stage: Stage) -> None:
    await stage.say("/follow روسيا", FORUM, SPORT)
    hidden = {"message_id": 7, "date": 0, "chat": {"id": FORUM, "type": "supergroup", "title": "منتدى الحي"}}
    query = {"id": "77", "from": {"id": ADMIN, "is_bot": False, "first_name": "قارئ"}, "chat_instance": "1"}

    await stage.http.post("/sandbox/updates", json={"callback_query": query | {"message": hidden, "data": "u:t1"}})
    await stage.settled()

    assert stage.rows(FOLLOWS) == [(FORUM, SPORT, "روسيا")]
    assert "لم يعد يعمل" in str([each for each in stage.sandbox.world.log if each["method"] == "answerCallbackQuery"])


async def test_a_group_is_not_told_that_what_it_showed_us_was_published(stage: Stage) -> None:
    await answered(stage.owner, "/start")
    (shown,) = await stage.say(f"@mujaz_sandbox_bot\n{ARTICLE}", GROUP, by=stage.member)
    (*_, asked) = await stage.owner.wait_for(lambda each: "نشر للجميع" in str(each.buttons), PATIENCE)

    await stage.owner.press(asked, "نشر للجميع")
    await stage.settled()

    assert "حُفظ هذا المقال" in shown
    assert len(stage.written(GROUP)) == 1
