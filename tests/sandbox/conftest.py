"""A running sandbox, the real library's Bot in front of it, and a reader behind it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer

READER_ID = 501


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library give RetryAfter.retry_after as a timedelta: the number of seconds is deprecated and warns."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        yield running


@pytest.fixture
async def bot(sandbox: SandboxServer) -> AsyncIterator[Bot]:
    async with a_bot(sandbox) as running:
        yield running


@pytest.fixture
async def reader(sandbox: SandboxServer) -> AsyncIterator[Reader]:
    async with Reader(sandbox.url, READER_ID, first_name="سلمى") as someone:
        yield someone


@pytest.fixture
async def http(sandbox: SandboxServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.url, trust_env=False) as client:
        yield client


def a_bot(sandbox: SandboxServer, read_timeout: float = 5) -> Bot:
    requests = [HTTPXRequest(read_timeout=read_timeout, httpx_kwargs={"trust_env": False}) for _ in range(2)]
    return Bot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        base_file_url=f"{sandbox.url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
