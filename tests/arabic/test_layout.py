from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.layout import Layout, read_layout
from bot.arabic.names import Names
from bot.arabic.normalise import cleaned

NOW = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)
TITLE = "افتتاح جسر جديد فوق النهر"
FIRST = "افتتحت البلدية صباح الثلاثاء جسرا جديدا يربط ضفتي النهر."
SECOND = "وقال رئيس البلدية إن العمل استغرق عامين كاملين."


def an_article(*lines: str) -> Layout:
    return read_layout("\n".join((TITLE, FIRST, SECOND, *lines)), NOW)


def test_a_text_without_labels_is_a_title_and_its_paragraphs() -> None:
    assert an_article() == Layout(TITLE, None, None, (), (FIRST, SECOND), ())


def test_an_empty_text_has_no_parts() -> None:
    assert read_layout(" \n\n", NOW) == Layout("", None, None, (), (), ())


@pytest.mark.parametrize("line", [TITLE, "المصدر: وكالة النهر", "اقرأ أيضا: خبر آخر"])
def test_a_text_of_one_line_is_a_title(line: str) -> None:
    assert read_layout(line, NOW) == Layout(line, None, None, (), (), ())


def test_a_text_of_only_hashtags_has_tags_and_no_title() -> None:
    assert read_layout("#النهر #الجسر_الجديد", NOW) == Layout("", None, None, ("النهر", "الجسر الجديد"), (), ())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("🔴 عاجل | انهيار سد", "عاجل | انهيار سد", id="colour"),
        pytest.param("⚡️⚡️ انهيار سد", "انهيار سد", id="two with a selector"),
        pytest.param("▪️ انهيار سد", "انهيار سد", id="bullet"),
        pytest.param("- انهيار سد", "انهيار سد", id="dash"),
        pytest.param("1️⃣ انهيار سد", "انهيار سد", id="keycap"),
        pytest.param("-5 درجات في الجبال", "-5 درجات في الجبال", id="minus"),
        pytest.param("«انهيار» سد", "«انهيار» سد", id="quotation"),
    ],
)
def test_emoji_and_bullets_before_a_line_are_stripped(written: str, shown: str) -> None:
    layout = read_layout(f"{written}\n{FIRST}\n{written}", NOW)

    assert (layout.title, layout.body) == (shown, (FIRST, shown))


@pytest.mark.parametrize(
    "line",
    [
        "تاريخ النشر: 7 مايو 2024",
        "تَارِيخ النَشر : 7th, May 2024 GMT",
        "نشر في 7 مايو 2024",
        "نُشر بتاريخ: 2024-05-07",
        "تم النشر في: الثلاثاء، 7 مايو 2024، 09:15 ص",
        "آخر تحديث | ٧ أيار ٢٠٢٤",
        "اخر تحديث.. 7 مايو 2024",
        "التاريخ: 07/05/2024",
        "الثلاثاء 7 مايو 2024 - 09:15",
    ],
)
def test_a_line_under_the_title_dates_the_article(line: str) -> None:
    layout = read_layout(f"{TITLE}\n{line}\n{FIRST}", NOW)

    assert (layout.published, layout.body) == (date(2024, 5, 7), (FIRST,))


def test_the_date_may_stand_under_its_label() -> None:
    assert an_article("تاريخ النشر:", "7 مايو 2024").published == date(2024, 5, 7)


def test_the_day_of_publication_goes_before_the_day_of_change() -> None:
    assert an_article("آخر تحديث: 9 مايو 2024", "تاريخ النشر: 7 مايو 2024").published == date(2024, 5, 7)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        pytest.param("16 مايو 2024", date(2024, 5, 16), id="tomorrow, somewhere it is today"),
        pytest.param("17 مايو 2024", None, id="the day after"),
        pytest.param("30 فبراير 2024", None, id="no such day"),
    ],
)
def test_a_date_more_than_a_day_ahead_is_refused(written: str, day: date | None) -> None:
    layout = an_article(f"تاريخ النشر: {written}")

    assert (layout.published, layout.body) == (day, (FIRST, SECOND))


@pytest.mark.parametrize(
    "lines",
    [
        ("المصدر: وكالة النهر",),
        ("المصدر : وكالة النهر.",),
        ("المصدر | وكالة النهر",),
        ("المصدر.. وكالة النهر",),
        ("المصدر وكالة النهر",),
        ("(المصادر: وكالة النهر)",),
        ("مصدر الخبر: «وكالة النهر»",),
        ("نقلاً عن: وكالة النهر",),
        ("#المصدر: وكالة النهر",),
        ("📌 المصدر:", "وكالة النهر"),
        ("كلمات دلالية: جسر | المصدر: وكالة النهر",),
    ],
)
def test_a_source_is_read_behind_or_under_its_label(lines: tuple[str, ...]) -> None:
    layout = an_article(*lines)

    assert (layout.source, layout.body) == ("وكالة النهر", (FIRST, SECOND))


@pytest.mark.parametrize(
    "sentence",
    [
        "المصدر الذي طلب عدم ذكر اسمه قال إن الجسر آمن.",
        "نقلا عن مصادر قولها إن الجسر لم يكتمل بعد، أوردت الصحيفة أن التكلفة تضاعفت.",
        "التاريخ يعيد نفسه في هذه القرية",
        "نشر في المجلة بحثا عن الجسور القديمة",
        "هاشتاغ الجسر يتصدر مواقع التواصل",
        "شاهد أيضا رئيس البلدية سير العمل في الجسر.",
        "أخبار متعلقة بالجسر تنتشر بين الأهالي",
        "تابع الوزير حديثه عبر حسابه في تويتر",
    ],
)
def test_a_label_inside_a_sentence_is_body(sentence: str) -> None:
    assert an_article(sentence).body == (FIRST, SECOND, sentence)


@pytest.mark.parametrize(
    "line",
    [
        "كلمات دلالية: جسر، النهر الكبير، البلدية",
        "الكلمات الدلالية : جسر, النهر الكبير, البلدية",
        "كلمات مفتاحية | جسر | النهر الكبير | البلدية",
        "الكلمات المفتاحية: جسر؛ النهر الكبير؛ البلدية",
        "وسوم: #جسر #النهر_الكبير #البلدية",
        "الوسوم: جسر - النهر الكبير - البلدية",
        "هاشتاغ: جسر، النهر الكبير و البلدية",
        "تاجات.. جسر، النهر الكبير، البلدية، جسر",
        "Tags: جسر, النهر الكبير, البلدية",
        "keywords: جسر, النهر الكبير, البلدية",
        "كلمات دلالية:\nجسر\nالنهر الكبير\nالبلدية",
    ],
)
def test_keywords_are_told_apart_by_their_marks(line: str) -> None:
    layout = an_article(line)

    assert (layout.tags, layout.body) == (("جسر", "النهر الكبير", "البلدية"), (FIRST, SECOND))


KNOWN_TAGS = Names(["الولايات المتحده", "ايران", "روسيا"])


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        pytest.param("إيران الولايات المتحدة روسيا", ("إيران", "الولايات المتحدة", "روسيا"), id="known"),
        pytest.param("إيران و روسيا", ("إيران", "روسيا"), id="lone and"),
        pytest.param("إيران وروسيا", ("إيران", "روسيا"), id="attached and"),
        pytest.param("إيران سامر الخطيب روسيا", ("إيران", "سامر الخطيب", "روسيا"), id="beside each other in the body"),
        pytest.param("إيران وروسيا الولايات المتحدة", ("إيران وروسيا", "الولايات المتحدة"), id="an and inside"),
        pytest.param("كوفيد-19", ("كوفيد-19",), id="a hyphen before a number"),
        pytest.param("إيران-روسيا", ("إيران", "روسيا"), id="hyphens alone"),
    ],
)
def test_space_joined_keywords_are_told_apart_by_known_tags_and_the_body(value: str, tags: tuple[str, ...]) -> None:
    text = f"{TITLE}\nقال سامر الخطيب إن الجسر جاهز. وشكر سامر الخطيب العمال.\nكلمات دلالية: {value}"

    assert read_layout(text, NOW, KNOWN_TAGS).tags == tags


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        pytest.param("الأزمة في السودان", ("الأزمة في السودان",), id="a preposition stands between nouns"),
        pytest.param("السودان القمم الإسلامية", ("السودان", "القمم الإسلامية"), id="the adjective agrees"),
        pytest.param("عتاد عسكري السودان", ("عتاد عسكري", "السودان"), id="without the article too"),
        pytest.param("السودان عسكري", ("السودان", "عسكري"), id="it does not agree"),
        pytest.param("السودان اللواء سامر الخطيب", ("السودان", "اللواء سامر الخطيب"), id="a title and a given name"),
        pytest.param("غزة محمد كامل العمري", ("غزة", "محمد كامل العمري"), id="a given name begins a name"),
        pytest.param("الدعم الغربي لغزة", ("الدعم الغربي لغزة",), id="no keyword begins with an attached particle"),
        pytest.param("البنك الدولي الجديد", ("البنك الدولي الجديد",), id="an adjective that is no nisba"),
        pytest.param("سفرجل للحامل", ("سفرجل للحامل",), id="the particle is attached"),
        pytest.param("السودان ولاية ميشيغان", ("السودان", "ولاية ميشيغان"), id="the name of a state follows"),
        pytest.param("حرب السودان غزة", ("حرب السودان", "غزة"), id="the name that follows is a known tag"),
    ],
)
def test_space_joined_keywords_are_noun_phrases(value: str, tags: tuple[str, ...]) -> None:
    text = "\n".join((TITLE, FIRST, SECOND, f"كلمات دلالية: {value}"))

    assert read_layout(text, NOW, Names(["السودان", "غزه"])).tags == tags


def test_keywords_below_their_label_may_be_many_and_another_article_after_them_stays_out() -> None:
    tags = tuple(f"كلمة ثانية {number}" for number in range(20))

    layout = an_article("الوسوم:", "، ".join(tags), "اقرأ أيضا: خبر آخر", FIRST.replace("جسرا", "نفقا"))

    assert layout.tags == tags
    assert layout.body == (FIRST, SECOND)


def test_a_paragraph_below_a_lone_label_of_keywords_is_no_list() -> None:
    paragraph = f"{SECOND[:-1]}، وإنه كلف مليون دينار، وإن الناس ينتظرونه، منذ سنوات."

    layout = an_article("الوسوم:", paragraph)

    assert layout.body == (FIRST, SECOND, paragraph)


def test_hashtags_anywhere_are_tags_once_and_sentences_keep_them_as_written() -> None:
    sentence = "وتصدر وسم #الجسر_الجديد قائمة التداول بعد #النهر."

    layout = an_article(sentence, "#النَّهر #بلدية_المدينة")

    assert layout.tags == ("الجسر الجديد", "النهر", "بلدية المدينة")
    assert layout.body == (FIRST, SECOND, sentence)


@pytest.mark.parametrize(
    "signature",
    [
        "تابعونا على تلغرام",
        "👇 اشترك في قناتنا على تيليجرام",
        "للاشتراك في القناة: https://t.me/example",
        "t.me/example",
        "@example_news",
        "https://example.org/news/1",
    ],
)
def test_signatures_of_channels_are_not_body(signature: str) -> None:
    layout = an_article("#النهر", signature)

    assert (layout.body, layout.tags, len(layout.related)) == ((FIRST, SECOND), ("النهر",), 1)


MARKERS = [
    "اقرأ أيضا:",
    "إقرأ أيضاً",
    "أقرأ ايضًا |",
    "اقرا ايضا..",
    "طالع أيضًا:",
    "شاهد أيضاً",
    "مواضيع ذات صلة",
    "موضوعات متعلقة:",
    "أخبار متعلقة",
    "قصص مقترحة",
    "المزيد حول هذه القصة",
    "قد يعجبك أيضا",
    "اخترنا لكم:",
    "الأكثر قراءة",
]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_alone_drops_the_headlines_below_it_and_keeps_the_body(marker: str) -> None:
    layout = an_article(marker, "حفل في المسرح البلدي", "أسعار الخضار ترتفع", FIRST)

    assert layout.body == (FIRST, SECOND, FIRST)
    assert layout.related == (marker, "حفل في المسرح البلدي", "أسعار الخضار ترتفع")


def test_a_marker_with_its_headline_drops_only_that_line() -> None:
    layout = an_article("اقرأ أيضا: حفل في المسرح البلدي", FIRST)

    assert (layout.body, layout.related) == ((FIRST, SECOND, FIRST), ("اقرأ أيضا: حفل في المسرح البلدي",))


@pytest.mark.parametrize("footer", ["المصدر: وكالة النهر", "كلمات دلالية: جسر، نهر"])
@pytest.mark.parametrize("marker", ["إقرأ أيضاً:", "اقرأ أيضا: حفل في المسرح البلدي"])
def test_after_a_footer_everything_from_the_marker_on_is_another_article(footer: str, marker: str) -> None:
    layout = an_article(footer, marker, FIRST, "المصدر: وكالة أخرى", SECOND)

    assert layout.body == (FIRST, SECOND)
    assert layout.related == (marker, FIRST, "المصدر: وكالة أخرى", SECOND)


def test_a_credit_above_more_of_the_article_is_no_footer() -> None:
    paragraph = " ".join(["وتضم القرية بيوتا كثيرة"] * 6) + "."

    layout = an_article("(المصدر: وكالة النهر)", paragraph, "اقرأ أيضا:", SECOND)

    assert layout.body == (FIRST, SECOND, paragraph, SECOND)


SENTENCE = st.text(alphabet="سلمن بيت", min_size=1).map(lambda words: f"س{' '.join(words.split())}.")
LABELLED = st.sampled_from(
    ["المصدر: وكالة النهر", "تاريخ النشر: 7 مايو 2024", "اقرأ أيضا: حفل في المسرح", "#النهر", "---"]
)


@given(st.lists(st.tuples(SENTENCE, st.booleans(), LABELLED), min_size=2))
def test_every_sentence_is_in_the_title_the_body_or_among_the_related(rows: list[tuple[str, bool, str]]) -> None:
    lines = [line for sentence, is_followed, label in rows for line in (sentence, label)[: 1 + is_followed]]

    layout = read_layout("\n".join(lines), NOW)

    kept = [line for line in (layout.title, *layout.body, *layout.related) if line.endswith(".")]
    assert kept == [sentence for sentence, _, _ in rows]


PIECES = st.sampled_from(
    [*MARKERS, "المصدر:", "كلمات دلالية:", "و", "#وسم", "@name", "🔴", "7 مايو 2024", "كلمة", "\n", "\n", " ", "|"]
)


@given(st.text() | st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join))
def test_any_text_has_a_layout_made_of_its_own_words(text: str) -> None:
    layout = read_layout(text, NOW, KNOWN_TAGS)

    for line in (layout.title, *layout.body, *layout.related, layout.source or ""):
        assert line in cleaned(text)
    assert len(set(layout.tags)) == len(layout.tags)
