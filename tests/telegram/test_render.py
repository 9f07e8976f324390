import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.layout import read_layout
from bot.arabic.normalise import cleaned, folded_spaces
from bot.domain.article import Source, SourceKind
from bot.domain.delivery import Page
from bot.domain.digest import Digest, Occasion, Report, Section, Story, compose
from bot.domain.preferences import Preferences
from bot.domain.schedule import UNTIL_TOLD, Away
from bot.sandbox.markup import MAX_TEXT_UNITS, parsed, settled
from bot.telegram.digests import Renderer
from bot.telegram.language import Languages
from bot.telegram.render import card, hashtag, note, units, without_markup
from config.languages import read_catalogues
from handlers.digest_callbacks import sheet_payload
from tests.builders import BODY, NOW, TITLE, a_schedule, a_story, a_subject, a_subscriber, an_article

LANGUAGES = Languages(read_catalogues("ar"))
ARABIC, ENGLISH = LANGUAGES["ar"], LANGUAGES["en"]
READER = a_subscriber(schedule=a_schedule("08:00", "20:00", zone="Asia/Riyadh"))
HOSTILE = '<b>&"\' &lt;a href="https://evil.example">\u202eعكس\u2066 </b> <script> &#x41; {number} %s'


ENTITIES = {"bold", "text_link", "expandable_blockquote"}


def pages_of(digest: Digest, language: str = "ar") -> Sequence[tuple[Page, Sequence[int]]]:
    return Renderer(LANGUAGES, sheet_payload)(digest, replace(READER, language=language), NOW)


def shown(digest: Digest) -> str:
    return "\n".join(without_markup(page.text) for page, _ in pages_of(digest))


def a_digest_of(*stories: Story, left_out: int = 0) -> Digest:
    topics = dict.fromkeys(story.topics[0] for story in stories)
    sections = [Section(topic, tuple(story for story in stories if story.topics[0] == topic)) for topic in topics]
    return Digest(1, "slot:1", NOW, tuple(sections), left_out, NOW)


def a_report(source: str | None = None, link: str | None = None, title: str = TITLE) -> Report:
    return Report(title, BODY, BODY[:1], source, link, None, NOW)


def first_strong(line: str) -> str | None:
    """Return the class of the letter that gives a line its direction (UAX #9, P2): what is isolated does not."""
    depth = 0
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in {"L", "R", "AL"}:
            return kind
    return None


# What reaches a digest has been cleaned on its way in, and is as short as its kind allows.
LETTERS = st.characters(codec="utf-8")


def some_text(most: int) -> st.SearchStrategy[str]:
    mixed = st.text(st.sampled_from("ابتثكلمنو <>&\"'/ab7؟. {}🔴\u202e\u2066\u200e\u0301"), min_size=1, max_size=most)
    return (st.text(LETTERS, min_size=1, max_size=most) | mixed).map(lambda text: folded_spaces(cleaned(text)) or "خبر")


LINKS = st.none() | st.sampled_from(
    [
        "https://t.me/sahl/7",
        "http://x.org/?a=1&b='\"<",
        "javascript:alert(1)",
        "tg://user?id=1",
        "https://",
        "http://[",
        "",
    ]
)
SOME_REPORTS = st.builds(
    Report,
    title=some_text(400),
    body=st.lists(some_text(130), max_size=3).map(tuple),
    summary=st.lists(some_text(130), max_size=3).map(tuple),
    source=st.none() | some_text(90),
    link=LINKS,
    published=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    collected_at=st.integers(0, 3000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)
SOME_STORIES = st.lists(
    st.builds(
        Story,
        id=st.integers(1, 10**6),
        topics=st.lists(some_text(64), min_size=1, max_size=4, unique=True).map(tuple),
        reports=st.lists(SOME_REPORTS, min_size=1, max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda story: story.id,
)


def a_big_digest(stories: int) -> Digest:
    summary = ("جملة من ملخّص طويل يملأ الصفحة. " * 12,)
    long = Report("عنوان طويل " * 20, summary, summary, "صحيفة المرفأ", None, None, NOW)
    digest = compose(1, "slot:1", NOW, [Story(number, ("السودان",), (long,)) for number in range(stories)], stories)
    assert digest
    return digest


@given(SOME_STORIES, st.sampled_from(["ar", "en"]))
def test_no_page_is_too_long_and_no_story_is_lost(stories: list[Story], language: str) -> None:
    pages = pages_of(a_digest_of(*stories), language)

    assert sorted(story_id for _, ids in pages for story_id in ids) == sorted(story.id for story in stories)
    assert all(units(page.text) <= MAX_TEXT_UNITS for page, _ in pages)


@given(SOME_STORIES, st.sampled_from(["ar", "en"]))
def test_telegram_takes_the_markup_of_every_page(stories: list[Story], language: str) -> None:
    for page, _ in pages_of(a_digest_of(*stories), language):
        accepted = settled(parsed(page.text))

        assert {entity["type"] for entity in parsed(page.text).entities} <= ENTITIES
        assert len(accepted.text) <= MAX_TEXT_UNITS


def test_a_country_is_headed_by_its_flag() -> None:
    page, _ = Renderer(LANGUAGES, sheet_payload, {"السودان": "🇸🇩"})(a_digest_of(a_story()), READER, NOW)[0]

    assert "🇸🇩 <b>السودان</b>" in page.text


@given(SOME_STORIES)
def test_only_web_addresses_are_links(stories: list[Story]) -> None:
    entities = [entity for page, _ in pages_of(a_digest_of(*stories)) for entity in parsed(page.text).entities]

    links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
    assert all(link.startswith(("https://t.me/", "http://x.org/")) for link in links)


@given(SOME_STORIES)
def test_every_line_of_a_digest_runs_from_right_to_left(stories: list[Story]) -> None:
    for page, _ in pages_of(a_digest_of(*stories)):
        lines = without_markup(page.text).split("\n")

        assert [line for line in lines if first_strong(line) == "L"] == []


@pytest.mark.parametrize("stories", [1, 5, 10, 40])
def test_a_big_digest_is_numbered_pages_in_order(stories: int) -> None:
    pages = pages_of(a_big_digest(stories))

    assert [story_id for _, ids in pages for story_id in ids] == list(range(stories))
    numbers = [re.findall(r"\((\d+) من (\d+)\)$", page.text) for page, _ in pages]
    expected = [[(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)]
    assert numbers == (expected if len(pages) > 1 else [[]])


def test_the_same_digest_is_the_same_pages() -> None:
    assert pages_of(a_big_digest(12)) == pages_of(a_big_digest(12))


def test_a_digest_says_its_day_its_stories_and_when_the_next_one_comes() -> None:
    text = shown(a_digest_of(a_story()))

    lines = text.split("\n")
    assert lines[0] == "موجزك · السبت 14 مارس 2026"
    assert f"1. {TITLE}" in lines
    assert lines[-1] == "موجزك التالي: السبت 20:00"


def test_the_day_is_the_readers_own() -> None:
    late = NOW.replace(hour=22)

    page, _ = Renderer(LANGUAGES, sheet_payload)(a_digest_of(a_story()), READER, late)[0]

    assert "الأحد 15 مارس 2026" in page.text


def test_each_topic_stands_once_above_its_stories() -> None:
    stories = [a_story(1), a_story(2), a_story(3, topics=("مصر",))]

    text = shown(a_digest_of(*stories))

    assert [line for line in text.split("\n") if line.startswith("▪️")] == ["▪️ السودان", "▪️ مصر"]


def test_a_story_shows_its_readers_other_topics_as_hashtags() -> None:
    text = shown(a_digest_of(a_story(topics=("السودان", "الولايات المتحدة", "كوفيد-19"))))

    assert "#الولايات_المتحدة #كوفيد_19" in text


def test_three_sources_are_one_story_with_its_first_and_two_more() -> None:
    reports = (a_report("وكالة الضفتين"), a_report("صحيفة المرفأ", title="غيره"), a_report("قناة السهل", title="آخر"))

    text = shown(a_digest_of(Story(1, ("السودان",), reports)))

    assert text.count("وكالة الضفتين") == text.count("صحيفة المرفأ") == text.count("قناة السهل") == 1
    assert "مصدران: صحيفة المرفأ وقناة السهل" in text
    assert text.count(TITLE) == 1


def test_a_source_and_a_title_lead_to_the_original() -> None:
    page, _ = pages_of(a_digest_of(Story(1, ("السودان",), (a_report("قناة السهل", "https://t.me/sahl/7"),))))[0]

    links = {entity["url"] for entity in parsed(page.text).entities if entity["type"] == "text_link"}
    assert links == {"https://t.me/sahl/7"}


TOLD = a_report("وكالة الضفتين", "https://t.me/sahl/7")
ADDING = Report(
    "فتح مطار الخرطوم",
    ("كلّفت توسعة مطار الخرطوم الدولي 40 مليون دولار أقرضها بنك إقليمي.",),
    ("كلّفت توسعة مطار الخرطوم الدولي 40 مليون دولار أقرضها بنك إقليمي.",),
    "BBC <عربي>",
    "http://x.org/?a=1&b=2",
    None,
    NOW,
)


def test_what_another_source_adds_stands_below_the_summary_under_its_linked_name() -> None:
    page, _ = pages_of(a_digest_of(Story(1, ("السودان",), (TOLD, ADDING))))[0]

    formatted = parsed(page.text)
    assert f"{BODY[0]}\nبحسب \u2068BBC <عربي>\u2069: {ADDING.summary[0]}\n" in formatted.text
    assert "http://x.org/?a=1&b=2" in {entity.get("url") for entity in formatted.entities}


def test_a_story_that_moved_is_marked_and_told_by_its_news() -> None:
    news = replace(ADDING, title="ارتفاع الحصيلة")
    page, _ = pages_of(a_digest_of(Story(1, ("السودان",), (TOLD, news), NOW, news)))[0]

    shown = without_markup(page.text)
    assert f"تحديث: ارتفاع الحصيلة\n{ADDING.summary[0]}\n" in shown
    assert "بحسب" not in shown


def test_in_an_english_digest_the_added_sentence_has_a_line_of_its_own_direction() -> None:
    page, _ = pages_of(a_digest_of(Story(1, ("السودان",), (TOLD, ADDING))), "en")[0]

    assert f"According to \u2068BBC <عربي>\u2069:\n{ADDING.summary[0]}\n" in without_markup(page.text)


@pytest.mark.parametrize(
    ("left_out", "line"),
    [
        pytest.param(1, "وبقي خبر واحد: تجده في «المزيد»، أو يأتيك في موجزك التالي", id="one"),
        pytest.param(2, "وبقي خبران: تجدهما في «المزيد»، أو يأتيانك في موجزك التالي", id="two"),
        pytest.param(5, "وبقيت 5 أخبار: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="few"),
        pytest.param(11, "وبقي 11 خبرًا: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="many"),
        pytest.param(100, "وبقي 100 خبر: تجدها في «المزيد»، أو تأتيك في موجزك التالي", id="a hundred"),
    ],
)
def test_what_is_left_out_is_counted(left_out: int, line: str) -> None:
    assert line in shown(a_digest_of(a_story(), left_out=left_out))


def test_nothing_is_said_of_nothing_left_out() -> None:
    assert "بقي" not in shown(a_digest_of(a_story()))


def test_a_hostile_title_is_shown_letter_for_letter() -> None:
    page, _ = pages_of(a_digest_of(Story(1, ("<i>",), (a_report("<s>&", title=HOSTILE.replace("\u202e", "")),))))[0]

    formatted = parsed(page.text)

    assert HOSTILE.replace("\u202e", "") in formatted.text
    assert [entity["type"] for entity in formatted.entities if entity["type"] == "text_link"] == []


def test_a_title_that_came_with_direction_controls_is_shown_without_them() -> None:
    layout = read_layout("\n".join((HOSTILE, *BODY)), NOW)

    text = card(an_article(title=layout.title, body=layout.body), "حُفظ.", ARABIC)

    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "عكس" in parsed(text).text


def test_a_long_title_is_cut_between_words() -> None:
    title = "كلمة " * 100

    text = shown(a_digest_of(a_story(title=title)))

    line = next(line for line in text.split("\n") if line.startswith("1. كلمة"))
    assert len(line) <= 254
    assert line.endswith("كلمة…")


def test_a_card_shows_title_summary_facts_tags_and_a_note() -> None:
    article = an_article(
        tags=("النقل", "السودان"),
        subjects=(a_subject("السودان"),),
        published=date(2026, 3, 13),
        source=Source(SourceKind.PAPER, "صحيفة المرفأ"),
        link="https://t.me/sahl/7",
    )

    text = without_markup(card(article, "حُفظ في موجزك.", ARABIC))

    assert text.split("\n\n") == [
        TITLE,
        BODY[0],
        "صحيفة المرفأ · 13 مارس 2026\n#السودان #النقل",
        "حُفظ في موجزك.",
    ]


def test_a_card_of_a_bare_article_has_no_empty_paragraph() -> None:
    text = without_markup(card(an_article(summary=()), "حُفظ.", ARABIC))

    assert text.split("\n\n") == [TITLE, "حُفظ."]


@given(some_text(400), some_text(130), some_text(90), some_text(64))
def test_telegram_takes_every_card_and_its_lines_run_from_right_to_left(
    title: str, summary: str, source: str, tag: str
) -> None:
    article = an_article(title=title, summary=(summary,), tags=(tag,), source=Source(SourceKind.CHANNEL, source))

    text = card(article, "حُفظ.", ARABIC)

    assert "حُفظ." in settled(parsed(text)).text
    assert [line for line in without_markup(text).split("\n") if first_strong(line) == "L"] == []


@given(some_text(200))
def test_what_a_note_quotes_is_no_markup(quoted: str) -> None:
    assert parsed(note(f"لم أعرف «{quoted}»", ARABIC)).text == f"لم أعرف «{quoted}»"


def test_a_line_of_an_arabic_note_that_begins_in_latin_runs_from_right_to_left_all_the_same() -> None:
    lines = note("موضوعاتك:\n/follow روسيا\n'Reuters'", ARABIC).split("\n")

    assert [line[0] == "\u200f" for line in lines] == [False, True, True]


def test_an_english_note_is_left_as_it_is() -> None:
    assert note("/follow روسيا\nروسيا", ENGLISH) == "/follow روسيا\nروسيا"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("السودان", "#السودان", id="one word"),
        pytest.param("الولايات المتحدة", "#الولايات_المتحدة", id="two words"),
        pytest.param("كوفيد-19", "#كوفيد_19", id="a hyphen"),
        pytest.param("«فتح»", "#فتح", id="quotation marks"),
        pytest.param("عُمان", "#عمان", id="a vowel mark, which would end the hashtag"),
    ],
)
def test_a_hashtag_has_letters_digits_and_underscores(name: str, expected: str) -> None:
    assert hashtag(name) == expected


@given(some_text(300))
def test_a_text_is_as_long_as_telegram_counts_it(text: str) -> None:
    marked = note(text, ENGLISH)

    assert units(marked) == len(parsed(marked).text.encode("utf-16-le")) // 2


SINCE = NOW - timedelta(days=9)
GREETING = "صباح الخير. خبر واحد جديد في موضوعاتك:"


@pytest.mark.parametrize(
    ("digest", "expected"),
    [
        pytest.param(a_digest_of(a_story()), ["موجزك · السبت 14 مارس 2026", GREETING], id="a digest as promised"),
        pytest.param(
            replace(a_digest_of(a_story()), since=SINCE),
            ["موجزك · السبت 14 مارس 2026", "يجمع هذا الموجز ما فاتك منذ الخميس 5 مارس 2026."],
            id="after we were down",
        ),
        pytest.param(
            replace(a_digest_of(a_story()), since=SINCE, occasion=Occasion.RETURN),
            ["موجزك · السبت 14 مارس 2026", "أهلًا بعودتك. هذا أهم ما جرى منذ الخميس 5 مارس 2026."],
            id="after a vacation",
        ),
        pytest.param(
            replace(a_digest_of(a_story()), occasion=Occasion.RETURN),
            ["موجزك · السبت 14 مارس 2026", GREETING],
            id="after a vacation of hours",
        ),
        pytest.param(
            replace(a_digest_of(a_story()), occasion=Occasion.REVIEW, covers_until=None),
            ["حصاد أسبوعك · السبت 14 مارس 2026", "أبرز أخبار موضوعاتك في سبعة أيام، وفيها ما سبق أن وصلك."],
            id="a review",
        ),
    ],
)
def test_a_digest_says_what_it_is(digest: Digest, expected: list[str]) -> None:
    assert shown(digest).splitlines()[:2] == expected


def test_a_vacation_leaves_a_count_behind_and_a_review_no_question_why() -> None:
    returned = replace(a_digest_of(a_story(), left_out=12), occasion=Occasion.RETURN)
    review = replace(a_digest_of(a_story()), occasion=Occasion.REVIEW)

    assert "وبقي 12 خبرًا من أيام غيابك، تجدها في «المزيد»" in shown(returned)
    assert [page.buttons for page, _ in pages_of(review)] == [()]


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        pytest.param(None, "موجزك التالي: السبت 20:00", id="this evening"),
        pytest.param(
            Away(NOW, NOW + timedelta(days=30)), "موجزك التالي: الاثنين 13 أبريل 20:00", id="weeks away: with its date"
        ),
        pytest.param(Away(NOW, UNTIL_TOLD), "أنت في إجازة، ولا موجز حتى تعود. عند عودتك اكتب: عدت", id="nobody knows"),
    ],
)
def test_the_last_line_says_when_the_next_one_comes(away: Away | None, expected: str) -> None:
    reader = replace(READER, schedule=replace(READER.schedule, away=away))

    page, _ = Renderer(LANGUAGES, sheet_payload)(a_digest_of(a_story()), reader, NOW)[-1]

    assert without_markup(page.text).splitlines()[-1].strip("\u200f") == expected


def read_by(digest: Digest, number: int = 0, **wishes: Any) -> list[Page]:
    """Return the pages of a digest for a reader of these preferences."""
    reader = replace(READER, preferences=Preferences(**wishes))
    return [page for page, _ in Renderer(LANGUAGES, sheet_payload)(digest, reader, NOW, number)]


def labels(page: Page) -> list[list[str]]:
    return [[button.label for button in row] for row in page.buttons]


def test_a_long_summary_is_a_quotation_to_be_opened_and_a_short_one_is_not() -> None:
    long, short = replace(TOLD, summary=BODY), replace(TOLD, summary=BODY[:1])

    found = [
        [
            entity["type"]
            for entity in parsed(pages_of(a_digest_of(Story(1, ("السودان",), (report,))))[0][0].text).entities
        ]
        for report in (long, short)
    ]

    assert [kinds.count("expandable_blockquote") for kinds in found] == [1, 0]


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [
        pytest.param(1, "صباح الخير", id="four in Riyadh"),
        pytest.param(8, "صباح الخير", id="eleven in Riyadh"),
        pytest.param(9, "مساء الخير", id="noon in Riyadh"),
        pytest.param(0, "مساء الخير", id="three in Riyadh, still the night"),
    ],
)
def test_the_greeting_is_that_of_the_readers_hour(hour: int, greeting: str) -> None:
    page, _ = Renderer(LANGUAGES, sheet_payload)(a_digest_of(a_story()), READER, NOW.replace(hour=hour))[0]

    assert page.text.split("\n")[1] == f"{greeting}. خبر واحد جديد في موضوعاتك:"


def test_the_hijri_date_stands_beside_the_other_for_who_wants_it() -> None:
    with_it, without = read_by(a_digest_of(a_story()), hijri=True), read_by(a_digest_of(a_story()))

    assert without_markup(with_it[0].text).split("\n")[0] == "موجزك · السبت 14 مارس 2026 · 25 رمضان 1447 هـ"
    assert "رمضان" not in without[0].text


@pytest.mark.parametrize(
    ("published", "collected", "expected"),
    [
        pytest.param(None, timedelta(hours=2), "قبل ساعتين", id="by when it came, if it states no day"),
        pytest.param(date(2026, 3, 14), timedelta(hours=2), "قبل ساعتين", id="of the same day"),
        pytest.param(date(2026, 3, 15), timedelta(hours=2), "قبل ساعتين", id="of a day that has not come"),
        pytest.param(date(2026, 3, 13), timedelta(hours=2), "أمس", id="of yesterday"),
        pytest.param(date(2026, 3, 11), timedelta(hours=2), "قبل 3 أيام", id="of this week"),
        pytest.param(date(2026, 3, 7), timedelta(hours=2), "7 مارس 2026", id="older"),
        pytest.param(None, timedelta(hours=26), "أمس", id="came yesterday"),
        pytest.param(None, timedelta(days=9), "5 مارس 2026", id="came long ago"),
    ],
)
def test_a_story_says_how_old_it_is(published: date | None, collected: timedelta, expected: str) -> None:
    report = replace(TOLD, published=published, collected_at=NOW - collected)

    text = shown(a_digest_of(Story(1, ("السودان",), (report,))))

    assert f"وكالة الضفتين · {expected}\n" in text


def test_digits_of_ours_are_the_readers_and_those_of_an_article_stay() -> None:
    report = replace(TOLD, title="مقتل 19 شخصًا", collected_at=NOW - timedelta(hours=3))

    (page,) = read_by(a_digest_of(Story(1, ("السودان",), (report,))), eastern_digits=True)

    assert "١. <b>" in page.text
    assert "مقتل 19 شخصًا" in page.text
    assert "قبل ٣ ساعات" in page.text


def test_links_have_no_preview_unless_the_reader_wants_one() -> None:
    found = [read_by(a_digest_of(a_story()), previews=previews)[0].has_preview for previews in (False, True)]

    assert found == [False, True]


def test_a_digest_of_several_pages_makes_one_sound_or_none() -> None:
    loud, silent = read_by(a_big_digest(20)), read_by(a_big_digest(20), is_quiet=True)

    assert [page.is_quiet for page in loud] == [place > 0 for place in range(len(loud))]
    assert all(page.is_quiet for page in silent)


def test_each_page_numbers_its_stories_from_one() -> None:
    for page, ids in pages_of(a_big_digest(20)):
        numbers = re.findall(r"^(\d+)\. ", without_markup(page.text), re.MULTILINE)

        assert numbers == [str(place) for place in range(1, len(ids) + 1)]


def test_a_digest_without_stories_is_one_quiet_line() -> None:
    (page,) = read_by(a_digest_of())

    assert page.text == "لا جديد في موضوعاتك منذ موجزك الأخير. الموجز التالي: السبت 20:00."
    assert page.is_quiet
    assert page.buttons == ()


def test_the_buttons_are_read_from_the_right_in_arabic_and_from_the_left_in_english() -> None:
    digest = a_digest_of(a_story(), left_out=3)

    assert labels(pages_of(digest)[0][0]) == [
        ["المزيد (3)"],
        ["قيّم 👍 👎", "لماذا وصلني هذا؟"],
        ["⚙️ الإعدادات", "🔕 كتم موضوع"],
    ]
    assert labels(pages_of(digest, "en")[0][0])[1] == ["Why did I get this?", "Rate 👍 👎"]


def test_what_was_left_out_leads_back_and_on_until_nothing_is_left() -> None:
    some, last = read_by(a_digest_of(a_story(), left_out=2), 1), read_by(a_digest_of(a_story()), 2)

    assert [labels(page)[0] for page in (*some, *last)] == [["المزيد (2)", "السابق"], ["السابق"]]
    assert [button.payload for button in some[0].buttons[0]] == ["dg:m:2", "dg:m:0"]
    assert last[0].text.endswith("هذا كل جديد موضوعاتك.")


def test_only_the_last_page_leads_on() -> None:
    pages = read_by(replace(a_big_digest(20), left_out=4))

    assert ["المزيد" in str(labels(page)) for page in pages] == [page is pages[-1] for page in pages]


def test_even_a_story_of_the_longest_everything_fits_its_page() -> None:
    long = Report("🔴" * 250, BODY, ("𝒜" * 3_000,), "𝒜" * 90, "https://x.org", None, NOW)
    others = [replace(long, source=f"{place}{'𝒜' * 90}") for place in range(9)]
    story = Story(1, tuple(f"{place}{'𝒜' * 60}" for place in range(9)), (long, *others))

    assert all(units(page.text) <= MAX_TEXT_UNITS for page, _ in pages_of(a_digest_of(story)))
