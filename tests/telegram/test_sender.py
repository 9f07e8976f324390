from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.charts.png import Drawings
from bot.domain.chart import Chart, Row
from bot.domain.delivery import (
    Button,
    Closed,
    Delayed,
    Moved,
    Outcome,
    Page,
    Refused,
    Reply,
    Sent,
    Unknown,
    Unreachable,
)
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.people import Chat
from bot.sandbox.reader import Reader
from bot.sandbox.server import SandboxServer
from bot.telegram.client import client
from bot.telegram.sender import Sender, keyboard, markup, outcome_of
from tests.builders import a_delivery

READER = 501
OF_NOBODY = 502
FORUM = -1_001_009


async def _articles(chat_id: int, _name: str, _thread_id: int = 0) -> bytes:
    return b"" if chat_id == OF_NOBODY else b'{"chat": %d}\n' % chat_id


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def caused(error: NetworkError, beneath: Exception) -> NetworkError:
    error.__cause__ = beneath
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        pytest.param(ChatMigrated(-1005), Moved(-1005), id="the group became a supergroup"),
        pytest.param(Forbidden("Forbidden: bot was blocked by the user"), Unreachable(""), id="blocked"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), Unreachable(""), id="deactivated"),
        pytest.param(Forbidden("Forbidden: bot was kicked from the group chat"), Unreachable(""), id="kicked"),
        pytest.param(BadRequest("Chat not found"), Unreachable(""), id="no such chat"),
        pytest.param(BadRequest("PEER_ID_INVALID"), Unreachable(""), id="no such peer"),
        pytest.param(
            BadRequest("Not enough rights to send text messages to the chat"), Unreachable(""), id="no rights"
        ),
        pytest.param(BadRequest("CHAT_WRITE_FORBIDDEN"), Unreachable(""), id="writing forbidden"),
        pytest.param(BadRequest("Need administrator rights in the channel chat"), Unreachable(""), id="a channel"),
        pytest.param(BadRequest("Message thread not found"), Closed(""), id="the topic was deleted"),
        pytest.param(BadRequest("TOPIC_CLOSED"), Closed(""), id="the topic was closed"),
        pytest.param(BadRequest("Can't parse entities: unclosed tag"), Refused(""), id="bad markup"),
        pytest.param(BadRequest("Message is too long"), Refused(""), id="too long"),
        pytest.param(BadRequest("Message text is empty"), Refused(""), id="empty"),
        pytest.param(InvalidToken(), Delayed(""), id="the token was revoked: it may be put right"),
        pytest.param(
            caused(NetworkError("x"), httpx.ConnectError("refused")), Delayed(""), id="no connection: surely not sent"
        ),
        pytest.param(caused(TimedOut(), httpx.ConnectTimeout("slow")), Delayed(""), id="no connection in time"),
        pytest.param(caused(TimedOut(), httpx.PoolTimeout("busy")), Delayed(""), id="no connection free"),
        pytest.param(caused(TimedOut(), httpx.ReadTimeout("slow")), Unknown(""), id="no answer in time"),
        pytest.param(caused(TimedOut(), httpx.WriteTimeout("slow")), Unknown(""), id="perhaps half written"),
        pytest.param(caused(NetworkError("x"), httpx.ReadError("reset")), Unknown(""), id="cut while reading"),
        pytest.param(caused(NetworkError("x"), httpx.WriteError("reset")), Unknown(""), id="cut while writing"),
        pytest.param(
            caused(NetworkError("x"), httpx.RemoteProtocolError("gone")), Unknown(""), id="the server hung up"
        ),
        pytest.param(TimedOut(), Unknown(""), id="no answer, and nothing beneath"),
        pytest.param(NetworkError("Bad Gateway"), Unknown(""), id="a bad gateway may have passed it on"),
        pytest.param(Conflict("Conflict"), Unknown(""), id="a conflict"),
        pytest.param(EndPointNotFound("Not Found"), Unknown(""), id="no such method"),
        pytest.param(TelegramError("Invalid server response"), Unknown(""), id="an answer that nobody can read"),
    ],
)
def test_an_error_of_the_library_means_an_outcome(error: TelegramError, outcome: Outcome) -> None:
    found = outcome_of(error)

    assert type(found) is type(outcome)
    assert getattr(found, "chat_id", None) == getattr(outcome, "chat_id", None)


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)], ids=["in seconds", "as a timedelta"])
def test_too_many_requests_delay_a_page_as_long_as_told(wait: int | timedelta) -> None:
    outcome = outcome_of(RetryAfter(wait))

    assert isinstance(outcome, Delayed)
    assert outcome.wait == timedelta(seconds=7)


def test_the_reason_names_the_error() -> None:
    assert outcome_of(BadRequest("Message is too long")) == Refused("BadRequest: Message is too long")


def test_the_reason_of_a_refused_token_does_not_show_it() -> None:
    outcome = outcome_of(InvalidToken("The token `123456:AAsecret` was rejected by the server."))

    assert outcome == Delayed("InvalidToken")


def test_buttons_keep_their_rows_and_what_they_do() -> None:
    rows = (
        (Button("✓ روسيا", payload="u:t1"), Button("+ مصر", payload="f:t2")),
        (Button("المقال", link="https://x.org"),),
    )

    found = keyboard(rows)

    assert found is not None
    shown = [[(button.text, button.callback_data, button.url) for button in row] for row in found.inline_keyboard]
    assert shown == [
        [("✓ روسيا", "u:t1", None), ("+ مصر", "f:t2", None)],
        [("المقال", None, "https://x.org")],
    ]


def test_without_buttons_there_is_no_keyboard() -> None:
    assert keyboard(()) is None


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer() as running:
        yield running


@pytest.fixture
async def reader(sandbox: SandboxServer) -> AsyncIterator[Reader]:
    async with Reader(sandbox.url, READER) as someone:
        await someone.say("/start")
        yield someone


@pytest.fixture
async def send(sandbox: SandboxServer, reader: Reader) -> AsyncIterator[Sender]:
    bot: ExtBot[None] = client(sandbox.token, sandbox.url)[0]
    async with bot:
        yield Sender(bot, _articles, Drawings())


async def test_a_page_is_shown_with_its_markup_and_buttons(send: Sender, reader: Reader) -> None:
    page = Page("<b>موجزك</b> &amp; أخبارك", ((Button("+ مصر", payload="f:t2"),),))

    outcome = await send(a_delivery(page=page))

    shown = (await reader.messages())[-1]
    assert outcome == Sent(shown.message_id)
    assert shown.text == "موجزك & أخبارك"
    assert [entity["type"] for entity in shown.entities] == ["bold"]
    assert shown.buttons == (("+ مصر",),)


@pytest.mark.parametrize(
    "page", [Page("أخبار"), Page("أخبار", file="mujaz.json"), Page("أخبار", picture=Chart("أخبار", (), "أمس", "اليوم"))]
)
async def test_a_page_is_shown_in_its_topic(send: Sender, sandbox: SandboxServer, page: Page) -> None:
    sandbox.world.chats[FORUM] = Chat(FORUM, "supergroup", "منتدى الحي", threads=frozenset({4, 9}))

    sent = [await send(replace(a_delivery(chat_id=FORUM, page=page), thread_id=4))]
    sent.append(await send(a_delivery(chat_id=FORUM, page=page)))

    kept = sandbox.world.messages[FORUM].values()
    assert [each.body.get("message_thread_id") for each in kept] == [4, None]
    assert [type(outcome) for outcome in sent] == [Sent, Sent]


async def test_a_topic_that_is_gone_or_closed_is_told_from_its_chat(send: Sender, sandbox: SandboxServer) -> None:
    sandbox.world.chats[FORUM] = Chat(FORUM, "supergroup", "منتدى الحي", threads=frozenset({4, 9}))
    sandbox.world.closed.add((FORUM, 9))

    met = [await send(replace(a_delivery(chat_id=FORUM), thread_id=thread)) for thread in (4, 9, 7)]

    assert [type(outcome) for outcome in met] == [Sent, Closed, Closed]


async def test_a_plain_page_is_shown_without_its_markup(send: Sender, reader: Reader) -> None:
    await send(a_delivery(page=Page('<a href="https://x.org">موجزك</a> &amp; &lt;أخبارك&gt;'), is_plain=True))

    shown = (await reader.messages())[-1]
    assert shown.text == "موجزك & <أخبارك>"
    assert shown.entities == ()


@pytest.mark.parametrize(
    ("repeats", "is_silent"), [pytest.param(0, False, id="a first send"), pytest.param(1, True, id="a repeat")]
)
async def test_only_a_repeat_is_silent(
    send: Sender,
    sandbox: SandboxServer,
    repeats: int,
    is_silent: bool,  # noqa: FBT001
) -> None:
    await send(a_delivery(repeats=repeats))

    sent = next(entry for entry in sandbox.world.log if entry["method"] == "sendMessage")
    assert str(sent["params"].get("disable_notification", False)).lower() == str(is_silent).lower()


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param(FaultKind.TOO_MANY_REQUESTS, Delayed, id="too many requests"),
        pytest.param(FaultKind.BLOCKED, Unreachable, id="blocked"),
        pytest.param(FaultKind.CHAT_NOT_FOUND, Unreachable, id="no such chat"),
        pytest.param(FaultKind.BAD_ENTITIES, Refused, id="bad markup"),
        pytest.param(FaultKind.BAD_GATEWAY_HTML, Unknown, id="a bad gateway"),
        pytest.param(FaultKind.RESET, Unknown, id="a reset connection"),
        pytest.param(FaultKind.LOST_ANSWER, Unknown, id="a lost answer"),
        pytest.param(FaultKind.GARBAGE, Unknown, id="an answer that nobody can read"),
    ],
)
async def test_what_goes_wrong_on_the_way_is_an_outcome_and_no_exception(
    send: Sender, sandbox: SandboxServer, kind: FaultKind, outcome: type[Outcome]
) -> None:
    sandbox.plan(Fault("sendMessage", kind))

    assert isinstance(await send(a_delivery()), outcome)


async def test_a_server_that_is_not_there_delays_the_page() -> None:
    bot: ExtBot[None] = client("123456:AAAAAAAAAAAAAAA", "http://127.0.0.1:1")[0]

    outcome = await Sender(bot, _articles, Drawings())(a_delivery())
    await bot.shutdown()

    assert isinstance(outcome, Delayed)


async def test_a_quiet_page_makes_no_sound(send: Sender, sandbox: SandboxServer) -> None:
    await send(a_delivery(page=Page("سؤال", is_quiet=True)))

    sent = next(entry for entry in sandbox.world.log if entry["method"] == "sendMessage")
    assert str(sent["params"]["disable_notification"]).lower() == "true"


async def test_an_edit_takes_the_place_of_a_message_however_often_it_is_done(send: Sender, reader: Reader) -> None:
    asked = await send(a_delivery(page=Page("سؤال", ((Button("نعم", payload="p:f1"),),))))
    assert isinstance(asked, Sent)
    edit = a_delivery(page=Page("<b>جواب</b>", edits=asked.message_id))

    outcomes = [await send(edit), await send(edit)]

    shown = (await reader.messages())[-1]
    assert (shown.message_id, shown.text, shown.buttons) == (asked.message_id, "جواب", ())
    assert outcomes == [asked, asked]


async def test_an_edit_of_a_message_that_is_gone_is_refused(send: Sender) -> None:
    assert isinstance(await send(a_delivery(page=Page("جواب", edits=999))), Refused)


async def test_a_page_with_a_file_brings_what_is_put_together_when_it_is_sent(
    send: Sender, sandbox: SandboxServer, reader: Reader
) -> None:
    page = Page("<b>مقالاتك</b>", ((Button("+ مصر", payload="f:t2"),),), file="mujaz-2026-03-14.jsonl")

    outcome = await send(a_delivery(page=page))

    shown = (await reader.messages())[-1]
    (stored,) = sandbox.world.files.values()
    assert outcome == Sent(shown.message_id)
    assert (shown.kind, shown.text, shown.buttons) == ("document", "مقالاتك", (("+ مصر",),))
    assert [entity["type"] for entity in shown.entities] == ["bold"]
    assert stored.content == b'{"chat": 501}\n'


async def test_a_page_whose_file_would_be_empty_is_refused(send: Sender) -> None:
    outcome = await send(a_delivery(chat_id=OF_NOBODY, page=Page("مقالاتك", file="mujaz.jsonl")))

    assert outcome == Refused("nothing to enclose")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param(FaultKind.BAD_ENTITIES, Refused, id="bad markup"),
        pytest.param(FaultKind.LOST_ANSWER, Unknown, id="a lost answer"),
    ],
)
async def test_what_goes_wrong_with_a_file_is_an_outcome_too(
    send: Sender, sandbox: SandboxServer, kind: FaultKind, outcome: type[Outcome]
) -> None:
    sandbox.plan(Fault("sendDocument", kind))

    assert isinstance(await send(a_delivery(page=Page("مقالاتك", file="mujaz.jsonl"))), outcome)


def test_a_page_asks_for_a_location_and_another_puts_the_keyboard_away() -> None:
    ask = markup(Page("أين أنت؟", ((Button("مشاركة موقعي"),),), reply=Reply.ASKS_LOCATION))
    put_away = markup(Page("شكرًا", reply=Reply.PUTS_AWAY))

    assert ask is not None
    assert ask.to_dict() == {
        "keyboard": [[{"text": "مشاركة موقعي", "request_location": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert put_away is not None
    assert put_away.to_dict() == {"remove_keyboard": True}


CHART = Chart("الأكثر تداولًا", (Row("روسيا", (0, 2, 5), "7"), Row("OpenAI", (1, 0, 0), "1")), "أول أمس", "اليوم")


async def test_a_page_with_a_picture_is_a_photo_with_its_text_and_buttons(
    send: Sender, reader: Reader, sandbox: SandboxServer
) -> None:
    page = Page("<b>الأكثر</b> تداولًا", ((Button("+ مصر", payload="f:t2"),),), is_quiet=True, picture=CHART)

    outcome = await send(a_delivery(page=page))

    shown = (await reader.messages())[-1]
    assert outcome == Sent(shown.message_id)
    assert (shown.kind, shown.text, shown.buttons) == ("photo", "الأكثر تداولًا", (("+ مصر",),))
    sent = next(entry for entry in sandbox.world.log if entry["method"] == "sendPhoto")
    assert str(sent["params"]["disable_notification"]).lower() == "true"


async def test_a_page_whose_picture_is_refused_comes_without_it(send: Sender, reader: Reader) -> None:
    page = Page("<b>الأكثر</b> تداولًا", picture=CHART)

    await send(a_delivery(page=page, is_plain=True))

    shown = (await reader.messages())[-1]
    assert (shown.kind, shown.text) == ("text", "الأكثر تداولًا")


async def test_a_picture_that_cannot_be_drawn_is_refused(send: Sender) -> None:
    async def undrawable(_: Chart) -> bytes:
        raise ValueError("a broken font")

    outcome = await Sender(send.bot, _articles, undrawable)(a_delivery(page=Page("نص", picture=CHART)))

    assert outcome == Refused("picture: a broken font")


@pytest.mark.parametrize("has_preview", [False, True])
async def test_a_page_behind_a_link_is_shown_only_where_it_is_wanted(
    sandbox: SandboxServer, send: Sender, *, has_preview: bool
) -> None:
    sent = await send(a_delivery(page=Page("https://x.org", has_preview=has_preview)))
    assert isinstance(sent, Sent)
    await send(a_delivery(page=Page("https://y.org", edits=sent.message_id, has_preview=has_preview)))

    asked = [entry["params"].get("link_preview_options") for entry in sandbox.world.log]
    disabled = [options for options in asked if options]
    assert ["true" in str(options).lower() for options in disabled] == [not has_preview] * 2


@pytest.mark.parametrize(
    ("kind", "met"),
    [(FaultKind.CHAT_NOT_FOUND, Refused), (FaultKind.BLOCKED, Unreachable), (FaultKind.KICKED, Unreachable)],
)
async def test_where_no_picture_may_be_shown_a_text_still_may(
    send: Sender, sandbox: SandboxServer, kind: FaultKind, met: type
) -> None:
    sandbox.plan(Fault("sendPhoto", kind))

    assert isinstance(await send(a_delivery(page=Page("نص", picture=CHART))), met)
