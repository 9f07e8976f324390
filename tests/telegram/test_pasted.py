"""Text that was copied from our own messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pasted import without_marks
from tests.telegram.test_joining import Raw, a_message

COMMAND = {"type": "bot_command", "offset": 2, "length": 7}
TAG = {"type": "hashtag", "offset": 10, "length": 5}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_a_copied_command_begins_with_its_slash(kind: str) -> None:
    copied = a_message(1, "\u200f\u200e/follow #مصر", kind=kind, entities=[COMMAND, TAG])

    read = without_marks(copied)[kind]

    assert read["text"] == "/follow #مصر"
    assert [(each["offset"], each["length"]) for each in read["entities"]] == [(0, 7), (8, 5)]
    assert copied[kind]["entities"] == [COMMAND, TAG]


def test_an_entity_that_spans_the_marks_loses_only_them() -> None:
    bold = {"type": "bold", "offset": 0, "length": 9}

    read = without_marks(a_message(1, "\u200f\u200e/follow", entities=[bold]))["message"]

    assert read["entities"] == [bold | {"length": 7}]


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(a_message(1, "مصر \u200f/follow"), id="a mark further on"),
        pytest.param(a_message(1, ""), id="no text"),
        pytest.param({"update_id": 1, "callback_query": {"data": "\u200f"}}, id="no message"),
    ],
)
def test_anything_else_is_as_it_was(update: Raw) -> None:
    assert without_marks(update) == update


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_entities_of_any_shape_break_nothing(entities: object) -> None:
    assert without_marks(a_message(1, "\u200f/follow", entities=entities))["message"]["text"] == "/follow"
