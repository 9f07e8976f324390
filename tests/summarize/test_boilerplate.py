"""Which lines are the site's and which the writer's, though both may begin with the same word."""

import pytest

from bot.summarize.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("اقرأ أيضاً: أسعار الخضار في الأسواق الشعبية", id="read also"),
        pytest.param("◀ شاهدوا بالفيديو.. لحظة وصول القطار", id="watch, behind a bullet"),
        pytest.param("قد يهمك: خمس نصائح للنوم", id="you may like"),
        pytest.param("موضوعات ذات صلة", id="related"),
        pytest.param("مصدر الصورة، مكتبة الأرشيف", id="credit"),
        pytest.param("الصورة: أرشيف البلدية", id="picture label"),
        pytest.param("صورة أرشيفية من السوق", id="archive picture"),
        pytest.param("تابعونا على تيليغرام", id="follow"),
        pytest.param("اشترك الآن في نشرتنا الصباحية", id="newsletter"),
        pytest.param("شارك الخبر مع أصدقائك", id="share"),
        pytest.param("كتبت: سلمى العلي", id="byline"),
        pytest.param("إعداد | هيئة التحرير", id="byline with a bar"),
        pytest.param("مدة القراءة 4 دقائق", id="reading time"),
        pytest.param("المصدر: وكالة البحيرة", id="source"),
        pytest.param("© صحيفة البحيرة 2026", id="copyright"),
        pytest.param("جميع الحقوق محفوظة", id="rights"),
        pytest.param("للتواصل: desk@buhaira.example", id="address"),
        pytest.param("https://buhaira.example/a/17", id="link"),
    ],
)
def test_a_line_of_the_site_is_told(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("شاهد عيان قال إن الحريق بدأ في الطابق الأرضي.", id="a witness"),
        pytest.param("تابع الوزير أعمال الصيانة في الجسر القديم.", id="followed the works"),
        pytest.param("شارك في الاجتماع ممثلون عن ثلاثين دولة.", id="took part"),
        pytest.param("انضم إلى الفريق حارس شاب من الأكاديمية.", id="joined"),
        pytest.param("كتبت الصحف عن العاصفة طوال الأسبوع.", id="the papers wrote"),
        pytest.param("مصدر أمني أكد أن الطريق أعيد فتحه.", id="a source said"),
        pytest.param("نشر في المنطقة مئة شرطي إضافي.", id="were posted"),
        pytest.param("الصورة التي التقطها المسبار تظهر فوهة عميقة.", id="a picture in the news"),
        pytest.param(
            "قالت الشركة إن موقعها الجديد https://dar.example يتيح للزوار حجز التذاكر ومتابعة المواعيد وتقديم الشكاوى.",
            id="an address inside a sentence",
        ),
    ],
)
def test_a_line_of_the_writer_is_kept(line: str) -> None:
    assert not is_boilerplate(line)
