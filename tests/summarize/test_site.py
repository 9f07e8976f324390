"""Which sentences are about the site, told by how many of their words are a site's."""

import pytest

from bot.summarize.site import speaks_of_the_site


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("سجلوا بريدكم لتصلكم عناوين المساء.", id="newsletter"),
        pytest.param("فعّل الإشعارات في التطبيق ولا تنتظر.", id="notifications"),
        pytest.param("لا يسمح بنسخ مواد الصحيفة من دون إذن.", id="rights"),
        pytest.param("رأيك يهمنا، أضف تعليقك هنا.", id="comments"),
        pytest.param("تجدون تقارير أخرى للكاتب عبر هذا الرابط.", id="more by the writer"),
        pytest.param("قناتنا على تلغرام بين يديك.", id="our channel"),
    ],
)
def test_a_sentence_about_the_site_is_told_in_any_wording(sentence: str) -> None:
    assert speaks_of_the_site(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("بدأت وزارة الزراعة توزيع البذور على المزارعين في الشمال.", id="no such word"),
        pytest.param("أغلقت السلطات قناة الري الرئيسية بعد انهيار جزء من جدارها.", id="one such word"),
        pytest.param('قال المدير: "اشتركوا في قناتنا على يوتيوب".', id="somebody says it"),
        pytest.param(
            "شارك قراء الصحيفة في حملة تبرعات لترميم مكتبة البلدة القديمة التي احترقت رفوفها ومخطوطاتها النادرة في "
            "مطلع الصيف وأعادت البلدية فتح قاعتها الكبرى أمام الزوار صباح أمس.",
            id="a long sentence",
        ),
    ],
)
def test_news_with_such_words_is_kept(sentence: str) -> None:
    assert not speaks_of_the_site(sentence)
