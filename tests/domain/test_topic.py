import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arabic.stems import STOP_WORDS
from bot.domain.topic import Catalogue, Reading, Reason, Subject, Topic, TopicIndex, shown_name, topic_key

RUSSIA = Topic(
    "روسيا",
    forms=("الاتحاد الروسي",),
    nisba=("روسي",),
    plurals=("الروس",),
    capitals=("موسكو",),
    blocks=("روسيا البيضاء",),
)
AMERICA = Topic("الولايات المتحدة", forms=("أميركا", "أمريكا"), nisba=("أميركي", "أمريكي"))
GERMANY = Topic("ألمانيا", nisba=("ألماني",), plurals=("ألمان",), capitals=("برلين",))
IRAQ = Topic("العراق", nisba=("عراقي",))
LIBYA = Topic("ليبيا", nisba=("ليبي",))
YEMEN = Topic("اليمن", nisba=("يمني",), blocks=("اليمنى",))
PALESTINE = Topic("فلسطين", nisba=("فلسطيني",))
NORTH_KOREA = Topic("كوريا الشمالية", nisba=("كوري شمالي",))
SOUTH_AFRICA = Topic("جنوب أفريقيا", nisba=("جنوب أفريقي",))
DARAA = Topic("درعا", nisba=("درعاوي",))
FATAH = Topic("فتح", nisba=("فتحاوي",), is_ambiguous=True, qualified=("حركة فتح",), blocks=("فتح تحقيق",))
OMAN = Topic("عمان", nisba=("عماني",), is_ambiguous=True, qualified=("سلطنة عمان", "عُمان"), blocks=("عمّان",))
FOLLOWED = (RUSSIA, AMERICA, GERMANY, IRAQ, FATAH)


def is_mentioned(topic: Topic, text: str) -> bool:
    return topic.name in TopicIndex([topic]).mentions(text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        pytest.param(RUSSIA, "التقى الوزيران في روسيا مساء", id="the name"),
        pytest.param(GERMANY, "سافر الى المانيا للعلاج", id="hamza left out"),
        pytest.param(RUSSIA, "عاد من رُوسِيَا أمس", id="vowel marks"),
        pytest.param(RUSSIA, "تقرير عن روســيا الجديدة", id="tatweel"),
        pytest.param(RUSSIA, "وسم #روسيا_اليوم يتصدر", id="inside a hashtag"),
        pytest.param(RUSSIA, "حليفة لروسيا وبيلاروسيا", id="the particle ل"),
        pytest.param(RUSSIA, "وبروسيا تقام الدورة", id="two particles"),
        pytest.param(IRAQ, "قدم مساعدات للعراق", id="لل stands for ل + ال"),
        pytest.param(LIBYA, "دعم دولي لليبيا", id="لل stands for ل + a name in ل"),
        pytest.param(AMERICA, "غادر إلى أمريكا", id="another name"),
        pytest.param(AMERICA, "وللولايات المتحدة رأي آخر", id="a particle before two words"),
        pytest.param(RUSSIA, "وزيرة روسية سابقة", id="feminine adjective"),
        pytest.param(RUSSIA, "كتب بالروسية", id="adjective behind ب + ال"),
        pytest.param(RUSSIA, "اعتقال ناشطين روسيين", id="plural or dual adjective"),
        pytest.param(RUSSIA, "يقول الروس إنهم باقون", id="irregular plural"),
        pytest.param(RUSSIA, "خبراء روس يصلون", id="irregular plural without the article"),
        pytest.param(GERMANY, "اشترى منزلاً ألمانياً قديماً", id="accusative adjective with tanween"),
        pytest.param(PALESTINE, "اعتقال شبان من الفلسطينين", id="one ي of two slipped"),
        pytest.param(NORTH_KOREA, "الصواريخ الكورية الشمالية تثير القلق", id="both words of the adjective inflected"),
        pytest.param(NORTH_KOREA, "جنود كوريون شماليون عبروا", id="both words in the plural"),
        pytest.param(SOUTH_AFRICA, "المنتخبات الجنوب أفريقية", id="only the last word inflected"),
        pytest.param(Topic("بيتكوين"), "هبط سعر البيتكوين", id="a typed name takes the article"),
        pytest.param(Topic("طاقة شمسية"), "محطات الطاقة الشمسية", id="typed words inflected"),
        pytest.param(Topic("القمة العربية"), "افتتاح القمة الاقتصادية العربية", id="one adjective between"),
        pytest.param(Topic("علي"), "وصل علي إلى بيته", id="a name that folds to a stop word"),
        pytest.param(FATAH, "قالت حركة فتح في بيان", id="an ambiguous name settled by its phrase"),
        pytest.param(FATAH, "قيادي فتحاوي سابق", id="the adjective of an ambiguous name"),
        pytest.param(OMAN, "مهرجان في عُمان هذا الشتاء", id="vowel marks settle it"),
        pytest.param(YEMEN, "الحكومة اليمنية تجتمع", id="the adjective beside a block of one word"),
        pytest.param(RUSSIA, "قصف موقع عسكري روسي", id="a military site is no medium"),
        pytest.param(RUSSIA, "قناة تستضيف معارضين روسيين", id="the plural does not agree with the medium"),
    ],
)
def test_a_topic_is_found(topic: Topic, text: str) -> None:
    assert is_mentioned(topic, text)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        pytest.param(RUSSIA, "حضرت العروسان الحفل", id="inside another word"),
        pytest.param(RUSSIA, "زار روسيا البيضاء العام الماضي", id="a block"),
        pytest.param(RUSSIA, "ذكرت وكالة سبوتنيك الروسية أن الحفل تأجل", id="whose agency it is"),
        pytest.param(AMERICA, "ونقلت صحيفة وول ستريت جورنال الأميركية", id="four words after the newspaper"),
        pytest.param(RUSSIA, "موسكو مدينة كبيرة", id="a capital nobody asked for"),
        pytest.param(YEMEN, "سنة يمن وبركة", id="the name without its article"),
        pytest.param(YEMEN, "أصيب في قدمه اليمنى", id="the right foot"),
        pytest.param(GERMANY, "يقرأ مانيا كل يوم", id="a name whose ال is no article"),
        pytest.param(DARAA, "كان درعاً لوطنه", id="tanween"),
        pytest.param(Topic("محمد صلاح"), "رأى محمد أن صلاح البلاد قريب", id="a particle between the words"),
        pytest.param(Topic("علي"), "جلس على الكرسي", id="a stop word"),
        pytest.param(FATAH, "أعيد فتح الطريق الساحلي", id="an ambiguous name alone"),
        pytest.param(OMAN, "رحلة إلى عمّان والبتراء", id="the other city by its vowel marks"),
    ],
)
def test_a_topic_is_not_found(topic: Topic, text: str) -> None:
    assert not is_mentioned(topic, text)


def test_a_capital_counts_if_asked_for() -> None:
    index = TopicIndex([RUSSIA], with_capitals=True)

    assert index.mentions("قالت موسكو إنها ترفض العرض") == {"روسيا": 1}


def test_overlapping_hits_are_one_mention() -> None:
    korea = Topic("كوريا الشمالية", forms=("كوريا", "الشمالية"))

    assert TopicIndex([korea]).mentions("كوريا الشمالية ثم كوريا") == {"كوريا الشمالية": 2}


def filler(count: int) -> str:
    return " ".join(["كلام"] * count)


@pytest.mark.parametrize(
    ("title", "body", "tags", "why"),
    [
        pytest.param("نشرة المساء", "لا خبر", ["#روسيا"], Reason.KEYWORD, id="a keyword"),
        pytest.param("نشرة المساء", "لا خبر", ["الاتحاد_الروسي"], Reason.KEYWORD, id="another name as keyword"),
        pytest.param("روسيا تنفي", "روسيا", ["روسيا"], Reason.KEYWORD, id="a keyword before the title"),
        pytest.param("موقف روسي جديد", "روسيا", [], Reason.TITLE, id="the title before the lead"),
        pytest.param("خبر", f"{filler(59)} روسيا", [], Reason.LEAD, id="the sixtieth word"),
        pytest.param("خبر", f"{filler(60)} روسيا", [], None, id="the sixty-first word"),
        pytest.param("خبر", filler(60) + " روسيا ثم" * 4, [], None, id="four mentions"),
        pytest.param("خبر", filler(60) + " روسيا ثم" * 5, [], Reason.MENTIONS, id="five mentions"),
        pytest.param("خبر", "كلام", ["العراقيل"], None, id="a keyword of nobody"),
    ],
)
def test_a_text_is_about_a_topic_by_the_strongest_reason(
    title: str, body: str, tags: list[str], why: Reason | None
) -> None:
    reading = TopicIndex(FOLLOWED).read(title, body, tags)

    assert [subject.why for subject in reading.subjects] == ([why] if why else [])


@pytest.mark.parametrize(
    ("title", "body", "tags", "why"),
    [
        pytest.param("خبر", "جرى فتح الملف", ["فتح"], Reason.KEYWORD, id="keyword"),
        pytest.param("فتح ترد على الاتهامات", "", [], Reason.TITLE, id="title"),
        pytest.param("خبر", "نفت حركة فتح ذلك", [], Reason.LEAD, id="a phrase in the lead"),
        pytest.param("خبر", "فتح ثم فتح ثم فتح ثم فتح ثم فتح", [], None, id="bare words in the body"),
        pytest.param("النيابة تقرر فتح تحقيق", "", [], None, id="a block in the title"),
    ],
)
def test_an_ambiguous_topic_needs_a_keyword_the_title_or_a_phrase(
    title: str, body: str, tags: list[str], why: Reason | None
) -> None:
    reading = TopicIndex([FATAH]).read(title, body, tags)

    assert [subject.why for subject in reading.subjects] == ([why] if why else [])


def test_a_reading_names_all_that_is_mentioned_in_the_order_of_the_topics() -> None:
    index = TopicIndex(FOLLOWED)

    reading = index.read("ألمانيا تستقبل الوفد", f"{filler(60)} العراق وروسيا وألمانيا", [])

    assert reading == Reading((Subject("ألمانيا", Reason.TITLE, 2),), ("روسيا", "ألمانيا", "العراق"))


def test_a_keyword_may_lack_or_have_the_article() -> None:
    index = TopicIndex([IRAQ, Topic("بيتكوين")])

    reading = index.read("", "", ["عراق", "البيتكوين"])

    assert reading.mentioned == ("العراق", "بيتكوين")


def test_a_topic_without_a_word_or_given_twice_does_no_harm() -> None:
    index = TopicIndex([Topic(""), Topic("#__"), RUSSIA, Topic("روسيا")])

    assert index.mentions("وزير روسي في روسيا") == {"روسيا": 2}


@pytest.mark.parametrize("name", ["#أوكرانيا", "اوكرانيا", "أُوكرانيا", "  أوكـرانيا ", "#أوكرانيا_", "أوكران\u200fيا"])
def test_spellings_of_one_name_have_one_key(name: str) -> None:
    assert topic_key(name) == Topic("أوكرانيا").key


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("#الولايات_المتحدة", "الولايات المتحدة", id="a hashtag"),
        pytest.param("  كأس \n العالم ", "كأس العالم", id="spaces"),
        pytest.param("أُوكرانيا", "أُوكرانيا", id="marks stay as typed"),
        pytest.param("\u202eروسيا", "روسيا", id="direction tricks go"),
        pytest.param("#_#", "", id="nothing is left"),
    ],
)
def test_a_name_is_shown_as_typed(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("روسيا", "روسيا", id="its name"),
        pytest.param("#الاتحاد_الروسي", "روسيا", id="another name, as a hashtag"),
        pytest.param("امريكا", "الولايات المتحدة", id="another spelling"),
        pytest.param("عراق", "العراق", id="without the article"),
        pytest.param("الروسيا", "روسيا", id="with an article too many"),
        pytest.param("#زراعة_الزيتون", "زراعة الزيتون", id="unknown: as typed"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_catalogue_resolves(typed: str, name: str) -> None:
    assert Catalogue(FOLLOWED).resolve(typed).name == name


def test_a_catalogue_knows_the_keys_of_names_and_forms() -> None:
    assert Catalogue([AMERICA]).keys == {"الولايات المتحده", "اميركا", "امريكا", "الاميركا", "الامريكا"}


def test_a_name_goes_before_the_form_of_another_topic() -> None:
    catalogue = Catalogue([Topic("النفط", forms=("أسعار النفط",)), Topic("أسعار النفط")])

    assert catalogue.resolve("اسعار النفط").name == "أسعار النفط"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("المانيه", ("ألمانيا",), id="a slip"),
        pytest.param("الولايات المتحد", ("الولايات المتحدة",), id="a letter missing"),
        pytest.param("اميركل", ("الولايات المتحدة",), id="two forms of one topic are one suggestion"),
        pytest.param("ألمانيا", (), id="the name is known"),
        pytest.param("عراق", (), id="known but for the article"),
        pytest.param("صناعة السفن", (), id="nothing like it"),
        pytest.param("#", (), id="no word"),
    ],
)
def test_a_catalogue_suggests_what_is_spelled_alike(typed: str, names: tuple[str, ...]) -> None:
    assert Catalogue(FOLLOWED).suggestions(typed) == names


def test_no_more_suggestions_than_asked_for() -> None:
    catalogue = Catalogue([Topic("كأس العرب"), Topic("كأس الغرب"), Topic("كأس القرب")])

    assert len(catalogue.suggestions("كأس الدرب", limit=2)) == 2


ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"
ARABIC_WORDS = st.text(ARABIC_LETTERS, min_size=2, max_size=8)
ARABIC_NAMES = st.lists(ARABIC_WORDS, min_size=1, max_size=3).map(" ".join)
MIXED_TEXT = st.text(st.one_of(st.sampled_from(ARABIC_LETTERS + " _#\u064b\u0651\u0640\u200f"), st.characters()))


@given(MIXED_TEXT)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert topic_key(topic_key(name)) == topic_key(name)


@given(MIXED_TEXT)
def test_a_shown_name_keeps_its_key(name: str) -> None:
    assert shown_name(shown_name(name)) == shown_name(name)


@given(title=MIXED_TEXT, body=MIXED_TEXT, tags=st.lists(MIXED_TEXT, max_size=3), names=st.lists(MIXED_TEXT, max_size=3))
@settings(max_examples=300, deadline=None)  # a busy machine is no defect
def test_no_text_and_no_name_is_refused(title: str, body: str, tags: list[str], names: list[str]) -> None:
    index = TopicIndex([*FOLLOWED, *map(Topic, names)], with_capitals=True)

    reading = index.read(title, body, tags)

    assert {subject.name for subject in reading.subjects} <= set(reading.mentioned)


@given(name=ARABIC_NAMES, before=ARABIC_NAMES, after=ARABIC_NAMES)
@settings(max_examples=300, deadline=None)  # a busy machine is no defect
def test_a_name_is_found_wherever_it_stands(name: str, before: str, after: str) -> None:
    assert is_mentioned(Topic(name), f"{before} {name} {after}")


@given(nisba=ARABIC_WORDS.map(lambda word: word + "ي"), particle=st.sampled_from(["", "و", "بال", "كال", "وال"]))
def test_an_adjective_is_found_behind_every_particle(nisba: str, particle: str) -> None:
    topic = Topic("بلد بعيد", nisba=(nisba,))

    assert topic_key(nisba) in STOP_WORDS or is_mentioned(topic, f"كلام {particle}{nisba}ة كلام")


@given(text=MIXED_TEXT)
def test_a_name_in_a_title_makes_it_a_subject(text: str) -> None:
    reading = TopicIndex([GERMANY]).read(f"{text} ألمانيا {text}", "")

    assert [subject.name for subject in reading.subjects] == ["ألمانيا"]
