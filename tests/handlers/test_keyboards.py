from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.browse import Offer
from bot.telegram.language import Languages
from config.languages import read_catalogues
from handlers.callbacks import FollowPressed, UnfollowPressed, meaning_of
from handlers.keyboards import offers

ARABIC, ENGLISH = (Languages(read_catalogues("ar"))[code] for code in ("ar", "en"))
SOME_OFFERS = st.lists(
    st.builds(Offer, st.text(min_size=1, max_size=90), st.integers(1, 10**9).map("t{}".format), st.booleans()),
    max_size=9,
)


def an_offer(name: str = "السودان", code: str = "t1", *, is_followed: bool = False) -> Offer:
    return Offer(name, code, is_followed)


def test_nothing_to_offer_is_no_button() -> None:
    assert offers([], ARABIC) == ()


def test_two_topics_share_a_row() -> None:
    rows = offers([an_offer(code=f"t{number}") for number in range(5)], ARABIC)

    assert [len(row) for row in rows] == [2, 2, 1]


def test_a_country_shows_its_flag() -> None:
    assert offers([replace(an_offer(), flag="🇸🇩")], ARABIC)[0][0].label == "+ 🇸🇩 السودان"


@pytest.mark.parametrize(
    ("offer", "mark", "meaning"),
    [
        pytest.param(an_offer(), "+", FollowPressed("t1"), id="one to follow"),
        pytest.param(an_offer(is_followed=True), "✓", UnfollowPressed("t1"), id="one to leave"),
    ],
)
def test_a_button_says_what_it_does(offer: Offer, mark: str, meaning: object) -> None:
    button = offers([offer], ARABIC)[0][0]

    assert button.label == f"{mark} السودان"
    assert meaning_of(button.payload) == meaning


def test_a_long_name_is_cut() -> None:
    button = offers([an_offer("الهيئة العامة لتنمية المناطق الريفية والصحراوية")], ARABIC)[0][0]

    assert button.label == "+ الهيئة العامة لتنمية المناطق الريفية وا…"


@given(SOME_OFFERS)
def test_every_topic_has_one_button_in_the_order_in_which_rows_are_read(topics: list[Offer]) -> None:
    buttons = [button for row in offers(topics, ARABIC) for button in reversed(row)]
    from_the_left = [button for row in offers(topics, ENGLISH) for button in row]

    meanings = [meaning_of(button.payload) for button in buttons]
    assert [meaning.code for meaning in meanings if meaning] == [topic.code for topic in topics]
    assert [isinstance(meaning, UnfollowPressed) for meaning in meanings] == [topic.is_followed for topic in topics]
    assert from_the_left == buttons
    assert all(len(button.label) <= 42 and button.link is None for button in buttons)
