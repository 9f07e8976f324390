import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.normalise import cleaned, folded_spaces, normalise


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("أُوكْرَانْيَا", "اوكرانيا", id="vowel marks"),
        pytest.param("إيران", "ايران", id="hamza under alef"),
        pytest.param("القاهرة", "القاهره", id="teh marbuta"),
        pytest.param("موسى", "موسي", id="alef maksura"),
        pytest.param("مسؤول", "مسوول", id="hamza on waw"),
        pytest.param("بـــيروت", "بيروت", id="tatweel"),
        pytest.param("و\u200fالتي", "والتي", id="direction mark inside a word"),
        pytest.param("کابل", "كابل", id="Persian kaf"),
        pytest.param("ﻻجئ", "لاجئ", id="presentation form"),
        pytest.param("٢٠٢٤", "2024", id="Arabic-Indic digits"),
        pytest.param("۲۰۲۴", "2024", id="Persian digits"),
        pytest.param("NATO", "nato", id="case"),
    ],
)
def test_two_spellings_of_a_word_are_equal(first: str, second: str) -> None:
    assert normalise(first) == normalise(second)


@given(st.text(alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF) | st.sampled_from(" .A\u200f")))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("نهر\u202eكبير\u202c", "نهركبير", id="direction override"),
        pytest.param("نهر\u200bكبير", "نهركبير", id="zero-width space"),
        pytest.param("نهر\x00\ufeff", "نهر", id="control characters"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners of Persian stay"),
        pytest.param("\u200fنهر", "\u200fنهر", id="direction marks stay"),
        pytest.param("نهر\r\nبحر\rجبل\u2028سهل", "نهر\nبحر\nجبل\nسهل", id="line breaks"),
        pytest.param("  نهر \u00a0\t كبير ", "نهر كبير", id="spaces"),
        pytest.param("ن" + "\u064b" * 30, "ن" + "\u064b" * 4, id="a tower of marks"),
        pytest.param("نهر\ud800", "نهر", id="lone surrogate"),
    ],
)
def test_a_text_is_cleaned_of_invisible_tricks(written: str, shown: str) -> None:
    assert cleaned(written) == shown


@given(st.text(alphabet="نهر \n\t"))
def test_cleaning_keeps_every_letter(text: str) -> None:
    assert "".join(cleaned(text).split()) == "".join(text.split())


def test_folding_makes_every_run_of_white_space_one_space() -> None:
    assert folded_spaces(" نهر\n\n كبير\t") == "نهر كبير"
