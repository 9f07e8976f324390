"""Which short paragraphs have nothing to do with their article."""

import pytest

from bot.summarize.strangers import strangers

TITLE = "عودة القطار الجبلي إلى محطة الشلال"
ARTICLE = (
    "عاد القطار الجبلي أمس إلى محطة الشلال بعد غياب ثلاثين عاماً.",
    "ويقطع القطار المسافة بين المحطة والمدينة في ساعتين.",
    "وقال مدير المحطة إن الرحلات تنطلق مرتين كل أسبوع.",
    "وتتسع عربات القطار لمئتي راكب في كل رحلة.",
    "ورممت البلدية سكة القطار وجسورها الحجرية السبعة.",
    "وينتظر سكان المدينة عودة الرحلات الليلية أيضاً.",
    "وتخطط البلدية لفتح متحف صغير داخل المحطة القديمة.",
    "وقال سكان القرى إن عودة القطار أسعدت أهل المدينة.",
)
JUNK = "نستعمل ملفات صغيرة لتذكر اختياراتكم."


def paragraphs(*more: str) -> list[list[str]]:
    return [[sentence] for sentence in (*more, *ARTICLE)]


def test_a_short_paragraph_that_shares_nothing_is_a_stranger() -> None:
    assert strangers(TITLE, paragraphs(JUNK)) == {JUNK}


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("الشلال وجهة المتنزهين في الربيع.", id="it has a word of the title"),
        pytest.param("وكانت البلدية والسكان وراء الفكرة.", id="it speaks of what others speak of"),
        pytest.param(
            "واستعان المهندسون بخرائط قديمة وصور جوية وشهادات عمال متقاعدين ودفاتر صيانة محفوظة في أرشيف وزارة بعيدة.",
            id="it is long",
        ),
    ],
)
def test_what_belongs_to_the_article_is_none(sentence: str) -> None:
    assert strangers(TITLE, paragraphs(sentence)) == frozenset()


def test_a_sentence_inside_a_paragraph_is_none() -> None:
    assert strangers(TITLE, [[ARTICLE[0], JUNK], *paragraphs()[1:]]) == frozenset()


def test_a_word_of_the_site_makes_it_stranger() -> None:
    shared = "تتمة الرواية {} السكة والبلدية غداً."

    assert strangers(TITLE, paragraphs(shared.format("عن"))) == frozenset()
    assert strangers(TITLE, paragraphs(shared.format("في صفحة"))) == {shared.format("في صفحة")}


def test_a_few_sentences_do_not_say_what_an_article_is_about() -> None:
    assert strangers(TITLE, [[JUNK], *paragraphs()[:3]]) == frozenset()
