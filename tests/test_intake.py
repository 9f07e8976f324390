"""Every kind of message over real HTTP: what is put in, what is kept of it and what is answered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.storage.tables import articles, sources, updates
from tests.running import OWNER, PATIENCE, a_running_bot

CHANNEL, GROUP = -1007, -1009
BOT = "@mujaz_sandbox_bot"
TITLE = "افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي"
LEAD = "افتتحت بلدية المدينة، صباح الأحد، جسرا جديدا يربط الحي الشرقي بالحي الغربي بعد ثلاث سنوات من العمل."
MORE = "وقال رئيس البلدية إن الجسر سيختصر زمن الرحلة بين الحيين إلى خمس دقائق، وإنه مزود بممر للدراجات."
ARTICLE = f"{TITLE}\n\n{LEAD}\n\n{MORE}"
CORRECTED = ARTICLE.replace("خمس دقائق", "سبع دقائق")
OTHER = (
    "المنتخب يفوز ببطولة كرة اليد للمرة الثالثة\n\n"
    "فاز المنتخب الوطني، مساء الجمعة، ببطولة القارة في كرة اليد بعد مباراة نهائية انتهت بفارق هدف واحد.\n\n"
    "وأهدى المدرب الكأس إلى الجمهور الذي ملأ المدرجات منذ الصباح رغم المطر والبرد."
)
TALK = "شكرا جزيلا يا صديقي"
PUBLISHED = 1_741_000_000  # 3 March 2025
PERSON = {"type": "user", "id": 77, "name": "سلمى", "username": "salma", "date": PUBLISHED}
HIDDEN = {"type": "hidden_user", "name": "كاتب مخفي", "date": PUBLISHED}
FROM_GROUP = {"type": "chat", "title": "أخبار الحي", "author_signature": "سلمى", "date": PUBLISHED}
PUBLIC = {"type": "channel", "title": "قناة السهل", "username": "sahl", "message_id": 42, "date": PUBLISHED}
PRIVATE = {"type": "channel", "title": "قناة خاصة", "id": -1_001_234, "message_id": 42, "date": PUBLISHED}


@dataclass(frozen=True)
class Kept:
    """An article as the archive holds it."""

    title: str
    body: str
    source: tuple[str, str] | None
    link: str | None
    published: str | None
    is_for_everyone: bool


@dataclass(frozen=True)
class Stage:
    """A running bot, a reader, another one, an editor, a group and a channel."""

    sandbox: SandboxServer
    database: Path
    reader: Reader
    other: Reader
    owner: Reader
    http: httpx.AsyncClient

    async def settled(self) -> None:
        """Wait until every update the bot was sent is handled and its answer is there."""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.world.updates.pending or self._is_busy():  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.05)

    def _is_busy(self) -> bool:
        waiting = "SELECT count(*) FROM updates WHERE status IN ('received', 'handling')"
        sending = "SELECT count(*) FROM deliveries WHERE status IN ('planned', 'sending')"
        with self._reading() as connection:
            return bool(connection.scalar(sa.text(f"SELECT ({waiting}) + ({sending})")))

    def kept(self) -> list[Kept]:
        """Return the archive, oldest first."""
        query = sa.select(articles, sources.c.kind, sources.c.name).join(sources, isouter=True).order_by(articles.c.id)
        with self._reading() as connection:
            return [
                Kept(
                    row.title,
                    "\n\n".join(row.body),
                    (row.kind, row.name) if row.kind else None,
                    row.link,
                    str(row.published) if row.published else None,
                    row.for_everyone_since is not None,
                )
                for row in connection.execute(query)
            ]

    def failures(self) -> list[Any]:
        with self._reading() as connection:
            return list(
                connection.execute(sa.select(updates.c.id, updates.c.error).where(updates.c.status == "failed"))
            )

    def _reading(self) -> sa.Connection:
        return sa.create_engine(f"sqlite:///{self.database}", poolclass=sa.NullPool).connect()

    async def answers(self, chat_id: int = 2002) -> list[str]:
        """Return what the bot wrote in a chat."""
        return [
            kept.shown()["text"] for kept in self.sandbox.world.messages.get(chat_id, {}).values() if kept.is_from_bot
        ]

    async def put(self, update: dict[str, Any]) -> None:
        """Put a raw update into the bot's queue."""
        await self.http.post("/sandbox/updates", json=update)


@pytest.fixture
async def stage(tmp_path: Path) -> Any:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        await stack.enter_async_context(a_running_bot(sandbox, tmp_path))
        reader, other, owner = [
            await stack.enter_async_context(Reader(sandbox.url, each)) for each in (2002, 2003, OWNER)
        ]
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=sandbox.url, trust_env=False))
        await http.post(
            "/sandbox/chats", json={"id": CHANNEL, "type": "channel", "title": "قناة السهل", "username": "sahl"}
        )
        await http.post("/sandbox/chats", json={"id": GROUP, "type": "supergroup", "title": "مجموعة الحي"})
        while not sandbox.world.polls:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.02)
        yield Stage(sandbox, tmp_path / "mujaz.sqlite", reader, other, owner, http)


Deed = Callable[[Stage], Awaitable[object]]


async def in_turn(stage: Stage, *deeds: Deed) -> None:
    """Do one thing after the other, each once the bot has done with the one before."""
    for deed in deeds:
        await deed(stage)
        await stage.settled()


def say(text: str, **more: Any) -> Deed:
    return lambda stage: stage.reader.say(text, **more)


def forward(text: str, origin: dict[str, Any]) -> Deed:
    return lambda stage: stage.reader.forward(text, origin)


def album(*captions: str, **more: Any) -> Deed:
    return lambda stage: stage.reader.send_album(*captions, **more)


def edit(number: int, text: str) -> Deed:
    return lambda stage: stage.reader.edit(number, text)


def enable(stage: Stage) -> Awaitable[object]:
    async def done() -> None:
        await stage.owner.say("/start")
        await stage.settled()
        await stage.owner.appoint(CHANNEL, "administrator")
        await stage.settled()
        asked = (await stage.owner.messages())[-1]
        await stage.owner.press(asked, "اعتماد القناة")

    return done()


def post(text: str) -> Deed:
    return lambda stage: stage.owner.say(text, chat_id=CHANNEL)


def edit_post(number: int, text: str) -> Deed:
    return lambda stage: stage.owner.edit(number, text, chat_id=CHANNEL)


def in_group(text: str, *, by_owner: bool = False, **more: Any) -> Deed:
    return lambda stage: (stage.owner if by_owner else stage.reader).say(text, chat_id=GROUP, **more)


def named(stage: Stage) -> dict[str, Any]:
    """Return an entity over four letters that names the bot."""
    return {"type": "text_mention", "offset": 0, "length": 4, "user": stage.sandbox.world.bot.api()}


def one(body: str = f"{LEAD}\n\n{MORE}", **more: Any) -> list[Kept]:
    """Return an archive of the one article, read from its text alone but for what is named."""
    fields = {"source": None, "link": None, "published": None, "is_for_everyone": False} | more
    return [Kept(TITLE, body, **fields)]


SAVED, KNOWN, UPDATED = "حُفظ في موجزك", "سبق أن أرسلت هذا المقال", "حُدّث المقال"
CASES = [
    pytest.param([say(ARTICLE)], one(), [SAVED], id="a text"),
    pytest.param(
        [forward(ARTICLE, PERSON)], one(source=("person", "سلمى")), [SAVED], id="a forward from a person, undated"
    ),
    pytest.param(
        [forward(ARTICLE, HIDDEN)], one(source=("person", "كاتب مخفي")), [SAVED], id="a forward from who hides"
    ),
    pytest.param(
        [forward(ARTICLE, FROM_GROUP)],
        one(source=("group", "أخبار الحي"), published="2025-03-03"),
        [SAVED],
        id="a forward from a group, without its writer",
    ),
    pytest.param(
        [forward(ARTICLE, PUBLIC)],
        one(source=("channel", "قناة السهل"), link="https://t.me/sahl/42", published="2025-03-03"),
        [SAVED],
        id="a forward from a public channel, with its link",
    ),
    pytest.param(
        [forward(ARTICLE, PRIVATE)],
        one(source=("channel", "قناة خاصة"), published="2025-03-03"),
        [SAVED],
        id="a forward from a private channel, whose link leads nobody anywhere",
    ),
    pytest.param(
        [forward(ARTICLE, PUBLIC), lambda stage: stage.other.forward(ARTICLE, PUBLIC)],
        one(source=("channel", "قناة السهل"), link="https://t.me/sahl/42", published="2025-03-03"),
        [SAVED],
        id="one post forwarded by two people",
    ),
    pytest.param([lambda stage: stage.reader.send_photo(ARTICLE)], one(), [SAVED], id="a picture's caption"),
    pytest.param([album(ARTICLE, "", "")], one(), [SAVED], id="an album with one caption"),
    pytest.param([album("", f"{TITLE}\n\n{LEAD}", "", MORE)], one(), [SAVED], id="an album with captions in order"),
    pytest.param([album("", "", "")], [], ["أقرأ النصوص فقط"], id="an album without words"),
    pytest.param([album(ARTICLE, ""), album(OTHER, "")], 2, [SAVED, SAVED], id="two albums"),
    pytest.param(
        [say(ARTICLE), edit(1, CORRECTED)],
        one(f"{LEAD}\n\n{MORE}".replace("خمس", "سبع")),
        [SAVED, UPDATED],
        id="an edit",
    ),
    pytest.param([say(ARTICLE), edit(1, ARTICLE)], one(), [SAVED], id="an edit that changes nothing"),
    pytest.param([say(ARTICLE), edit(1, TALK)], one(), [SAVED], id="an edit that leaves talk"),
    pytest.param([say(TALK), edit(1, ARTICLE)], one(), ["هذا أقصر", SAVED], id="talk edited into an article"),
    pytest.param([say("/start"), edit(1, "/help")], [], ["أهلًا بك"], id="an edited command"),
    pytest.param([say(TALK), edit(1, TALK + " جدا")], [], ["هذا أقصر"], id="edited talk"),
    pytest.param([say(ARTICLE), edit(1, OTHER)], 1, [SAVED, UPDATED], id="an edit into another article"),
    pytest.param(
        [lambda stage: stage.reader.send_photo(ARTICLE), edit(1, CORRECTED)],
        one(f"{LEAD}\n\n{MORE}".replace("خمس", "سبع")),
        [SAVED, UPDATED],
        id="an edited caption",
    ),
    pytest.param(
        [album("", f"{TITLE}\n\n{LEAD}", ""), edit(3, MORE)], one(), [SAVED, UPDATED], id="a caption added to an album"
    ),
    pytest.param(
        [say(ARTICLE), lambda stage: stage.other.say(ARTICLE), edit(1, CORRECTED)],
        2,
        [SAVED, UPDATED],
        id="an edit of what another reader sent too",
    ),
    pytest.param(
        [say(ARTICLE), say(TALK, reply_to=1)], one(), [SAVED, "هذا أقصر"], id="talk that replies to an article"
    ),
    pytest.param(
        [say(ARTICLE), say(TALK, reply_to=1, quote=LEAD)], one(), [SAVED, "هذا أقصر"], id="talk that quotes an article"
    ),
    pytest.param(
        [say(TALK), say(ARTICLE, reply_to=1)], one(), ["هذا أقصر", SAVED], id="an article that replies to talk"
    ),
    pytest.param(
        [say(ARTICLE), say(ARTICLE, reply_to=1)], one(), [SAVED, KNOWN], id="an article that replies to itself"
    ),
    pytest.param([post(ARTICLE)], [], [], id="a post of a channel nobody enabled"),
    pytest.param(
        [enable, post(ARTICLE)],
        one(source=("channel", "قناة السهل"), link="https://t.me/sahl/1", published="today", is_for_everyone=True),
        [],
        id="a post of an enabled channel",
    ),
    pytest.param(
        [enable, post(ARTICLE), edit_post(1, CORRECTED)],
        one(
            f"{LEAD}\n\n{MORE}".replace("خمس", "سبع"),
            source=("channel", "قناة السهل"),
            link="https://t.me/sahl/1",
            published="today",
            is_for_everyone=True,
        ),
        [],
        id="an edited post of an enabled channel",
    ),
    pytest.param([enable, post(TALK), edit_post(1, ARTICLE)], 1, [], id="a post that becomes an article"),
    pytest.param(
        [enable, lambda stage: stage.owner.send_album(ARTICLE, "", chat_id=CHANNEL)], 1, [], id="an album of a channel"
    ),
    pytest.param(
        [enable, lambda stage: stage.owner.appoint(CHANNEL, "left"), post(ARTICLE)], [], [], id="a channel that we left"
    ),
    pytest.param([in_group(ARTICLE)], [], [], id="an article in a group that nobody shows us"),
    pytest.param([in_group(f"{BOT} {ARTICLE}")], one(), ["حُفظ هذا المقال"], id="an article in a group that names us"),
    pytest.param(
        [lambda stage: stage.reader.send_photo(f"{ARTICLE}\n\n{BOT}", chat_id=GROUP)],
        one(),
        ["حُفظ هذا المقال"],
        id="a caption in a group that names us",
    ),
    pytest.param(
        [lambda stage: stage.reader.say(f"موجز {ARTICLE}", chat_id=GROUP, entities=[named(stage)])],
        one(),
        ["حُفظ هذا المقال"],
        id="an article in a group that names us without our address",
    ),
    pytest.param(
        [in_group(ARTICLE), in_group(BOT, reply_to=1)],
        one(),
        ["حُفظ هذا المقال"],
        id="our name as a reply to an article",
    ),
    pytest.param(
        [in_group(ARTICLE), in_group(f"{BOT} {TALK}", reply_to=1)],
        [],
        ["لم أجد هنا"],
        id="our name and talk as a reply",
    ),
    pytest.param([in_group(ARTICLE), in_group("/save", reply_to=1)], one(), ["حُفظ هذا المقال"], id="/save in a group"),
    pytest.param(
        [in_group(ARTICLE), in_group(f"/add{BOT}", reply_to=1)], one(), ["حُفظ هذا المقال"], id="/add with our name"
    ),
    pytest.param([in_group(ARTICLE), in_group("/save@other_bot", reply_to=1)], [], [], id="/save to another bot"),
    pytest.param([in_group("/save")], [], ["لم أجد هنا"], id="/save of nothing"),
    pytest.param([in_group(f"/save {ARTICLE}")], one(), ["حُفظ هذا المقال"], id="/save before an article"),
    pytest.param(
        [in_group(ARTICLE), in_group("/save", by_owner=True, reply_to=1)],
        one(is_for_everyone=True),
        ["حُفظ، وسيصل إلى كل"],
        id="/save by an editor",
    ),
    pytest.param(
        [in_group(f"{BOT} {ARTICLE}"), lambda stage: stage.reader.edit(1, f"{BOT} {CORRECTED}", chat_id=GROUP)],
        one(f"{LEAD}\n\n{MORE}".replace("خمس", "سبع")),
        ["حُفظ هذا المقال"],
        id="an edit in a group, in silence",
    ),
    pytest.param(
        [in_group(f"{BOT} {TALK}"), in_group(TALK, reply_to=2)], [], ["لم أجد هنا"], id="talk that replies to us"
    ),
    pytest.param(
        [in_group(f"{BOT} {TALK}"), in_group(ARTICLE, reply_to=2)],
        one(),
        ["لم أجد هنا", "حُفظ هذا المقال"],
        id="an article that replies to us",
    ),
]


@pytest.mark.parametrize(("deeds", "kept", "answers"), CASES)
async def test_each_kind_is_understood(
    stage: Stage, deeds: Sequence[Deed], kept: list[Kept] | int, answers: Sequence[str]
) -> None:
    await in_turn(stage, *deeds)

    found = [undated(each) for each in stage.kept()]
    assert found == kept if isinstance(kept, list) else len(found) == kept
    written = await stage.answers() + await stage.answers(GROUP)
    assert len(written) == len(answers)
    assert all(expected in text for expected, text in zip(answers, written, strict=True))
    assert await stage.answers(CHANNEL) == []
    assert stage.failures() == []


def undated(kept: Kept) -> Kept:
    """Return an article with the day of this test's run called today."""
    is_old = kept.published is None or kept.published.startswith("2025")
    return kept if is_old else Kept(**vars(kept) | {"published": "today"})


LONG = f"{TITLE}\n\n" + " ".join(
    f"وقال المهندس رقم {number} إن الدعامة التي أشرف عليها تحمل {number * 37} طنا وإنها فُحصت {number} مرات."
    for number in range(60)
)


def cut(text: str, place: int = 4096) -> tuple[str, str]:
    return text[:place], text[place:]


async def test_a_part_that_comes_after_the_text_was_handled_is_appended(stage: Stage, tmp_path: Path) -> None:
    first, second = cut(LONG)
    async with SandboxServer() as sandbox:
        (tmp_path / "whole").mkdir()
        async with a_running_bot(sandbox, tmp_path / "whole"), Reader(sandbox.url, 2002) as reader:
            await reader.say(LONG)
            await reader.wait_for(1, PATIENCE)

    await in_turn(stage, say(first), say(second))

    whole = Stage(sandbox, tmp_path / "whole" / "mujaz.sqlite", reader, reader, reader, stage.http)
    assert stage.kept() == whole.kept()
    assert len(stage.kept()) == 1
    assert [UPDATED in text for text in await stage.answers()] == [False, True]


async def test_an_edited_part_changes_the_whole_text(stage: Stage) -> None:
    _, second = cut(LONG)

    await in_turn(stage, say(LONG), edit(2, second.strip().replace("فُحصت 59 مرات", "فُحصت مرة واحدة")))

    (kept,) = stage.kept()
    assert "فُحصت مرة واحدة" in kept.body
    assert kept.body.split()[:5] == LONG.split("\n\n")[1].split()[:5]
    assert UPDATED in (await stage.answers())[-1]


async def test_talk_after_a_long_text_is_not_appended(stage: Stage) -> None:
    first, _ = cut(LONG, 3_900)

    await in_turn(stage, say(first), say("ما رأيك؟"), say("/topics"))

    (kept,) = stage.kept()
    assert "ما رأيك" not in kept.body
    assert len(await stage.answers()) == 3


async def test_a_member_of_an_album_that_comes_late_is_added(stage: Stage) -> None:
    chat = {"id": 2002, "type": "private", "first_name": "قارئ"}
    person = {"id": 2002, "is_bot": False, "first_name": "قارئ"}
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]
    member = {"chat": chat, "from": person, "date": 1_770_000_000, "media_group_id": "13", "photo": photo}
    await stage.reader.say("/start")
    await stage.settled()

    for number, caption in ((11, f"{TITLE}\n\n{LEAD}"), (12, MORE)):
        await stage.put({"message": member | {"message_id": number, "caption": caption}})
        await stage.settled()

    assert [kept.body for kept in stage.kept()] == [f"{LEAD}\n\n{MORE}"]
    assert [UPDATED in text for text in await stage.answers()] == [False, False, True]


async def test_an_edit_does_not_send_a_story_twice(stage: Stage) -> None:
    deeds = [say("/follow الجسر"), say(ARTICLE), say("/digest"), edit(3, CORRECTED), say("/digest")]

    await in_turn(stage, *deeds)

    assert (await stage.answers())[-1].startswith("لا جديد")


async def test_an_editors_forward_offers_to_enable_the_channel(stage: Stage) -> None:
    await stage.owner.forward(ARTICLE, PUBLIC | {"id": CHANNEL})
    (card,) = await stage.owner.wait_for(1, PATIENCE)
    pressed = await stage.owner.press(card, "اعتماد القناة")
    (redrawn,) = await stage.owner.wait_for(1, PATIENCE)
    await in_turn(stage, post(OTHER))

    assert pressed.text == "اعتُمدت قناة قناة السهل. أقرأ منشوراتها ما دمت مشرفًا فيها."
    assert redrawn.buttons[-1] == ("✓ قناة السهل",)
    assert len(stage.kept()) == 2


async def test_channels_are_listed_and_ended_by_editors_only(stage: Stage) -> None:
    await in_turn(stage, enable, lambda stage: stage.owner.say("/channels"), say("/channels"))
    listed = (await stage.owner.messages())[-1]
    await stage.owner.press(listed, "✓ قناة السهل")
    (redrawn,) = await stage.owner.wait_for(1, PATIENCE)
    await in_turn(stage, post(ARTICLE))

    assert redrawn.buttons == (("+ قناة السهل",),)
    assert stage.kept() == []
    assert (await stage.answers())[-1].startswith("لا أعرف هذا الأمر")


async def test_a_stranger_who_adds_the_bot_to_a_channel_changes_nothing(stage: Stage) -> None:
    await in_turn(stage, lambda stage: stage.reader.appoint(CHANNEL, "administrator"), post(ARTICLE))

    assert stage.kept() == []
    assert await stage.answers() == []


async def test_a_stranger_cannot_press_an_editors_button(stage: Stage) -> None:
    await stage.owner.appoint(CHANNEL, "administrator")
    await stage.settled()
    await stage.reader.say("/start")
    await stage.settled()
    (welcome,) = (shown for shown in await stage.reader.messages() if shown.from_bot)

    pressed = await stage.http.post(
        "/sandbox/users/2002/presses", json={"message_id": welcome.message_id, "data": f"e:{CHANNEL}", "wait": 5}
    )
    await in_turn(stage, post(ARTICLE))

    assert "لم يعد يعمل" in pressed.json()["answer"]["text"]
    assert stage.kept() == []


async def test_the_editor_is_told_when_the_bot_is_removed(stage: Stage) -> None:
    await in_turn(stage, enable, lambda stage: stage.owner.appoint(CHANNEL, "kicked"))

    assert (await stage.answers(OWNER))[-1].startswith("لم أعد مشرفًا في قناة")


WHO = {"id": 2002, "is_bot": False, "first_name": "قارئ"}
WHERE = {"id": 2002, "type": "private", "first_name": "قارئ"}
SAID = {"message_id": 90, "date": 1_770_000_000, "chat": WHERE, "from": WHO}


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"edited_message": None}, id="an edit of nothing"),
        pytest.param({"edited_message": {"chat": WHERE}}, id="an edit without a message"),
        pytest.param({"edited_message": SAID | {"message_id": "x", "text": ARTICLE}}, id="an edit of a word"),
        pytest.param({"edited_message": SAID | {"text": [ARTICLE]}}, id="an edited text that is a list"),
        pytest.param({"channel_post": {"chat": "قناة"}}, id="a channel that is a text"),
        pytest.param(
            {"channel_post": SAID | {"chat": {"id": -5, "type": "channel"}, "text": 5}}, id="a post of a number"
        ),
        pytest.param({"message": SAID | {"media_group_id": 5, "caption": ARTICLE}}, id="an album of a number"),
        pytest.param(
            {"message": SAID | {"media_group_id": "5", "caption": {"a": 1}}}, id="a caption that is an object"
        ),
        pytest.param({"message": SAID | {"text": ARTICLE, "forward_origin": {"type": "sky"}}}, id="an unknown origin"),
        pytest.param({"message": SAID | {"text": ARTICLE, "reply_to_message": []}}, id="a reply to a list"),
        pytest.param({"my_chat_member": {"chat": {"id": -5, "type": "channel"}, "from": WHO}}, id="no membership"),
        pytest.param({"callback_query": {"id": "1", "from": WHO, "data": "e:-5"}}, id="a button of nothing"),
        pytest.param(
            {"callback_query": {"id": "1", "from": WHO, "chat_instance": "1", "data": "e:-99999999999999999999"}},
            id="a channel beyond numbers",
        ),
    ],
)
async def test_hostile_updates_stop_nobody(stage: Stage, update: dict[str, Any]) -> None:
    await stage.put(update)

    (said,) = await stage.other.say(ARTICLE)
    fresh = await stage.other.wait_for(lambda shown: shown.message_id > said.message_id, PATIENCE)

    assert any(SAVED in shown.text for shown in fresh)
