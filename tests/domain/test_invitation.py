import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.invitation import codes_in, follow_link


@given(st.integers(1, 999_999_999))
def test_a_link_gives_back_its_topic_in_letters_that_telegram_carries(number: int) -> None:
    link = follow_link("mujaz_bot", f"t{number}")

    argument = link.partition("?start=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", argument)
    assert codes_in(argument) == (f"t{number}",)


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        pytest.param("follow_t1-g22-t1", ("t1", "g22"), id="several topics, one twice"),
        pytest.param(" follow_t1\n", ("t1",), id="white space around"),
        pytest.param("", (), id="nothing"),
        pytest.param("follow_", (), id="no topic"),
        pytest.param("follow_t1;t2", (), id="another sign"),
        pytest.param("follow_روسيا", (), id="a name"),
        pytest.param("follow_" + "-".join(["t1234567"] * 9), (), id="longer than Telegram's"),
    ],
)
def test_only_links_of_ours_follow(argument: str, expected: tuple[str, ...]) -> None:
    assert codes_in(argument) == expected
