"""/privacy and /forget over real HTTP: what is held on a reader, and that it goes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo import SteeredClock
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from bot.storage.tables import WORD_INDEX
from tests.running import OWNER, PATIENCE, a_running_bot, answered
from tests.test_conversation import ARTICLE

ALI, MONA = 2002, 2003
YES, NO = "نعم، امحُ كل شيء", "لا، أبقِ كل شيء"
GONE, KEPT, LATE = "مُحي كل شيء.", "لم يُمحَ شيء.", "هذا السؤال قديم"
OTHER = ARTICLE.replace("جسر", "ميناء").replace("النهر", "البحر").replace("دقائق", "ساعات")


@dataclass
class Stage:
    """A running bot, two readers and the owner."""

    sandbox: SandboxServer
    folder: Path
    clock: SteeredClock
    ali: Reader
    mona: Reader
    owner: Reader

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "mujaz.sqlite")) as connection:
            return connection.execute(query).fetchall()

    def traces(self, of: int = ALI) -> set[str]:
        """Return in which tables a person's number or name stands, once the answer left."""
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        names = [name for (name,) in self.rows(tables) if name != WORD_INDEX]  # it holds words, and tells only numbers
        found = set()
        for name in names:
            for row in self.rows(f"SELECT * FROM {name}"):  # noqa: S608 - a test's own database
                if str(of) in str(row) or "زبرجد" in str(row):
                    found.add(name)
        return found


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncIterator[Stage]:
    clock = SteeredClock()
    async with (
        SandboxServer() as sandbox,
        Reader(sandbox.url, ALI, "زبرجد") as ali,
        Reader(sandbox.url, MONA, "منى") as mona,
        Reader(sandbox.url, OWNER, "مالك") as owner,
    ):
        yield Stage(sandbox, folder, clock, ali, mona, owner)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path) as stage, a_running_bot(stage.sandbox, tmp_path, stage.clock):
        yield stage


async def becomes(reader: Reader, asked: Shown, words: str) -> Shown:
    """Wait until a message of the bot says so, and has no buttons any more."""
    async with asyncio.timeout(PATIENCE):
        while True:
            shown = next(each for each in await reader.messages() if each.message_id == asked.message_id)
            if words in shown.text:
                assert shown.buttons == ()
                return shown
            await asyncio.sleep(0.1)


def followed(shown: Shown) -> list[str]:
    """Return the buttons of /topics for what is followed."""
    return [label for row in shown.buttons for label in row if label.startswith("✓")]


async def forget(reader: Reader) -> Shown:
    (said,) = await reader.say("/forget")
    fresh = await reader.wait_for(lambda shown: (YES,) in shown.buttons, PATIENCE)
    asked = next(shown for shown in fresh if shown.message_id > said.message_id and shown.buttons)
    await reader.press(asked, YES)
    return await becomes(reader, asked, GONE)


async def press(reader: Reader, asked: Shown, payload: str) -> None:
    """Press a button as a client does that still shows it."""
    pressed = {"message_id": asked.message_id, "data": payload, "wait": PATIENCE}
    await reader._did("presses", pressed)  # noqa: SLF001 - by payload, as the sandbox offers it


def payload_of(stage: Stage, reader: int, asked: Shown) -> str:
    keyboard = stage.sandbox.world.messages[reader][asked.message_id].keyboard or {}
    return str(keyboard["inline_keyboard"][0][0]["callback_data"])


async def test_privacy_says_what_is_held_and_keeps_nobody(stage: Stage) -> None:
    told = await answered(stage.ali, "/privacy")

    assert told.text.startswith("ما أحتفظ به عنك، ولماذا:")
    assert all(words in told.text for words in ("يومان", "ثلاثة أيام", "/export", "/forget"))
    assert stage.rows("SELECT * FROM subscribers") == []


async def test_who_asks_to_be_forgotten_is_asked_and_may_change_their_mind(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    asked = await answered(stage.ali, "/forget")

    await stage.ali.press(asked, NO)

    await becomes(stage.ali, asked, KEPT)
    assert asked.buttons == ((YES,), (NO,))
    assert followed(await answered(stage.ali, "/topics")) == ["✓ 🇷🇺 روسيا"]


async def test_who_is_forgotten_leaves_no_trace_and_comes_back_as_a_newcomer(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا، تونس")
    await answered(stage.ali, "/schedule 05:15")
    await answered(stage.ali, ARTICLE)
    await answered(stage.ali, "/digest")

    await forget(stage.ali)

    assert stage.rows("SELECT * FROM articles") == stage.rows("SELECT * FROM subscribers") == []
    assert stage.traces() == {"deliveries"}
    assert [text for (text,) in stage.rows("SELECT text FROM deliveries") if GONE not in text] == []
    assert "08:00" in (await answered(stage.ali, "/start")).text
    assert "لا تتابع أي موضوع بعد" in (await answered(stage.ali, "/topics")).text


async def test_what_was_published_stays_for_everyone_without_its_sender(stage: Stage) -> None:
    await answered(stage.mona, "/follow تونس")
    await answered(stage.owner, "/start")
    me = {"type": "user", "id": ALI, "name": "زبرجد"}
    await stage.ali.forward(ARTICLE.replace("المصدر: صحيفة الضفتين\n", ""), me)
    (*_, asked) = await stage.owner.wait_for(lambda shown: "نشر للجميع" in str(shown.buttons), PATIENCE)
    await stage.owner.press(asked, "نشر للجميع")

    await forget(stage.ali)

    digest = await answered(stage.mona, "/digest")
    assert "جسر جديد" in digest.text
    assert stage.traces() <= {"deliveries", "updates"}  # the owner's own chat still has the question
    assert stage.rows("SELECT * FROM sources WHERE kind = 'person'") == []
    assert stage.rows("SELECT sender_id FROM submissions") == [(None,)]


async def test_a_press_again_finds_nobody_and_keeps_nobody(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    asked = await answered(stage.ali, "/forget")
    payload = payload_of(stage, ALI, asked)

    await asyncio.gather(*(press(stage.ali, asked, payload) for _ in range(3)))

    await becomes(stage.ali, asked, GONE)
    assert stage.rows("SELECT * FROM subscribers") == []


async def test_an_old_press_does_not_forget_who_came_back(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    asked = await answered(stage.ali, "/forget")
    payload = payload_of(stage, ALI, asked)
    await press(stage.ali, asked, payload)
    await becomes(stage.ali, asked, GONE)
    stage.clock.ahead += timedelta(minutes=1)
    await answered(stage.ali, "/follow مصر")

    await press(stage.ali, asked, payload)

    await becomes(stage.ali, asked, LATE)
    assert followed(await answered(stage.ali, "/topics")) == ["✓ 🇪🇬 مصر"]


async def test_a_question_of_last_week_is_asked_again(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    asked = await answered(stage.ali, "/forget")
    stage.clock.ahead += timedelta(days=7)

    await stage.ali.press(asked, YES)

    await becomes(stage.ali, asked, LATE)
    assert len(stage.rows("SELECT * FROM subscribers")) == 1


async def test_somebody_elses_payload_forgets_nobody_but_who_presses(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    asked = await answered(stage.ali, "/forget")
    await answered(stage.mona, "/follow مصر")
    theirs = await answered(stage.mona, "/topics")

    await press(stage.mona, theirs, payload_of(stage, ALI, asked))

    await becomes(stage.mona, theirs, LATE)  # she came after his question
    assert len(stage.rows("SELECT * FROM subscribers")) == 2


@pytest.mark.parametrize("payload", ["forget:0", "forget:99999999999999999", "keep:"])
async def test_a_forged_payload_breaks_nothing(stage: Stage, payload: str) -> None:
    listed = await answered(stage.ali, "/help")

    await press(stage.ali, listed, payload)

    assert stage.rows("SELECT * FROM updates WHERE status = 'failed'") == []


async def test_who_was_forgotten_may_block_us_and_ask_again_without_being_kept(stage: Stage) -> None:
    await answered(stage.ali, "/start")
    await forget(stage.ali)

    again = await answered(stage.ali, "/forget")
    await stage.ali.block()
    await stage.ali.unblock()

    assert again.text.startswith("لا أحتفظ بشيء هنا")
    async with asyncio.timeout(PATIENCE):
        while stage.sandbox.world.updates.pending:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)
    assert stage.rows("SELECT * FROM subscribers") == []


async def test_a_press_after_a_restart_counts(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        async with a_running_bot(stage.sandbox, tmp_path, stage.clock):
            await answered(stage.ali, "/follow روسيا")
            asked = await answered(stage.ali, "/forget")
        async with a_running_bot(stage.sandbox, tmp_path, stage.clock):
            await stage.ali.press(asked, YES, wait=PATIENCE)
            await becomes(stage.ali, asked, GONE)

            assert stage.rows("SELECT * FROM subscribers") == []


async def test_who_blocks_us_is_not_written_to_until_they_come_back(stage: Stage) -> None:
    await answered(stage.ali, "/follow روسيا")
    await stage.ali.block()
    standing = "SELECT standing FROM subscribers"
    async with asyncio.timeout(PATIENCE):
        while stage.rows(standing) != [("paused",)]:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)

    await stage.ali.unblock()

    async with asyncio.timeout(PATIENCE):
        while stage.rows(standing) != [("active",)]:  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)
    assert followed(await answered(stage.ali, "/topics")) == ["✓ 🇷🇺 روسيا"]
