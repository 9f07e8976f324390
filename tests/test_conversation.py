"""A conversation over real HTTP: what a reader types, and what comes back."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

ARTICLE = """افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي
تاريخ النشر: 3 آذار/مارس 2025
افتتحت بلدية المدينة، صباح الأحد، جسرا جديدا يربط الحي الشرقي بالحي الغربي بعد ثلاث سنوات من العمل.
وقال رئيس البلدية إن الجسر سيختصر زمن الرحلة بين الحيين إلى خمس دقائق، وإنه مزود بممر للدراجات.
وبلغت كلفة المشروع نحو أربعين مليون دينار، موّل نصفها صندوق التنمية في تونس.
المصدر: صحيفة الضفتين
كلمات دلالية: تونس، النقل
"""


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, 2002) as someone,
    ):
        yield someone


def is_arabic(text: str) -> bool:
    """Tell if a text has Arabic words and no English ones beside commands, examples and links."""
    words = [word for word in text.split() if word.isascii() and word.isalpha()]
    return any("\u0620" <= letter <= "\u064a" for letter in text) and not words


async def test_start_says_what_this_is_in_three_lines_with_topics_to_follow(reader: Reader) -> None:
    answer = await answered(reader, "/start")

    assert len(answer.text.splitlines()) == 3
    assert [len(row) for row in answer.buttons] == [2, 2, 1, 3, 2]
    assert is_arabic(answer.text)


async def test_a_button_follows_a_topic_and_pressed_again_leaves_it(reader: Reader) -> None:
    welcome = await answered(reader, "/start")

    pressed = await reader.press(welcome, "+ 🇷🇺 روسيا")
    followed = await reader.wait_for(lambda shown: "✓ 🇷🇺 روسيا" in labels(shown))
    pressed_again = await reader.press(followed[-1], "✓ 🇷🇺 روسيا")

    assert pressed.text == "تتابع الآن: روسيا."
    assert pressed_again.text == "لم تعد تتابع: روسيا."


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say, as an Arabic reader reads them."""
    return [label for row in shown.buttons for label in reversed(row)]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("/follow أوكرانيا", id="as the catalogue writes it"),
        pytest.param("/follow #أوكرانيا", id="as a hashtag"),
        pytest.param("/follow اوكرانيا", id="without hamza"),
        pytest.param("/subscribe أُوكرانيا", id="with a vowel mark, by the other name"),
    ],
)
async def test_spellings_of_a_name_are_one_topic(reader: Reader, typed: str) -> None:
    await answered(reader, "/follow أوكرانيا")

    answer = await answered(reader, typed)

    assert answer.text == "كنت تتابع من قبل: أوكرانيا."


async def test_a_command_that_was_copied_from_our_help_works(reader: Reader) -> None:
    help_ = await answered(reader, "/help")
    line = next(line for line in help_.text.splitlines() if "/follow" in line)

    followed = await answered(reader, line.split(" — ")[0])

    assert line.startswith("\u200f\u200e/follow")
    assert followed.text.splitlines()[0] == "تتابع الآن: روسيا وأوكرانيا."


async def test_several_names_are_followed_and_listed_and_left(reader: Reader) -> None:
    followed = await answered(reader, "/follow روسيا، مصر، الذكاء الاصطناعي")
    listed = await answered(reader, "/topics")
    left = await answered(reader, "/unsubscribe مصر")

    assert followed.text.splitlines()[0] == "تتابع الآن: روسيا ومصر والذكاء الاصطناعي."
    assert labels(listed)[:4] == ["✓ 🇷🇺 روسيا", "✓ 🇪🇬 مصر", "✓ الذكاء الاصطناعي", "+ 🇵🇸 فلسطين"]
    assert left.text == "لم تعد تتابع: مصر."


async def test_a_misspelt_name_is_followed_as_typed_and_the_likely_one_offered(reader: Reader) -> None:
    answer = await answered(reader, "/follow أوكرنيا")

    assert "تتابع الآن: أوكرنيا" in answer.text
    assert answer.buttons[0] == ("+ 🇺🇦 أوكرانيا",)


async def test_an_article_is_answered_with_title_summary_tags_and_buttons(reader: Reader) -> None:
    answer = await answered(reader, ARTICLE)

    assert answer.text.startswith("افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي\n")
    assert "افتتحت بلدية المدينة، صباح الأحد، جسرا جديدا" in answer.text
    assert "صحيفة الضفتين · 3 مارس 2025" in answer.text
    assert "#تونس #النقل" in answer.text
    assert labels(answer) == ["+ 🇹🇳 تونس", "+ النقل"]


async def test_the_same_article_again_is_known(reader: Reader) -> None:
    await answered(reader, ARTICLE)

    answer = await answered(reader, ARTICLE)

    assert "سبق أن أرسلت هذا المقال" in answer.text


async def test_an_article_cut_by_telegram_is_one_article(reader: Reader) -> None:
    paragraph = "وقالت إدارة المرفأ رقم {} في بيان إن سفينة من {} حاوية عادت إلى الرصيف بعد العاصفة التي ضربت الساحل. "
    body = "".join(paragraph.format(number, number * 37) for number in range(60))
    said = await reader.say("عودة الحركة إلى المرفأ بعد عاصفة الساحل\n" + body)

    answer = await below(reader, said[-1])

    assert len(said) == 2
    assert answer.text.startswith("عودة الحركة إلى المرفأ بعد عاصفة الساحل")
    assert [shown for shown in await reader.messages() if shown.from_bot] == [answer]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("/follow", "ماذا تريد أن تتابع؟", id="no name"),
        pytest.param("/follow " + "ط" * 300, "لم أفهم اسم الموضوع", id="300 letters"),
        pytest.param("/follow !!!", "ماذا تريد أن تتابع؟", id="no letter"),
        pytest.param("/unfollow", "لا تتابع أي موضوع بعد", id="nothing to leave"),
        pytest.param("/unfollow القمر", "لم تكن تتابع", id="never followed"),
        pytest.param("/schedule 25:99", "لم أفهم المواعيد", id="no such time"),
        pytest.param("/schedule غدا", "لم أفهم المواعيد", id="no time"),
        pytest.param("/schedule كل يوم عدا كل يوم 8", "لم يبقَ يوم", id="no day left"),
        pytest.param("/quiet الليل", "لم أفهم ساعات الهدوء", id="no hours"),
        pytest.param("/vacation 5000 يوم", "لم أفهم مدة الإجازة", id="too long a vacation"),
        pytest.param("/weekly كل يوم", "لم أفهم موعد حصاد الأسبوع", id="a review every day"),
        pytest.param("/timezone Mars", "لم أعرف هذا التوقيت", id="no such place"),
        pytest.param("/nonsense", "لا أعرف هذا الأمر", id="no such command"),
        pytest.param("#أوكرانيا", "هذا وسم بلا مقال", id="only a hashtag"),
        pytest.param("شكرا جزيلا", "هذا أقصر من أن يكون مقالًا", id="talk"),
        pytest.param("…", "أقرأ النصوص فقط", id="no word"),
        pytest.param("word " * 200, "أقرأ المقالات العربية فقط", id="not Arabic"),
        pytest.param("ا" * 4096, "لم أجد في هذا النص مقالًا", id="one letter 4,096 times"),
        pytest.param(
            "".join(random.Random(5).choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي   ", k=4096)),
            "لم أجد في هذا النص مقالًا",
            id="4,096 letters of noise",
        ),
    ],
)
async def test_bad_input_is_answered_in_arabic_and_changes_nothing(reader: Reader, typed: str, expected: str) -> None:
    before = (await answered(reader, "/topics")).text, (await answered(reader, "/schedule")).text

    answer = await answered(reader, typed)

    assert answer.text.lstrip("\u200f").startswith(expected)
    assert is_arabic(answer.text.split("\n/")[0])
    assert ((await answered(reader, "/topics")).text, (await answered(reader, "/schedule")).text) == before


async def test_a_sticker_a_voice_note_and_a_picture_are_answered(reader: Reader) -> None:
    for sent in (await reader.send_sticker(), await reader.send_voice(), await reader.send_photo()):
        answer = await below(reader, sent[-1])

        assert answer.text.startswith("أقرأ النصوص فقط")


async def test_times_and_zone_are_kept(reader: Reader) -> None:
    times = await answered(reader, "/schedule ٨ صباحًا و٩:٣٠ مساءً")
    zone = await answered(reader, "/timezone القاهرة")

    assert times.text.startswith("يصلك موجزك كل يوم في 08:00 و21:30 بتوقيت الرياض.")
    assert zone.text.startswith("يصلك موجزك كل يوم في 08:00 و21:30 بتوقيت القاهرة.")


async def test_days_quiet_hours_and_a_review_are_kept_and_shown(reader: Reader) -> None:
    days = await answered(reader, "/schedule 08:00 20:30 أيام العمل")
    quiet = await answered(reader, "/quiet 23:00-07:00")
    weekly = await answered(reader, "/weekly الجمعة 10:00")
    shown = await answered(reader, "/schedule")

    when = "أيام العمل (من الأحد إلى الخميس) في 08:00 و20:30 بتوقيت الرياض."
    assert days.text.startswith(f"يصلك موجزك {when}")
    assert quiet.text.startswith("ساعات الهدوء من 23:00 إلى 07:00: لا يصلك فيها موجز")
    assert weekly.text.startswith("يصلك حصاد الأسبوع يوم الجمعة في 10:00")
    assert shown.text.startswith(f"يصلك موجزك {when}")
    assert shown.text.splitlines()[1:3] == ["ساعات الهدوء: من 23:00 إلى 07:00.", "حصاد الأسبوع: الجمعة 10:00."]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("/schedule الجمعة 9", "يوم الجمعة من كل أسبوع في 09:00", id="one day"),
        pytest.param("/schedule الثلاثاء والأحد 7:30", "يومي الأحد والثلاثاء في 07:30", id="two days"),
        pytest.param("/schedule السبت والاثنين والأحد 7", "أيام الأحد والاثنين والسبت في 07:00", id="three days"),
        pytest.param("/schedule كل يوم عدا الجمعة 8 صباحًا", "أيام الأحد والاثنين", id="all but one"),
    ],
)
async def test_days_are_named_as_one_says_them(reader: Reader, typed: str, shown: str) -> None:
    answer = await answered(reader, typed)

    assert answer.text.startswith(f"يصلك موجزك {shown}")


@pytest.mark.parametrize(
    ("said", "start"),
    [
        pytest.param("مواعيدي", "يصلك موجزك كل يوم في 08:00 بتوقيت الرياض. الموجز التالي: ", id="the schedule"),
        pytest.param("مواعيد 7:30 أيام العمل", "يصلك موجزك أيام العمل (من الأحد إلى الخميس) في 07:30", id="times"),
        pytest.param("هدوء من 11 مساءً إلى 7 صباحًا", "ساعات الهدوء من 23:00 إلى 07:00: لا يصلك فيها", id="quiet hours"),
        pytest.param("ألغِ الهدوء", "لم تحدّد ساعات هدوء.", id="none"),
        pytest.param("إجازة حتى أعود", "أنت في إجازة، فلا موجز حتى تعود.", id="a vacation"),
        pytest.param("عدت", "لست في إجازة، والموجز التالي: ", id="being back"),
        pytest.param("حصاد الجمعة 10:00", "يصلك حصاد الأسبوع يوم الجمعة في 10:00", id="a review"),
        pytest.param("توقيت القاهرة", "يصلك موجزك كل يوم في 08:00 بتوقيت القاهرة.", id="a zone"),
        pytest.param("توقيتي", "توقيتك الرياض.", id="which zone"),
        pytest.param("هدوء 25:00", "لم أفهم ساعات الهدوء.", id="no such hours"),
    ],
)
async def test_the_schedule_is_spoken_of_in_plain_words(reader: Reader, said: str, start: str) -> None:
    answer = await answered(reader, said)

    assert answer.text.startswith(start)


async def test_the_answer_of_a_vacation_has_the_button_that_ends_it(reader: Reader) -> None:
    begun = await answered(reader, "إجازة 10 أيام")
    pressed = [await reader.press(begun, "إنهاء الإجازة"), await reader.press_data(begun, "s:v0")]
    ended = await redrawn(reader, begun)
    again = await reader.press(ended, "+ إجازة حتى أعود")
    is_open = "أنت في إجازة، فلا موجز حتى تعود. عند عودتك اضغط «إنهاء الإجازة»، أو اكتب: عدت"
    await reader.wait_for(lambda shown: is_open in shown.text, PATIENCE)

    assert begun.buttons == (("إنهاء الإجازة",),)
    assert [each.text for each in (*pressed, again)] == ["حُفظ التغيير."] * 3
    assert ended.text.startswith("يصلك موجزك كل يوم في 08:00 بتوقيت الرياض. الموجز التالي: ")


async def test_after_a_vacation_a_new_zone_is_told_without_it(reader: Reader) -> None:
    await answered(reader, "/vacation 10 أيام")
    await answered(reader, "/vacation لا")

    moved = await answered(reader, "/timezone القاهرة")

    assert moved.text.startswith("يصلك موجزك كل يوم في 08:00 بتوقيت القاهرة. الموجز التالي: ")
    assert "إجازة" not in moved.text


async def test_the_button_of_the_zone_asks_where_the_reader_is_each_time(reader: Reader) -> None:
    menu = await answered(reader, "/schedule")

    last = menu
    for _ in range(2):
        pressed = await reader.press(menu, "التوقيت: الرياض")
        last = await below(reader, last)
        assert pressed.is_answered
        assert last.text.startswith("توقيتك الرياض.")
        assert last.buttons == (("مشاركة موقعي",),)


async def test_a_vacation_is_begun_and_ended(reader: Reader) -> None:
    begun = await answered(reader, "/vacation 10 أيام")
    shown = await answered(reader, "/schedule")
    opened = await answered(reader, "/vacation حتى أعود")
    ended = await answered(reader, "/vacation لا")

    assert begun.text.startswith("إجازتك حتى ")
    assert begun.text.splitlines()[0] in shown.text
    assert opened.text.startswith("أنت في إجازة، فلا موجز حتى تعود.")
    assert ended.text.startswith("أهلًا بعودتك. الموجز التالي: ")


async def test_the_schedule_is_changed_by_its_buttons_twice_late_and_the_last_time_stays(reader: Reader) -> None:
    changed = await answered(reader, "/schedule")

    for label in ("+ 21:00", "+ أيام العمل", "+ هدوء من 23:00 إلى 07:00", "+ حصاد الأسبوع، الجمعة 10:00"):
        pressed = await reader.press(changed, label)
        assert pressed.text == "حُفظ التغيير."
        changed = await redrawn(reader, changed)
    for _ in range(2):  # as from a client that has not redrawn the message
        assert (await reader.press_data(changed, "s:-0800")).text == "حُفظ التغيير."
    refused = await reader.press_data(changed, "s:-2100")

    assert "أيام العمل (من الأحد إلى الخميس) في 08:00 و21:00 بتوقيت الرياض." in changed.text
    assert refused.text.startswith("لا بدّ من موعد واحد على الأقل")
    assert "(من الأحد إلى الخميس) في 21:00" in (await answered(reader, "/schedule")).text


async def redrawn(reader: Reader, message: Shown) -> Shown:
    """Return a message as it is once a press has changed it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            shown = next(each for each in await reader.messages() if each.message_id == message.message_id)
            if (shown.text, shown.buttons) != (message.text, message.buttons):
                return shown
            await asyncio.sleep(0.05)


async def test_a_schedules_button_works_after_a_restart_and_an_unknown_one_says_so(tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader:
        async with a_running_bot(sandbox, tmp_path):
            menu = await answered(reader, "/schedule")
        async with a_running_bot(sandbox, tmp_path):
            pressed = await reader.press(menu, "+ 18:00")
            unknown = await reader.press_data(menu, "s:old")
            shown = await answered(reader, "/schedule")

    assert pressed.text == "حُفظ التغيير."
    assert unknown.text == "هذا الزرّ لم يعد يعمل. اكتب «مواعيدي» وابدأ من جديد."
    assert "08:00 و18:00" in shown.text


async def test_a_shared_location_becomes_a_zone_and_the_keyboard_goes(reader: Reader) -> None:
    asked = await answered(reader, "/timezone")
    at_sea = await below(reader, (await reader.send_location(0, -30))[-1])
    cairo = await below(reader, (await reader.send_location(30.0444, 31.2357))[-1])

    assert asked.buttons == (("مشاركة موقعي",),)
    assert at_sea.text.startswith("لم أعرف توقيت هذا المكان.")
    assert cairo.text.startswith("يصلك موجزك كل يوم في 08:00 بتوقيت القاهرة.")
    assert cairo.buttons == ()


async def test_a_live_location_that_moves_on_is_ignored(reader: Reader) -> None:
    await below(reader, (await reader.send_location(30.0444, 31.2357))[-1])
    somebody = {"id": 2002, "first_name": "قارئ", "is_bot": False}
    moved = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": 2002, "type": "private", "first_name": "قارئ"},
        "from": somebody,
        "location": {"latitude": 24.71, "longitude": 46.68, "live_period": 900},
    }
    async with httpx.AsyncClient() as browser:
        (await browser.post(f"{reader.url}/sandbox/updates", json={"edited_message": moved})).raise_for_status()

    shown = await answered(reader, "/schedule")

    assert "بتوقيت القاهرة" in shown.text
    assert len([message for message in await reader.messages() if message.from_bot]) == 2


async def test_a_digest_now_needs_topics_then_news_and_comes_once(reader: Reader) -> None:
    without_topics = await answered(reader, "/digest")
    await answered(reader, "/follow تونس")
    without_news = await answered(reader, "/digest")
    await answered(reader, ARTICLE)
    digest = await answered(reader, "/digest")
    again = await answered(reader, "/digest")

    assert without_topics.text.startswith("لا تتابع أي موضوع بعد")
    assert without_news.text.startswith("لا جديد في موضوعاتك")
    assert "🇹🇳 تونس\n\n1. افتتاح جسر جديد" in digest.text
    assert again.text.startswith("لا جديد في موضوعاتك")


async def test_a_digest_says_why_each_story_came(reader: Reader) -> None:
    await answered(reader, "/follow تونس، النقل")
    await answered(reader, ARTICLE)
    digest = await answered(reader, "/digest")

    await reader.press(digest, "لماذا وصلني هذا؟")
    answer = await reader.wait_for(lambda shown: shown.message_id > digest.message_id, PATIENCE)

    assert answer[-1].text.splitlines() == [
        "وصلك كل خبر لأنه عن موضوع تتابعه، والأهم أولًا:",
        "",
        "1. «افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي»",
        "• تونس: من الكلمات الدلالية للمقال",
        "• النقل: من الكلمات الدلالية للمقال",
        "• أهميته 6: موضوعان مما تتابع \u2066+2\u2069 · وصل في آخر 3 ساعات \u2066+3\u2069 · مصدر معروف \u2066+1\u2069",
    ]


async def test_what_a_reader_sends_stays_theirs_and_what_the_owner_sends_is_everyones(tmp_path: Path) -> None:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, 2002) as sender,
        Reader(sandbox.url, 2003) as other,
        Reader(sandbox.url, OWNER) as owner,
    ):
        await answered(other, "/follow تونس")
        await answered(sender, ARTICLE)
        before = await answered(other, "/digest")
        await answered(owner, ARTICLE)
        after = await answered(other, "/digest")

    assert before.text.startswith("لا جديد")
    assert "افتتاح جسر جديد" in after.text


async def test_commands_are_registered_in_arabic_and_english(tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, a_running_bot(sandbox, tmp_path), httpx.AsyncClient() as browser:
        async with asyncio.timeout(PATIENCE):
            while len(await menus_of(browser, sandbox, "all_chat_administrators")) < 3:  # noqa: ASYNC110 - they come one by one
                await asyncio.sleep(0.1)

        menus = await menus_of(browser, sandbox)
        in_groups = await menus_of(browser, sandbox, "all_group_chats")
        of_administrators = await menus_of(browser, sandbox, "all_chat_administrators")

    assert menus[""] == menus["ar"]
    assert list(in_groups["ar"]) == ["save"]
    assert of_administrators["en"]["topics"] == "The topics followed here"
    assert menus["ar"]["topics"] == "موضوعاتك"
    assert menus["en"]["topics"] == "Your topics"


async def menus_of(
    browser: httpx.AsyncClient, sandbox: SandboxServer, scope: str = "default"
) -> dict[str, dict[str, str]]:
    shown = (await browser.get(f"{sandbox.url}/sandbox/commands")).json()["commands"]
    return {
        menu["language_code"]: {command["command"]: command["description"] for command in menu["commands"]}
        for menu in shown
        if menu["scope"]["type"] == scope
    }
