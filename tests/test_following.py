"""Following over real HTTP: what a reader says and presses, and what comes of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

READER, OTHER = 2002, 2003

RAILWAY = """روسيا تعيد فتح خط السكة الحديدية عبر سيبيريا بعد العاصفة
أعادت إدارة السكك الحديدية، صباح الجمعة، فتح الخط العابر لسيبيريا بعد توقف دام ثلاثة أيام بسبب الثلوج الكثيفة.
وقال مدير الإدارة إن القطارات ستعود إلى مواعيدها المعتادة ابتداء من مساء السبت، وإن فرق الصيانة بقيت في مواقعها.
كلمات دلالية: روسيا، النقل
"""
CUP = """منتخب روسيا يتأهل إلى نهائي كأس القارات للشباب
تأهل منتخب الشباب الروسي لكرة القدم إلى المباراة النهائية بعد فوزه مساء الخميس بهدفين على ملعب العاصمة المضيفة.
وقال المدرب في مؤتمر صحفي إن اللاعبين قدموا أفضل مبارياتهم في البطولة، وإن الفريق سيستعد للنهائي يومين.
كلمات دلالية: روسيا، الرياضة
"""


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        yield running


@pytest.fixture
async def reader(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[Reader]:
    async with a_running_bot(sandbox, tmp_path, at_once_per_day=2), Reader(sandbox.url, READER) as someone:
        yield someone


@pytest.fixture
async def owner(sandbox: SandboxServer) -> AsyncIterator[Reader]:
    async with Reader(sandbox.url, OWNER) as someone:
        yield someone


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say, as an Arabic reader reads them."""
    return [label for row in shown.buttons for label in reversed(row)]


async def pressed(reader: Reader, shown: Shown, label: str) -> tuple[str, Shown]:
    """Press a button; return what was said about it, and the message as it stands then."""
    notice = await reader.press(shown, label, wait=PATIENCE)
    after = await reader.wait_for(lambda each: each.message_id == shown.message_id, PATIENCE)
    return notice.text, next(each for each in after if each.message_id == shown.message_id)


async def seen(reader: Reader, wanted: Callable[[Shown], bool]) -> Shown:
    """Wait until the bot wrote such a message, whenever that was."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for shown in await reader.messages():
                if shown.from_bot and wanted(shown):
                    return shown
            await asyncio.sleep(0.05)


async def settled(owner: Reader, text: str) -> None:
    """Let the owner send an article, and wait until it is taken."""
    await below(owner, (await owner.say(text))[-1])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("تابع روسيا", "تتابع الآن: روسيا.", id="follow"),
        pytest.param("تابع روسيا ومصر", "تتابع الآن: روسيا ومصر.", id="follow two"),
        pytest.param("تابع", "ماذا تريد أن تتابع؟", id="follow what"),
        pytest.param("ألغِ روسيا", "لم تكن تتابع: روسيا.", id="leave"),
        pytest.param("ألغ متابعة روسيا", "لم تكن تتابع: روسيا.", id="leave, in two words"),
        pytest.param("موجز", "لا تتابع أي موضوع بعد", id="digest"),
        pytest.param("اكتم روسيا يومًا", "لا تتابع روسيا.", id="mute what is not followed"),
        pytest.param("عاجل عن روسيا", "لا تتابع روسيا.", id="at once, what is not followed"),
        pytest.param("آخر الأخبار", "لا أخبار عندي", id="the latest"),
        pytest.param("محفوظاتي", "لم تحفظ خبرًا بعد", id="what was saved"),
        pytest.param("الخصوصية", "ما أحتفظ به عنك", id="privacy"),
        pytest.param("بياناتي", "في هذا الملف كل ما أحتفظ به عنك", id="export"),
        pytest.param("انسني", "لا أحتفظ بشيء هنا.", id="forget"),
        pytest.param("مواضيعي", "لا تتابع أي موضوع بعد", id="topics"),
        pytest.param("إعدادات", "إعدادات موجزك", id="settings"),
        pytest.param("مساعدة", "حوّل إليّ مقالًا", id="help"),
        pytest.param("الأكثر تداولًا", "الموضوعات الأكثر تداولًا", id="popular"),
        pytest.param("الصاعدة", "الموضوعات الصاعدة", id="rising"),
        pytest.param("حدثني عن روسيا", "هذا أقصر من أن يكون مقالًا", id="what no command does is a text"),
    ],
)
async def test_words_do_what_commands_do(reader: Reader, said: str, told: str) -> None:
    assert (await answered(reader, said)).text.startswith(told)


async def test_a_forwarded_text_and_a_link_are_no_commands(reader: Reader) -> None:
    forwarded = await reader.forward("تابع روسيا", {"type": "hidden_user", "name": "صديق"})
    link = {"type": "text_link", "offset": 5, "length": 3, "url": "https://x.invalid/"}

    assert "تتابع الآن" not in (await below(reader, forwarded[-1])).text
    assert "تتابع الآن" not in (await below(reader, (await reader.say("تابع هنا", entities=[link]))[-1])).text


async def test_a_name_that_means_two_things_is_asked_about_and_a_button_answers(reader: Reader) -> None:
    asked = await answered(reader, "/follow عمان")
    notice = await reader.press(asked, "+ مدينة عمّان")
    plain = await answered(reader, "تابع عُمان")
    left = await answered(reader, "ألغِ عمان")

    assert asked.text == "ماذا تقصد بـ«عمان»: سلطنة عمان أم مدينة عمّان؟ اضغط ما تقصد."
    assert labels(asked) == ["+ 🇴🇲 سلطنة عمان", "+ مدينة عمّان"]
    assert notice.text == "تتابع الآن: مدينة عمّان."
    assert plain.text == "تتابع الآن: عمان."
    assert labels(left) == ["✓ 🇴🇲 سلطنة عمان", "✓ مدينة عمّان"]


async def test_what_is_left_out_is_told_shown_obeyed_and_taken_back(reader: Reader, owner: Reader) -> None:
    followed = await answered(reader, "تابع روسيا ما عدا الرياضة")
    await settled(owner, CUP)
    without = await answered(reader, "موجز")
    opened = (await pressed(reader, await answered(reader, "/topics"), "✓ 🇷🇺 روسيا"))[1]
    notice, screen = await pressed(reader, opened, "أعِد الرياضة")
    digest = await answered(reader, "موجز")

    assert followed.text.splitlines()[0] == "تتابع الآن: روسيا (بدون الرياضة)."
    assert without.text.startswith("لا جديد في موضوعاتك")
    assert "لا يصلك منه ما كان أيضًا عن: الرياضة." in opened.text
    assert notice == "عادت إليك أخباره التي عن الرياضة."
    assert "أعِد الرياضة" not in labels(screen)
    assert "منتخب روسيا يتأهل" in digest.text


async def test_the_list_has_pages_that_take_each_other_s_place(reader: Reader) -> None:
    names = ["روسيا", "أوكرانيا", "مصر", "لبنان", "الأردن", "العراق", "تونس", "الجزائر", "المغرب", "ليبيا", "قطر"]
    await answered(reader, f"/follow {'، '.join(names)}")
    first = await answered(reader, "/topics")

    _, second = await pressed(reader, first, "المزيد")
    _, back = await pressed(reader, second, "رجوع")

    assert sum(label.startswith("✓") for label in labels(first)) == 10
    assert first.text.splitlines()[0].startswith("تتابع 11 موضوعًا")
    assert first.text.endswith("الصفحة 1 من 2")
    assert labels(second)[0] == "✓ 🇶🇦 قطر"
    assert (back.text, back.buttons) == (first.text, first.buttons)


async def test_a_topic_is_followed_from_the_list_and_left_on_its_screen(reader: Reader) -> None:
    listed = await answered(reader, "/topics")

    followed, listed = await pressed(reader, listed, "+ 🇵🇸 فلسطين")
    _, screen = await pressed(reader, listed, "✓ 🇵🇸 فلسطين")
    left, after = await pressed(reader, screen, "ألغِ المتابعة")

    assert followed == "تتابع الآن: فلسطين."
    assert screen.text.splitlines()[0].lstrip("\u200f") == "🇵🇸 فلسطين"
    assert left == "لم تعد تتابع: فلسطين."
    assert "+ 🇵🇸 فلسطين" in labels(after)


async def test_a_topic_is_muted_on_its_screen_and_heard_of_again(reader: Reader) -> None:
    await answered(reader, "تابع روسيا")
    listed = await answered(reader, "مواضيعي")
    _, opened = await pressed(reader, listed, "✓ 🇷🇺 روسيا")

    told, muted = await pressed(reader, opened, "🔕 أسبوعًا")
    undone, heard = await pressed(reader, muted, "🔔 رفع الكتم عن روسيا")

    assert told.startswith("كُتم موضوع روسيا حتى")
    assert "🔕 مكتوم حتى" in muted.text
    assert undone == "رُفع الكتم عن روسيا."
    assert heard.text == opened.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param("اكتم روسيا أسبوعًا", "كُتم موضوع روسيا حتى", id="for a week"),
        pytest.param("اكتم روسيا", "إلى متى أكتم روسيا؟", id="asks for how long"),
        pytest.param("ارفع الكتم عن روسيا", "رُفع الكتم عن روسيا.", id="unmute"),
        pytest.param("عاجل عن روسيا", "يصلك الجديد عن روسيا فور نشره.", id="at once"),
        pytest.param("لا عاجل عن روسيا", "تصلك أخبار روسيا في موجزك فقط.", id="in the digest only"),
        pytest.param("اكتم", "تتابع موضوعًا واحدًا", id="the list, where nothing is named"),
        pytest.param("انسني", "أأنسى كل شيء عنك؟", id="forget"),
    ],
)
async def test_words_tune_how_a_topic_is_followed(reader: Reader, said: str, told: str) -> None:
    await answered(reader, "تابع روسيا")

    assert (await answered(reader, said)).text.startswith(told)


async def test_news_are_counted_beside_each_topic(reader: Reader, owner: Reader) -> None:
    await settled(owner, RAILWAY)
    await settled(owner, CUP)
    await answered(reader, "تابع روسيا بدون رياضة")

    listed = await answered(reader, "/topics")

    assert labels(listed)[0] == "✓ 🇷🇺 روسيا · 1"
    assert "+ الرياضة · 1" in labels(listed)


async def test_a_topic_that_is_wanted_at_once_comes_at_once_as_often_as_it_may_and_once(
    reader: Reader, owner: Reader
) -> None:
    await answered(reader, "تابع روسيا")
    _, screen = await pressed(reader, await answered(reader, "/topics"), "✓ 🇷🇺 روسيا")
    notice, changed = await pressed(reader, screen, "🔴 عاجل")
    await settled(owner, RAILWAY)

    alert = await seen(reader, lambda shown: shown.text.startswith("🔴 عاجل · 🇷🇺 روسيا"))
    digest = await answered(reader, "موجز")
    await reader.press(alert, "لماذا وصلني هذا؟")
    why = await seen(reader, lambda shown: shown.text.startswith("وصلك كل خبر"))

    assert notice == "يصلك الجديد عن روسيا فور نشره."
    assert "حتى خبرين في اليوم" not in screen.text
    assert "حتى خبرين في اليوم" in changed.text
    assert "روسيا تعيد فتح خط السكة الحديدية" in alert.text
    assert digest.text.startswith("لا جديد في موضوعاتك")
    assert "• روسيا: من الكلمات الدلالية للمقال" in why.text


async def test_what_comes_at_once_no_more_comes_in_the_digest(reader: Reader, owner: Reader) -> None:
    await answered(reader, "تابع روسيا")
    _, screen = await pressed(reader, await answered(reader, "/topics"), "✓ 🇷🇺 روسيا")
    _, screen = await pressed(reader, screen, "🔴 عاجل")
    notice, _ = await pressed(reader, screen, "في الموجز فقط")
    await settled(owner, RAILWAY)

    assert notice == "تصلك أخبار روسيا في موجزك فقط."
    assert "روسيا تعيد فتح خط السكة الحديدية" in (await answered(reader, "موجز")).text


async def test_a_screen_gives_a_link_that_follows_its_topic(reader: Reader, sandbox: SandboxServer) -> None:
    await answered(reader, "تابع روسيا")
    _, screen = await pressed(reader, await answered(reader, "/topics"), "✓ 🇷🇺 روسيا")

    shared = await reader.press(screen, "شارك الموضوع")
    link = next(word.strip("\u2068\u2069") for word in screen.text.split() if "t.me" in word)
    async with Reader(sandbox.url, OTHER) as other:
        welcome = await answered(other, f"/start {link.partition('?start=')[2]}")
        again = await answered(other, f"/start {link.partition('?start=')[2]}")
        dead = await answered(other, "/start follow_t99999")

    assert link.startswith("https://t.me/mujaz_sandbox_bot?start=follow_t")
    assert httpx.URL(shared.url or "").params["url"] == link
    assert welcome.text.startswith("أهلًا بك في موجز")
    assert welcome.text.splitlines()[1] == "تتابع الآن: روسيا."
    assert welcome.text.endswith("هل تريده في ساعة أخرى؟ اخترها:")
    assert labels(welcome)[0] == "✓ 🇷🇺 روسيا"
    assert again.text.startswith("كنت تتابع من قبل: روسيا.")
    assert dead.text.startswith("لم أعرف الموضوع الذي في هذا الرابط.")


async def test_what_is_in_the_news_comes_with_a_picture_and_its_numbers_in_words(
    reader: Reader, owner: Reader, sandbox: SandboxServer
) -> None:
    await settled(owner, RAILWAY)
    await settled(owner, CUP)

    shown = await answered(reader, "/popular")
    notice = await reader.press(shown, "+ 🇷🇺 روسيا")
    await reader.press(shown, "الصاعدة")
    rising = await seen(reader, lambda each: each.text.startswith("الموضوعات الصاعدة"))

    assert shown.kind == "photo"
    assert "1. روسيا: مقالان" in shown.text.splitlines()
    assert notice.text == "تتابع الآن: روسيا."
    assert rising.text.endswith("الأخبار القليلة لا تكفي للمقارنة.")
    drawn = [file.content for file in sandbox.world.files.values() if file.path.endswith(".png")]
    assert all(content.startswith(b"\x89PNG") for content in drawn)
    assert drawn


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("tp:o:0:t999999", id="a topic that is gone"),
        pytest.param("tp:a:0:t999999", id="a topic that is gone, at once"),
        pytest.param("tp:o:0", id="no topic"),
        pytest.param("tp:x:0:t1", id="nothing to take back"),
        pytest.param("tp:l:999", id="a page that is gone"),
        pytest.param("tp:z:0:t1", id="no such deed"),
        pytest.param("tr:x", id="no such picture"),
        pytest.param("tp:a:0:t1", id="a topic that is not followed"),
    ],
)
async def test_a_button_that_is_late_or_forged_is_answered(reader: Reader, payload: str) -> None:
    listed = await answered(reader, "/topics")

    async with httpx.AsyncClient(trust_env=False) as http:
        done = await http.post(
            f"{reader.url}/sandbox/users/{READER}/presses",
            json={"message_id": listed.message_id, "data": payload, "wait": PATIENCE},
        )

    assert done.json()["answer"] is not None
    assert (await answered(reader, "/help")).text.startswith("حوّل إليّ")


async def test_a_button_pressed_twice_changes_it_once(reader: Reader) -> None:
    await answered(reader, "تابع روسيا")
    _, screen = await pressed(reader, await answered(reader, "/topics"), "✓ 🇷🇺 روسيا")

    first = await reader.press(screen, "🔴 عاجل", wait=PATIENCE)
    await seen(reader, lambda shown: "في الموجز فقط" in labels(shown))
    async with httpx.AsyncClient(trust_env=False) as http:
        again = {"message_id": screen.message_id, "data": _payload(screen), "wait": PATIENCE}
        late = await http.post(f"{reader.url}/sandbox/users/{READER}/presses", json=again)

    assert first.text == late.json()["answer"]["text"] == "يصلك الجديد عن روسيا فور نشره."


def _payload(screen: Shown) -> str:
    code = screen.text.partition("follow_")[2].split()[0].strip("\u2069")
    return f"tp:a:0:{code}"


async def test_buttons_work_after_a_restart_and_serve_only_who_presses(tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, Reader(sandbox.url, READER) as reader, Reader(sandbox.url, OTHER) as other:
        async with a_running_bot(sandbox, tmp_path):
            await answered(reader, "تابع روسيا")
            listed = await answered(reader, "/topics")
        async with a_running_bot(sandbox, tmp_path):
            _, screen = await pressed(reader, listed, "✓ 🇷🇺 روسيا")
            theirs = await answered(other, "/topics")

    assert screen.text.startswith("\u200f🇷🇺 روسيا")
    assert "✓ 🇷🇺 روسيا" not in labels(theirs)
