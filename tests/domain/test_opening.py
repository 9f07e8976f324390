from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.opening import Opening, opening_in
from bot.domain.typed import promises_of

SAMPLES = sorted((Path(__file__).parents[2] / "bot" / "sandbox" / "samples").glob("*.txt"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("تابع روسيا وأوكرانيا الساعة ٧", Opening("تابع روسيا وأوكرانيا", "٧"), id="names and an hour"),
        pytest.param("تابع روسيا كل يوم الساعة 7:30!", Opening("تابع روسيا", "كل يوم 7:30"), id="every day"),
        pytest.param("تابع روسيا في الساعة ٨ مساءً", Opening("تابع روسيا", "٨ مساءً"), id="in the evening"),
        pytest.param("روسيا، الساعه 7", Opening("روسيا", "7"), id="as it is often spelt"),
        pytest.param("follow Russia at 7", Opening("follow Russia", "7"), id="in English"),
        pytest.param("تابع مصر الساعة 7 أيام العمل", Opening("تابع مصر", "7 أيام العمل"), id="days behind"),
        pytest.param("٧ صباحًا", Opening("", "٧ صباحًا"), id="an hour alone"),
        pytest.param("الساعة 7", Opening("", "الساعة 7"), id="an hour alone, called so"),
        pytest.param("روسيا", Opening("روسيا", ""), id="a name alone"),
        pytest.param("تابع برنامج الساعة", Opening("تابع برنامج الساعة", ""), id="a name with the word"),
        pytest.param("تابع روسيا الساعة 25", Opening("تابع روسيا الساعة 25", ""), id="no such hour"),
        pytest.param("الجمعة", Opening("الجمعة", ""), id="a day is no hour"),
        pytest.param("تابع روسيا\nالساعة 7", None, id="two lines"),
        pytest.param("", None, id="nothing"),
        pytest.param(" ؟! ", None, id="marks"),
        pytest.param("روسيا " * 30, None, id="too long"),
    ],
)
def test_topics_and_an_hour_are_told_apart(said: str, expected: Opening | None) -> None:
    assert opening_in(said) == expected


@given(st.text(max_size=130))
def test_what_is_said_of_when_can_always_be_read(said: str) -> None:
    opening = opening_in(said)

    assert opening is None or not opening.when or promises_of(opening.when, "UTC")[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_article_is_no_choice(path: Path) -> None:
    assert opening_in(path.read_text(encoding="utf-8")) is None
