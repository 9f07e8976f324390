from typing import Any

import pytest
from telegram import Message

from handlers.links import links_of


def a_message(text: str, *entities: dict[str, Any], is_caption: bool = False) -> Message:
    name, marks = ("caption", "caption_entities") if is_caption else ("text", "entities")
    raw = {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}, name: text, marks: list(entities)}
    return Message.de_json(raw, None)


def marked(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("message", "links"),
    [
        pytest.param(a_message("https://a.com/1", marked("url", 0, 15)), ("https://a.com/1",), id="once"),
        pytest.param(a_message("انظر a.com/1", marked("url", 5, 7)), ("https://a.com/1",), id="without a scheme"),
        pytest.param(a_message("🙂 a.com/1.", marked("url", 3, 7)), ("https://a.com/1",), id="behind two units"),
        pytest.param(a_message("a.com/", marked("url", 0, 6)), (), id="a site that is only named"),
        pytest.param(a_message("t.me/sahl", marked("url", 0, 9)), (), id="a signature"),
        pytest.param(
            a_message("www.a.com/1", marked("url", 0, 11)), ("https://www.a.com/1",), id="www is found in both ways"
        ),
        pytest.param(
            a_message("هنا", marked("text_link", 0, 3, url="https://a.com/2"), is_caption=True),
            ("https://a.com/2",),
            id="behind a word of a caption",
        ),
        pytest.param(a_message("ftp://a.com/1", marked("url", 0, 13)), (), id="another scheme"),
        pytest.param(a_message("مرحبا"), (), id="none"),
    ],
)
def test_links_are_those_that_a_reader_sees_as_links(message: Message, links: tuple[str, ...]) -> None:
    assert links_of(message) == links
