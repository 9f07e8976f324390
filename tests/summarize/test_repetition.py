"""Lines known to be a source's because it repeats them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.repetition import line_fingerprints
from bot.summarize.summarizer import SumySummarizer

HOUSE = "تصدر الجريدة في خمس مدن وتوزع نسختها الصباحية على المقاهي والمحطات."
NEWS = "وصلت أول قافلة من شاحنات القمح إلى صوامع المدينة بعد شهرين من الانتظار."


def test_a_line_written_with_other_marks_is_the_same_line() -> None:
    assert line_fingerprints(["أُعلِنَت   النتائج!"]) == line_fingerprints(["اعلنت النتائج"])


def test_different_lines_have_different_names() -> None:
    assert len(line_fingerprints([HOUSE, f"{NEWS}\n\n{HOUSE}"])) == 2


@given(st.lists(st.text()))
def test_no_name_tells_anything_of_the_line(paragraphs: list[str]) -> None:
    assert all(len(name) == 16 and set(name) <= set("0123456789abcdef") for name in line_fingerprints(paragraphs))


def test_a_line_that_the_source_repeats_is_not_shown() -> None:
    summarise = SumySummarizer()

    assert summarise("", [HOUSE, NEWS]) == (HOUSE, NEWS)
    assert summarise("", [HOUSE, NEWS], repeated=line_fingerprints([HOUSE])) == (NEWS,)


def test_it_is_shown_when_there_is_nothing_else() -> None:
    assert SumySummarizer()("", [HOUSE], repeated=line_fingerprints([HOUSE])) == (HOUSE,)
