import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.normalise import normalise
from bot.arabic.stems import STOP_WORDS, content_stems, stem


@pytest.mark.parametrize(
    ("word", "other"),
    [
        pytest.param("مطار", "المطار", id="with the article"),
        pytest.param("مطار", "والمطار", id="with and, and the article"),
        pytest.param("مطار", "بالمطار", id="with in, and the article"),
        pytest.param("مطار", "للمطار", id="with to, and the article"),
        pytest.param("مطار", "مطارات", id="in the feminine plural"),
        pytest.param("سوداني", "السودانية", id="an adjective in the feminine"),
        pytest.param("مهندسون", "المهندسين", id="a plural in two cases"),
        pytest.param("رحلة", "رحلاتها", id="with her"),
    ],
)
def test_inflections_of_one_word_share_a_stem(word: str, other: str) -> None:
    assert stem(normalise(word)) == stem(normalise(other))


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("يد", id="two letters"),
        pytest.param("ولد", id="a waw that belongs to three letters"),
        pytest.param("مطار", id="nothing to take away"),
        pytest.param("2026", id="a number"),
        pytest.param("airport", id="an English word"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_bare_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


@given(st.text(alphabet="ابتجحدرسعفقكلمنهوي", min_size=2, max_size=12))
def test_a_stem_keeps_two_letters_at_least(word: str) -> None:
    found = stem(word)

    assert len(found) >= 2
    assert found in word


def test_words_of_grammar_and_of_reporting_carry_no_meaning() -> None:
    assert content_stems("وقال المدير إن المطار كان في الخرطوم") == [stem("المدير"), stem("المطار"), stem("الخرطوم")]


@pytest.mark.parametrize("word", ["في", "وفي", "إلى", "وأكدت", "الذين", "بأن"])
def test_stop_words_are_known_with_and_without_waw(word: str) -> None:
    assert normalise(word) in STOP_WORDS


@pytest.mark.parametrize("word", ["مليون", "دولار", "شمال", "آذار", "الرئيس"])
def test_news_is_no_stop_word(word: str) -> None:
    assert normalise(word) not in STOP_WORDS


def test_single_letters_carry_no_meaning() -> None:
    assert content_stems("م ع 5 مطار") == [stem("مطار")]
