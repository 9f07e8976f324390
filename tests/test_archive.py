"""Searching, reading and sharing the archive over real HTTP."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below

TITLES = {
    "القمح": "روسيا تصدّر أول شحنة من القمح عبر الميناء الجديد",
    "الجسر": "افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي",
    "المدرسة": "بلدية المدينة تفتتح المدرسة المهنية بعد ترميم طويل",
    "المتحف": "متحف العاصمة يعرض لأول مرة مخطوطات نادرة من القرن العاشر",
    "المستشفى": "وزارة الصحة توسّع مستشفى الأطفال بمئة سرير إضافي",
    "القطار": "قطار سريع يربط المرفأ بالعاصمة في أقل من ساعة",
    "المسرح": "مسرح الهواء الطلق يستأنف عروضه الصيفية بعد عامين",
}
BODIES = {
    "القمح": """غادرت سفينة محمّلة بستين ألف طن من القمح ميناء نوفوروسيسك في روسيا متجهة إلى الإسكندرية.
وقال تجّار الحبوب إن أسعار القمح هبطت في البورصة ثلاثة في المئة بعد الإعلان عن الشحنة.""",
    "الجسر": """قصّ رئيس البلدية شريط الجسر الذي يختصر زمن الرحلة بين الحيين إلى خمس دقائق للسيارات والدراجات.
ومُوّل الجسر بقرض طويل الأجل من صندوق التنمية، واستغرق بناؤه ثلاث سنوات كاملة.""",
    "المدرسة": """استقبلت المدرسة المهنية تلاميذها الأوائل في ورشات النجارة والكهرباء بعد تجديد سقفها ونوافذها.
وتتسع المدرسة لأربعمئة تلميذ يتدربون على أيدي معلمين من المصانع القريبة.""",
    "المتحف": """تضم القاعة الجديدة في المتحف رقوقا ومصاحف مذهّبة أعيد ترميمها في مختبر متخصص بالورق القديم.
ويستمر معرض المتحف حتى نهاية الخريف مع جولات يومية يقودها مؤرخون وخطّاطون.""",
    "المستشفى": """يضم الجناح الجديد في المستشفى غرف عناية مركزة للمواليد وأجهزة تنفس حديثة تبرّع بها أطباء مغتربون.
وأعلنت الوزارة أنها وظفت سبعين ممرضة للعمل في أقسام المستشفى ليلا ونهارا.""",
    "القطار": """تبلغ سرعة القطار مئتي كيلومتر وتنطلق رحلاته كل نصف ساعة من المحطة المركزية عند الفجر.
وتباع تذاكر القطار عبر الهاتف بسعر موحّد للركاب والطلاب والمتقاعدين.""",
    "المسرح": """يفتتح الموسم على خشبة المسرح بعمل غنائي مستوحى من حكايات البحّارة والصيادين القدامى.
ويشارك في عروض المسرح هواة من القرى المجاورة إلى جانب فرقة محترفة من العاصمة.""",
}


def an_article(word: str) -> str:
    """Return an article that has nothing to do with the others."""
    return f"{TITLES[word]}\n{BODIES[word]}\nالمصدر: صحيفة الضفتين\n"


@dataclass
class People:
    """A running bot, an owner and two readers, one of whom may start another bot on the same database."""

    sandbox: SandboxServer
    folder: Path
    owner: Reader
    reader: Reader
    other: Reader


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, OWNER) as owner,
        Reader(sandbox.url, 2002) as reader,
        Reader(sandbox.url, 2003) as other,
    ):
        yield People(sandbox, tmp_path, owner, reader, other)


async def published(people: People, *words: str) -> None:
    for word in words:
        answer = await answered(people.owner, an_article(word))
        assert "سيصل إلى كل من يتابع" in answer.text


def labels(shown: Shown) -> list[str]:
    """Return what the buttons say, as an Arabic reader reads them."""
    return [label for row in shown.buttons for label in reversed(row)]


async def edited(reader: Reader, message: Shown) -> Shown:
    """Return a message as it is after it was edited."""
    fresh = await reader.wait_for(lambda shown: shown.message_id == message.message_id, PATIENCE)
    return next(shown for shown in fresh if shown.message_id == message.message_id)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("/search المدرسة", id="as it stands there"),
        pytest.param("/search مدرسه", id="without the article, with another letter"),
        pytest.param("/search للمدرسة المهنية", id="with a particle, and another word"),
        pytest.param("ابحث عن المدرسة", id="without a slash"),
        pytest.param("/search المدرسة منذ أسبوع المصدر: الضفتين", id="of a source, since a week"),
        pytest.param("/search المدرسة اليوم", id="of today"),
    ],
)
async def test_a_story_is_found_however_it_is_asked_for(people: People, typed: str) -> None:
    await published(people, "المدرسة", "الجسر")

    answer = await answered(people.reader, typed)

    assert answer.text.splitlines()[0].startswith("نتائج البحث: ")
    assert f"1. {TITLES['المدرسة']}" in answer.text
    assert TITLES["الجسر"] not in answer.text
    assert "صحيفة الضفتين · " in answer.text
    assert labels(answer) == ["1"]


async def test_a_topic_narrows_a_search_and_is_named(people: People) -> None:
    await published(people, "القمح", "الجسر")

    found = await answered(people.reader, "ابحث في روسيا منذ أسبوع")
    none = await answered(people.reader, "/search الجسر في روسيا")

    assert TITLES["القمح"] in found.text
    assert TITLES["الجسر"] not in found.text
    assert found.text.splitlines()[0] == "نتائج البحث: في روسيا منذ أسبوع"
    assert found.text.splitlines()[1].startswith("الموضوع: روسيا · منذ ")
    assert none.text.startswith("لم أجد خبرًا فيه كل هذا: الجسر في روسيا")
    assert labels(none) == []


@pytest.mark.parametrize("typed", ["/search", "/search في", "/search ؟؟", "/search " + "و" * 3000])
async def test_a_question_that_asks_nothing_is_told_how_to_ask(people: People, typed: str) -> None:
    answer = await answered(people.reader, typed)

    assert answer.text.startswith(("عمّ تبحث؟", "لم أجد"))


async def test_pages_are_turned_in_one_message_also_late_twice_and_after_a_restart(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(SandboxServer())
        owner, reader, other = [
            await stack.enter_async_context(Reader(sandbox.url, number)) for number in (OWNER, 2002, 2003)
        ]
        people = People(sandbox, tmp_path, owner, reader, other)
        async with a_running_bot(sandbox, tmp_path):
            await published(people, *TITLES)
            first = await answered(reader, "/latest")
        async with a_running_bot(sandbox, tmp_path):
            await reader.press(first, "التالي ›", wait=PATIENCE)
            second = await edited(reader, first)
            await reader.press(second, "‹ السابق", wait=PATIENCE)
            again = await edited(reader, second)
            forgotten = await pressed_late(reader, again, "as:999:1")
            told = await pressed_late(reader, again, "as:1:1")
            last = await edited(reader, again)

    assert first.text.splitlines()[0] == "أحدث الأخبار"
    assert labels(first) == ["1", "2", "3", "4", "5", "التالي ›"]
    assert labels(second) == ["6", "7", "‹ السابق"]
    assert again.text == first.text
    newest_first = [TITLES[word] for word in reversed(TITLES)]
    assert [title for title in newest_first if title in first.text] == newest_first[:5]
    assert [title for title in newest_first if title in second.text] == newest_first[5:]
    assert forgotten.startswith("مضى على هذا البحث وقت طويل")
    assert (told, last.text) == ("", second.text)


async def pressed_late(reader: Reader, message: Shown, payload: str) -> str:
    """Press a button by its payload alone, as a client does that shows an old keyboard; return what pops up."""
    await reader._remember()  # noqa: SLF001 - as before any press
    pressed = {"message_id": message.message_id, "data": payload, "wait": PATIENCE}
    answer = await reader._did("presses", pressed)  # noqa: SLF001 - no button of a client presses this
    return str(answer["answer"].get("text", ""))


async def test_a_story_is_opened_saved_listed_and_removed(people: People) -> None:
    await published(people, "القمح", "الجسر")
    listed = await answered(people.reader, "/latest")

    await people.reader.press(listed, "2", wait=PATIENCE)
    card = await below(people.reader, listed)
    pressed = await people.reader.press(card, "احفظ", wait=PATIENCE)
    kept = await edited(people.reader, card)
    saved = await answered(people.reader, "/saved")
    of_other = await answered(people.other, "/saved")

    assert card.text.startswith(TITLES["القمح"])
    assert "#روسيا" in card.text
    assert labels(card) == ["احفظ"]
    assert pressed.text == "حُفظ الخبر. تجده في /saved"
    assert labels(kept) == ["✓ محفوظ"]
    assert f"1. {TITLES['القمح']}" in saved.text
    assert labels(saved) == ["1", "✕ 1"]
    assert of_other.text.startswith("لم تحفظ خبرًا بعد")

    await people.reader.press(saved, "✕ 1", wait=PATIENCE)
    emptied = await edited(people.reader, saved)

    assert emptied.text.startswith("لم تحفظ خبرًا بعد")
    assert labels(emptied) == []


async def test_a_button_pressed_again_lets_a_story_go(people: People) -> None:
    await published(people, "القمح")
    listed = await answered(people.reader, "/latest")
    await people.reader.press(listed, "1", wait=PATIENCE)
    card = await below(people.reader, listed)

    await people.reader.press(card, "احفظ", wait=PATIENCE)
    kept = await edited(people.reader, card)
    pressed = await people.reader.press(kept, "✓ محفوظ", wait=PATIENCE)

    assert pressed.text == "أُزيل الخبر من محفوظاتك."
    assert (await answered(people.reader, "/saved")).text.startswith("لم تحفظ خبرًا بعد")


async def test_a_reader_finds_what_they_sent_and_others_do_not_until_it_is_published(people: People) -> None:
    await answered(people.reader, an_article("المتحف"))

    own = await answered(people.reader, "/search المتحف")
    others = await answered(people.other, "/search المتحف")
    offered = await people.other.type_inline("المتحف", wait=PATIENCE)
    await published(people, "المتحف")
    later = await answered(people.other, "/search المتحف")

    assert TITLES["المتحف"] in own.text
    assert others.text.startswith("لم أجد خبرًا")
    assert offered.results == []
    assert TITLES["المتحف"] in later.text


async def test_buttons_of_another_reader_show_and_keep_nothing(people: People) -> None:
    await answered(people.reader, an_article("المتحف"))
    await answered(people.reader, "/search المتحف")
    message = await answered(people.other, "/latest")

    for payload in ("ao:1", "ak:1", "as:1:0", "ax:1:0", "au:1", "av:7"):
        await pressed_late(people.other, message, payload)
    shown = [each.text for each in await people.other.messages() if each.from_bot]

    assert not any(TITLES["المتحف"] in text for text in shown)


async def test_the_latest_are_of_the_topics_that_a_reader_follows(people: People) -> None:
    await published(people, "القمح", "الجسر")
    await answered(people.reader, "/follow روسيا")
    await answered(people.other, "/follow اليابان")

    mine, none = await answered(people.reader, "/latest"), await answered(people.other, "/latest")
    named = await answered(people.other, "/latest روسيا")

    assert mine.text.splitlines()[0] == "أحدث أخبار موضوعاتك"
    assert TITLES["الجسر"] not in mine.text
    assert none.text.startswith("لا أخبار عن موضوعاتك في الأسبوعين الماضيين")
    assert named.text.splitlines()[0] == "أحدث الأخبار عن روسيا"
    assert TITLES["القمح"] in named.text


async def test_a_card_is_shared_anywhere_and_not_taken_for_an_article(people: People) -> None:
    await published(people, "القمح", "الجسر")

    offered = await people.other.type_inline("القمح", wait=PATIENCE)
    latest = await people.other.type_inline("", wait=PATIENCE)
    (sent,) = await people.other.share(offered, offered.results[0]["id"])
    after = await answered(people.other, "/help")

    assert [result["title"] for result in offered.results] == [TITLES["القمح"]]
    assert offered.results[0]["description"].startswith("صحيفة الضفتين · ")
    assert [result["title"] for result in latest.results] == [TITLES["الجسر"], TITLES["القمح"]]
    assert offered.answer
    assert (offered.answer["is_personal"], offered.answer["button"]) == (True, None)
    assert sent.text.startswith(TITLES["القمح"])
    assert after.message_id == sent.message_id + 2
    assert after.text.startswith("حوّل إليّ مقالًا")


async def test_nothing_to_share_leads_to_the_bot_and_bad_offsets_to_the_first_page(people: People) -> None:
    await published(people, "القمح")

    none = await people.other.type_inline("لا شيء كهذا أبدا", wait=PATIENCE)
    first = await people.other.type_inline("القمح", offset="٩٩", wait=PATIENCE)
    beyond = await people.other.type_inline("القمح", offset="200", wait=PATIENCE)

    assert none.answer
    assert none.answer["button"] == {"text": "لا خبر بهذه الكلمات. افتح موجز", "start_parameter": "inline"}
    assert len(first.results) == 1
    assert beyond.results == []
    assert beyond.answer
    assert beyond.answer["button"] is None
