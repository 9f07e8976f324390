"""Where a sentence may begin a summary, and where the news begins behind a dateline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.openings import begins_with_a_report, is_joined, quotes_nobody, stands_alone, unjoined, without_dateline


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("القاهرة – أ ش أ: بدأت أعمال توسعة الميناء.", "بدأت أعمال توسعة الميناء.", id="letters"),
        pytest.param("باريس (أ ف ب) - فتحت المتاحف أبوابها ليلاً.", "فتحت المتاحف أبوابها ليلاً.", id="brackets"),
        pytest.param("دبي، 21 نوفمبر (رويترز) - ارتفعت أسعار الذهب قليلاً.", "ارتفعت أسعار الذهب قليلاً.", id="day"),
        pytest.param("عمّان - وكالة الضفاف: تساقطت الثلوج على المرتفعات.", "تساقطت الثلوج على المرتفعات.", id="agency"),
        pytest.param("لندن - «المرفأ»: أعلنت البلدية خطة للنقل.", "أعلنت البلدية خطة للنقل.", id="newspaper"),
    ],
)
def test_a_dateline_is_cut(sentence: str, expected: str) -> None:
    assert without_dateline(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("وزير النقل: سنفتح الجسر قبل العيد.", id="who says it"),
        pytest.param("منظمة الأطباء (المستقلة) – ومقرها تونس – حذرت من العدوى.", id="an aside"),
        pytest.param("فاز فريق الواحة (2-1) – وكان متأخراً بهدف مبكر.", id="a score"),
        pytest.param("القاهرة – أ ش أ: تتمة لاحقاً.", id="nothing behind it"),
    ],
)
def test_what_only_looks_like_a_dateline_stays(sentence: str) -> None:
    assert without_dateline(sentence) == sentence


@given(st.text())
def test_what_is_left_is_the_end_of_the_sentence(sentence: str) -> None:
    assert sentence.endswith(without_dateline(sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("أعلنت الوزارة موعد الامتحانات.", True, id="a plain lead"),
        pytest.param("وقال وزير التعليم إن الموعد ثابت.", True, id="said, with a name"),
        pytest.param("وقال إن الموعد ثابت.", False, id="said, without a name"),
        pytest.param("وأوضحت أنها لن تغيره.", False, id="explained, without a name"),
        pytest.param("وأضاف الوزير أن القرار نهائي.", False, id="added"),
        pytest.param("كما قررت الوزارة زيادة المنح.", False, id="also"),
        pytest.param("من جهته، رحب اتحاد الطلبة بالقرار.", False, id="for his part"),
        pytest.param("«وأضافت» الوزارة كلمة واحدة.", False, id="behind a quotation mark"),
        pytest.param("هو أول قرار من نوعه.", False, id="a pronoun"),
        pytest.param("وفي المقابل اعترض المعلمون.", False, id="on the other hand"),
        pytest.param("وقد أعلنت النتائج مساء الخميس.", False, id="an auxiliary"),
        pytest.param("يقول إن الموعد ثابت.", False, id="says, without a name"),
        pytest.param("قال المدير: «وصلت الشحنة كاملة.", False, id="half a quotation"),
        pytest.param('قال المدير: "وصلت الشحنة كاملة.', False, id="half a straight quotation"),
        pytest.param('قال المدير إن الشحنة "وصلت" كاملة.', True, id="a whole quotation"),
        pytest.param('تصدر فيلم الصيادين" شباك التذاكر.', True, id="a slip of the closing mark"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_a_sentence_that_leans_on_another_is_told(sentence: str, expected: bool) -> None:  # noqa: FBT001
    assert stands_alone(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("ونجحت الجمعية في زراعة ألف شجرة.", True, id="a past verb"),
        pytest.param("ويعتبر الميناء أقدم مرافئ الساحل.", True, id="a present verb"),
        pytest.param("والميناء مغلق منذ أسبوعين كاملين.", True, id="the article"),
        pytest.param("وقالت الوزارة إن الموعد ثابت.", True, id="said"),
        pytest.param("وفي المدينة سوق واحد للسمك.", True, id="a preposition"),
        pytest.param("وصل الوفد إلى المطار صباح أمس.", False, id="arrived"),
        pytest.param("وافق المجلس على الموازنة الجديدة.", False, id="agreed"),
        pytest.param("واشنطن تستقبل الوفد يوم الأحد.", False, id="Washington"),
        pytest.param("وزارة الصحة تفتتح مستشفى جديداً.", False, id="ministry"),
        pytest.param("والد الطفل شكر رجال الإطفاء.", False, id="father"),
        pytest.param("تيرة", False, id="no و"),
    ],
)
def test_an_and_before_the_first_word_is_told_from_its_first_letter(sentence: str, expected: bool) -> None:  # noqa: FBT001
    assert is_joined(sentence) is expected


def test_prose_may_begin_with_a_verb_of_saying_and_headlines_do_not() -> None:
    assert begins_with_a_report("أعلنت الوزارة موعد الامتحانات")
    assert begins_with_a_report("وقالت الوزارة إن الموعد ثابت")
    assert not begins_with_a_report("الوزارة تعلن موعد الامتحانات")
    assert not begins_with_a_report("")


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        pytest.param("أغلقت الشرطة السوق.", "أغلقت الشرطة السوق.", id="nothing joined"),
        pytest.param("وأغلقت الشرطة السوق.", "أغلقت الشرطة السوق.", id="an and before a hamza"),
        pytest.param("وقال مدير السوق إنه مغلق.", "قال مدير السوق إنه مغلق.", id="an and before a verb of saying"),
        pytest.param("وقتل حارس السوق.", "قتل حارس السوق.", id="an and before a verb that carries news on"),
        pytest.param("ووافقت الحكومة على الخطة.", "وافقت الحكومة على الخطة.", id="an and before a و"),
        pytest.param("«والسوق مغلق» منذ الخميس.", "«السوق مغلق» منذ الخميس.", id="an and in a quotation"),
        pytest.param("وصلت الشرطة إلى السوق.", "وصلت الشرطة إلى السوق.", id="a و of the word"),
        pytest.param("وهم رجال السوق.", None, id="a doubt"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_a_sentence_is_without_the_and_that_joins_it(sentence: str, alone: str | None) -> None:
    assert unjoined(sentence) == alone


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("«مرت سنتان وأنا أنتظر»، تضيف وهي تمسح الصورة.", True, id="a pronoun"),
        pytest.param("«لن نغادر القرية»، يقول.", True, id="nobody at all"),
        pytest.param("«لن نغادر القرية»، يقول المختار.", False, id="a noun"),
        pytest.param("«لن نغادر القرية»، تقول سعاد وهي تمسح الصورة.", False, id="a name"),
        pytest.param("قال المختار: «لن نغادر القرية».", False, id="before the quotation"),
        pytest.param("وصلت السفينة إلى الميناء.", False, id="no quotation"),
    ],
)
def test_a_quotation_says_whose_it_is(sentence: str, expected: bool) -> None:  # noqa: FBT001
    assert quotes_nobody(sentence) is expected
