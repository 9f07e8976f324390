import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.naming import LONGEST_NAME, MOST_NAMES, BadNames, NoNames, names_in
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
