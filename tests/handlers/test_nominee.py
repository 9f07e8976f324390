from typing import Any

import pytest
from telegram import Message

from handlers.nominee import Nominee, Unclear, nominee_of

SENT = 1_773_468_000
SALMA = {"id": 77, "is_bot": False, "first_name": "سلمى", "last_name": "الكاتبة"}


def a_command(text: str, answers: dict[str, Any] | None = None) -> Message:
    raw: dict[str, Any] = {
        "message_id": 9,
        "date": SENT,
        "chat": {"id": 1001, "type": "private", "first_name": "مالك"},
        "from": {"id": 1001, "is_bot": False, "first_name": "مالك"},
    }
    said = raw | {"text": text}
    return Message.de_json(said | ({"reply_to_message": raw | answers} if answers is not None else {}), None)


def forwarded(kind: str, **more: Any) -> dict[str, Any]:
    return {"text": "نص", "forward_origin": {"type": kind, "date": SENT, **more}}


@pytest.mark.parametrize(
    ("typed", "nominee"),
    [
        pytest.param("/editors", Unclear.NOBODY, id="nothing"),
        pytest.param("/editors   ", Unclear.NOBODY, id="spaces"),
        pytest.param("/editors 77", Nominee(77), id="a number"),
        pytest.param("/editors ٧٧", Nominee(77), id="in Arabic digits"),
        pytest.param("/editors @salma", Unclear.USERNAME, id="a username"),
        pytest.param("/editors https://t.me/salma", Unclear.USERNAME, id="a link to one"),
        pytest.param("/editors سلمى", Unclear.NO_PERSON, id="a name"),
        pytest.param("/editors -1007", Unclear.NO_PERSON, id="a group's number"),
        pytest.param("/editors 0", Unclear.NO_PERSON, id="nobody's number"),
        pytest.param("/editors " + "9" * 40, Unclear.NO_PERSON, id="no number of Telegram's"),
    ],
)
def test_what_follows_the_command_names_a_person_or_not(typed: str, nominee: Nominee | Unclear) -> None:
    assert nominee_of(a_command(typed)) == nominee


@pytest.mark.parametrize(
    ("answers", "nominee"),
    [
        pytest.param(forwarded("user", sender_user=SALMA), Nominee(77, "سلمى الكاتبة"), id="a person's message"),
        pytest.param(forwarded("user", sender_user=SALMA | {"is_bot": True}), Unclear.NO_PERSON, id="a bot's"),
        pytest.param(forwarded("hidden_user", sender_user_name="سلمى"), Unclear.HIDDEN, id="of one who hides"),
        pytest.param(
            forwarded("channel", chat={"id": -7, "type": "channel", "title": "قناة"}, message_id=1),
            Unclear.NO_PERSON,
            id="a channel's",
        ),
        pytest.param({"text": "نص"}, Unclear.NO_PERSON, id="the owner's own"),
        pytest.param(
            {"contact": {"phone_number": "1", "first_name": "سلمى", "user_id": 77}}, Nominee(77, "سلمى"), id="a contact"
        ),
        pytest.param(
            {"contact": {"phone_number": "1", "first_name": "سلمى"}}, Unclear.NO_PERSON, id="of someone not on Telegram"
        ),
    ],
)
def test_the_message_that_is_answered_names_a_person_or_not(
    answers: dict[str, Any], nominee: Nominee | Unclear
) -> None:
    assert nominee_of(a_command("/editors", answers)) == nominee


def test_what_is_typed_goes_before_what_is_answered() -> None:
    assert nominee_of(a_command("/editors 88", forwarded("user", sender_user=SALMA))) == Nominee(88)
