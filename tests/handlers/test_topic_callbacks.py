import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.callbacks import meaning_of
from handlers.topic_callbacks import TOPIC, Deed, TopicPressed, topic_meaning, topic_payload

CODES = st.builds(lambda letter, number: f"{letter}{number}", st.sampled_from("tg"), st.integers(1, 999_999_999))


@given(st.sampled_from(Deed), st.integers(0, 999), CODES, CODES | st.just(""))
def test_a_payload_says_what_was_put_in_and_telegram_carries_it(deed: Deed, page: int, code: str, other: str) -> None:
    pressed = TopicPressed(deed, page, code, other)

    payload = topic_payload(pressed)

    assert topic_meaning(payload) == pressed
    assert re.match(TOPIC, payload)
    assert len(payload.encode()) <= 64
    assert meaning_of(payload) is None


@given(st.from_regex(TOPIC))
def test_whatever_is_let_through_can_be_read(payload: str) -> None:
    assert isinstance(topic_meaning(payload), TopicPressed)
