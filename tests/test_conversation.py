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
    assert sum(len(row) for row in answer.buttons) == 6
    assert is_arabic(answer.text)


async def test_a_button_follows_a_topic_and_pressed_again_leaves_it(reader: Reader) -> None:
    welcome = await answered(reader, "/start")

    pressed = await reader.press(welcome, "+ 🇷🇺 روسيا")
    followed = await reader.wait_for(lambda shown: "✓ 🇷🇺 روسيا" in labels(shown))
    pressed_again = await reader.press(followed[-1], "✓ 🇷🇺 روسيا")

    assert pressed.text == "تتابع الآن: روسيا."
    assert pressed_again.text == "لم تعد تتابع: روسيا."


def labels(shown: Shown) -> list[str]:
    return [label for row in shown.buttons for label in row]


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


async def test_several_names_are_followed_and_listed_and_left(reader: Reader) -> None:
    followed = await answered(reader, "/follow روسيا، مصر، الذكاء الاصطناعي")
    listed = await answered(reader, "/topics")
    left = await answered(reader, "/unsubscribe مصر")

    assert followed.text == "تتابع الآن: روسيا ومصر والذكاء الاصطناعي."
    assert labels(listed) == ["✓ 🇷🇺 روسيا", "✓ 🇪🇬 مصر", "✓ الذكاء الاصطناعي"]
    assert left.text == "لم تعد تتابع: مصر."


async def test_a_misspelt_name_is_followed_as_typed_and_the_likely_one_offered(reader: Reader) -> None:
    answer = await answered(reader, "/follow أوكرنيا")

    assert "تتابع الآن: أوكرنيا" in answer.text
    assert labels(answer) == ["+ 🇺🇦 أوكرانيا"]


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
            while len(menus := await menus_of(browser, sandbox)) < 3:  # noqa: ASYNC110 - they come one by one
                await asyncio.sleep(0.1)

    assert menus[""] == menus["ar"]
    assert menus["ar"]["topics"] == "موضوعاتك"
    assert menus["en"]["topics"] == "Your topics"


async def menus_of(browser: httpx.AsyncClient, sandbox: SandboxServer) -> dict[str, dict[str, str]]:
    shown = (await browser.get(f"{sandbox.url}/sandbox/commands")).json()["commands"]
    return {
        menu["language_code"]: {command["command"]: command["description"] for command in menu["commands"]}
        for menu in shown
    }
