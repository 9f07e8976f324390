"""What systemd is told, by a process of its own."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.supervisor import READY, tell
from tests.test_crash import a_process


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        listening.settimeout(15)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield listening


async def said(wire: socket.socket) -> str:
    return (await asyncio.to_thread(wire.recv, 100)).decode()


async def test_it_is_told_that_we_are_ready_alive_and_stopping(wire: socket.socket, tmp_path: Path) -> None:
    async with SandboxServer() as sandbox, a_process(sandbox, tmp_path / "mujaz.sqlite") as process:
        heard = [await said(wire), await said(wire)]
        process.send_signal(signal.SIGTERM)
        while heard[-1] != "STOPPING=1":
            heard.append(await said(wire))
        await asyncio.wait_for(process.wait(), 10)

    assert heard[0] == "READY=1"
    assert set(heard[1:-1]) == {"WATCHDOG=1"}
    assert process.returncode == 0


async def test_a_request_that_hangs_does_not_hold_up_the_end(wire: socket.socket, tmp_path: Path) -> None:
    async with (
        SandboxServer() as sandbox,
        Reader(sandbox.url, 2002) as reader,
        a_process(sandbox, tmp_path / "mujaz.sqlite") as process,
    ):
        assert await said(wire) == "READY=1"
        sandbox.plan(Fault("sendMessage", FaultKind.HANG, seconds=60))
        await reader.say("/topics")
        async with asyncio.timeout(15):
            while sandbox.world.faults.planned:  # noqa: ASYNC110 - another program's state
                await asyncio.sleep(0.05)
        begun = asyncio.get_running_loop().time()
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 15)

        assert asyncio.get_running_loop().time() - begun < 10
        assert process.returncode == 0


def test_an_abstract_socket_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"mujaz-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + name)
        listening.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + name)

        tell(READY)

        assert listening.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "nonsense", "@nobody-listens"])
def test_a_supervisor_that_does_not_listen_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)

    tell(READY)
