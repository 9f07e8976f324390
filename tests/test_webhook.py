"""Whole conversations in which Telegram calls us."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo import SteeredClock
from bot.listening import CannotServe
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.webhook import secret_of
from tests.running import PATIENCE, a_running_bot, answered, below
from tests.test_conversation import ARTICLE, labels


def a_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def a_hook(port: int | None = None) -> dict[str, Any]:
    """Return the settings of a webhook at a free port."""
    port = port or a_port()
    return {"webhook_url": f"http://127.0.0.1:{port}/mujaz", "webhook_listen": ("127.0.0.1", port)}


def methods(sandbox: SandboxServer) -> set[str]:
    return {entry["method"] for entry in sandbox.world.log}


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - another program's state
            await asyncio.sleep(0.05)


async def test_a_whole_conversation_comes_by_webhook(tmp_path: Path) -> None:
    clock = SteeredClock()
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock, **a_hook()),
        Reader(sandbox.url, 1001) as editor,
        Reader(sandbox.url, 2002) as reader,
    ):
        welcome = await answered(reader, "/start")
        pressed = await reader.press(welcome, "+ 🇷🇺 روسيا")
        followed = await answered(reader, "/follow تونس")
        article = await answered(editor, ARTICLE)
        said = (await reader.say("/schedule"))[-1]
        await below(reader, said)
        clock.advance_to(clock() + timedelta(days=1))
        digests = await reader.wait_for(lambda shown: "افتتاح جسر جديد" in shown.text, PATIENCE)

        assert pressed.text == "تتابع الآن: روسيا."
        assert followed.text == "تتابع الآن: تونس."
        assert labels(article) == ["+ 🇹🇳 تونس", "+ النقل"]
        assert digests
        assert "getUpdates" not in methods(sandbox)
        (asked,) = [entry["params"] for entry in sandbox.world.log if entry["method"] == "setWebhook"]
        assert asked.get("drop_pending_updates") in {None, "False", "false", False}
        assert "inline_query" in str(asked["allowed_updates"])
        assert "message_reaction" not in str(asked["allowed_updates"])


async def test_what_was_said_while_we_were_away_comes_when_we_are_back_and_once(tmp_path: Path) -> None:
    hook = a_hook()
    async with SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader:
        sandbox.world.webhook_pause = 0.2
        async with a_running_bot(sandbox, tmp_path, **hook):
            await answered(reader, "/topics")
        said = (await reader.say("/follow مصر"))[-1]
        sandbox.plan(Fault("webhook", FaultKind.LOST_ANSWER, times=2))
        async with a_running_bot(sandbox, tmp_path, **hook):
            answer = await below(reader, said)
            await until(lambda: not sandbox.world.updates.pending)
            await answered(reader, "/topics")

        answers = [shown for shown in await reader.messages() if shown.from_bot and shown.text == answer.text]
        assert answer.text.splitlines()[0] == "تتابع الآن: مصر."
        assert len(answers) == 1


async def test_a_stranger_at_our_door_is_refused_and_we_go_on(tmp_path: Path) -> None:
    hook = a_hook()
    async with (
        SandboxServer() as sandbox,
        Reader(sandbox.url, 2002) as reader,
        a_running_bot(sandbox, tmp_path, **hook),
        httpx.AsyncClient(trust_env=False) as stranger,
    ):
        await answered(reader, "/topics")
        refused = await stranger.post(hook["webhook_url"], json={"update_id": 1, "message": {}})

        assert refused.status_code == 403
        assert (await answered(reader, "/follow مصر")).text.splitlines()[0] == "تتابع الآن: مصر."


async def test_a_bot_that_polls_says_that_a_webhook_is_set_and_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader, telegram(sandbox) as http:
        await http.post("setWebhook", json={"url": "https://example.net/hook"})
        async with a_running_bot(sandbox, tmp_path):
            await until(lambda: "poll=webhook" in caplog.text)
            assert "`mujaz webhook delete`, or set MUJAZ_WEBHOOK_URL" in caplog.text
            assert sandbox.world.webhook

            await http.post("deleteWebhook")
            assert (await answered(reader, "/follow مصر")).text.splitlines()[0] == "تتابع الآن: مصر."


def telegram(sandbox: SandboxServer) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"{sandbox.url}/bot{sandbox.token}/", trust_env=False)


async def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with SandboxServer() as sandbox:
            with pytest.raises(ExceptionGroup) as raised:
                async with a_running_bot(sandbox, tmp_path, **a_hook(port)):
                    await asyncio.sleep(PATIENCE)

    assert str(raised.value.exceptions[0]) == "MUJAZ_WEBHOOK_LISTEN: Address already in use"


async def test_a_webhook_that_telegram_refuses_is_said_in_one_line(tmp_path: Path) -> None:
    hook = a_hook() | {"webhook_url": "http://bot.example.org/mujaz"}
    async with SandboxServer() as sandbox:
        with pytest.raises(ExceptionGroup) as raised:
            async with a_running_bot(sandbox, tmp_path, **hook):
                await asyncio.sleep(PATIENCE)

    (refusal,) = raised.value.exceptions
    assert isinstance(refusal, CannotServe)
    assert str(refusal).startswith("MUJAZ_WEBHOOK_URL: Telegram refuses it: ")


async def test_the_state_of_a_run_is_shown(tmp_path: Path) -> None:
    port, clock = a_port(), SteeredClock()
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, clock, status_listen=("127.0.0.1", port), **a_hook()),
        Reader(sandbox.url, 1001) as editor,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as operator,
    ):
        await answered(editor, "/follow تونس")
        await answered(editor, ARTICLE)
        await answered(editor, ARTICLE)
        last = await answered(editor, "شكرا جزيلا")
        clock.advance_to(clock() + timedelta(days=1))
        await editor.wait_for(lambda shown: shown.message_id > last.message_id, PATIENCE)
        ready = await operator.get("/readyz")
        shown = (await operator.get("/metrics")).text

        assert all(check["ok"] for check in ready.json()["checks"].values())
        assert (await operator.get("/healthz")).text == "ok\n"
        for line in (
            'mujaz_updates_total{kind="message"} 4.0',
            'mujaz_updates_settled_total{outcome="done"} 4.0',
            'mujaz_intake_total{kind="message",outcome="new"} 1.0',
            'mujaz_intake_total{kind="message",outcome="known"} 1.0',
            'mujaz_intake_total{kind="message",outcome="no_article"} 1.0',
            'mujaz_digests_planned_total{kind="digest"} 1.0',
            "mujaz_planning_seconds_count 1.0",
            'mujaz_deliveries_total{outcome="sent"} 5.0',
            'mujaz_webhook_requests_total{status="200"} 4.0',
            'mujaz_inbox_updates{status="received"} 0.0',
            "mujaz_due_digest_lag_seconds 0.0",
            "mujaz_database_up 1.0",
        ):
            assert line in shown, line
        assert sandbox.token not in shown
        assert secret_of(sandbox.token) not in shown


def commanded(sandbox: SandboxServer, *arguments: str, **more: str) -> Result:
    environment: Mapping[str, str] = {"MUJAZ_TOKEN": sandbox.token, "MUJAZ_API_URL": sandbox.url} | more
    return CliRunner().invoke(main, ["webhook", *arguments], env=environment)


async def test_an_operator_sets_looks_at_and_deletes_the_webhook() -> None:
    url = "https://bot.example.org/mujaz"
    async with SandboxServer() as sandbox, Reader(sandbox.url, 2002) as reader:
        await reader.say("ينتظر")

        none = await asyncio.to_thread(commanded, sandbox, "info")
        was_set = await asyncio.to_thread(
            commanded, sandbox, "set", MUJAZ_WEBHOOK_URL=url, MUJAZ_WEBHOOK_CONNECTIONS="7"
        )
        registered = sandbox.world.webhook
        info = await asyncio.to_thread(commanded, sandbox, "info")
        deleted = await asyncio.to_thread(commanded, sandbox, "delete")

        assert none.output == "no webhook is set\npending 1\n"
        assert (was_set.output, was_set.exit_code) == (f"set {url}\n", 0)
        assert registered
        assert (registered.secret, registered.max_connections) == (secret_of(sandbox.token), 7)
        assert info.output.startswith(f"url {url}\npending 1\nconnections 7\nkinds message edited_message ")
        assert deleted.output == "deleted\n"
        assert sandbox.world.webhook is None
        assert len(sandbox.world.updates.pending) == 1

        await asyncio.to_thread(commanded, sandbox, "delete", "--drop-pending-updates")
        assert sandbox.world.updates.pending == []


@pytest.mark.parametrize(
    ("arguments", "more", "code", "said"),
    [
        pytest.param(("set",), {}, 2, "MUJAZ_WEBHOOK_URL: missing;", id="no address"),
        pytest.param(("set",), {"MUJAZ_WEBHOOK_URL": "bot.example"}, 2, "MUJAZ_WEBHOOK_URL: not a URL", id="no URL"),
        pytest.param(
            ("set",),
            {"MUJAZ_WEBHOOK_URL": "http://bot.example.org/m"},
            2,
            "MUJAZ_WEBHOOK_URL: Telegram refuses it: Bad webhook: ",
            id="refused",
        ),
        pytest.param(
            ("set",), {"MUJAZ_WEBHOOK_SECRET": "short"}, 2, "MUJAZ_WEBHOOK_SECRET: not 16 to 256", id="a bad secret"
        ),
        pytest.param(("info",), {"MUJAZ_TOKEN": ""}, 2, "MUJAZ_TOKEN", id="no token"),
        pytest.param(("info",), {"MUJAZ_TOKEN": "1:unknown_token"}, 2, "MUJAZ_TOKEN: the Bot API", id="another token"),
        pytest.param(
            ("delete",), {"MUJAZ_API_URL": "http://127.0.0.1:1"}, 1, "Telegram did not answer", id="nobody there"
        ),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_line(
    arguments: tuple[str, ...], more: dict[str, str], code: int, said: str
) -> None:
    async with SandboxServer() as sandbox:
        result = await asyncio.to_thread(commanded, sandbox, *arguments, **more)

    assert said in result.output
    assert result.exit_code == code
    assert len(result.output.splitlines()) == 1


async def test_a_process_that_is_told_to_stop_finishes_what_it_was_brought(tmp_path: Path) -> None:
    hook = a_hook()
    environment = os.environ | {
        "MUJAZ_DATABASE": str(tmp_path / "mujaz.sqlite"),
        "MUJAZ_WEBHOOK_URL": hook["webhook_url"],
        "MUJAZ_WEBHOOK_LISTEN": ":".join(map(str, hook["webhook_listen"])),
    }
    async with SandboxServer() as sandbox, contextlib.AsyncExitStack() as stack:
        people = [await stack.enter_async_context(Reader(sandbox.url, 3000 + number)) for number in range(12)]
        sandbox.world.webhook_pause = 0.1
        environment |= {"MUJAZ_TOKEN": sandbox.token, "MUJAZ_API_URL": sandbox.url}
        for first, *rest in (people[:6], people[6:]):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.DEVNULL
            )
            await answered(first, "/follow مصر")
            await asyncio.gather(*(person.say("/follow مصر") for person in rest))
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 10)
            assert process.returncode == 0
        async with a_running_bot(sandbox, tmp_path, **hook):
            for person in people:
                await person.wait_for(lambda shown: shown.from_bot, PATIENCE)

        shown = [[each.text.splitlines()[0] for each in await person.messages() if each.from_bot] for person in people]
        assert shown == [["تتابع الآن: مصر."]] * 12


async def test_a_webhook_that_somebody_else_takes_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.listening._WATCH_EVERY", 0.2)
    port = a_port()
    async with (
        SandboxServer() as sandbox,
        a_running_bot(sandbox, tmp_path, status_listen=("127.0.0.1", port), **a_hook()),
        telegram(sandbox) as http,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as operator,
    ):
        await until(lambda: "getWebhookInfo" in methods(sandbox))
        await http.post("setWebhook", json={"url": "https://example.net/hook"})
        await until(lambda: "webhook=elsewhere" in caplog.text)
        await asyncio.sleep(1.2)
        intake = (await operator.get("/readyz")).json()["checks"]["intake"]

        assert not intake["ok"]


async def test_a_webhook_that_telegram_cannot_reach_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.listening._WATCH_EVERY", 0.5)
    async with (
        SandboxServer() as sandbox,
        Reader(sandbox.url, 2002) as reader,
        a_running_bot(sandbox, tmp_path, **a_hook()),
    ):
        await answered(reader, "/topics")
        sandbox.plan(Fault("webhook", FaultKind.RESET, times=100))
        await reader.say("/topics")

        await until(lambda: "webhook=failing pending=1 error='Connection reset by peer'" in caplog.text)
