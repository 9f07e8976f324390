import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.normalise import folded_spaces
from bot.arabic.sentences import sentences

JOINED = [
    pytest.param("زاد الإنتاج 2.6 في المئة خلال عام.", id="decimal"),
    pytest.param("زاد الإنتاج ٢.٦ في المئة خلال عام.", id="decimal in Arabic digits"),
    pytest.param("افتتح الجسر في 4.11.2022 بحضور الأهالي.", id="date with dots"),
    pytest.param("كرمت الجامعة د. سعاد العلي على بحثها.", id="doctor"),
    pytest.param("أشرف م. خالد ود. سعاد على البناء.", id="engineer, and a doctor after و"),
    pytest.param("ترسل الطلبات إلى ص.ب. 114 في صنعاء.", id="post box"),
    pytest.param("زار الوفد ج.م.ع. في رحلة قصيرة.", id="letters of a country"),
    pytest.param("نقلت أ. ف. ب عن شهود أن الحريق أخمد.", id="agency spelt with dots"),
    pytest.param("بني السور عام 300 ق.م. على يد الرومان.", id="before Christ"),
    pytest.param("بدأ العمل سنة 1440 هـ. بقرار من البلدية.", id="year of the Hijra"),
    pytest.param("وصل تي. إس. إليوت إلى لندن شابا.", id="initials by name"),
    pytest.param("اشترت شركة Nile Foods Inc. مصنعا جديدا.", id="Latin company"),
    pytest.param("تحدث جورج W. هاريس عن مشروعه.", id="Latin initial"),
    pytest.param("المتهم هو سامي. ع وقد اعترف أمس.", id="initial after the name"),
    pytest.param("الوزير يحذر.. والمعارضة ترفض", id="pause of a headline"),
    pytest.param("1. بناء المدارس في القرى.", id="number of an item"),
    pytest.param("المطلوب ما يلي: 1. بناء المدارس في القرى", id="number of an item after a colon"),
    pytest.param("قال المدير: «وصلنا متأخرين. ولم نجد أحدا. وعدنا ليلا».", id="quotation of three sentences"),
    pytest.param('قال المدير: "وصلنا متأخرين. ولم نجد أحدا" وانصرف.', id="straight quotation"),
    pytest.param('قال المدير:" وصلنا متأخرين. ولم نجد أحدا".', id="straight quotation that hangs on its colon"),
    pytest.param('قال المدير: "بنينا جسر "الأمل" وحدنا. ثم هدمه الفيضان".', id="straight quotation within another"),
    pytest.param("حضر الجميع (المدير. والموظفون) إلى القاعة.", id="brackets"),
    pytest.param('سأل الطفل: "متى نعود؟" فابتسمت أمه.', id="question inside a sentence"),
    pytest.param('شارك فيلم "أين المفتاح؟" في المهرجان.', id="title that asks"),
    pytest.param("يبدو الأمر جيدا (؟) حتى الآن.", id="doubt in brackets"),
    pytest.param("كان البيت قديما... والحديقة مهجورة.", id="ellipsis in a list"),
    pytest.param("راسلوا info@nahr.example.org أو زوروا www.nahr.example.org الآن.", id="addresses"),
    pytest.param("مدارس جديدة في الريف", id="headline without a full stop"),
]


@pytest.mark.parametrize("text", JOINED)
def test_a_mark_that_ends_nothing_keeps_the_sentence_whole(text: str) -> None:
    assert sentences(text) == [text]


# Each text is written with a bar where its sentences part.
PARTED = [
    pytest.param("نزل المطر ليلا.| وفاضت الوديان.", id="full stop"),
    pytest.param("نزل المطر ليلا.|وفاضت الوديان.", id="no space after the full stop"),
    pytest.param("نزل المطر ليلا .| وفاضت الوديان .", id="space before the full stop"),
    pytest.param("هل يعود النهر؟| لا أحد يدري!| ننتظر.", id="question and exclamation"),
    pytest.param("نزل المطر!!!| هل رأيتم؟!| نعم.", id="repeated marks"),
    pytest.param("نزل المطر۔| وفاضت الوديان۔", id="Urdu full stop"),
    pytest.param("غرقت 12 سيارة.| 3 منها لم تعثر عليها الفرق.", id="digit begins a sentence"),
    pytest.param("كان ذلك عام 2020.| ثم تغير كل شيء.", id="year ends a sentence"),
    pytest.param("أعلنت ذلك بي بي سي.| ولم تعلق الشرطة.", id="broadcaster ends a sentence"),
    pytest.param("كان الطفل يتعلق بي.| ثم نام.", id="a word that is also a letter's name"),
    pytest.param("ينصح الطبيب بتناول فيتامين د.| ويحذر من الإفراط.", id="a letter that names something"),
    pytest.param("قال: «وصلنا متأخرين».| وأضاف أن الطريق مغلق.", id="after a quotation"),
    pytest.param('قال: "وصلنا متأخرين."| وأضاف أن الطريق مغلق.', id="full stop inside the quotation"),
    pytest.param('سألت المذيعة: "متى نعود؟"| وانقطع البث.', id="question in a quotation, then a new clause"),
    pytest.param("سكت قليلا…| وغادر القاعة.", id="ellipsis and a new clause"),
    pytest.param("وصلت شركة Nile Foods.| وبدأت العمل.", id="Latin name"),
    pytest.param("مدارس جديدة\n|طرق جديدة\r\n|جسور جديدة", id="line breaks"),
    pytest.param("فتح قوسا « ولم يغلقه.| ثم مضى.", id="a quotation mark without its pair"),
]


@pytest.mark.parametrize("marked", PARTED)
def test_sentences_part_where_one_ends(marked: str) -> None:
    expected = [folded_spaces(piece) for piece in marked.split("|")]

    assert sentences(marked.replace("|", "")) == expected


def test_a_quotation_longer_than_a_paragraph_is_split_inside() -> None:
    speech = " ".join(f"هذه هي الجملة رقم {number} من الخطاب الطويل الذي ألقاه الرئيس." for number in range(100, 110))

    assert len(sentences(f"قال الرئيس: «{speech}»")) == 10


def test_direction_marks_around_a_sentence_are_left_out() -> None:
    assert sentences("نزل المطر.\u200f \u200fوفاض النهر.") == ["نزل المطر.", "وفاض النهر."]


def test_lines_without_a_word_are_no_sentences() -> None:
    assert sentences("***\n\n—\nنزل المطر.\n...") == ["نزل المطر."]


ARABIC_PIECES = st.sampled_from([*'.!؟…"«»“”()[] \n', "د", "بي", "وقال", "ثم", "3", "A", "..", "\u200f", "نهر"])
ANY_TEXT = st.text() | st.lists(ARABIC_PIECES).map("".join)


@given(ANY_TEXT)
def test_every_sentence_is_word_for_word_in_the_text_and_in_order(text: str) -> None:
    folded, place = folded_spaces(text), 0

    for sentence in sentences(text):
        place = folded.index(sentence, place) + len(sentence)


@given(ANY_TEXT)
def test_no_letter_is_lost(text: str) -> None:
    letters = re.compile(r"[^\W_]")

    assert letters.findall("".join(sentences(text))) == letters.findall(text)


@given(ANY_TEXT)
def test_every_sentence_has_a_word(text: str) -> None:
    assert all(re.search(r"[^\W_]", sentence) for sentence in sentences(text))
