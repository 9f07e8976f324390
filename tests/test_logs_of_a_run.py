"""What is written about a whole run: enough to find out what happened, and nothing of what anybody wrote."""

import asyncio
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo import SteeredClock
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.storage.topics import StoredTopics
from bot.telegram.webhook import secret_of
from config import logs
from tests.running import OWNER, PATIENCE, a_running_bot, answered
from tests.test_conversation import ARTICLE

LATIN = "Zanzibarland"  # a word of the article that nobody else would write
TEXT = ARTICLE.replace("المدينة", f"المدينة {LATIN}")
UNPARSABLE = {"message": {"message_id": "x", "date": "yesterday", "chat": {"id": 2002}, "text": TEXT}}


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Put back what configuring changes for the whole process."""
    names = (None, "telegram", "apscheduler", *logs.OURS)
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in names}
    handlers = root.handlers[:]
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def a_day(sandbox: SandboxServer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything happen once that is written about, good and bad."""
    clock = SteeredClock()
    async with (
        a_running_bot(sandbox, folder, clock),
        Reader(sandbox.url, OWNER, first_name="Scheherazade") as owner,
        Reader(sandbox.url, 2002, first_name="سلمى") as reader,
        Reader(sandbox.url, 2003) as blocked,
        httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as http,
    ):
        welcome = await answered(reader, "/start")
        await reader.press(welcome, "+ 🇷🇺 روسيا")
        await answered(reader, "/follow تونس")
        await answered(blocked, "/follow تونس")
        await answered(owner, TEXT)
        await answered(reader, "http://127.0.0.1/private")
        await answered(reader, "/search Zanzibarland")
        sandbox.plan(Fault("getUpdates", FaultKind.BAD_GATEWAY_HTML))
        await http.post("/sandbox/updates", json=UNPARSABLE)
        for kind in (FaultKind.TOO_MANY_REQUESTS, FaultKind.BAD_ENTITIES, FaultKind.GARBAGE):
            sandbox.plan(Fault("sendMessage", kind, chat_id=2002))
        await answered(reader, "/topics")
        await answered(reader, "/nonsense")
        with monkeypatch.context() as broken:
            broken.setattr(StoredTopics, "catalogue", failing)
            await blocked.say("/follow مصر")
            await blocked.wait_for(lambda shown: shown.text.startswith("تعذّر عليّ"), PATIENCE)
        sandbox.plan(Fault("sendMessage", FaultKind.BLOCKED, chat_id=2003))
        clock.advance_to(clock() + timedelta(days=1))
        await reader.wait_for(lambda shown: "افتتاح جسر جديد" in shown.text, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while sandbox.world.faults.planned:  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)


async def failing(_: Any) -> None:
    raise ValueError(f"cannot read {TEXT!r}: {json.dumps(TEXT)}")


@pytest.mark.parametrize("as_json", [pytest.param(False, id="text"), pytest.param(True, id="json")])
async def test_a_run_at_debug_tells_ids_and_never_a_token_or_what_anybody_wrote(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    as_json: bool,  # noqa: FBT001
) -> None:
    async with SandboxServer() as sandbox:
        logs.configure("DEBUG", sandbox.token, as_json=as_json)
        await a_day(sandbox, tmp_path, monkeypatch)
        imported = await an_import(tmp_path)
        written = capfd.readouterr().err + imported

        assert_nothing_told(written, sandbox.token)
        for told in ("outcome=Sent", "outcome=Delayed", "outcome=Refused", "outcome=Unreachable", "poll=failed",
                     "planned digests=2", "parked error=ValueError", "Traceback"):  # fmt: skip
            assert told in written, told
        if as_json:
            events = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
            assert {"outcome": "Unreachable", "chat": 2003}.items() <= next(
                event for event in events if event.get("outcome") == "Unreachable"
            ).items()


def assert_nothing_told(written: str, token: str) -> None:
    assert token not in written
    assert token.partition(":")[2] not in written
    assert secret_of(token) not in written
    assert LATIN not in written
    assert "Scheherazade" not in written
    assert not re.search(r"[\u0600-\u06ff]|\\u06", written)


async def an_import(folder: Path) -> str:
    """Take an article in from the command line, and one that cannot be read; return what it writes besides results."""
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 " + TEXT.encode())
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "import", str(folder / "good.txt"), str(folder / "bad.pdf")),
        env=os.environ | {"MUJAZ_DATABASE": str(folder / "other.sqlite"), "MUJAZ_LOG_LEVEL": "DEBUG"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert out.startswith(b"new 1\n")
    return err.decode()
