from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import Wanted, wanted
from bot.domain.topic import Catalogue
from tests.builders import a_topic

TODAY = date(2026, 3, 14)
KNOWN = Catalogue(
    [a_topic("روسيا", ("روسيا الاتحادية",)), a_topic("أوكرانيا"), a_topic("السعودية"), a_topic("كوريا الجنوبية")]
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("القمح", Wanted(("القمح",)), id="a word"),
        pytest.param("أسعار القمح", Wanted(("اسعار", "القمح")), id="two words"),
        pytest.param("ابحث عن القمح", Wanted(("القمح",)), id="as one says it"),
        pytest.param("إبحثْ لي عن القمح؟", Wanted(("القمح",)), id="vowelled and asking"),
        pytest.param("القمح في روسيا", Wanted(("القمح",), ("روسيا",)), id="in a topic"),
        pytest.param("القمح في روسيا الاتحادية", Wanted(("القمح",), ("روسيا",)), id="the longest name"),
        pytest.param("القمح في روسيا وأوكرانيا", Wanted(("القمح",), ("روسيا", "أوكرانيا")), id="in two topics"),
        pytest.param("في كوريا الجنوبية انتخابات", Wanted(("انتخابات",), ("كوريا الجنوبية",)), id="two words, first"),
        pytest.param("الأمل في الحياة", Wanted(("الامل", "الحياه")), id="in what is no topic"),
        pytest.param("حياة في", Wanted(("حياه",)), id="in nothing"),
        pytest.param("في السعودية", Wanted(topics=("السعودية",)), id="a topic alone"),
        pytest.param("القمح منذ أسبوع", Wanted(("القمح",), first=date(2026, 3, 7)), id="since a week"),
        pytest.param("منذ ٣ أيام القمح", Wanted(("القمح",), first=date(2026, 3, 11)), id="since three days, first"),
        pytest.param("القمح منذ ثلاثة أيام", Wanted(("القمح",), first=date(2026, 3, 11)), id="a number in words"),
        pytest.param("القمح منذ شهرين", Wanted(("القمح",), first=date(2026, 1, 13)), id="a dual"),
        pytest.param("القمح منذ 1 مارس 2025", Wanted(("القمح",), first=date(2025, 3, 1)), id="since a date"),
        pytest.param("القمح منذ القدم", Wanted(("القمح", "القدم")), id="since no date"),
        pytest.param("القمح منذ 999 سنة", Wanted(("القمح",), first=date(1027, 11, 12)), id="long ago"),
        pytest.param("القمح اليوم", Wanted(("القمح",), first=TODAY, last=TODAY), id="today"),
        pytest.param("القمح أمس.", Wanted(("القمح",), first=date(2026, 3, 13), last=date(2026, 3, 13)), id="yesterday"),
        pytest.param("يوم اليوم السابع", Wanted(("السابع",)), id="today is not the last word"),
        pytest.param("القمح المصدر: الجزيرة نت", Wanted(("القمح",), source=("الجزيره", "نت")), id="a source"),
        pytest.param("مصدر : اليوم السابع", Wanted(source=("السابع",)), id="a source of that name"),
        pytest.param(
            "ابحث عن القمح في روسيا المصدر: الجزيرة منذ أسبوع",
            Wanted(("القمح",), ("روسيا",), ("الجزيره",), date(2026, 3, 7)),
            id="all of it",
        ),
        pytest.param("", Wanted(), id="nothing"),
        pytest.param("ابحث عن", Wanted(), id="only asking"),
        pytest.param("؟!", Wanted(), id="no word"),
        pytest.param("من في على", Wanted(), id="little words"),
    ],
)
def test_what_is_typed_is_understood(typed: str, expected: Wanted) -> None:
    assert wanted(typed, TODAY, KNOWN) == expected


PIECES = ["في", "روسيا", "و", "وأوكرانيا", "منذ", "0", "3", "يوم", "999", "سنة", "المصدر:", "اليوم", "أمس", "قمح"]


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_anything_typed_is_read_without_a_fault(typed: str) -> None:
    found = wanted(typed, TODAY, KNOWN)

    assert len(found.words) <= 10
    assert found.first is None or found.first <= TODAY


def test_days_before_the_calendar_begins_are_its_first() -> None:
    assert wanted("منذ 999 سنة", date(500, 1, 1), KNOWN).first == date(1, 1, 1)
