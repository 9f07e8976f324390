"""/export over real HTTP, and the file taken into another archive."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.sandbox.reader import Reader, Shown
from bot.sandbox.server import SandboxServer
from tests.builders import BODY, TITLE
from tests.running import a_running_bot, answered

ARTICLE = "\n".join((TITLE, "تاريخ النشر: 13 آذار/مارس 2025", *BODY, "المصدر: صحيفة الضفتين", "كلمات دلالية: النقل"))
OTHER = """افتتاح جسر جديد فوق النهر يربط الحيين الشرقي والغربي
افتتحت بلدية المدينة، صباح الأحد، جسرا جديدا يربط الحي الشرقي بالحي الغربي بعد ثلاث سنوات من العمل.
وقال رئيس البلدية إن الجسر سيختصر زمن الرحلة بين الحيين إلى خمس دقائق، وإنه مزود بممر للدراجات.
"""


@asynccontextmanager
async def a_conversation(folder: Path) -> AsyncIterator[tuple[SandboxServer, Reader]]:
    async with SandboxServer() as sandbox, a_running_bot(sandbox, folder), Reader(sandbox.url, 2002) as reader:
        yield sandbox, reader


async def file_of(sandbox: SandboxServer, reader: Reader, shown: Shown) -> tuple[str, bytes]:
    """Return the name and the content of the file that a message brought."""
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http:
        messages = (await http.get(f"/sandbox/users/{reader.user_id}/messages")).json()["messages"]
        document = next(each["document"] for each in messages if each["message_id"] == shown.message_id)
        asked = {"file_id": document["file_id"]}
        path = (await http.post(f"/bot{sandbox.token}/getFile", json=asked)).json()["result"]["file_path"]
        return document["file_name"], (await http.get(f"/file/bot{sandbox.token}/{path}")).content


def kept(database: Path) -> list[tuple[Any, ...]]:
    query = """
        SELECT title, body, summary, published, collected_at, for_everyone_since, kind, name
        FROM articles LEFT JOIN sources ON sources.id = source_id ORDER BY articles.id
    """
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


async def test_what_a_reader_sent_comes_back_as_a_file_that_another_archive_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUJAZ_DATABASE", str(tmp_path / "other.sqlite"))
    async with a_conversation(tmp_path) as (sandbox, reader), Reader(sandbox.url, 2003) as other:
        await answered(reader, ARTICLE)
        await answered(other, OTHER + "وبلغت كلفة المشروع نحو أربعين مليون دينار.")
        await answered(reader, OTHER)

        answer = await answered(reader, "/export")
        name, content = await file_of(sandbox, reader, answer)

    assert answer.kind == "document"
    assert answer.text == "في هذا الملف كل ما أحتفظ به عنك. وفيه المقالان اللذان أرسلتهما إليّ."
    assert name.startswith("mujaz-20")
    assert name.endswith(".json")
    (tmp_path / name).write_bytes(content)
    taken = await asyncio.to_thread(CliRunner().invoke, main, ["import", str(tmp_path / name)])
    given = await asyncio.to_thread(CliRunner().invoke, main, ["export"])
    assert taken.stdout == "new 2\nknown 0\nrefused 0\n"
    assert given.stdout_bytes.splitlines() == [line.removesuffix(b",") for line in content.splitlines()[-3:-1]]
    assert kept(tmp_path / "other.sqlite") == [
        row for place, row in enumerate(kept(tmp_path / "mujaz.sqlite")) if place != 1
    ]


async def test_all_that_is_held_is_in_the_file(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as (sandbox, reader):
        await answered(reader, "/follow روسيا، مصر")
        _, content = await file_of(sandbox, reader, await answered(reader, "/export"))

    told = json.loads(content)
    assert told["format"] == "mujaz-reader-1"
    assert (told["reader"]["chat_id"], told["reader"]["zone"]) == (2002, "Asia/Riyadh")
    assert [topic["name"] for topic in told["topics"]] == ["روسيا", "مصر"]
    assert [each["message"]["text"] for each in told["messages_to_the_bot"]] == ["/follow روسيا، مصر", "/export"]
    assert "تتابع الآن" in told["messages_from_the_bot"][0]["text"]
    assert told["articles"] == []


async def test_one_who_asks_too_often_is_told_when_again(tmp_path: Path) -> None:
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, fetches_per_hour=1),
        Reader(sandbox.url, 2002) as reader,
    ):
        first, second = await answered(reader, "/export"), await answered(reader, "/export")

    assert (first.kind, second.kind) == ("document", "text")
    assert second.text.startswith("بلغت حدّك")
