"""What the webhook takes, and how it answers whoever is not Telegram."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Inbox
from bot.pulse.counts import Event, Pulse
from bot.serving import ImpatientProtocol, serving
from bot.telegram.inbox import Arrivals
from bot.web import webhook
from bot.web.webhook import Webhook
from tests.fakes import FakeClock, FakeInbox, FakeWorld

Raw = dict[str, Any]
SECRET = "a-secret_of_more_than_16"  # noqa: S105  # opens nothing
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
UPDATE = {"update_id": 7, "message": {"message_id": 1, "chat": {"id": 501}, "text": "مرحبا"}}


@dataclass
class Hook:
    """A webhook over an inbox in memory, and whoever calls it."""

    world: FakeWorld = field(default_factory=FakeWorld)
    pulse: Pulse = field(default_factory=Pulse)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None
    url: str = ""
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=20))

    async def keep(self, raw: Sequence[Raw]) -> None:
        if self.failure:
            raise self.failure
        inbox: Inbox = FakeInbox(self.world)
        await Arrivals(inbox, FakeClock(), self.arrived, self.pulse).keep(raw)

    async def posted(self, body: bytes, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return (await self.http.post(self.url, content=body, headers=HEADERS | named)).status_code

    async def posted_as_json(self, value: Any) -> int:
        return await self.posted(json.dumps(value).encode())

    @property
    def kept(self) -> list[int]:
        return sorted(self.world.updates)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    application = Webhook("/mujaz", SECRET, hook.keep, hook.pulse)
    async with hook.http, serving(application, "127.0.0.1", 0, protocol=ImpatientProtocol) as url:
        hook.url = f"{url}/mujaz"
        yield hook


async def test_an_update_is_kept_before_it_is_answered(hook: Hook) -> None:
    assert await hook.posted_as_json(UPDATE) == 200
    assert hook.world.updates[7].update.body == UPDATE
    assert hook.world.updates[7].update.chat_id == 501
    assert hook.arrived.is_set()


async def test_an_update_that_comes_twice_is_kept_once(hook: Hook) -> None:
    assert [await hook.posted_as_json(UPDATE), await hook.posted_as_json(UPDATE | {"message": {}})] == [200, 200]
    assert hook.world.updates[7].update.body == UPDATE


async def test_what_cannot_be_committed_is_wanted_again(hook: Hook) -> None:
    hook.failure = OSError("No space left on device")
    refused = await hook.http.post(hook.url, json=UPDATE, headers=HEADERS)
    hook.failure = None

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert await hook.posted_as_json(UPDATE) == 200
    assert hook.kept == [7]


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("", id="none"),
        pytest.param(SECRET[:-1], id="too short"),
        pytest.param(SECRET + "x", id="too long"),
        pytest.param("é" * 20, id="not ASCII"),
    ],
)
async def test_who_does_not_know_the_secret_is_refused(hook: Hook, secret: str) -> None:
    answer = await hook.http.post(
        hook.url, json=UPDATE, headers={b"X-Telegram-Bot-Api-Secret-Token": secret.encode("latin-1")}
    )

    assert answer.status_code == 403
    assert hook.kept == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"\xff\xfe", 400, id="not UTF-8"),
        pytest.param(b"{", 400, id="half an object"),
        pytest.param(b"[]", 400, id="a list"),
        pytest.param(b"7", 400, id="a number"),
        pytest.param(b"null", 400, id="null"),
        pytest.param(b"{}", 400, id="no number"),
        pytest.param(b'{"update_id": "7"}', 400, id="a number as text"),
        pytest.param(b'{"update_id": true}', 400, id="a flag as number"),
        pytest.param(b'{"update_id": 7.0}', 400, id="a fraction as number"),
        pytest.param(b'{"update_id": -1}', 400, id="a negative number"),
        pytest.param(b'{"update_id": 9223372036854775808}', 400, id="a number beyond 64 bits"),
        pytest.param(b'{"update_id": %s}' % (b"9" * 5000), 400, id="a number of 5,000 digits"),
        pytest.param(b'{"update_id": 7, "x": NaN}', 400, id="no number that JSON knows"),
        pytest.param(b'{"update_id": 7, "x": 1e999}', 400, id="a number beyond all"),
        pytest.param(b'{"update_id": 7, "x": %s' % (b"[" * 200_000), 400, id="nested beyond all"),
        pytest.param(b'{"update_id": 7, "x": "%s"}' % (b"x" * (1 << 20)), 413, id="more than a megabyte"),
        pytest.param(b'{"update_id": 7}', 200, id="an update of no kind"),
        pytest.param(b'{"update_id": 7, "message": [1]}', 200, id="a message that is a list"),
        pytest.param(b'{"update_id": 7, "message": {"text": "\\ud800\\u0000"}}', 200, id="half a letter"),
    ],
)
async def test_a_body_is_an_update_or_refused(hook: Hook, body: bytes, status: int) -> None:
    assert await hook.posted(body) == status
    assert hook.kept == ([7] if status == 200 else [])
    assert await hook.posted_as_json(UPDATE | {"update_id": 8}) == 200


async def test_a_body_of_no_announced_length_is_cut_off_where_it_is_too_long(hook: Hook) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"update_id": 7, "x": "'
        while True:
            yield b"x" * 65_536

    try:
        status = (await hook.http.post(hook.url, content=endless(), headers=HEADERS)).status_code
    except httpx.TransportError:  # it was still being sent when we hung up
        status = 413

    assert status == 413
    assert hook.kept == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; x=y", ""])
async def test_what_is_not_sent_as_json_is_refused(hook: Hook, kind: str) -> None:
    assert await hook.posted(json.dumps(UPDATE).encode(), Content_Type=kind) == 415


async def test_json_may_name_its_charset(hook: Hook) -> None:
    assert await hook.posted(json.dumps(UPDATE).encode(), Content_Type="Application/JSON; charset=utf-8") == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "", 405), ("PUT", "", 405), ("POST", "/other", 404), ("GET", "/../etc/passwd", 404)],
)
async def test_only_posts_to_the_one_path_are_read(hook: Hook, method: str, path: str, status: int) -> None:
    answer = await hook.http.request(method, hook.url + path, json=UPDATE, headers=HEADERS)

    assert answer.status_code == status
    assert hook.kept == []


async def test_a_body_that_comes_too_slowly_is_given_up(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "_BODY_SECONDS", 0.2)

    said = await raw(hook, head() + b"Content-Length: 100\r\n\r\n" + b'{"update_id"')

    assert said.startswith(b"HTTP/1.1 408 ")
    assert hook.kept == []


async def test_who_never_says_what_they_want_is_hung_up_on(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.serving._HEAD_SECONDS", 0.2)

    assert await raw(hook, b"") == b""
    assert await raw(hook, b"POST /mujaz HTTP/1.1\r\nHost: x\r\nX-Sl") == b""
    assert await hook.posted_as_json(UPDATE) == 200


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(b"\x00" * 100 + b"\r\n\r\n", id="zeros"),
        pytest.param(b"POST /mujaz HTTP/9.9\r\n\r\n", id="a version of next century"),
        pytest.param(b"POST /mujaz HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", id="20,000 headers"),
        pytest.param(b"POST /mujaz HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", id="a negative length"),
        pytest.param(b"POST /mujaz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", id="a body broken off"),
    ],
)
async def test_what_is_no_request_does_no_harm(hook: Hook, sent: bytes) -> None:
    said = await raw(hook, sent, hangs_up=True)

    assert said == b"" or said.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 403 "))
    assert await hook.posted_as_json(UPDATE) == 200


async def test_a_hundred_calls_at_once_are_all_kept(hook: Hook) -> None:
    statuses = await asyncio.gather(*(hook.posted_as_json(UPDATE | {"update_id": number}) for number in range(100)))

    assert set(statuses) == {200}
    assert hook.kept == list(range(100))


async def test_calls_are_counted_by_how_they_were_answered(hook: Hook) -> None:
    await hook.posted_as_json(UPDATE)
    await hook.posted(b"{")

    assert hook.pulse.counts[Event.CALLED, ("200",)] == 1
    assert hook.pulse.counts[Event.CALLED, ("400",)] == 1
    assert hook.pulse.counts[Event.RECEIVED, ("message",)] == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(value=JSON | st.fixed_dictionaries({"update_id": JSON, "message": JSON, "callback_query": JSON}))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_kept_or_refused(value: Any) -> None:
    async def answered() -> tuple[int, list[int]]:
        hook = Hook()
        transport = httpx.ASGITransport(Webhook("/", SECRET, hook.keep, hook.pulse))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
            status = (await http.post("/", content=json.dumps(value).encode(), headers=HEADERS)).status_code
        await hook.http.aclose()
        return status, hook.kept

    status, kept = asyncio.run(answered())

    assert (status, len(kept)) in {(200, 1), (400, 0)}


def head() -> bytes:
    return f"POST /mujaz HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{SECRET_LINE}\r\n".encode()


SECRET_LINE = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"


async def raw(hook: Hook, sent: bytes, *, hangs_up: bool = False) -> bytes:
    """Send bytes as they are and return all that is answered until the other side hangs up."""
    address = httpx.URL(hook.url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    try:
        async with asyncio.timeout(15):
            writer.write(sent)
            if hangs_up:
                writer.write_eof()
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()
