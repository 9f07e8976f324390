"""The first steps of a reader over real HTTP: pressed twice, late, out of order, and typed instead."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo import SteeredClock
from bot.sandbox.people import Chat
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below
from tests.test_newcomer import LATER, NEWS, is_digest, labels

READER, ENGLISH = 2002, 2003
ROOM = -1_001_010
DONE = "تم.\nتتابع: روسيا.\nيصلك موجزك كل يوم في 07:00 بتوقيت الرياض. الموجز التالي: "


_BUSY = """SELECT (SELECT count(*) FROM updates WHERE status IN ('received', 'handling'))
    + (SELECT count(*) FROM deliveries WHERE status IN ('planned', 'sending'))"""


@dataclass
class Stage:
    """A running bot, its newsroom, a reader and one whose Telegram is English."""

    folder: Path
    sandbox: SandboxServer
    owner: Reader
    reader: Reader
    english: Reader

    async def publish(self, *texts: str) -> None:
        for text in texts:
            await below(self.owner, (await self.owner.forward(text, {"type": "channel", "title": "قناة"}))[-1])

    async def start(self, text: str = "/start") -> Shown:
        return await answered(self.reader, text)

    def payload(self, message: Shown, label: str) -> str:
        """Return what a button carries, as it was when the message came."""
        rows = self.sandbox.world.messages[READER][message.message_id].shown()["reply_markup"]["inline_keyboard"]
        return next(str(button["callback_data"]) for row in rows for button in row if label in button["text"])

    async def once(self, message: Shown, is_so: Callable[[Shown], object]) -> Shown:
        """Return a message once it is so."""
        async with asyncio.timeout(PATIENCE):
            while True:
                shown = next(each for each in await self.reader.messages() if each.message_id == message.message_id)
                if is_so(shown):
                    return shown
                await asyncio.sleep(0.05)

    async def digests(self) -> list[str]:
        """Return the digests that have come, once nothing is on its way."""
        with closing(sqlite3.connect(self.folder / "mujaz.sqlite")) as connection:
            async with asyncio.timeout(PATIENCE):
                while (  # noqa: ASYNC110 - another program
                    self.sandbox.world.updates.pending or connection.execute(_BUSY).fetchone() != (0,)
                ):
                    await asyncio.sleep(0.05)
        return [shown.text for shown in await self.reader.messages() if is_digest(shown)]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        await stack.enter_async_context(a_running_bot(sandbox, tmp_path, SteeredClock()))
        owner, reader, english = [
            await stack.enter_async_context(Reader(sandbox.url, each, language_code=code))
            for each, code in ((OWNER, "ar"), (READER, "ar"), (ENGLISH, "en-GB"))
        ]
        yield Stage(tmp_path, sandbox, owner, reader, english)


async def test_an_empty_archive_offers_what_most_readers_follow(stage: Stage) -> None:
    assert labels(await stage.start()) == [
        *("+ 🇵🇸 فلسطين", "+ 🇸🇦 السعودية", "+ 🇪🇬 مصر", "+ 🇷🇺 روسيا", "+ 🇺🇦 أوكرانيا"),
        *("7 صباحًا", "1 ظهرًا", "8 مساءً"),
        *("التوقيت: الرياض", "English"),
    ]


async def test_what_is_in_the_news_is_offered_first_and_buttons_stay_where_they_are(stage: Stage) -> None:
    await stage.publish(*NEWS)
    begun = await stage.start()
    await stage.publish(*("مصر تفتتح متحفا\nافتتحت مصر متحفا للآثار في المنيا بعد عشر سنوات من البناء.\n",) * 2)

    await stage.reader.press(begun, "+ 🇷🇺 روسيا")
    redrawn = await stage.once(begun, lambda shown: "✓ 🇷🇺 روسيا" in labels(shown))

    assert labels(begun)[0] == "+ 🇷🇺 روسيا"
    assert labels(redrawn) == [label.replace("+ 🇷🇺", "✓ 🇷🇺") for label in labels(begun)]


async def test_a_topic_and_an_hour_pressed_twice_bring_three_stories_once(stage: Stage) -> None:
    await stage.publish(*NEWS)
    begun = await stage.start()

    followed = [await stage.reader.press_data(begun, stage.payload(begun, "+ 🇷🇺 روسيا")) for _ in range(2)]
    chosen = [await stage.reader.press(begun, "7 صباحًا") for _ in range(2)]
    done = await stage.once(begun, lambda shown: "✓ 7 صباحًا" in labels(shown))

    assert [pressed.text for pressed in followed] == ["تتابع الآن: روسيا."] * 2
    assert [pressed.text for pressed in chosen] == ["حُفظ التغيير."] * 2
    assert done.text.startswith(DONE)
    (sample,) = await stage.digests()
    assert sum(text.splitlines()[0] in sample for text in NEWS) == 3
    assert "وبقي خبر واحد: تجده في «المزيد»" in sample


async def test_an_hour_before_a_topic_asks_for_a_topic_and_the_topic_ends_it(stage: Stage) -> None:
    await stage.publish(LATER)
    begun = await stage.start()

    await stage.reader.press(begun, "7 صباحًا")
    asked = await stage.once(begun, lambda shown: "✓ 7 صباحًا" in labels(shown))
    await stage.reader.press(asked, "+ 🇷🇺 روسيا")
    done = await stage.once(begun, lambda shown: "✓ 🇷🇺 روسيا" in labels(shown))

    assert "اختر موضوعًا أو أكثر" in asked.text
    assert done.text.startswith(DONE)
    assert len(await stage.digests()) == 1


async def test_without_news_one_line_says_so_and_the_first_news_is_not_lost(stage: Stage) -> None:
    begun = await stage.start()
    await stage.reader.press(begun, "+ 🇷🇺 روسيا")
    await stage.reader.press(begun, "7 صباحًا")
    done = await stage.once(begun, lambda shown: "✓ 7 صباحًا" in labels(shown))

    assert done.text.splitlines()[-1] == "لا أخبار جديدة الآن، وما يُنشر بعدها يصلك في موجزك."
    assert await stage.digests() == []
    await stage.publish(LATER)
    assert LATER.splitlines()[0] in (await answered(stage.reader, "موجز")).text


async def test_another_hour_and_another_topic_can_be_chosen_afterwards(stage: Stage) -> None:
    begun = await stage.start()
    for label in ("+ 🇷🇺 روسيا", "7 صباحًا", "8 مساءً", "+ 🇪🇬 مصر", "1 ظهرًا"):
        await stage.reader.press(begun, label)
    await stage.once(begun, lambda shown: "✓ 1 ظهرًا" in labels(shown))

    assert (await answered(stage.reader, "مواعيدي")).text.startswith("يصلك موجزك كل يوم في 13:00")
    assert "✓ 🇪🇬 مصر" in labels(await answered(stage.reader, "/topics"))


async def test_an_hour_pressed_late_takes_none_of_several_times_away(stage: Stage) -> None:
    begun = await stage.start()
    await answered(stage.reader, "تابع روسيا")
    await answered(stage.reader, "/schedule 07:30 21:00")

    late = await stage.reader.press(begun, "1 ظهرًا")

    assert late.text == "مواعيدك كما هي: 07:30 و21:00. لتغييرها اكتب: مواعيدي"
    assert (await answered(stage.reader, "مواعيدي")).text.startswith("يصلك موجزك كل يوم في 07:30 و21:00")


@pytest.mark.parametrize("payload", ["b:+t999999", "b:-t999999", "b:0333", "b:xx", "b:", "b:+", "b:zone", "b:+t1:t2"])
async def test_a_button_that_is_late_or_forged_is_answered_and_changes_nothing(stage: Stage, payload: str) -> None:
    begun = await stage.start()

    pressed = await stage.reader.press_data(begun, payload)

    assert pressed.text == "هذا الزرّ لم يعد يعمل. اكتب /start من جديد."
    assert (await answered(stage.reader, "/topics")).text.startswith("لا تتابع أي موضوع بعد.")
    assert "08:00" in (await answered(stage.reader, "مواعيدي")).text


async def test_buttons_work_after_a_restart_and_begin_anew_for_one_who_was_forgotten(tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, Reader(sandbox.url, READER) as reader:
        async with a_running_bot(sandbox, tmp_path):
            begun = await answered(reader, "/start")
        async with a_running_bot(sandbox, tmp_path):
            followed = await reader.press(begun, "+ 🇷🇺 روسيا", wait=PATIENCE)
            asked = await answered(reader, "/forget")
            await reader.press(asked, asked.buttons[0][0], wait=PATIENCE)
            timed = await reader.press(begun, "8 مساءً", wait=PATIENCE)
            topics, times = await answered(reader, "/topics"), await answered(reader, "مواعيدي")

    assert (followed.text, timed.text) == ("تتابع الآن: روسيا.", "حُفظ التغيير.")
    assert topics.text.startswith("لا تتابع أي موضوع بعد.")
    assert times.text.startswith("يصلك موجزك كل يوم في 20:00")


async def test_in_a_room_the_buttons_of_a_newcomer_change_nothing(stage: Stage) -> None:
    stage.sandbox.world.chats[ROOM] = Chat(ROOM, "supergroup", "مجموعة")
    await stage.reader.rank(ROOM, "administrator")
    await stage.reader.say("/schedule", chat_id=ROOM)
    await stage.digests()
    messages = [each for each in stage.sandbox.world.messages[ROOM].values() if each.is_from_bot]

    pressed = {"chat_id": ROOM, "message_id": messages[0].body["message_id"], "data": "b:0700", "wait": PATIENCE}
    done = await stage.reader._did("presses", pressed)  # noqa: SLF001 - by payload, as the sandbox offers it

    assert done["answer"]["text"] == "هذا الزرّ لم يعد يعمل. اكتب /start من جديد."
    assert "08:00" in messages[0].shown()["text"]


async def test_a_known_reader_who_starts_again_keeps_everything_and_is_told_where_they_stand(stage: Stage) -> None:
    await answered(stage.reader, "تابع روسيا، مصر")
    await answered(stage.reader, "/schedule 07:30 21:00 أيام العمل")
    await stage.reader.block()
    await stage.reader.unblock()

    back = await stage.start()

    assert back.text.splitlines()[:2] == ["أهلًا بعودتك.", "تتابع: روسيا ومصر."]
    assert "أيام العمل (من الأحد إلى الخميس) في 07:30 و21:00" in back.text
    assert "7 صباحًا" not in labels(back)


async def test_a_language_is_guessed_and_can_be_changed_and_back(stage: Stage) -> None:
    begun = await answered(stage.english, "/start")
    await stage.english.press(begun, "العربية")
    arabic = await stage.english.wait_for(lambda shown: "7 صباحًا" in labels(shown))
    answer = await answered(stage.english, "/topics")

    assert begun.text.startswith("Welcome to Mujaz")
    assert begun.buttons[3:] == (("7 am", "1 pm", "8 pm"), ("Time zone: \u2068London\u2069", "العربية"))
    assert arabic[-1].text.startswith("أهلًا بك في موجز")
    assert answer.text.startswith("لا تتابع أي موضوع بعد.")


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        pytest.param("روسيا", "تتابع: روسيا.\nيصلك موجزك كل يوم في 08:00", id="a name"),
        pytest.param("روسيا وأوكرانيا", "تتابع: روسيا وأوكرانيا.\nيصلك موجزك كل يوم في 08:00", id="two names"),
        pytest.param("روسيا كل يوم الساعة ٧", DONE, id="a name and an hour"),
        pytest.param("تابع روسيا الساعة 7", DONE, id="a sentence"),
        pytest.param("تابع روسيا", "تتابع الآن: روسيا.\n\nيصلك موجزك كل يوم في 08:00", id="a command in words"),
        pytest.param("/follow روسيا", "تتابع الآن: روسيا.\n\nيصلك موجزك كل يوم في 08:00", id="a command"),
        pytest.param("تابع عمان الساعة 7", "ماذا تقصد بـ«عمان»", id="a name of two things"),
        pytest.param("تابع !!! الساعة 7", "هذا أقصر من أن يكون مقالًا", id="no name"),
        pytest.param("صباح الخير", "هذا أقصر من أن يكون مقالًا", id="talk"),
        pytest.param("#روسيا", "هذا وسم بلا مقال", id="a hashtag"),
        pytest.param("2026", "أقرأ المقالات العربية فقط", id="a number"),
        pytest.param("مساعدة", "حوّل إليّ مقالًا", id="help"),
    ],
)
async def test_a_newcomer_may_type_instead_of_pressing(stage: Stage, typed: str, start: str) -> None:
    await stage.start()

    assert (await answered(stage.reader, typed)).text.startswith(start)


async def test_an_hour_may_be_typed_until_one_is_chosen(stage: Stage) -> None:
    await answered(stage.reader, "روسيا")

    done, again = [await answered(stage.reader, typed) for typed in ("٧ صباحًا", "9")]

    assert done.text.startswith(DONE)
    assert again.text.startswith("أقرأ المقالات العربية فقط")


async def test_a_number_of_one_who_has_had_a_digest_is_no_hour(stage: Stage) -> None:
    await stage.publish(LATER)
    await answered(stage.reader, "تابع روسيا")
    await answered(stage.reader, "موجز")

    assert (await answered(stage.reader, "9")).text.startswith("أقرأ المقالات العربية فقط")
    assert "08:00" in (await answered(stage.reader, "مواعيدي")).text


async def test_a_link_that_follows_offers_the_hour_and_one_tap_ends_it(stage: Stage) -> None:
    await stage.publish(LATER)
    begun = await stage.start("/start follow_t1")
    name = begun.text.splitlines()[1].removeprefix("تتابع الآن: ").rstrip(".")

    await stage.reader.press(begun, "8 مساءً")
    done = await stage.once(begun, lambda shown: "✓ 8 مساءً" in labels(shown))

    assert begun.text.startswith("أهلًا بك في موجز")
    assert done.text.startswith(f"تم.\nتتابع: {name}.\nيصلك موجزك كل يوم في 20:00")


async def test_an_article_of_a_newcomer_is_read_like_anybodys(stage: Stage) -> None:
    await stage.start()

    assert (await answered(stage.reader, LATER)).text.startswith(LATER.splitlines()[0])
