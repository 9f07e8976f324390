"""Files become articles."""

import pytest

from bot.domain.article import Source, SourceKind
from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted, Limited
from bot.domain.unread import MOST_BYTES, Reason, Unread
from bot.services.attach import File
from bot.services.collect import Collected, NotAnArticle
from tests.builders import BODY, HOUR, NOW, TITLE, a_draft
from tests.services.stage import Stage

TEXT = "\n".join((TITLE, *BODY))
FILE = File("id", "خبر.txt", 100)


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.download.files = {"id": TEXT.encode(), "talk": "مرحبا".encode(), "program": b"MZ"}
    return stage


async def test_a_file_is_an_article_with_the_tags_and_the_source_of_its_caption(stage: Stage) -> None:
    draft = a_draft("المصدر: وكالة القلم\n#السودان", link="https://t.me/sahl/4")

    result = await stage.attach(FILE, draft, await stage.reader())

    assert isinstance(result, Collected)
    assert (result.article.title, result.article.body, result.article.tags) == (TITLE, BODY, ("السودان",))
    assert result.article.source == Source(SourceKind.PAPER, "وكالة القلم")
    assert result.article.link == "https://t.me/sahl/4"


async def test_a_file_that_is_too_large_is_not_brought_and_one_of_unknown_size_is(stage: Stage) -> None:
    reader = await stage.reader()

    large = await stage.attach(File("id", "خبر.txt", MOST_BYTES + 1), a_draft(""), reader)
    brought = list(stage.download.brought)
    unknown = await stage.attach(File("id", "خبر.txt", None), a_draft(""), reader)

    assert large == Unread(Reason.TOO_LARGE)
    assert brought == []
    assert isinstance(unknown, Collected)


async def test_what_is_no_article_says_so_unless_the_caption_is_one(stage: Stage) -> None:
    reader = await stage.reader()
    program = File("program", "x.exe", 2)

    assert await stage.attach(program, a_draft(""), reader) == Unread(Reason.UNKNOWN_KIND)
    assert await stage.attach(program, a_draft("برنامج"), reader) == Unread(Reason.UNKNOWN_KIND)
    assert await stage.attach(File("talk", "a.txt", 9), a_draft(""), reader) == NotAnArticle(Refusal.TALK)
    assert isinstance(await stage.attach(program, a_draft(TEXT), reader), Collected)


async def test_files_count_as_fetches(stage: Stage) -> None:
    reader = await stage.reader()
    for number in range(3):
        await stage.attach(File("talk", "a.txt", 9), a_draft("", receipt=f"501:{number}"), reader)

    assert await stage.attach(FILE, a_draft("", receipt="501:3"), reader) == Exhausted(Limited.FETCHES, 3, NOW + HOUR)
    assert isinstance(await stage.attach(FILE, a_draft("", receipt="501:3", is_trusted=True), reader), Collected)
