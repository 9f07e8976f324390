"""Links and files over real HTTP: the sandbox as the Bot API, and a site of ours as the web."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

from bot.fetch.client import Limits
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.fetch.site import Answer, Site, a_redirect, a_site, an_answer
from tests.fetch.test_documents import FILES, a_paragraph, a_picture_pdf, a_word_file
from tests.running import OWNER, PATIENCE, a_running_bot, below

TITLE = "مصر تعلن وصول أول شحنة قمح بعد إعادة فتح الممر"
BODY = (
    "وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح منذ إعادة فتح الممر البحري، وفق ما أعلنته وزارة التموين.",
    "وقال الوزير إن الشحنة تبلغ ستين ألف طن، وإنها الأولى من عقد وقعته الهيئة العامة للسلع التموينية في الشهر الماضي.",
    "وأضاف أن المخزون الاستراتيجي يكفي خمسة أشهر، وأن الحكومة تتفاوض على شحنات أخرى تصل تباعا حتى نهاية العام الجاري.",
)
OTHER_TITLE = "تونس تفتتح جسرا جديدا يربط ضفتي النهر"
OTHER_BODY = (
    "افتتحت بلدية المدينة صباح الأحد جسرا جديدا يربط الحي الشرقي بالحي الغربي بعد ثلاث سنوات من العمل المتواصل.",
    "وقال رئيس البلدية إن الجسر سيختصر زمن الرحلة بين الحيين إلى خمس دقائق، وإنه مزود بممر للدراجات وآخر للمشاة.",
)
TEXT = "\n".join((TITLE, *BODY, "كلمات دلالية: القمح، مصر"))


def a_page(title: str, body: Sequence[str], head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return (
        f"<!doctype html><html><head><title>{title} - القلم</title>{head}</head><body>"
        f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


JSON_LD = json.dumps(
    {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-05-09T12:00:00+03:00",
        "keywords": "القمح، مصر",
        "publisher": {"@type": "Organization", "name": "صحيفة القلم"},
    },
    ensure_ascii=False,
)
OPEN_GRAPH = (
    f'<meta property="og:title" content="{OTHER_TITLE}"><meta property="og:site_name" content="صحيفة الضفتين">'
    '<meta property="article:published_time" content="2026-05-08"><meta property="article:tag" content="تونس">'
)
WHEAT = a_page(
    TITLE,
    ("نشر في 1 يناير 2020", *BODY),
    f'<script type="application/ld+json">{JSON_LD}</script><link rel="canonical" href="/wheat">',
)


async def hang(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(PATIENCE)


PAGES: Mapping[str, Answer] = {
    "/slow": hang,
    **{f"/slow?{number}": hang for number in range(9)},
    "/wheat": an_answer(WHEAT),
    "/wheat?id=7": an_answer(WHEAT),
    "/amp/wheat": an_answer(WHEAT.replace(BODY[2].encode(), b"")),
    "/bridge": an_answer(a_page(OTHER_TITLE, OTHER_BODY, OPEN_GRAPH)),
    "/moved": a_redirect("/wheat"),
    "/inside": a_redirect("http://127.0.0.1:1/secret"),
    "/picture": an_answer(b"\x89PNG", kind="image/png"),
    "/large": an_answer(b"a" * 5_000_001),
    "/english": an_answer(a_page("Wheat arrives", ["The ship arrived in port today with sixty thousand tons. " * 9])),
    "/empty": an_answer(b"<html><body><img src='/x.jpg'></body></html>"),
    "/short": an_answer(a_page("خبر", ["نص قصير جدا."])),
    "/report.pdf": an_answer((FILES / "columns.pdf").read_bytes(), kind="application/pdf"),
    "/broken": an_answer(b"", status="500 Oops"),
    "/login": an_answer(b"", status="403 Forbidden"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A bot that one site is open to, and what it keeps."""

    sandbox: SandboxServer
    site: Site
    reader: Reader
    database: Path

    async def said(self, text: str, **more: Any) -> list[Shown]:
        """Send a text and return all that is answered."""
        return await self.answers(await self.reader.say(text.replace("SITE", self.site.url("")), **more))

    async def sent(self, name: str, content: bytes, **more: Any) -> Shown:
        """Send a file and return the answer."""
        (answer,) = await self.answers(await self.reader.send_document(name, content, "application/x", **more))
        return answer

    async def answers(self, sent: Sequence[Shown]) -> list[Shown]:
        """Return what is answered to what was sent last: the pages of one answer follow each other."""
        first = await below(self.reader, sent[-1])
        planned = self.rows("SELECT count(*) FROM deliveries WHERE update_id = (SELECT max(update_id) FROM deliveries)")
        count = int(planned[0][0])
        fresh = await self.reader.wait_for(count, PATIENCE)
        return [shown for shown in fresh if shown.message_id >= first.message_id]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what is kept."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()

    def titles(self) -> list[str]:
        """Return the titles of the kept articles."""
        return [title for (title,) in self.rows("SELECT title FROM articles ORDER BY id")]

    def asked(self) -> list[str]:
        """Return the paths that the site was asked for."""
        return [request.split(" ")[1] for request in self.site.asked]

    async def actions(self) -> list[dict[str, Any]]:
        """Return what the bot asked for to show that it works."""
        async with httpx.AsyncClient(trust_env=False) as browser:
            log = (await browser.get(f"{self.sandbox.url}/sandbox/log")).json()["requests"]
        return [request for request in log if request["method"] == "sendChatAction"]


@asynccontextmanager
async def a_stage(folder: Path, user: int = 2002, **settings: Any) -> AsyncIterator[Stage]:
    async with (
        a_site(PAGES) as site,
        SandboxServer() as sandbox,
        a_running_bot(sandbox, folder, fetch_allow=f"127.0.0.1:{site.port}", **settings),
        Reader(sandbox.url, user) as reader,
    ):
        yield Stage(sandbox, site, reader, folder / "mujaz.sqlite")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path) as running:
        yield running


async def test_a_page_is_an_article_with_what_it_says_of_itself(stage: Stage) -> None:
    (answer,) = await stage.said("SITE/wheat?utm_source=x&fbclid=7")

    assert answer.text.startswith(f"{TITLE}\n")
    assert "صحيفة القلم · 9 مايو 2026" in answer.text
    assert "#القمح" in answer.text
    assert stage.asked() == ["/wheat"]
    assert stage.rows("SELECT title, published, link FROM articles") == [
        (TITLE, "2026-05-09", stage.site.url("/wheat")),
    ]
    assert stage.rows("SELECT kind, name, link FROM sources") == [("site", "صحيفة القلم", stage.site.url("/"))]
    ((body,),) = stage.rows("SELECT body FROM articles")
    assert json.loads(body)[0].startswith("وصلت إلى ميناء")


async def test_two_links_are_two_articles_the_second_by_its_open_graph(stage: Stage) -> None:
    answers = await stage.said("اقرأ: SITE/wheat، و SITE/bridge.")

    assert [answer.text.splitlines()[0] for answer in answers] == [TITLE, OTHER_TITLE]
    assert "صحيفة الضفتين · 8 مايو 2026" in answers[1].text
    assert stage.titles() == [TITLE, OTHER_TITLE]


async def test_a_pdf_at_an_address_is_an_article(stage: Stage) -> None:
    (answer,) = await stage.said("SITE/report.pdf")

    assert answer.text.startswith(PDF_TITLE)
    assert stage.rows("SELECT title, link FROM articles") == [(PDF_TITLE, stage.site.url("/report.pdf"))]
    assert stage.rows("SELECT kind, name FROM sources") == [("site", "127.0.0.1")]


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        pytest.param("/wheat", "/wheat?utm_medium=y#top", ["/wheat"], id="tracking parameters: not fetched again"),
        pytest.param("/wheat?id=7", "/wheat", ["/wheat?id=7"], id="the canonical of the other is known"),
        pytest.param("/wheat", "/amp/wheat", ["/wheat", "/amp/wheat"], id="a shorter page with the same canonical"),
        pytest.param("/wheat", "/moved", ["/wheat", "/moved", "/wheat"], id="a redirect"),
    ],
)
async def test_an_article_by_two_addresses_is_one(stage: Stage, first: str, second: str, asked: list[str]) -> None:
    await stage.said(f"SITE{first}")

    (answer,) = await stage.said(f"SITE{second}")

    assert answer.text.startswith(TITLE)
    assert "سبق أن أرسلت هذا المقال" in answer.text
    assert stage.titles() == [TITLE]
    assert stage.asked() == asked


async def test_two_addresses_of_one_article_in_one_message_are_answered_once(stage: Stage) -> None:
    (answer,) = await stage.said("SITE/wheat SITE/wheat?id=7")

    assert answer.text.startswith(TITLE)
    assert stage.titles() == [TITLE]


def without_marks(answer: Shown) -> str:
    """Return what is answered without the marks that keep the direction of its parts."""
    return re.sub("[\u200f\u2068\u2069]", "", answer.text)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        pytest.param("SITE/nowhere", "الصفحة غير موجودة.", id="404"),
        pytest.param("SITE/login", "لا يسمح لي الموقع", id="403"),
        pytest.param("SITE/broken", "في الموقع عطل.", id="500"),
        pytest.param("SITE/picture", "ليس في هذا العنوان صفحة مقال", id="an image"),
        pytest.param("SITE/large", "الحجم أكبر مما أقرأ", id="too large"),
        pytest.param("SITE/english", "النصّ ليس عربيًا", id="not Arabic"),
        pytest.param("SITE/empty", "لم أجد فيه نصًّا", id="no article"),
        pytest.param("SITE/short", "لم أجد فيه مقالًا", id="too short"),
        pytest.param("SITE/inside", "ليس متاحًا للعموم", id="a redirect to another port of this machine"),
        pytest.param("http://10.0.0.1/x", "ليس متاحًا للعموم", id="a private address"),
        pytest.param("http://169.254.169.254/latest/meta-data", "ليس متاحًا للعموم", id="the metadata of a cloud"),
    ],
)
async def test_a_link_that_brings_no_article_is_named_with_the_reason(stage: Stage, path: str, why: str) -> None:
    (answer,) = await stage.said(path)

    named = path.replace("SITE", stage.site.url("")).removeprefix("http://")
    assert without_marks(answer).startswith(f"لم آخذ شيئًا من {named}: ")
    assert why in answer.text
    assert stage.titles() == []


async def test_two_links_of_one_site_that_fail_alike_are_both_named(stage: Stage) -> None:
    (answer,) = await stage.said("SITE/nowhere/1 SITE/nowhere/2")

    first, second = without_marks(answer).splitlines()
    assert "/nowhere/1: الصفحة غير موجودة." in first
    assert "/nowhere/2: الصفحة غير موجودة." in second


async def test_a_site_that_is_too_slow_is_named_and_the_other_read(tmp_path: Path) -> None:
    async with a_stage(tmp_path, limits=Limits(total=1.0)) as stage:
        card, line = await stage.said("SITE/slow SITE/bridge")

    assert card.text.startswith(OTHER_TITLE)
    assert "/slow: تأخّر الموقع في الرد. حاول بعد قليل." in without_marks(line)
    assert stage.titles() == [OTHER_TITLE]


async def test_beside_a_link_that_fails_the_others_are_read(stage: Stage) -> None:
    answers = await stage.said("SITE/nowhere\nSITE/bridge\nhttp://10.0.0.1/")

    assert answers[0].text.startswith(OTHER_TITLE)
    assert len(answers[1].text.splitlines()) == 2
    assert stage.titles() == [OTHER_TITLE]


async def test_of_more_than_five_links_five_are_read(stage: Stage) -> None:
    answers = await stage.said(" ".join(f"SITE/nowhere/{number}" for number in range(7)))

    assert answers[0].text.endswith("أقرأ 5 روابط من كل رسالة. أرسل ما بقي في رسالة أخرى.")
    assert len(stage.asked()) == 5


async def test_an_article_with_a_link_in_it_is_the_article(stage: Stage) -> None:
    (answer,) = await stage.said(f"{TEXT}\nSITE/bridge")

    assert answer.text.startswith(TITLE)
    assert stage.asked() == []


async def test_a_forwarded_flash_stays_one_where_its_link_leads_to_no_article(stage: Stage) -> None:
    origin = {"type": "channel", "title": "قناة السهل", "username": "sahl"}
    flash = f"عاجل | وزير الخارجية الأردني يصل إلى بغداد في زيارة رسمية {stage.site.url('/nowhere')}"

    (answer,) = await stage.answers(await stage.reader.forward(flash, origin))

    assert "قناة السهل" in answer.text
    assert len(stage.titles()) == 1


async def test_a_link_behind_a_word_is_read(stage: Stage) -> None:
    entity = {"type": "text_link", "offset": 0, "length": 4, "url": stage.site.url("/bridge")}

    (answer,) = await stage.said("هنا الخبر", entities=[entity])

    assert answer.text.startswith(OTHER_TITLE)


PDF_TITLE = "مصر تستقبل أول شحنة قمح"
FILES_READ = {
    "خبر.txt": (TEXT.encode(), TITLE),
    "خبر-16.txt": (TEXT.encode("utf-16"), TITLE),
    "خبر-1256.txt": (TEXT.encode("windows-1256"), TITLE),
    "saved.html": (WHEAT, TITLE),
    "columns.pdf": ((FILES / "columns.pdf").read_bytes(), PDF_TITLE),
    "shaped.pdf": ((FILES / "shaped.pdf").read_bytes(), "مصر تستقبل أول شحنة قمح في 9 أيار/مايو 2026"),
    "خبر.docx": (a_word_file("".join(map(a_paragraph, (TITLE, *BODY)))), TITLE),
    "وصول أول شحنة قمح.txt": (" ".join(BODY).encode(), "وصول أول شحنة قمح"),
}


@pytest.mark.parametrize("name", FILES_READ)
async def test_a_file_is_an_article(stage: Stage, name: str) -> None:
    content, title = FILES_READ[name]

    answer = await stage.sent(name, content)

    assert answer.text.splitlines()[0] == title
    assert stage.titles() == [title]


async def test_a_caption_names_tags_and_source_of_a_file(stage: Stage) -> None:
    answer = await stage.sent("خبر.txt", TEXT.encode(), caption="للاطلاع\nالمصدر: وكالة القلم\n#الأمن_الغذائي")

    assert "وكالة القلم" in answer.text
    assert "#الأمن_الغذائي" in answer.text
    assert "للاطلاع" not in stage.rows("SELECT body FROM articles")[0][0]


async def test_files_that_are_sent_together_are_an_article_each(stage: Stage) -> None:
    texts = (TEXT, "\n".join((OTHER_TITLE, *OTHER_BODY)))
    for number, text in enumerate(texts):
        await stage.reader.send_document(f"{number}.txt", text.encode(), "text/plain", media_group_id="13")

    await stage.reader.wait_for(lambda shown: shown.text.startswith(OTHER_TITLE), PATIENCE)

    answers = [shown.text.splitlines()[0] for shown in await stage.reader.messages() if shown.from_bot]
    assert answers == [TITLE, OTHER_TITLE]
    assert stage.titles() == [TITLE, OTHER_TITLE]


async def test_a_remark_below_a_file_is_edited_without_touching_its_article(stage: Stage) -> None:
    (sent,) = await stage.reader.send_document("خبر.txt", TEXT.encode(), "text/plain", caption="للاطلاع")
    await below(stage.reader, sent)

    await stage.reader.edit(sent.message_id, "\n".join((OTHER_TITLE, *OTHER_BODY)))
    (answer,) = await stage.said("شكرا")

    assert answer.text.startswith("هذا أقصر من أن يكون مقالًا")
    assert stage.titles() == [TITLE]


async def test_an_article_below_a_picture_sent_as_a_file_is_taken(stage: Stage) -> None:
    answer = await stage.sent("سفينة.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", caption=f"{TITLE}\n{BODY[0]}\n{BODY[1]}")

    assert answer.text.startswith(TITLE)
    assert stage.titles() == [TITLE]


FILES_REFUSED = {
    "برنامج.exe": (b"MZ\x90\x00" + bytes(200), "لا أقرأ هذا النوع من الملفات"),
    "bomb.docx": (a_word_file(" " * 40_000_000), "الحجم أكبر مما أقرأ"),
    "locked.pdf": ((FILES / "locked.pdf").read_bytes(), "الملف محميّ بكلمة مرور"),
    "scanned.pdf": (a_picture_pdf(), "صفحاته صور بلا نصّ"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "الملف تالف"),
    "فارغ.txt": (b"", "لم أجد فيه نصًّا"),
    "english.txt": (b"The ship arrived in port with sixty thousand tons. " * 9, "النصّ ليس عربيًا"),
}


@pytest.mark.parametrize("name", FILES_REFUSED)
async def test_a_file_that_is_no_article_says_why(stage: Stage, name: str) -> None:
    content, why = FILES_REFUSED[name]

    answer = await stage.sent(name, content)

    assert "لم آخذ شيئًا من " in answer.text
    assert name in answer.text
    assert why in answer.text
    assert stage.titles() == []


async def test_a_file_over_twenty_megabytes_is_refused_before_it_is_brought(stage: Stage) -> None:
    answer = await stage.sent("كتاب.txt", b"x", size=(20 << 20) + 1)

    assert "الحجم أكبر مما أقرأ" in answer.text
    assert stage.rows("SELECT * FROM fetches") == []
    assert [entry["method"] for entry in stage.sandbox.world.log if entry["method"] == "getFile"] == []


async def test_a_file_of_twenty_megabytes_is_brought(stage: Stage) -> None:
    answer = await stage.sent("خبر.txt", TEXT.encode(), size=20 << 20)

    assert answer.text.startswith(TITLE)


async def test_a_chat_shows_typing_while_a_link_and_a_file_are_read(stage: Stage) -> None:
    await stage.said("SITE/wheat")
    after_a_link = await stage.actions()
    await stage.sent("خبر.txt", "\n".join((OTHER_TITLE, *OTHER_BODY)).encode())
    after_a_file = await stage.actions()

    assert {(each["params"]["chat_id"], each["params"]["action"]) for each in after_a_file} == {("2002", "typing")}
    assert 1 <= len(after_a_link) < len(after_a_file)


async def test_over_the_limit_of_fetches_links_and_files_are_refused_until_the_hour_is_over(tmp_path: Path) -> None:
    async with a_stage(tmp_path, fetches_per_hour=2) as stage:
        await stage.sent("خبر.txt", TEXT.encode())
        first, second = await stage.said("SITE/bridge SITE/nowhere")
        file = await stage.sent("آخر.txt", TEXT.encode())
        (known,) = await stage.said("SITE/bridge")

    assert first.text.startswith(OTHER_TITLE)
    assert second.text.startswith("بلغت حدّك: رابطان أو ملفان في الساعة. يمكنك إرسال التالي ابتداءً من ")
    assert file.text.startswith("بلغت حدّك: رابطان أو ملفان في الساعة.")
    assert known.text.startswith(OTHER_TITLE)
    assert stage.asked() == ["/bridge"]


async def test_over_the_limit_of_articles_no_more_are_taken(tmp_path: Path) -> None:
    async with a_stage(tmp_path, articles_per_hour=1) as stage:
        await stage.said(TEXT)
        (link,) = await stage.said("SITE/bridge")
        (talk,) = await stage.said("شكرا جزيلا")
        (article,) = await stage.said("\n".join((OTHER_TITLE, *OTHER_BODY)))

    for answer in (link, article):
        assert answer.text.startswith("بلغت حدّك: مقال واحد في الساعة. يمكنك إرسال التالي ابتداءً من ")
    assert talk.text.startswith("هذا أقصر من أن يكون مقالًا")
    assert stage.titles() == [TITLE]


async def test_the_articles_of_one_message_count_one_by_one(tmp_path: Path) -> None:
    async with a_stage(tmp_path, articles_per_hour=1) as stage:
        first, second = await stage.said("SITE/wheat SITE/bridge")

    assert first.text.startswith(TITLE)
    assert second.text.startswith("بلغت حدّك: مقال واحد في الساعة.")
    assert stage.titles() == [TITLE]


async def test_an_owner_has_no_limit(tmp_path: Path) -> None:
    async with a_stage(tmp_path, OWNER, articles_per_hour=1, fetches_per_hour=1) as stage:
        answers = await stage.said("SITE/wheat SITE/bridge")

    assert len(answers) == 2
    assert stage.titles() == [TITLE, OTHER_TITLE]


async def test_a_stop_does_not_wait_for_a_slow_site_and_the_next_start_answers(tmp_path: Path) -> None:
    asked = asyncio.Event()

    async def hang(_: asyncio.StreamWriter) -> None:
        asked.set()
        await asyncio.sleep(PATIENCE)

    answers: dict[str, Answer] = {"/wheat": hang}
    async with a_site(answers) as site, SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader:
        allowed = f"127.0.0.1:{site.port}"
        async with a_running_bot(sandbox, tmp_path, fetch_allow=allowed):
            said = await reader.say(site.url("/wheat"))
            await asked.wait()
            stopped = monotonic()
        took = monotonic() - stopped
        answers["/wheat"] = PAGES["/wheat"]
        async with a_running_bot(sandbox, tmp_path, fetch_allow=allowed):
            answer = await below(reader, said[-1])

    assert took < 10
    assert answer.text.startswith(TITLE)


async def test_readers_who_wait_for_a_slow_site_hold_up_nobody(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage, AsyncExitStack() as stack:
        waiting = [await stack.enter_async_context(Reader(stage.sandbox.url, 3000 + number)) for number in range(9)]
        for number, someone in enumerate(waiting):
            await someone.say(stage.site.url(f"/slow?{number}"))
        while not stage.site.asked:  # noqa: ASYNC110 - a server that rings no bell
            await asyncio.sleep(0.05)

        (answer,) = await stage.said(TEXT)
        answered = [shown for someone in waiting for shown in await someone.messages() if shown.from_bot]

    assert answer.text.startswith(TITLE)
    assert answered == []


async def test_without_the_setting_this_machine_is_not_reached(tmp_path: Path) -> None:
    async with (
        a_site(PAGES) as site,
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path),
        Reader(sandbox.url, 2002) as reader,
    ):
        said = await reader.say(site.url("/wheat"))
        answer = await below(reader, said[-1])

    assert "ليس متاحًا للعموم" in answer.text
    assert site.asked == []


async def test_what_a_reader_writes_over_their_link_does_not_stand_at_its_address(tmp_path: Path) -> None:
    forged = "\n".join((TITLE, BODY[0], BODY[1].replace("ستين", "تسعين"), BODY[2]))
    async with a_stage(tmp_path) as stage, Reader(stage.sandbox.url, OWNER) as owner:
        said = await stage.reader.say(stage.site.url("/wheat"))
        card = await below(stage.reader, said[-1])
        await stage.reader.edit(said[-1].message_id, forged)
        await below(stage.reader, card)

        asked = await owner.say(stage.site.url("/wheat"))
        answer = await below(owner, asked[-1])

    assert "سيصل إلى كل من يتابع" in answer.text
    everyones = stage.rows("SELECT link, body FROM articles WHERE for_everyone_since IS NOT NULL")
    assert [(link, json.loads(body)[1]) for link, body in everyones] == [(stage.site.url("/wheat"), BODY[1])]
