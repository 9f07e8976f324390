from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from bot.domain.article import Source, SourceKind
from handlers.reading import argument_of, draft_from, draft_of_post, is_trusted

OWNER, READER = 1001, 2002
SENT, PUBLISHED = 1_773_468_000, 1_773_400_000
CHANNEL = {"id": -1007, "type": "channel", "title": "قناة السهل", "username": "sahl"}
GROUP = {"id": -1009, "type": "supergroup", "title": "أخبار الحي"}
PERSON = {"id": 77, "is_bot": False, "first_name": "سلمى", "last_name": "الكاتبة", "username": "salma"}


def a_message(text: str | None = "نص المقال", sender: int = READER, **more: Any) -> Message:
    raw = {
        "message_id": 9,
        "date": SENT,
        "chat": {"id": sender, "type": "private", "first_name": "قارئ"},
        "from": {"id": sender, "is_bot": False, "first_name": "قارئ"},
        **({} if text is None else {"text": text}),
        **more,
    }
    return Message.de_json(raw, None)


def an_origin(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "date": PUBLISHED, **more}


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("origin", "source", "link"),
    [
        pytest.param(
            an_origin("channel", chat=CHANNEL, message_id=42),
            Source(SourceKind.CHANNEL, "قناة السهل", "https://t.me/sahl"),
            "https://t.me/sahl/42",
            id="a public channel has an address",
        ),
        pytest.param(
            an_origin("channel", chat=CHANNEL | {"username": None}, message_id=42),
            Source(SourceKind.CHANNEL, "قناة السهل"),
            None,
            id="a private channel has none",
        ),
        pytest.param(
            an_origin("channel", chat=CHANNEL | {"title": None}, message_id=42),
            Source(SourceKind.CHANNEL, "sahl", "https://t.me/sahl"),
            "https://t.me/sahl/42",
            id="a channel without a title goes by its address",
        ),
        pytest.param(
            an_origin("channel", chat=CHANNEL | {"title": "قناة\n\u202eالسهل  "}, message_id=42),
            Source(SourceKind.CHANNEL, "قناة السهل", "https://t.me/sahl"),
            "https://t.me/sahl/42",
            id="a hostile title is cleaned",
        ),
        pytest.param(
            an_origin("channel", chat=CHANNEL | {"title": "\u202e \u2066", "username": None}, message_id=42),
            Source(SourceKind.CHANNEL, "—"),
            None,
            id="a title of invisible letters is a dash",
        ),
        pytest.param(
            an_origin("chat", sender_chat=GROUP),
            Source(SourceKind.GROUP, "أخبار الحي"),
            None,
            id="a group",
        ),
        pytest.param(
            an_origin("chat", sender_chat=GROUP | {"username": "hayy"}, author_signature="سلمى"),
            Source(SourceKind.GROUP, "أخبار الحي", "https://t.me/hayy"),
            None,
            id="a public group has an address, and its writers stay out",
        ),
        pytest.param(
            an_origin("chat", sender_chat=CHANNEL),
            Source(SourceKind.CHANNEL, "قناة السهل", "https://t.me/sahl"),
            None,
            id="a channel that writes in a group",
        ),
        pytest.param(
            an_origin("user", sender_user=PERSON),
            Source(SourceKind.PERSON, "سلمى الكاتبة"),
            None,
            id="a person, whose address stays out",
        ),
        pytest.param(
            an_origin("hidden_user", sender_user_name="سلمى"),
            Source(SourceKind.PERSON, "سلمى"),
            None,
            id="a person who hides",
        ),
    ],
)
def test_a_forward_tells_its_source(origin: dict[str, Any], source: Source, link: str | None) -> None:
    draft = draft_from(a_message(forward_origin=origin), is_trusted=False)

    assert draft.origin == source
    assert draft.link == link


def test_a_forward_is_as_old_as_what_it_forwards() -> None:
    draft = draft_from(a_message(forward_origin=an_origin("hidden_user", sender_user_name="سلمى")), is_trusted=False)

    assert draft.sent_at == moment(PUBLISHED)


def test_a_pasted_text_has_no_source_but_its_own() -> None:
    draft = draft_from(a_message(), is_trusted=False)

    assert (draft.origin, draft.link) == (None, None)
    assert draft.sent_at == moment(SENT)


def a_post(**more: Any) -> Message:
    raw = {"message_id": 9, "date": SENT, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "نص المقال", **more}
    return Message.de_json(raw, None)


def test_a_post_of_a_channel_has_the_channel_as_its_source_and_is_trusted() -> None:
    draft = draft_of_post(a_post())

    assert (draft.origin, draft.link) == (
        Source(SourceKind.CHANNEL, "قناة السهل", "https://t.me/sahl"),
        "https://t.me/sahl/9",
    )
    assert draft.is_trusted


def test_a_post_that_forwards_another_channels_keeps_that_ones_source() -> None:
    draft = draft_of_post(a_post(forward_origin=an_origin("chat", sender_chat=GROUP)))

    assert (draft.origin, draft.link) == (Source(SourceKind.GROUP, "أخبار الحي"), None)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"quote": {"text": "كلام مقتبس", "position": 0}}, id="a quote"),
        pytest.param(
            {"external_reply": {"origin": an_origin("channel", chat=CHANNEL, message_id=42), "chat": CHANNEL}},
            id="a reply to another chat's message",
        ),
    ],
)
def test_what_a_message_replies_to_is_no_part_of_it(more: dict[str, Any]) -> None:
    draft = draft_from(a_message(**more), is_trusted=False)

    assert (draft.text, draft.origin, draft.link) == ("نص المقال", None, None)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        pytest.param(a_message("نص المقال"), "نص المقال", id="a text"),
        pytest.param(a_message(None, photo=[], caption="تعليق الصورة"), "تعليق الصورة", id="the caption of a picture"),
        pytest.param(a_message(None), "", id="neither"),
    ],
)
def test_a_draft_has_the_text_or_the_caption(message: Message, text: str) -> None:
    assert draft_from(message, is_trusted=False).text == text


def test_the_receipt_names_the_message_in_its_chat() -> None:
    assert draft_from(a_message(), is_trusted=False).receipt == f"{READER}:9"


async def owns(user_id: int) -> bool:
    return user_id == OWNER


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(a_message(sender=OWNER), True, id="an owner"),
        pytest.param(a_message(sender=READER), False, id="anybody else"),
        pytest.param(
            a_message(forward_origin=an_origin("user", sender_user=PERSON | {"id": OWNER})),
            False,
            id="somebody who forwards what an owner wrote",
        ),
        pytest.param(a_message(sender=OWNER, sender_chat=GROUP), False, id="whoever hides behind a chat"),
    ],
)
async def test_only_editors_are_trusted(message: Message, expected: bool) -> None:  # noqa: FBT001
    assert await is_trusted(message, owns) is expected


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        pytest.param("/follow روسيا", "روسيا", id="one word"),
        pytest.param("/follow روسيا، أوكرانيا", "روسيا، أوكرانيا", id="several"),
        pytest.param("/follow\nروسيا\nأوكرانيا", "روسيا\nأوكرانيا", id="in lines"),
        pytest.param("/follow@mujaz_bot روسيا", "روسيا", id="behind the bot's name"),
        pytest.param("/follow   روسيا", "روسيا", id="behind many spaces"),
        pytest.param("/follow", "", id="nothing"),
        pytest.param(None, "", id="no text at all"),
    ],
)
def test_an_argument_is_what_follows_the_command(text: str | None, argument: str) -> None:
    assert argument_of(a_message(text)) == argument
