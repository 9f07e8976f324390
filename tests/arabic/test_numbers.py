import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("قتل ١٢ شخصا", {12}, id="Arabic-Indic digits"),
        pytest.param("قتل 12 شخصا و15 جنديا", {12, 15}, id="two in digits"),
        pytest.param("ثلاثة قتلى وأربعة جرحى", {3, 4}, id="two in words"),
        pytest.param("خمسة وثلاثين قطارا", {35}, id="units and tens"),
        pytest.param("اثنتا عشرة سفينة", {12}, id="twelve"),
        pytest.param("ثمانية عشر يوما", {18}, id="eighteen"),
        pytest.param("مئة وعشرون راكبا", {120}, id="a hundred and tens"),
        pytest.param("مائتان وخمسة وعشرون", {225}, id="hundreds, units and tens"),
        pytest.param("ثلاث مئة وثلاثمئة", {300}, id="three hundred in two spellings"),
        pytest.param("12 ألف طن، أي اثنا عشر ألفاً", {12_000}, id="thousands in digits and in words"),
        pytest.param("خمسة ملايين ومئتا ألف", {5_200_000}, id="millions and thousands"),
        pytest.param("ألف ومئتان", {1_200}, id="a thousand and hundreds"),
        pytest.param("12,500 طن و3.4 في المئة", {12_500, 3.4}, id="a comma parts thousands, a point is a point"),
        pytest.param("نسبة ٣٫٤", {3.4}, id="the Arabic point"),
        pytest.param("بعشرين سفينة لأربعين يوما والخمسين", {20, 40, 50}, id="behind a preposition or the article"),
        pytest.param("آلاف المتظاهرين", set(), id="thousands of them are no number"),
        pytest.param("الجمعة 11 مايو 2018", set(), id="a date"),
        pytest.param("من 12 إلى 14 آذار/مارس", {12}, id="the day before a month"),
        pytest.param("في 11/5/2018", set(), id="a date in digits"),
        pytest.param("منذ عام 2003", set(), id="a year"),
        pytest.param("2000 مليون", {2_000_000_000}, id="a count that might be a year"),
        pytest.param("الدور الرابع", set(), id="an ordinal"),
    ],
)
def test_the_numbers_of_a_text(text: str, expected: set[float]) -> None:
    assert numbers(text) == expected


@given(st.integers(1, 9_999_999).filter(lambda number: not 1900 <= number < 2100))
def test_a_number_is_the_same_in_all_digits(number: int) -> None:
    text = str(number)

    assert numbers(text) == numbers(text.translate({48 + digit: 0x660 + digit for digit in range(10)})) == {number}


@given(st.text(st.sampled_from("وعشر خمسة الف مئةون12.,،-/")))
def test_any_text_can_be_read(text: str) -> None:
    assert all(number > 0 for number in numbers(text))
