from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Report, Story
from bot.domain.telling import Addition, addition, as_told
from tests.builders import HOUR, NOW

TITLE = "انفجار في سوق المدينة القديمة يوقع قتلى وجرحى"
BODY = (
    "قتل 12 شخصا وأصيب 30 في انفجار هز سوق المدينة القديمة صباح الخميس.",
    "وقال قائد الشرطة إن سيارة مفخخة انفجرت عند مدخل السوق الشرقي.",
    "وتوقفت حركة المرور في الشوارع المجاورة حتى المساء.",
)
NEWS = "أغلقت السلطات مدخل السوق وفتحت مدرستين لإيواء عائلات تضررت منازلها."
TOLL = "قتل 15 شخصا على الأقل في انفجار السوق القديم."
BEST = Report(TITLE, BODY, BODY[:1], "وكالة الضفتين", None, None, NOW)


def a_report(*said: str, source: str | None = "صحيفة المرفأ", link: str | None = None) -> Report:
    return Report("انفجار يهز سوق المدينة", said, said, source, link, None, NOW)


def test_what_only_another_source_reports_is_added_word_for_word_under_its_name() -> None:
    other = a_report(BODY[0], NEWS, link="https://example.org/1")

    assert addition(BEST, [BEST, other]) == Addition("صحيفة المرفأ", "https://example.org/1", NEWS)


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        pytest.param("وأغلقت" + NEWS.removeprefix("أغلقت"), NEWS, id="the and that joined it to another is left out"),
        pytest.param(TOLL, TOLL, id="another figure for the same thing"),
    ],
)
def test_a_sentence_with_news_is_added(sentence: str, added: str) -> None:
    found = addition(BEST, [a_report(sentence)])

    assert found is not None
    assert found.sentence == added


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(BODY[1], id="that the reader does not see, but the report has"),
        pytest.param("قتل اثنا عشر شخصا على الأقل في انفجار السوق.", id="its figure in words"),
        pytest.param("قتل ١٢ شخصا على الأقل في انفجار السوق.", id="its figure in other digits"),
        pytest.param(TOLL.replace("15", "12 شخصا و15"), id="a new figure beside one that is shown"),
        pytest.param("أصيب نحو 31 شخصا في انفجار السوق القديم.", id="a figure that is its own, rounded"),
        pytest.param("انفجرت سيارة مفخخة عند مدخل السوق القديم في المدينة.", id="the same in other words"),
        pytest.param("حقق المنتخب الوطني فوزا كبيرا على ضيفه أمام جمهور غفير.", id="of something else"),
        pytest.param("وأضاف أن " + NEWS, id="that leans on the one before it"),
        pytest.param("من جهته قال إن " + NEWS, id="that leans with its opening phrase"),
        pytest.param("وهم " + NEWS, id="whose and may be its own letter"),
        pytest.param("وفق مسؤول محلي " + NEWS, id="that attributes itself"),
        pytest.param(
            NEWS.replace("السلطات", "السلطات بحسب المصدر"), id="that speaks of a source the reader did not meet"
        ),
        pytest.param(NEWS.replace("السلطات", "السلطات كما أفاد مراسلنا"), id="in which another paper says we"),
        pytest.param("دمشق (CNN)— " + NEWS, id="behind a dateline"),
        pytest.param(NEWS.removesuffix(".") + "…", id="that was cut"),
        pytest.param("ـ", id="that has letters but no word"),
        pytest.param(NEWS.removesuffix(".") + "، " + "وقدمت لها مساعدات عاجلة، " * 8, id="that is too long"),
    ],
)
def test_no_sentence_is_added(sentence: str) -> None:
    assert addition(BEST, [BEST, a_report(sentence)]) is None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(None, id="nobody who may be named"),
        pytest.param("وكالة الضفتين", id="the same source"),
        pytest.param("الضفتين", id="the same source by its short name"),
    ],
)
def test_nothing_is_added_from(source: str | None) -> None:
    assert addition(BEST, [a_report(NEWS, source=source)]) is None


def test_nothing_is_added_from_a_copy_however_it_was_extended() -> None:
    copy = replace(a_report(*BODY, NEWS), title=TITLE, summary=(NEWS,))

    assert addition(BEST, [copy]) is None


def test_a_disputed_figure_goes_before_other_news() -> None:
    found = addition(BEST, [a_report(NEWS), a_report(TOLL, source="قناة السهل")])

    assert found is not None
    assert (found.source, found.sentence) == ("قناة السهل", TOLL)


SENTENCES = (
    *BODY,
    NEWS,
    TOLL,
    "وطالبت نقابة التجار في السوق بتعويضات عاجلة لأصحاب 40 متجرا محترقا.",
    "وأضاف أن التحقيق مستمر.",
    "قال شهود في السوق إن رجلا ملثما ترك السيارة وهرب على دراجة نارية.",
)
SOME_REPORTS = st.builds(
    lambda said, source: a_report(*said, source=source),
    st.lists(st.sampled_from(SENTENCES) | st.text("ابت ثجحو 12.،", max_size=60), max_size=4),
    st.sampled_from((None, "وكالة الضفتين", "صحيفة المرفأ", "قناة السهل")),
)


@given(st.sampled_from((BEST, replace(BEST, source="قناة السهل"))), st.lists(SOME_REPORTS, max_size=4))
def test_an_addition_is_another_named_sources_own_words(best: Report, others: list[Report]) -> None:
    found = addition(best, [best, *others])

    theirs = [report for report in others if report.source and report.source != best.source]
    said = {(report.source, report.link, line) for report in theirs for line in report.summary}
    assert found is None or any(
        (found.source, found.link) == (source, link) and line.removeprefix("و") == found.sentence.removeprefix("و")
        for source, link, line in said
    )
    assert found is None or len(found.sentence) <= 200


@given(st.text(), st.text())
def test_reports_of_any_text_can_be_compared(best: str, other: str) -> None:
    found = addition(a_report(best), [a_report(other, source="قناة السهل")])

    assert found is None or found.sentence in other


@given(SOME_REPORTS, SOME_REPORTS)
def test_what_the_best_report_says_is_never_added_from_another(best: Report, other: Report) -> None:
    repeating = replace(other, summary=(*best.body, *other.summary), body=(*best.body, *other.body))

    found = addition(best, [replace(other, summary=best.body), repeating])

    assert found is None or not any(line.endswith(found.sentence) for line in best.body)


def test_a_report_that_nobody_vouches_for_adds_nothing() -> None:
    assert addition(BEST, [replace(a_report(NEWS), is_vouched=False)]) is None


def a_seen_story(*later: Report, seen_after: timedelta = HOUR) -> Story:
    """Return a story of which the reader saw the best report, with reports that came two hours later."""
    came = tuple(replace(report, collected_at=NOW + 2 * HOUR) for report in later)
    return Story(7, ("العراق",), (BEST, *came), NOW + seen_after)


def test_a_story_that_the_reader_has_not_seen_is_told_as_it_is() -> None:
    story = replace(a_seen_story(a_report(TOLL)), seen_at=None)

    assert as_told(story) == story


@pytest.mark.parametrize("source", ["صحيفة المرفأ", BEST.source])
@pytest.mark.parametrize("sentence", [pytest.param(TOLL, id="another toll"), pytest.param(NEWS, id="new facts")])
def test_a_seen_story_is_news_again_when_a_later_report_has_facts_that_none_had(source: str, sentence: str) -> None:
    story = a_seen_story(a_report(sentence, source=source))

    told = as_told(story)

    assert told is not None
    assert told.news == story.reports[1]
    assert told.best == story.reports[1]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(a_report(BODY[0]), id="the same sentence"),
        pytest.param(a_report("انفجرت سيارة مفخخة عند مدخل السوق القديم في المدينة."), id="the same in other words"),
        pytest.param(replace(BEST, source="صحيفة المرفأ", summary=(NEWS,)), id="a copy"),
        pytest.param(replace(a_report(NEWS), is_vouched=False), id="a report that nobody vouches for"),
    ],
)
def test_a_seen_story_is_not_news_again_for(later: Report) -> None:
    assert as_told(a_seen_story(later)) is None


def test_what_the_reader_saw_already_is_no_news() -> None:
    assert as_told(a_seen_story(a_report(TOLL), seen_after=3 * HOUR)) is None


def test_facts_that_another_seen_report_had_are_no_news() -> None:
    story = a_seen_story(a_report(TOLL, source="موقع الضفة"))
    known = replace(story, reports=(*story.reports, a_report(TOLL)))

    assert as_told(known) is None
