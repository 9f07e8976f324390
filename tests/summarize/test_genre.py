"""Which kind of text an article is taken for, by its shape."""

import pytest

from bot.summarize.genre import ABRIDGEMENT, ESSAY, NEWS, Blend, blend_for

WIRE = (
    "أعلنت وزارة النقل، اليوم الأحد، فتح الجسر الجديد.",
    "وقال الوزير إن الحركة ستبدأ يوم الاثنين.",
    "وأضاف أن الكلفة بلغت مليوني دينار.",
)
ESSAY_SENTENCE = (
    "لا تولد المدن من الخرائط وحدها بل من حكايات سكانها الذين يعرفون كيف يصير الرصيف مكاناً للقاء وكيف تتحول الساحة "
    "الصغيرة في آخر الشارع إلى ذاكرة مشتركة لا يحفظها أرشيف."
)


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param([[sentence] for sentence in WIRE], NEWS, id="a report"),
        pytest.param([WIRE], NEWS, id="a report in one paragraph"),
        pytest.param([[ESSAY_SENTENCE, ESSAY_SENTENCE], [ESSAY_SENTENCE]], ESSAY, id="an essay"),
        pytest.param([[]], NEWS, id="nothing"),
    ],
)
def test_a_text_is_told_by_its_shape(paragraphs: list[list[str]], expected: Blend) -> None:
    assert blend_for(paragraphs, 3) is expected


def test_more_than_a_card_is_an_abridgement() -> None:
    assert blend_for([WIRE], 4) is ABRIDGEMENT
