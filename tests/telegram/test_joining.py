import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Page
from bot.telegram.joining import Joining
from tests.builders import NOW
from tests.fakes import FakeParts, FakeWorld

Raw = dict[str, Any]
DATE = 1_770_000_000
SENTENCE = "أعلنت هيئة الطيران المدني إعادة فتح المطار أمام الرحلات."
LONG = " ".join([SENTENCE] * 71)
CHANNEL = -1007


def a_message(number: int, text: str = SENTENCE, kind: str = "message", chat: int = 501, **more: Any) -> Raw:
    message = {"message_id": number, "chat": {"id": chat}, "from": {"id": 501}, "date": DATE, "text": text}
    return {"update_id": 100 + number, kind: message | more}


def a_picture(number: int, caption: str = "", kind: str = "message", **more: Any) -> Raw:
    message = {"message_id": number, "chat": {"id": 501}, "from": {"id": 501}, "date": DATE, "photo": []}
    album = {"media_group_id": "13"} | ({"caption": caption} if caption else {})
    return {"update_id": 100 + number, kind: message | album | more}


@dataclass
class Desk:
    """Notes what it is handed."""

    world: FakeWorld = field(default_factory=FakeWorld)
    handed: list[Raw] = field(default_factory=list)

    async def handle(self, update: Raw) -> Sequence[Page]:
        self.handed.append(update)
        return [Page("تم")]

    async def give(self, *runs: Sequence[Raw]) -> list[Raw]:
        joining = Joining(FakeParts(self.world), self.handle, lambda: NOW)
        for run in runs:
            assert await joining(run) == [Page("تم")]
        return self.handed


def said(update: Raw) -> tuple[str, int, str]:
    """Return the kind, the message and the text of what was handed on."""
    ((kind, message),) = ((name, content) for name, content in update.items() if name != "update_id")
    return kind, message["message_id"], message.get("text", message.get("caption", ""))


async def test_a_short_text_is_handed_on_as_it_came_and_not_kept() -> None:
    desk = Desk()

    assert await desk.give([a_message(1)]) == [a_message(1)]
    assert desk.world.parts == {}


async def test_parts_that_came_together_are_one_message() -> None:
    handed = await Desk().give([a_message(1, LONG), a_message(2)])

    assert [said(update) for update in handed] == [("message", 1, f"{LONG}\n{SENTENCE}")]


async def test_a_late_part_is_an_edit_of_the_whole() -> None:
    handed = await Desk().give([a_message(1, LONG)], [a_message(2)])

    assert [said(update) for update in handed] == [
        ("message", 1, LONG),
        ("edited_message", 1, f"{LONG}\n{SENTENCE}"),
    ]
    assert handed[1]["update_id"] == 102


async def test_a_late_part_of_a_channels_post_is_an_edit_of_the_post() -> None:
    kind = "channel_post"
    handed = await Desk().give([a_message(1, LONG, kind, CHANNEL)], [a_message(2, SENTENCE, kind, CHANNEL)])

    assert said(handed[1]) == ("edited_channel_post", 1, f"{LONG}\n{SENTENCE}")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(a_message(2, "/topics"), id="a command"),
        pytest.param(a_message(2, "شكرا"), id="talk"),
        pytest.param(a_message(2, date=DATE + 3_600), id="an hour later"),
        pytest.param(a_message(2, chat=502), id="in another chat"),
        pytest.param(a_picture(2, SENTENCE), id="an album"),
    ],
)
async def test_what_does_not_continue_a_text_stays_apart(later: Raw) -> None:
    assert (await Desk().give([a_message(1, LONG)], [later]))[1] == later


async def test_what_a_crash_interrupted_is_handed_on_again_as_it_was() -> None:
    runs = [[a_message(1, LONG)], [a_message(1, LONG), a_message(2)], [a_message(1, LONG), a_message(2)]]

    handed = await Desk().give(*runs)

    assert [said(update)[:2] for update in handed] == [("message", 1)] * 3
    assert handed[1] == handed[2]


async def test_a_late_part_that_a_crash_interrupted_is_handed_on_again_as_it_was() -> None:
    handed = await Desk().give([a_message(1, LONG)], [a_message(2)], [a_message(2)])

    assert handed[1] == handed[2]


async def test_the_edit_of_a_part_is_an_edit_of_the_whole() -> None:
    edited = a_message(2, "صُحّح.", "edited_message", edit_date=DATE + 60)

    handed = await Desk().give(
        [a_message(1, LONG), a_message(2)], [edited], [a_message(1, LONG + "!", "edited_message")]
    )

    assert said(handed[1]) == ("edited_message", 1, f"{LONG}\nصُحّح.")
    assert said(handed[2]) == ("edited_message", 1, f"{LONG}!\nصُحّح.")


async def test_the_edit_of_a_short_text_beside_a_long_one_is_its_own() -> None:
    edited = a_message(2, "شكرا لكم", "edited_message")

    handed = await Desk().give([a_message(1, LONG)], [a_message(2, "شكرا")], [edited])

    assert handed[2] == edited


async def test_an_album_is_one_message_with_the_captions_of_all_in_order() -> None:
    handed = await Desk().give([a_picture(1), a_picture(2, "الأول"), a_picture(3), a_picture(4, "الثاني")])

    assert [said(update) for update in handed] == [("message", 1, "الأول\n\nالثاني")]


async def test_a_late_member_and_an_edited_caption_change_the_album() -> None:
    handed = await Desk().give(
        [a_picture(1, "الأول")], [a_picture(2, "الثاني")], [a_picture(1, "الآخر", "edited_message")]
    )

    assert [said(update) for update in handed] == [
        ("message", 1, "الأول"),
        ("edited_message", 1, "الأول\n\nالثاني"),
        ("edited_message", 1, "الآخر\n\nالثاني"),
    ]


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([LONG, SENTENCE, 2**70]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("message_id", "chat", "date", "from", "text", "caption", "media_group_id", "entities", "caption_entities")
MESSAGES = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ANYTHING)) | st.just(a_message(1, LONG)["message"])
KINDS = st.sampled_from(["message", "edited_message", "channel_post", "edited_channel_post"])


@given(st.lists(st.dictionaries(KINDS, MESSAGES | ANYTHING, max_size=2), min_size=1, max_size=5))
def test_updates_of_any_shape_are_handed_on(updates: list[Raw]) -> None:
    handed = asyncio.run(Desk().give(*([update] for update in updates)))

    assert len(handed) == len(updates)
