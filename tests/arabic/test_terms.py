import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.terms import asked_words, spellings, terms


def finds(question: str, text: str) -> bool:
    """Tell if every word of a question is found in a text."""
    there = terms([text])
    return all(not there.isdisjoint(spellings(word)) for word in asked_words(question))


@pytest.mark.parametrize("question", ["المدرسة", "مدرسه", "للمدرسة", "لمدرسة", "بالمدرسة", "والمدرسة", "مدرسة"])
@pytest.mark.parametrize("text", ["المدرسة", "مدرسه", "للمدرسة", "لمدرسة", "بالمدرسة", "والمدرسة", "مدرسة", "المَدْرَسَة"])
def test_the_forms_of_one_word_find_one_another(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param("روسيا", "وصل الوفد لروسيا", id="with to"),
        pytest.param("روسيا", "الحياة بروسيا", id="with in"),
        pytest.param("لروسيا", "روسيا تفتح خطا", id="asked for with to"),
        pytest.param("ليبيا", "مساعدات لليبيا", id="a name in lam, with to"),
        pytest.param("لليبيا", "ليبيا تفتح المعبر", id="asked for so"),
        pytest.param("ألمانيا", "المانيا", id="without hamza"),
        pytest.param("٢٠٢٥", "في عام 2025", id="digits of either kind"),
        pytest.param("NATO", "حلف nato", id="letters of either case"),
        pytest.param("مطارات", "مطار الخرطوم", id="a plural"),
    ],
)
def test_a_word_is_found_however_it_stands(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param("قمح", "ملح", id="another word"),
        pytest.param("القمح والشعير", "القمح", id="one of two words"),
        pytest.param("غزة", "غزل", id="letters of another word"),
    ],
)
def test_another_word_is_not_found(question: str, text: str) -> None:
    assert not finds(question, text)


def test_little_words_cannot_be_looked_for() -> None:
    assert asked_words("ما الذي في روسيا؟ و") == ("روسيا",)


@given(st.text())
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    assert finds(text, text)
