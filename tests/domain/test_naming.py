import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.naming import LONGEST_NAME, MOST_NAMES, BadNames, NoNames, Wish, names_in, wishes_in
from bot.domain.topic import topic_key

KNOWN = frozenset(
    topic_key(name) for name in ("روسيا", "أوكرانيا", "الولايات المتحدة", "وادي حلفا", "كوريا", "كوريا الشمالية")
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("روسيا", ["روسيا"], id="one name"),
        pytest.param("روسيا، أوكرانيا", ["روسيا", "أوكرانيا"], id="an Arabic comma"),
        pytest.param("روسيا,أوكرانيا;روسيا", ["روسيا", "أوكرانيا"], id="other marks, and one name twice"),
        pytest.param("روسيا\nأوكرانيا", ["روسيا", "أوكرانيا"], id="a line each"),
        pytest.param("#روسيا #أوكرانيا", ["روسيا", "أوكرانيا"], id="hashtags"),
        pytest.param("#روسيا#أوكرانيا", ["روسيا", "أوكرانيا"], id="hashtags without a space"),
        pytest.param("#الولايات_المتحدة", ["الولايات المتحدة"], id="a hashtag of two words"),
        pytest.param("الولايات المتحدة", ["الولايات المتحدة"], id="a known name of two words"),
        pytest.param("روسيا أوكرانيا", ["روسيا", "أوكرانيا"], id="two known names and a space"),
        pytest.param("روسيا وأوكرانيا", ["روسيا", "أوكرانيا"], id="two known names and an attached waw"),
        pytest.param("روسيا و أوكرانيا", ["روسيا", "أوكرانيا"], id="two known names and a lone waw"),
        pytest.param("وادي حلفا روسيا", ["وادي حلفا", "روسيا"], id="a waw that belongs to the name"),
        pytest.param("كوريا الشمالية وروسيا", ["كوريا الشمالية", "روسيا"], id="the longest known name first"),
        pytest.param("سد النهضة", ["سد النهضة"], id="an unknown name of two words stays whole"),
        pytest.param("روسيا سد النهضة", ["روسيا سد النهضة"], id="nothing is told apart if a word is left over"),
        pytest.param("سد النهضة، روسيا أوكرانيا", ["سد النهضة", "روسيا", "أوكرانيا"], id="each part for itself"),
        pytest.param("اوكرانيا، أُوكرانيا", ["اوكرانيا"], id="one name in two spellings: as first written"),
        pytest.param("، روسيا ،، ", ["روسيا"], id="empty parts"),
        pytest.param("ر" * LONGEST_NAME, ["ر" * LONGEST_NAME], id="the longest name"),
    ],
)
def test_names_are_told_apart_as_people_type_them(typed: str, expected: list[str]) -> None:
    assert list(names_in(typed, KNOWN)) == expected


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \n ", id="white space"),
        pytest.param("#", id="a hashtag's sign alone"),
        pytest.param("؟!… 🔴", id="marks and pictures"),
        pytest.param("ـــ", id="tatweel alone"),
    ],
)
def test_a_text_without_a_word_has_no_names(typed: str) -> None:
    with pytest.raises(NoNames):
        names_in(typed, KNOWN)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ر" * (LONGEST_NAME + 1), id="a name too long"),
        pytest.param("روسيا، " + "أ" * 500, id="one of them too long"),
        pytest.param("،".join(f"موضوع {number}" for number in range(MOST_NAMES + 1)), id="too many names"),
    ],
)
def test_names_that_are_too_long_or_too_many_are_refused(typed: str) -> None:
    with pytest.raises(BadNames):
        names_in(typed, KNOWN)


@given(st.text(max_size=80) | st.text(alphabet="روسيا وأ#_،, \nًـ", max_size=80))
def test_names_are_distinct_and_short_whatever_is_typed(typed: str) -> None:
    try:
        names = names_in(typed, KNOWN)
    except BadNames:
        return

    assert 0 < len(names) <= MOST_NAMES
    assert all(0 < len(name) <= LONGEST_NAME for name in names)
    assert len({topic_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("روسيا", [Wish("روسيا")], id="nothing is left out"),
        pytest.param("روسيا بدون رياضة", [Wish("روسيا", ("رياضة",))], id="one thing"),
        pytest.param("روسيا من دون الرياضة", [Wish("روسيا", ("الرياضة",))], id="in two words"),
        pytest.param("روسيا ما عدا أوكرانيا وكوريا", [Wish("روسيا", ("أوكرانيا", "كوريا"))], id="two known names"),
        pytest.param("روسيا عدا أوكرانيا وبوتين", [Wish("روسيا", ("أوكرانيا", "بوتين"))], id="one that nobody knows"),
        pytest.param("روسيا بدون أوكرانيا، كوريا", [Wish("روسيا", ("أوكرانيا",)), Wish("كوريا")], id="a comma ends it"),
        pytest.param(
            "روسيا وأوكرانيا بدون كوريا", [Wish("روسيا", ("كوريا",)), Wish("أوكرانيا", ("كوريا",))], id="of two names"
        ),
        pytest.param("روسيا بدون روسيا", [Wish("روسيا")], id="itself"),
        pytest.param("أطباء بلا حدود", [Wish("أطباء بلا حدود")], id="a name that has the word in it"),
        pytest.param("بدون روسيا", [Wish("بدون روسيا")], id="of nothing"),
        pytest.param("روسيا بدون", [Wish("روسيا بدون")], id="without anything"),
        pytest.param("عُمان، عمّان", [Wish("عُمان"), Wish("عمّان")], id="told apart by vowel marks alone"),
    ],
)
def test_what_is_left_out_is_told_apart_from_what_is_followed(typed: str, expected: list[Wish]) -> None:
    assert list(wishes_in(typed, KNOWN)) == expected


@pytest.mark.parametrize("word", ["روسيا ", "روسيا و", "روسيا بدون ", "روسيا بدون روسيا و"])
def test_a_message_full_of_names_is_read_in_no_time(word: str) -> None:
    started = time.process_time()
    with contextlib.suppress(BadNames):
        wishes_in(word * (4096 // len(word)), KNOWN)

    assert time.process_time() - started < 1


@given(st.text(max_size=80) | st.text(alphabet="روسيا وأبدن#_،, \nًـ", max_size=80))
def test_wishes_are_short_and_no_topic_is_left_out_of_itself(typed: str) -> None:
    try:
        wishes = wishes_in(typed, KNOWN)
    except BadNames:
        return

    assert 0 < len(wishes) <= MOST_NAMES
    for wish in wishes:
        assert len(wish.without) <= MOST_NAMES
        assert topic_key(wish.name) not in map(topic_key, wish.without)
        assert all(0 < len(name) <= LONGEST_NAME for name in (wish.name, *wish.without))
