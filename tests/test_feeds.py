"""Feeds over real HTTP: the sandbox as the Bot API, and a site of ours as the web."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo import SteeredClock
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.fetch.site import Answer, Site, a_site, an_answer
from tests.running import OWNER, PATIENCE, a_running_bot, answered, below
from tests.test_export import file_of

XML = "application/rss+xml; charset=utf-8"
BODY = (
    "وصلت إلى ميناء الإسكندرية أمس أول سفينة محملة بالقمح منذ إعادة فتح الممر البحري، وفق ما أعلنته وزارة التموين.",
    "وقال الوزير إن الشحنة تبلغ ستين ألف طن، وإنها الأولى من عقد وقعته الهيئة العامة للسلع التموينية في الشهر الماضي.",
    "وأضاف أن المخزون الاستراتيجي يكفي خمسة أشهر، وأن الحكومة تتفاوض على شحنات أخرى تصل تباعا حتى نهاية العام الجاري.",
    "وينتظر أن تفرغ السفينة حمولتها خلال ثلاثة أيام قبل أن تنقل إلى صوامع الدلتا بالقطارات والشاحنات.",
)


def a_title(number: int) -> str:
    return f"مصر تستقبل شحنة القمح رقم {number} عبر الممر الجديد"


def an_item(number: int, site: str, *, teaser: bool = False, days_ago: int = 0) -> str:
    own = "".join(f"<p>{line} ({number})</p>" for line in BODY)
    text = "وصلت السفينة." if teaser else f"<![CDATA[{own}]]>"
    date = format_datetime(datetime.now(UTC) - timedelta(days=days_ago, minutes=number))
    return (
        f"<item><title>{a_title(number)}</title><link>{site}/news/{number}</link><guid>n{number}</guid>"
        f"<pubDate>{date}</pubDate><description>{text}</description></item>"
    )


def an_rss(*items: str, title: str = "صحيفة القلم") -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>".encode()


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what is kept in the database or was asked of the site; neither tells of a change."""
    async with asyncio.timeout(PATIENCE * 6):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@dataclass
class Stage:
    """A bot that one site is open to; the site's answers may change."""

    sandbox: SandboxServer
    site: Site
    answers: dict[str, Answer]
    owner: Reader
    database: Path
    clock: SteeredClock
    serving: dict[str, str] = field(default_factory=dict)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()

    def titles(self) -> list[str]:
        return [title for (title,) in self.rows("SELECT title FROM articles ORDER BY id")]

    def url(self, path: str) -> str:
        return self.site.url(path)

    async def until(self, titles: list[str]) -> None:
        """Wait until these are kept, and the look that brought them is over: the clock may go on then."""
        await until(lambda: sorted(self.titles()) == sorted(titles))
        await until(lambda: self.rows("SELECT count(*) FROM feeds WHERE polled_at IS NULL") == [(0,)])

    async def rests(self) -> None:
        """Wait until the one feed is to be looked at later than now, as the bot's clock has it."""
        query = "SELECT due_at FROM feeds"
        await until(lambda: datetime.fromisoformat(f"{self.rows(query)[0][0]}+00:00") > self.clock())

    async def polled(self, times: int) -> None:
        """Wait until a feed was asked for so often."""
        await until(lambda: sum("/rss" in request for request in self.site.asked) >= times)


@asynccontextmanager
async def a_stage(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    answers: dict[str, Answer] = {}
    clock = SteeredClock()
    async with (
        a_site(answers) as site,
        SandboxServer() as sandbox,
        a_running_bot(sandbox, folder, clock, fetch_allow=f"127.0.0.1:{site.port}", **settings),
        Reader(sandbox.url, OWNER) as owner,
    ):
        yield Stage(sandbox, site, answers, owner, folder / "mujaz.sqlite", clock)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path) as running:
        yield running


CLOCK = re.compile(r"(?:الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت) [0-2][0-9]:[0-5][0-9]")


async def said(reader: Reader, text: str) -> str:
    shown: Shown = await answered(reader, text)
    return shown.text.replace("\u200f", "").replace("\u2068", "").replace("\u2069", "")


async def test_an_editor_adds_a_feed_and_its_articles_reach_a_follower(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), kind=XML)

    assert await said(stage.owner, f"/addfeed {stage.url('/rss')} 30") == (
        "أُضيفت تغذية صحيفة القلم. فيها الآن مادة واحدة، وما يُنشر فيها يصل إلى كل من يتابع موضوعاته."
    )
    await stage.until([a_title(1)])
    async with Reader(stage.sandbox.url, 2002) as reader:
        await answered(reader, "/follow مصر")
        digest = await answered(reader, "/digest")

    assert a_title(1) in digest.text
    assert "صحيفة القلم" in digest.text
    assert CLOCK.sub("…", await said(stage.owner, "/feeds")) == (
        "تغذية واحدة:\n1. صحيفة القلم\nكل 30 دقيقةً · سليمة، قُرئت …\nللحذف: \u200e/removefeed ورقم التغذية."
    )


async def test_a_feed_that_is_known_keeps_its_interval_until_another_is_asked_for(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 30")

    again = await said(stage.owner, f"/addfeed {stage.url('/rss')}")
    faster = await said(stage.owner, f"/addfeed {stage.url('/rss')} 10")

    assert again == "تغذية صحيفة القلم مضافة من قبل، وأقرؤها كل 30 دقيقةً."
    assert faster == "تغذية صحيفة القلم مضافة من قبل، وأقرؤها كل 10 دقائق."


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>القلم</title><entry><id>t:1</id><title>{title}</title>'
    '<content type="html">{text}</content><updated>{moment}</updated></entry></feed>'
)


@pytest.mark.parametrize("kind", ["rss", "atom", "json", "a page that names it"])
async def test_a_feed_of_any_kind_is_read(stage: Stage, kind: str) -> None:
    text, moment = " ".join(BODY), datetime.now(UTC).isoformat()
    atom = ATOM.format(title=a_title(1), text=text, moment=moment).encode()
    items = [{"id": "1", "title": a_title(1), "content_text": text, "date_published": moment}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "القلم", "items": items}
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    stage.answers |= {
        "/rss": an_answer(an_rss(an_item(1, stage.url(""))), kind=XML),
        "/atom": an_answer(atom, kind="application/atom+xml"),
        "/json": an_answer(json.dumps(feed).encode(), kind="application/feed+json"),
        "/": an_answer(page),
    }

    path = {"rss": "/rss", "atom": "/atom", "json": "/json"}.get(kind, "/")
    assert (await said(stage.owner, f"/addfeed {stage.url(path)}")).startswith("أُضيفت تغذية")

    await stage.until([a_title(1)])


async def test_the_whole_text_comes_from_the_page_where_the_feed_has_a_teaser(stage: Stage) -> None:
    page = f"<html><body><article><h1>{a_title(1)}</h1>{''.join(f'<p>{line}</p>' for line in BODY)}</article></body>"
    stage.answers |= {
        "/rss": an_answer(an_rss(an_item(1, stage.url(""), teaser=True)), kind=XML),
        "/news/1": an_answer(page.encode()),
    }

    await said(stage.owner, f"/addfeed {stage.url('/rss')}")

    await stage.until([a_title(1)])
    ((body, link),) = stage.rows("SELECT body, link FROM articles")
    assert json.loads(body) == list(BODY)
    assert link == stage.url("/news/1")


async def test_of_a_new_feed_only_what_is_new_is_taken_and_each_entry_once(stage: Stage) -> None:
    old = [an_item(number, stage.url(""), days_ago=5) for number in range(2, 5)]
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url("")), *old), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await stage.until([a_title(1)])

    changed = an_item(1, stage.url("")).replace("الأولى", "الثانية")
    stage.answers["/rss"] = an_answer(an_rss(an_item(9, stage.url("")), changed, *old), kind=XML)
    stage.clock.ahead += timedelta(minutes=7)

    await stage.until([a_title(1), a_title(9)])


async def test_a_feed_that_is_not_modified_is_not_read_again(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), 'ETag: "v1"', kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await stage.until([a_title(1)])

    stage.answers["/rss"] = an_answer(b"", status="304 Not Modified")
    before = len([request for request in stage.site.asked if "/rss" in request])
    stage.clock.ahead += timedelta(minutes=7)
    await stage.polled(before + 1)

    assert 'if-none-match: "v1"' in stage.site.asked[-1].lower()
    assert stage.titles() == [a_title(1)]
    assert stage.rows("SELECT failures FROM feeds") == [(0,)]


async def test_the_owner_is_told_once_of_a_feed_that_keeps_failing_and_once_when_it_works(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await stage.until([a_title(1)])

    stage.answers["/rss"] = an_answer(b"", status="500 Oops")
    for failures in range(1, 7):
        stage.clock.ahead += timedelta(days=1)
        await until(lambda failures=failures: stage.rows("SELECT failures FROM feeds") == [(failures,)])  # type: ignore[misc]
    fails = await stage.owner.wait_for(lambda shown: "لم أعد أستطيع قراءة تغذية" in shown.text, PATIENCE)
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), kind=XML)
    stage.clock.ahead += timedelta(days=1)

    works = await stage.owner.wait_for(lambda shown: "عادت تغذية" in shown.text, PATIENCE * 2)

    everything = [shown.text for shown in await stage.owner.messages()]
    assert fails
    assert works
    assert sum("لم أعد أستطيع قراءة تغذية" in text for text in everything) == 1


async def test_a_feed_is_removed_by_its_number_and_its_articles_stay(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(an_item(1, stage.url(""))), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')}")
    await stage.until([a_title(1)])

    assert await said(stage.owner, "/removefeed 1") == "حُذفت تغذية صحيفة القلم."
    assert (await said(stage.owner, "/removefeed 1")).startswith("لا أعرف تغذية")
    assert (await said(stage.owner, "/feeds")).startswith("لا تغذيات بعد")
    assert stage.titles() == [a_title(1)]


@pytest.mark.parametrize("path", ["/nowhere", "/page"])
async def test_what_is_no_feed_is_refused_with_the_reason(stage: Stage, path: str) -> None:
    stage.answers["/page"] = an_answer(b"<html><body>x</body></html>")

    assert (await said(stage.owner, f"/addfeed {stage.url(path)}")).startswith("لم أُضف تغذية من 127.0.0.1: ")
    assert stage.rows("SELECT count(*) FROM feeds") == [(0,)]


async def test_more_entries_than_one_look_takes_all_come_though_the_feed_does_not_change(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await until(lambda: stage.rows("SELECT count(*) FROM feeds WHERE polled_at IS NULL") == [(0,)])
    whole = an_answer(an_rss(*(an_item(number, stage.url("")) for number in range(51))), 'ETag: "v1"', kind=XML)

    async def rss(writer: asyncio.StreamWriter) -> None:
        is_known = 'if-none-match: "v1"' in stage.site.asked[-1].lower()
        writer.write(an_answer(b"", status="304 Not Modified") if is_known else whole)
        await writer.drain()

    stage.answers["/rss"] = rss
    for count in (50, 51):
        stage.clock.ahead += timedelta(minutes=7)
        await until(lambda count=count: len(stage.titles()) == count)  # type: ignore[misc]
        await stage.rests()
    before = len(stage.site.asked)
    stage.clock.ahead += timedelta(minutes=7)
    await until(lambda: len(stage.site.asked) > before)

    assert 'if-none-match: "v1"' in stage.site.asked[-1].lower()


async def test_an_entry_whose_page_is_broken_for_a_while_comes_whole(stage: Stage) -> None:
    page = f"<html><body><article><h1>{a_title(1)}</h1>{''.join(f'<p>{line}</p>' for line in BODY)}</article></body>"
    stage.answers |= {
        "/rss": an_answer(an_rss(an_item(1, stage.url(""), teaser=True)), 'ETag: "v1"', kind=XML),
        "/news/1": an_answer(b"", status="503 Busy"),
    }
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await until(lambda: stage.rows("SELECT tries FROM feed_entries") == [(1,)])
    await until(lambda: stage.rows("SELECT count(*) FROM feeds WHERE polled_at IS NULL") == [(0,)])
    stage.answers["/news/1"] = an_answer(page.encode())
    stage.clock.ahead += timedelta(minutes=7)

    await stage.until([a_title(1)])

    ((body,),) = stage.rows("SELECT body FROM articles")
    assert json.loads(body) == list(BODY)
    await until(lambda: stage.rows("SELECT tries FROM feed_entries") == [(None,)])


async def sent(reader: Reader, name: str, content: bytes, mime_type: str = "text/x-opml") -> str:
    shown = await below(reader, (await reader.send_document(name, content, mime_type))[-1])
    return shown.text.replace("\u200f", "").replace("\u2068", "").replace("\u2069", "")


def an_opml(*urls: str) -> bytes:
    outlines = "".join(f'<outline type="rss" text="f" xmlUrl="{url}"/>' for url in urls)
    return f'<opml version="2.0"><body><outline text="صحف">{outlines}</outline></body></opml>'.encode()


@pytest.mark.parametrize("name", ["feeds.opml", "Subscriptions.XML"])
async def test_a_list_that_an_editor_sends_adds_its_feeds_and_says_what_became_of_each(stage: Stage, name: str) -> None:
    for number in range(1, 4):
        stage.answers[f"/rss{number}"] = an_answer(an_rss(title=f"صحيفة {number}"), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss1')} 60")
    urls = [stage.url(f"/rss{number}") for number in range(1, 4)]

    answer = await sent(stage.owner, name, an_opml(*urls, stage.url("/nowhere"), "file:///etc/passwd"))
    again = await sent(stage.owner, name, an_opml(*urls))

    assert answer == (
        "أُضيفت تغذيتان.\nتغذية واحدة مضافة من قبل.\nلم تُضف تغذيتان:\n"
        f"• 127.0.0.1:{stage.site.port}/nowhere: الصفحة غير موجودة.\n"
        "• file:///etc/passwd: لا أفتح إلا عناوين صفحات الويب."
    )
    assert again == "3 تغذيات مضافة من قبل."
    assert stage.rows("SELECT url, every FROM feeds ORDER BY id") == [(urls[0], 3600), (urls[1], 900), (urls[2], 900)]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param(b"nothing", "لم آخذ شيئًا من feeds.opml: ليست هذه قائمة تغذيات.", id="no OPML"),
        pytest.param(an_opml(), "لم أجد في هذه القائمة تغذيات.", id="no feeds"),
    ],
)
async def test_a_list_without_feeds_is_refused(stage: Stage, content: bytes, answer: str) -> None:
    assert await sent(stage.owner, "feeds.opml", content) == answer


async def test_a_list_from_a_reader_is_a_file_like_others(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(), kind=XML)
    async with Reader(stage.sandbox.url, 2002) as reader:
        answer = await sent(reader, "feeds.opml", an_opml(stage.url("/rss")))

    assert answer.startswith("لم آخذ شيئًا من feeds.opml: لا أقرأ هذا النوع من الملفات.")
    assert stage.rows("SELECT count(*) FROM feeds") == [(0,)]
    assert stage.site.asked == []


async def test_the_list_comes_as_a_file_that_can_be_sent_back(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')}")
    listed = await answered(stage.owner, "/feeds")

    await stage.owner.press(listed, "القائمة في ملف OPML")
    (answer,) = await stage.owner.wait_for(lambda shown: shown.kind == "document", PATIENCE)
    name, content = await file_of(stage.sandbox, stage.owner, answer)
    await said(stage.owner, "/removefeed 1")

    assert (name, answer.text) == ("mujaz-feeds.opml", "في هذا الملف تغذية واحدة، ويقرؤه أي قارئ تغذيات.")
    assert await sent(stage.owner, name, content) == "أُضيفت تغذية واحدة."


async def test_many_feeds_are_listed_in_pages_of_one_message(stage: Stage) -> None:
    paths = [f"/rss{number}" for number in range(1, 13)]
    stage.answers |= {path: an_answer(an_rss(title=f"Paper{path}"), kind=XML) for path in paths}
    await sent(stage.owner, "feeds.opml", an_opml(*map(stage.url, paths)))
    first = await answered(stage.owner, "/feeds")

    await stage.owner.press(first, "التالي ›")
    (second,) = await stage.owner.wait_for(lambda shown: "الصفحة 2 من 2" in shown.text, PATIENCE)
    await said(stage.owner, "/removefeed 12")
    await said(stage.owner, "/removefeed 11")
    pressed = await stage.owner.press(second, "‹ السابق")
    (only,) = await stage.owner.wait_for(lambda shown: shown.text.count("Paper") == 10, PATIENCE)

    assert first.message_id == second.message_id == only.message_id
    assert (first.text.count("Paper"), second.text.count("Paper")) == (10, 2)
    assert "الصفحة 1 من 2" in first.text
    assert first.buttons == (("التالي ›",), ("القائمة في ملف OPML",))
    assert pressed.is_answered
    assert "الصفحة" not in only.text
    assert only.buttons == (("القائمة في ملف OPML",),)


async def test_the_list_says_how_a_feed_fails_and_when_it_was_read_last(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')} 5")
    await until(lambda: stage.rows("SELECT count(*) FROM feeds WHERE polled_at IS NULL") == [(0,)])
    stage.answers["/rss"] = an_answer(b"", status="500 Oops")
    for failures in range(1, 3):
        stage.clock.ahead += timedelta(hours=1)
        await until(lambda failures=failures: stage.rows("SELECT failures FROM feeds") == [(failures,)])  # type: ignore[misc]

    listed = CLOCK.sub("…", await said(stage.owner, "/feeds"))

    assert "\nكل 5 دقائق · تعذّرت قراءتها مرتين متتاليتين، آخر قراءة … · في الموقع عطل.\n" in listed


async def test_who_is_no_editor_any_more_cannot_press_what_they_have(stage: Stage) -> None:
    stage.answers["/rss"] = an_answer(an_rss(), kind=XML)
    await said(stage.owner, f"/addfeed {stage.url('/rss')}")
    await said(stage.owner, "/editors 2002")
    async with Reader(stage.sandbox.url, 2002) as editor:
        listed = await answered(editor, "/feeds")
        managed = await answered(stage.owner, "/editors")
        await stage.owner.press(managed, managed.buttons[0][0])

        pressed = await editor.press(listed, "القائمة في ملف OPML")

    assert pressed.text == "لست محررًا الآن، فلم يتغيّر شيء."


async def test_editors_are_told_in_help_what_they_can_do_with_feeds(stage: Stage) -> None:
    assert "/feeds — التغذيات التي أقرؤها للجميع" in await said(stage.owner, "/help")


@pytest.mark.parametrize("command", ["/feeds", "/addfeed https://a.example/rss", "/removefeed 1"])
async def test_for_a_reader_there_are_no_such_commands(stage: Stage, command: str) -> None:
    async with Reader(stage.sandbox.url, 2002) as reader:
        unknown = await answered(reader, "/nosuchthing")
        assert (await answered(reader, command)).text == unknown.text


def invoked(folder: Path, *arguments: str, allow: str = "") -> Result:
    env = {"MUJAZ_DATABASE": str(folder / "m.sqlite"), "MUJAZ_FETCH_ALLOW": allow}
    return CliRunner().invoke(main, ("feeds", *arguments), env=env, catch_exceptions=False)


async def test_feeds_are_kept_from_the_command_line(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {}
    async with a_site(answers) as site:
        answers["/rss"] = an_answer(an_rss(an_item(1, site.url(""))), kind=XML)
        url, allow = site.url("/rss"), f"127.0.0.1:{site.port}"

        async def run(*arguments: str) -> tuple[int, str]:
            result = await asyncio.to_thread(invoked, tmp_path, *arguments, allow=allow)
            return result.exit_code, result.stdout

        assert await run("add", url, "--every", "30") == (0, f"new 1 {url}, 1 entries\n")
        assert await run("add", url) == (0, f"known 1 {url}, 1 entries\n")
        assert await run("poll") == (0, f"1 {url}: 1 new\n")
        assert await run("poll") == (0, "no feed is due\n")
        assert await run("list") == (0, f"1\t30\t0\t{url}\tصحيفة القلم\n")
        assert await run("export", str(tmp_path / "feeds.opml")) == (0, "")
        assert await run("remove", url) == (0, f"removed 1 {url}\n")
        assert await run("import", str(tmp_path / "feeds.opml")) == (0, f"new 1 {url}, 1 entries\n")
        assert await run("add", site.url("/nowhere")) == (1, f"refused {site.url('/nowhere')}: not found\n")
