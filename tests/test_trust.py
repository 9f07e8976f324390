"""Who is trusted, over real HTTP: readers send, editors decide, owners name editors."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import SteeredClock
from bot.domain.submission import MOST_ASKED
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

ALI, MONA, SALMA, NADIA = 2001, 2002, 3001, 3002
REPORT = """انطلاق محادثات مائية بين مصر والسودان في الخرطوم
بدأت في الخرطوم اليوم جولة محادثات فنية بين مصر والسودان بشأن تشغيل السدود خلال موسم الفيضان.
وقال وزير الري السوداني إن الجانبين اتفقا على تبادل بيانات منسوب المياه يوميا طوال ثلاثة أشهر.
ويشارك في الجولة، التي تستمر يومين، خبراء من البلدين ومن حوض النيل.
المصدر: وكالة النيلين
"""
SAME_STORY = """مصر والسودان تبدآن في الخرطوم محادثات بشأن المياه والسدود
انطلقت في الخرطوم جولة محادثات فنية بين مصر والسودان حول تشغيل السدود في موسم الفيضان تستمر يومين.
وأفاد مصدر في وزارة الري بأن البلدين اتفقا على تبادل بيانات منسوب المياه يوميا لثلاثة أشهر.
المصدر: صحيفة الرافدين
"""
PUBLISH, REJECT = "نشر للجميع", "رفض"


def another(number: int) -> str:
    """Return an article that has nothing to do with the others."""
    return (
        f"افتتاح المدرسة رقم {number} في الحي {number * 7} بعد أعمال الترميم\n"
        f"افتتحت مديرية التعليم المدرسة رقم {number} في الحي {number * 7} بعد ترميم استمر {number + 3} شهرا.\n"
        f"وقال مدير المشروع إن عدد التلاميذ المسجلين بلغ {number * 11 + 200} تلميذا، وإن الدراسة تبدأ الأحد المقبل."
    )


@dataclass
class Newsroom:
    """A running bot and the people who write to it; Salma and Nadia become editors where a test names them."""

    sandbox: SandboxServer
    folder: Path
    clock: SteeredClock
    owner: Reader
    ali: Reader
    mona: Reader
    salma: Reader
    nadia: Reader

    async def name(self, *editors: Reader) -> None:
        for editor in editors:
            await answered(editor, "/start")
            named = await answered(self.owner, f"/editors {editor.user_id}")
            assert "محرر الآن" in named.text

    async def sends(self, reader: Reader, text: str = REPORT) -> Shown:
        channel = {"type": "channel", "title": "قناة الأخبار", "username": "akhbar"}
        forwarded = await reader.forward(text, channel)
        return await below(reader, forwarded[-1])


@asynccontextmanager
async def a_newsroom(folder: Path) -> AsyncIterator[Newsroom]:
    async with contextlib.AsyncExitStack() as stack:
        sandbox, clock = await stack.enter_async_context(SandboxServer()), SteeredClock()
        people = [
            await stack.enter_async_context(Reader(sandbox.url, number, name))
            for number, name in ((OWNER, "مالك"), (ALI, "علي"), (MONA, "منى"), (SALMA, "سلمى"), (NADIA, "نادية"))
        ]
        yield Newsroom(sandbox, folder, clock, *people)


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with a_newsroom(tmp_path) as people, a_running_bot(people.sandbox, tmp_path, people.clock):
        yield people


async def until(person: Reader, wanted: Callable[[Shown], object]) -> Shown:
    """Return the first message of the bot of which that is true, waiting for it; edits count."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = [shown for shown in await person.messages() if shown.from_bot and wanted(shown)]
            if found:
                return found[0]
            await asyncio.sleep(0.1)


async def question(editor: Reader, words: str = "محادثات مائية") -> Shown:
    return await until(editor, lambda shown: words in shown.text and PUBLISH in labels(shown))


async def closed(editor: Reader, asked: Shown) -> Shown:
    """Return a question whose buttons were taken away."""
    return await until(editor, lambda shown: shown.message_id == asked.message_id and not shown.buttons)


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say, as an Arabic reader reads them."""
    return [label for row in shown.buttons for label in reversed(row)]


def is_about_water(shown: Shown) -> bool:
    return "محادثات مائية" in shown.text


async def test_what_a_reader_sends_reaches_others_when_an_editor_publishes_it(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.mona, "/follow مصر")
    receipt = await newsroom.sends(newsroom.ali)
    before = await answered(newsroom.mona, "/digest")
    asked = await question(newsroom.salma)

    pressed = await newsroom.salma.press(asked, PUBLISH)

    told = await until(newsroom.ali, lambda shown: "نُشر مقالك للجميع" in shown.text)
    settled = await until(newsroom.salma, lambda shown: "نُشر للجميع · سلمى" in shown.text)
    after = await answered(newsroom.mona, "/digest")
    assert "ويصل إلى غيرك إن نشره محرر" in receipt.text
    assert before.text.startswith("لا جديد")
    assert "وكالة النيلين" in asked.text
    assert "أرسله القارئ رقم" in asked.text
    assert "علي" not in asked.text
    assert labels(asked) == [PUBLISH, REJECT]
    assert pressed.text == "نُشر للجميع."
    assert "محادثات مائية" in told.text
    assert (settled.message_id, settled.buttons) == (asked.message_id, ())
    assert is_about_water(after)


async def test_an_editor_is_asked_without_a_sound(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await newsroom.sends(newsroom.ali)
    await question(newsroom.salma)

    sent = [entry["params"] for entry in newsroom.sandbox.world.log if entry["method"] == "sendMessage"]
    quiet = [params["disable_notification"] for params in sent if "أرسله القارئ" in params["text"]]
    assert {str(each).lower() for each in quiet} == {"true"}


async def test_what_an_editor_rejects_stays_with_its_sender_and_is_not_asked_about_again(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.ali, "/follow مصر")
    await answered(newsroom.mona, "/follow مصر")
    await newsroom.sends(newsroom.ali)
    asked = await question(newsroom.salma)

    pressed = await newsroom.salma.press(asked, REJECT)
    await until(newsroom.salma, lambda shown: "رُفض · سلمى" in shown.text)
    await newsroom.sends(newsroom.nadia)
    await asyncio.sleep(3)  # two more knocks

    of_ali, of_mona = await answered(newsroom.ali, "/digest"), await answered(newsroom.mona, "/digest")
    assert pressed.text == "رُفض، ويبقى عند من أرسله."
    assert is_about_water(of_ali)
    assert of_mona.text.startswith("لا جديد")
    assert len([shown for shown in await newsroom.salma.messages() if is_about_water(shown)]) == 1
    assert not any("نُشر" in shown.text and "مقالك" in shown.text for shown in await newsroom.ali.messages())


async def test_what_was_rejected_is_published_when_an_editor_sends_it(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.mona, "/follow مصر")
    await newsroom.sends(newsroom.ali)
    await newsroom.salma.press(await question(newsroom.salma), REJECT)

    await newsroom.sends(newsroom.salma)

    assert is_about_water(await answered(newsroom.mona, "/digest"))


async def test_of_two_editors_the_first_decides_and_both_see_it(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma, newsroom.nadia)
    await newsroom.sends(newsroom.ali)
    of_salma, of_nadia = await question(newsroom.salma), await question(newsroom.nadia)

    first, second = await asyncio.gather(
        newsroom.salma.press(of_salma, PUBLISH), newsroom.nadia.press(of_nadia, REJECT)
    )

    ends = [
        (await closed(editor, asked)).text for editor, asked in ((newsroom.salma, of_salma), (newsroom.nadia, of_nadia))
    ]
    is_published = first.text == "نُشر للجميع."
    assert {first.text, second.text} in (
        {"نُشر للجميع.", "لم يتغيّر شيء، فقد سبق نشره للجميع (سلمى)."},
        {"رُفض، ويبقى عند من أرسله.", "لم يتغيّر شيء، فقد سبق رفضه (نادية)."},
    )
    assert ends[0].splitlines()[-1] == ends[1].splitlines()[-1]
    assert ("نُشر للجميع" in ends[0]) is is_published


async def test_a_second_press_changes_nothing(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await newsroom.sends(newsroom.ali)
    asked = await question(newsroom.salma)

    presses = await asyncio.gather(*(pressed_late(newsroom, newsroom.salma, asked, "p") for _ in range(3)))
    late = await pressed_late(newsroom, newsroom.salma, asked, "r")

    told = [shown for shown in await newsroom.ali.messages() if "نُشر مقالك" in shown.text]
    assert set(presses) == {"نُشر للجميع."}
    assert late == "لم يتغيّر شيء، فقد سبق نشره للجميع (سلمى)."
    assert len(told) <= 1


async def pressed_late(newsroom: Newsroom, editor: Reader, asked: Shown, letter: str) -> str:
    """Press a button as a client does that still shows it; return the bot's answer."""
    return await forged(editor, asked, f"{letter}:{fingerprint_asked_about(newsroom)}")


def fingerprint_asked_about(newsroom: Newsroom) -> str:
    sent = [
        entry["params"]["reply_markup"]
        for entry in newsroom.sandbox.world.log
        if entry["method"] == "sendMessage" and "p:" in str(entry["params"].get("reply_markup", ""))
    ]
    return str(sent[0]).split("p:")[1][:32]


async def forged(person: Reader, message: Shown, payload: str) -> str:
    """Press a button that the message does not have; return the bot's answer."""
    done = await person._did(  # noqa: SLF001 - a press by payload, as the sandbox offers it
        "presses", {"message_id": message.message_id, "data": payload, "wait": 5.0}
    )
    return str((done.get("answer") or {}).get("text", ""))


async def test_a_forged_button_does_nothing(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.mona, "/follow مصر")
    receipt = await newsroom.sends(newsroom.ali)
    await question(newsroom.salma)
    mark = fingerprint_asked_about(newsroom)

    answers = [await forged(newsroom.ali, receipt, payload) for payload in (f"p:{mark}", f"P:{mark}", f">:{mark}")]
    dismissed = await forged(newsroom.salma, await answered(newsroom.salma, "/help"), f"e:{SALMA}")
    unknown = await forged(newsroom.salma, await answered(newsroom.salma, "/help"), "p:" + "0" * 32)

    assert set(answers) == {"لست محررًا الآن، فلم يتغيّر شيء."}
    assert dismissed == "هذا للمالك وحده."
    assert unknown == "هذا المقال لم يعد موجودًا."
    assert (await answered(newsroom.mona, "/digest")).text.startswith("لا جديد")
    assert "المعلّق: 1 من 1" in (await answered(newsroom.salma, "/pending")).text


async def test_a_press_after_a_restart_counts(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as people:
        async with a_running_bot(people.sandbox, tmp_path, people.clock):
            await people.name(people.salma)
            await answered(people.mona, "/follow مصر")
            await people.sends(people.ali)
            asked = await question(people.salma)
        async with a_running_bot(people.sandbox, tmp_path, people.clock):
            pressed = await people.salma.press(asked, PUBLISH, wait=PATIENCE)
            digest = await answered(people.mona, "/digest")

    assert pressed.text == "نُشر للجميع."
    assert is_about_water(digest)


async def test_who_was_dismissed_decides_nothing_any_more(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.mona, "/follow مصر")
    await newsroom.sends(newsroom.ali)
    asked = await question(newsroom.salma)
    listed = await answered(newsroom.owner, "/editors")

    dismissed = await newsroom.owner.press(listed, "✕ سلمى")
    await until(newsroom.salma, lambda shown: "لم تعد محررًا" in shown.text)
    pressed = await newsroom.salma.press(asked, PUBLISH)
    await newsroom.sends(newsroom.salma)

    assert dismissed.text == "لم يعد سلمى محررًا."
    assert pressed.text == "لست محررًا الآن، فلم يتغيّر شيء."
    assert (await answered(newsroom.mona, "/digest")).text.startswith("لا جديد")
    assert "لا أعرف هذا الأمر" in (await answered(newsroom.salma, "/pending")).text
    assert "لا محررين بعد" in (await until(newsroom.owner, lambda shown: shown.message_id == listed.message_id)).text


async def test_an_owner_names_whom_a_forwarded_message_comes_from(newsroom: Newsroom) -> None:
    await answered(newsroom.salma, "/start")
    shown = {"type": "user", "id": SALMA, "name": "سلمى"}
    (from_salma,) = await newsroom.owner.forward("صباح الخير", shown)
    await below(newsroom.owner, from_salma)
    (hidden,) = await newsroom.owner.forward("مساء الخير", {"type": "hidden_user", "name": "نادية"})
    await below(newsroom.owner, hidden)

    named = await below(newsroom.owner, (await newsroom.owner.say("/editors", reply_to=from_salma.message_id))[-1])
    refused = await below(newsroom.owner, (await newsroom.owner.say("/editors", reply_to=hidden.message_id))[-1])

    told = await until(newsroom.salma, lambda shown: "صرت محررًا" in shown.text)
    assert named.text == "سلمى محرر الآن: ما يرسله يصل إلى الجميع."
    assert refused.text.startswith("صاحب هذه الرسالة يخفي حسابه")
    assert len(told.text.splitlines()) == 1


async def test_an_owner_is_told_that_an_editor_never_started_the_bot(newsroom: Newsroom) -> None:
    named = await answered(newsroom.owner, f"/editors {NADIA}")

    assert f"{NADIA} محرر الآن" in named.text
    assert "لم يبدأ محادثة معي بعد" in named.text


@pytest.mark.parametrize("typed", ["/editors", "/editors 2001", "/pending"])
async def test_nobody_else_learns_of_these_commands(newsroom: Newsroom, typed: str) -> None:
    unknown = await answered(newsroom.ali, "/nonsense")

    assert (await answered(newsroom.ali, typed)).text == unknown.text
    assert "/pending" not in (await answered(newsroom.ali, "/help")).text


async def test_editors_and_owners_read_of_their_commands(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)

    of_editor, of_owner = await answered(newsroom.salma, "/help"), await answered(newsroom.owner, "/help")

    assert ("/pending" in of_editor.text, "/editors" in of_editor.text) == (True, False)
    assert ("/pending" in of_owner.text, "/editors" in of_owner.text) == (True, True)


async def test_what_an_editor_sends_reaches_everyone_and_asks_nobody(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma, newsroom.nadia)
    await answered(newsroom.mona, "/follow مصر")

    answer = await newsroom.sends(newsroom.salma)
    await asyncio.sleep(3)  # a knock and one more

    assert "سيصل إلى كل من يتابع" in answer.text
    assert is_about_water(await answered(newsroom.mona, "/digest"))
    assert not any(map(is_about_water, await newsroom.nadia.messages()))


async def test_an_editors_report_of_the_same_story_settles_the_readers_one(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma, newsroom.nadia)
    await answered(newsroom.mona, "/follow مصر")
    await newsroom.sends(newsroom.ali)
    asked = await question(newsroom.nadia)

    await newsroom.sends(newsroom.salma, SAME_STORY)

    settled = await closed(newsroom.nadia, asked)
    digest = await answered(newsroom.mona, "/digest")
    late = await pressed_late(newsroom, newsroom.nadia, asked, "r")
    assert settled.text.splitlines()[-1] == "نُشر مع خبر المحرر"
    assert late == "نُشر مع خبر المحرر"
    assert "محادثات بشأن المياه" in digest.text
    assert "محادثات مائية" not in digest.text
    assert "+ مصدر واحد: وكالة النيلين" in digest.text


async def test_a_later_report_of_a_public_story_waits_for_an_editor(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    await answered(newsroom.mona, "/follow مصر")
    await newsroom.sends(newsroom.owner, SAME_STORY)
    await newsroom.sends(newsroom.ali)

    asked = await question(newsroom.salma)

    digest = await answered(newsroom.mona, "/digest")
    assert "خبره منشور للجميع من مصدر آخر." in asked.text
    assert "وكالة النيلين" not in digest.text


async def test_a_flood_is_collected_and_leafed_through(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    for number in range(MOST_ASKED + 3):
        await newsroom.ali.say(another(number))
    await until(newsroom.salma, lambda shown: "لا أرسل غيره الآن" in shown.text)
    await asyncio.sleep(3)  # a knock and one more

    asked = [shown for shown in await newsroom.salma.messages() if PUBLISH in labels(shown)]
    queue = await answered(newsroom.salma, "/pending")
    await newsroom.salma.press(queue, "التالي ›")
    second = await until(newsroom.salma, lambda shown: f"المعلّق: 2 من {MOST_ASKED + 3}" in shown.text)
    published = await newsroom.salma.press(second, PUBLISH)
    next_one = await until(newsroom.salma, lambda shown: f"المعلّق: 2 من {MOST_ASKED + 2}" in shown.text)

    assert len(asked) == MOST_ASKED
    assert labels(queue) == [PUBLISH, REJECT, "‹ السابق", "التالي ›"]
    assert published.text == "نُشر للجميع."
    assert queue.message_id == second.message_id == next_one.message_id


async def test_an_hour_later_answered_questions_make_room_for_more(newsroom: Newsroom) -> None:
    await newsroom.name(newsroom.salma)
    for number in range(MOST_ASKED + 1):
        await newsroom.ali.say(another(number))
    last = await until(newsroom.salma, lambda shown: "لا أرسل غيره الآن" in shown.text)
    await newsroom.salma.press(last, REJECT)

    newsroom.clock.ahead += timedelta(minutes=61)

    asked = await question(newsroom.salma, f"رقم {MOST_ASKED} ")
    assert asked.message_id > last.message_id


async def test_the_queue_says_when_nothing_waits(newsroom: Newsroom) -> None:
    await newsroom.sends(newsroom.ali)
    queue = await answered(newsroom.owner, "/pending")

    await newsroom.owner.press(queue, REJECT)

    emptied = await until(newsroom.owner, lambda shown: shown.text == "لا شيء ينتظر رأيك.")
    assert labels(queue) == [PUBLISH, REJECT]
    assert (emptied.message_id, emptied.buttons) == (queue.message_id, ())
