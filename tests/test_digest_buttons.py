"""Every button under a digest and on the settings screen, pressed over HTTP."""

from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import pytest

from bot.demo import SteeredClock
from bot.domain.schedule import Schedule
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import PATIENCE, a_running_bot, answered
from tests.test_conversation import ARTICLE, labels

ARTICLES = (
    ARTICLE,
    """مهرجان للزيتون في صفاقس يستقبل عشرة آلاف زائر
استقبل مهرجان الزيتون السنوي في مدينة صفاقس التونسية أكثر من عشرة آلاف زائر في يومه الأول.
وعرض المزارعون في تونس أصنافا جديدة من الزيت حصل بعضها على جوائز دولية هذا العام.
""",
    """قطار سريع يصل العاصمة تونس بسوسة في ساعة واحدة
دخل القطار السريع بين العاصمة وسوسة الخدمة اليوم بعد تجارب طويلة أجرتها شركة السكك الحديدية.
وقالت الشركة إن أربع رحلات ستسير يوميا في تونس، وإن سعر التذكرة لن يتغير قبل نهاية السنة.
""",
    """اكتشاف لوحة فسيفساء رومانية قرب سوق أهراس القديم
عثر فريق من علماء الآثار في شمال تونس على لوحة فسيفساء رومانية تصور رحلة صيد بحرية.
وأعلن المعهد الوطني للتراث أن أعمال الترميم ستبدأ في الربيع وأن الموقع سيفتح أمام الزوار لاحقا.
""",
    """منتخب الكرة الطائرة يتوج بلقب البطولة الإفريقية
فاز منتخب تونس للكرة الطائرة بالبطولة الإفريقية بعد نهائي مثير من خمسة أشواط أمام منتخب الكاميرون.
وأهدى المدرب الفوز إلى الجماهير التي ملأت القاعة منذ الصباح رغم المطر وتعطل الحافلات.
""",
    """حصاد القمح يتجاوز توقعات وزارة الفلاحة هذا الموسم
بلغ حصاد القمح في تونس مليون طن، متجاوزا توقعات وزارة الفلاحة بفضل أمطار الشتاء الغزيرة.
وتعتزم الوزارة خفض الواردات بمقدار الثلث وبناء صوامع جديدة في باجة والكاف وسليانة.
""",
)


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, 2002) as someone,
    ):
        yield someone


async def a_digest(reader: Reader, articles: int = 1) -> Shown:
    await answered(reader, "/follow تونس")
    for article in ARTICLES[:articles]:
        await answered(reader, article)
    return await answered(reader, "/digest")


async def changed(reader: Reader, message: Shown, label: str) -> Shown:
    """Wait until the message has a button that says so."""
    fresh = await reader.wait_for(
        lambda shown: shown.message_id == message.message_id and any(label in each for each in labels(shown)), PATIENCE
    )
    return next(shown for shown in fresh if shown.message_id == message.message_id)


async def test_what_was_left_out_comes_in_the_same_message_and_there_is_a_way_back(reader: Reader) -> None:
    settings = await answered(reader, "/settings")
    await reader.press(settings, "5")
    digest = await a_digest(reader, 6)

    await reader.press(digest, "المزيد (1)")
    more = await changed(reader, digest, "السابق")
    await reader.press(more, "السابق")
    back = await changed(reader, digest, "المزيد (1)")
    again = await answered(reader, "/digest")

    assert "وبقي خبر واحد: تجده في «المزيد»" in digest.text
    assert more.text.startswith("بقية أخبار موضوعاتك")
    assert more.text.endswith("هذا كل جديد موضوعاتك.")
    assert back.text == digest.text
    assert again.text.startswith("لا جديد في موضوعاتك")


async def test_a_story_is_rated_and_the_rating_taken_back(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "قيّم 👍 👎")
    offered = await changed(reader, digest, "👍 1")

    liked = await reader.press(offered, "👍 1")
    rated = await changed(reader, digest, "✓👍 1")
    taken = await reader.press(rated, "✓👍 1")
    undone = await changed(reader, digest, "رجوع")
    await reader.press(undone, "رجوع")
    back = await changed(reader, digest, "لماذا وصلني هذا؟")

    assert liked.text.startswith("👍 «افتتاح جسر جديد")
    assert taken.text.startswith("سحبتَ تقييم")
    assert labels(back) == labels(digest)


async def test_under_a_digest_a_story_whose_topic_was_left_since_can_still_be_rated(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "قيّم 👍 👎")
    offered = await changed(reader, digest, "👎 1")
    await answered(reader, "/unfollow تونس")

    rated = await reader.press(offered, "👎 1")
    await reader.press(await changed(reader, digest, "✓👎 1"), "رجوع")
    back = await changed(reader, digest, "🔕 كتم موضوع")
    muted = await reader.press(back, "🔕 كتم موضوع")
    await reader.press(back, "لماذا وصلني هذا؟")
    why = await reader.wait_for(lambda shown: shown.text.startswith("وصلك كل خبر"), PATIENCE)

    assert rated.text.startswith("👎 «افتتاح جسر جديد")
    assert muted.text == "لم يعد شيء من هذه الأخبار من موضوعاتك."
    assert "• لم يعد من موضوعاتك" in why[-1].text


async def test_ratings_are_told_in_the_settings_and_forgotten_after_a_question(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "قيّم 👍 👎")
    await reader.press(await changed(reader, digest, "👎 1"), "👎 1")
    await changed(reader, digest, "✓👎 1")

    settings = await answered(reader, "/settings")
    await reader.press(settings, "مسح تقييماتي")
    asked = await changed(reader, settings, "نعم، امسحها")
    done = await reader.press(asked, "نعم، امسحها")
    after = await changed(reader, settings, "إظهار معاينة الروابط")

    assert "• تقييماتك: تقييم واحد" in settings.text
    assert done.text == "مُسحت تقييماتك."
    assert "• تقييماتك: لا شيء بعد" in after.text


async def test_a_topic_is_muted_and_heard_of_again(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "🔕 كتم موضوع")
    await reader.press(await changed(reader, digest, "🔕 تونس"), "🔕 تونس")
    muted = await reader.press(await changed(reader, digest, "🔕 أسبوعًا"), "🔕 أسبوعًا")
    offered = await changed(reader, digest, "تراجع عن كتم تونس")
    await answered(reader, ARTICLES[1])
    silent = await answered(reader, "/digest")
    undone = await reader.press(offered, "تراجع عن كتم تونس")
    heard = await answered(reader, "/digest")

    assert muted.text.startswith("كُتم موضوع \u2068تونس\u2069 حتى ") or muted.text.startswith("كُتم موضوع تونس حتى ")
    assert silent.text.startswith("لا جديد في موضوعاتك")
    assert undone.text.startswith("رُفع الكتم عن")
    assert "الزيتون" in heard.text


async def test_a_mute_is_ended_from_the_settings(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "🔕 كتم موضوع")
    await reader.press(await changed(reader, digest, "🔕 تونس"), "🔕 تونس")
    await reader.press(await changed(reader, digest, "حتى أرفع"), "🔕 حتى أرفع الكتم")

    settings = await answered(reader, "/settings")
    await reader.press(settings, "🔔 رفع الكتم عن تونس")
    after = await reader.wait_for(
        lambda shown: shown.message_id == settings.message_id and "مكتوم" not in shown.text, PATIENCE
    )

    assert "• مكتوم: " in settings.text
    assert "تونس" not in after[-1].text


@pytest.mark.parametrize(
    ("pressed", "next_label", "said"),
    [
        pytest.param("15", "✓ 15", "حتى 15 خبرًا", id="stories"),
        pytest.param("إظهار معاينة الروابط", "إخفاء معاينة الروابط", "معاينة الروابط: ظاهرة", id="previews"),
        pytest.param("إيصال بلا صوت", "إيصال بصوت", "الوصول: بلا صوت", id="silent"),
        pytest.param("أخبرني بسطر حين لا جديد", "لا ترسل شيئًا حين لا جديد", "سطر واحد بلا صوت", id="no news"),
        pytest.param("إضافة التاريخ الهجري", "التاريخ الميلادي وحده", "ميلادي وهجري", id="Hijri"),
        pytest.param("أرقام ١٢٣", "أرقام 123", "الأرقام: ١٢٣", id="numerals"),
    ],
)
async def test_a_setting_is_kept_and_shown_in_place(reader: Reader, pressed: str, next_label: str, said: str) -> None:
    settings = await answered(reader, "/settings")

    notice = await reader.press(settings, pressed)
    after = await changed(reader, settings, next_label)
    opened = await answered(reader, "/settings")

    assert notice.text == "حُفظ."
    assert said in after.text
    assert opened.text == after.text


async def test_the_digest_is_dated_as_the_reader_chose_and_leads_to_the_settings(reader: Reader) -> None:
    settings = await answered(reader, "/settings")
    await reader.press(settings, "إضافة التاريخ الهجري")
    digest = await a_digest(reader)
    await reader.press(digest, "⚙️ الإعدادات")
    opened = await reader.wait_for(lambda shown: shown.message_id > digest.message_id, PATIENCE)

    assert " هـ" in digest.text.splitlines()[0]
    assert opened[-1].text.startswith("إعدادات موجزك")


async def forged(person: Reader, message: Shown, payload: str) -> str:
    """Press a button that the message does not show, or no longer; return the bot's answer."""
    done = await person._did(  # noqa: SLF001 - a press by payload, as the sandbox offers it
        "presses", {"message_id": message.message_id, "data": payload, "wait": 10.0}
    )
    return str((done.get("answer") or {}).get("text", ""))


GONE = "هذا الزرّ لم يعد يعمل. موجزك الآن: /digest"


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        pytest.param("dg:m:1", "لا مزيد: وصلك كل جديد موضوعاتك.", id="more"),
        pytest.param("dg:w:0", GONE, id="why"),
        pytest.param("w:", GONE, id="why, of an older version"),
        pytest.param("dg:r:0", GONE, id="the ratings"),
        pytest.param("dg:rate:0:0:+", GONE, id="a rating"),
        pytest.param("dg:k:0", GONE, id="the topics to mute"),
        pytest.param("dg:mute:0:t999999:d", GONE, id="a mute of no topic"),
        pytest.param("dg:unmute:0:t999999", GONE, id="the end of a mute of no topic"),
        pytest.param("dg:b:0", GONE, id="back"),
    ],
)
async def test_a_button_under_a_message_that_is_no_digest_says_so_and_changes_nothing(
    reader: Reader, payload: str, answer: str
) -> None:
    message = await answered(reader, "/settings")

    said = [await forged(reader, message, payload) for _ in range(2)]

    assert said == [answer, answer]
    assert (await answered(reader, "/settings")).text == message.text


async def test_the_mute_of_a_topic_that_is_gone_is_answered_by_the_screen_as_it_is(reader: Reader) -> None:
    settings = await answered(reader, "/settings")

    pressed = await reader.press_data(settings, "st:unmute:t999999", wait=PATIENCE)

    assert (pressed.is_answered, pressed.text) == (True, "")


async def test_buttons_pressed_twice_and_late_do_what_they_say_once(reader: Reader) -> None:
    digest = await a_digest(reader)
    liked = [await forged(reader, digest, "dg:rate:0:0:+") for _ in range(2)]
    settings = await answered(reader, "/settings")
    chosen = [await forged(reader, settings, "st:stories:5") for _ in range(2)]
    reset = [await forged(reader, settings, "st:reset!") for _ in range(2)]
    after = await answered(reader, "/settings")

    assert liked[0] == liked[1]
    assert "تقييم واحد" in settings.text
    assert chosen == ["حُفظ."] * 2
    assert reset == ["مُسحت تقييماتك."] * 2
    assert "حتى 5 أخبار" in after.text
    assert "لا شيء بعد" in after.text


async def test_a_muted_topic_that_was_left_since_cannot_be_muted_again(reader: Reader) -> None:
    digest = await a_digest(reader)
    await reader.press(digest, "🔕 كتم موضوع")
    topics = await changed(reader, digest, "🔕 تونس")
    await reader.press(topics, "🔕 تونس")
    spans = await changed(reader, digest, "🔕 يومًا")
    await answered(reader, "/unfollow تونس")

    late = await reader.press(spans, "🔕 يومًا")

    assert late.text.startswith("لم تعد تتابع: ")
    assert "مكتوم" not in (await answered(reader, "/settings")).text


async def test_nobody_turns_or_rates_the_pages_of_another(tmp_path: Path) -> None:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, 2002) as mine,
        Reader(sandbox.url, 2003) as other,
    ):
        await a_digest(mine)
        message = await answered(other, "/start")

        assert await forged(other, message, "dg:rate:0:0:+") == GONE
        assert "لا شيء بعد" in (await answered(other, "/settings")).text


async def test_after_a_restart_the_buttons_of_a_digest_do_what_they_did(tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader:
        async with a_running_bot(sandbox, tmp_path):
            await reader.press(await answered(reader, "/settings"), "5")
            digest = await a_digest(reader, 6)
        async with a_running_bot(sandbox, tmp_path):
            await reader.press(digest, "قيّم 👍 👎")
            rating = await changed(reader, digest, "👍 5")
            await reader.press(rating, "رجوع")
            await reader.press(await changed(reader, digest, "المزيد (1)"), "المزيد (1)")
            more = await changed(reader, digest, "السابق")

    assert more.text.startswith("بقية أخبار موضوعاتك")


async def test_the_one_sentence_of_no_news_comes_at_the_promised_time_without_a_sound(tmp_path: Path) -> None:
    clock = SteeredClock()
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock),
        Reader(sandbox.url, 2002) as reader,
    ):
        await answered(reader, "/follow تونس")
        await reader.press(await answered(reader, "/settings"), "أخبرني بسطر حين لا جديد")
        await answered(reader, "/schedule 07:30")
        clock.advance_to(Schedule((time(7, 30),), "Asia/Riyadh").next_due(clock()))
        await reader.wait_for(lambda shown: shown.text.startswith("لا جديد في موضوعاتك"), PATIENCE)

        sent = [entry["params"] for entry in sandbox.world.log if entry["method"] == "sendMessage"]
        quiet = [params["disable_notification"] for params in sent if params["text"].startswith("لا جديد")]
        assert [str(each).lower() for each in quiet] == ["true"]
