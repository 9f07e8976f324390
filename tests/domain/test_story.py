from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.story import Lead, Span, lead_stems, likeness, same_story, telling_stems
from tests.builders import HOUR, NOW

THEN = Span.of(None, NOW)

AIRPORT = (
    "السودان يعيد فتح مطار الخرطوم أمام الرحلات المدنية",
    (
        "أعلنت هيئة الطيران المدني السودانية، الجمعة، إعادة فتح مطار الخرطوم الدولي أمام الرحلات المدنية بعد صيانة "
        "المدرج وصالة الركاب. وقال مدير المطار إن أول طائرة ستصل الأحد من بورتسودان."
    ),
)
AIRPORT_AGAIN = (
    "استئناف الرحلات المدنية في مطار الخرطوم الدولي بعد صيانة المدرج",
    (
        "استأنف مطار الخرطوم الدولي استقبال الرحلات المدنية بعد انتهاء صيانة المدرج وصالة الركاب، وفق ما أعلنته هيئة "
        "الطيران المدني في السودان. وينتظر المطار وصول أول طائرة من بورتسودان يوم الأحد."
    ),
)
FLOOD = (
    "فيضان النيل يغمر قرى في ولاية الخرطوم",
    (
        "غمرت مياه النيل، السبت، ثلاث قرى جنوب الخرطوم بعد أمطار غزيرة استمرت يومين. ونقلت فرق الإنقاذ مئات الأسر إلى "
        "مدارس قريبة، وحذرت وزارة الري السودانية من ارتفاع جديد في منسوب المياه."
    ),
)
CUP = (
    "المنتخب المغربي يبلغ نهائي البطولة بعد ركلات الترجيح",
    (
        "تأهل المنتخب المغربي إلى المباراة النهائية بفوزه على نظيره السنغالي بركلات الترجيح في الدار البيضاء، ويلاقي "
        "الفائز من مباراة نيجيريا والجزائر على اللقب مساء الأحد."
    ),
)
BUDGET = (
    "البرلمان التونسي يقر موازنة العام المقبل",
    (
        "صادق البرلمان التونسي على قانون موازنة العام المقبل بأغلبية مئة وعشرين صوتا، وتتوقع الحكومة نموا بنسبة ثلاثة "
        "في المئة وعجزا أقل من العام الجاري رغم ارتفاع كلفة الأجور والدعم."
    ),
)
Told = tuple[str, str]


def stems_of(told: Told) -> tuple[str, ...]:
    return lead_stems(told[0], [told[1]])


def window(*told: Told) -> list[Lead]:
    return [Lead(number, stems_of(one), THEN) for number, one in enumerate(told, start=1)]


@pytest.mark.parametrize(
    ("told", "leads", "story_id"),
    [
        pytest.param(AIRPORT_AGAIN, window(FLOOD, CUP, AIRPORT, BUDGET), 3, id="another paper's report of the event"),
        pytest.param(AIRPORT, window(AIRPORT), 1, id="the same text"),
        pytest.param(AIRPORT_AGAIN, window(AIRPORT), 1, id="alone in the window"),
        pytest.param(FLOOD, window(AIRPORT, CUP, BUDGET), None, id="another event in the same city"),
        pytest.param(CUP, window(AIRPORT, FLOOD, BUDGET), None, id="another event elsewhere"),
        pytest.param(AIRPORT, [], None, id="an empty window"),
        pytest.param(("", ""), window(AIRPORT, FLOOD), None, id="a text without a word"),
    ],
)
def test_reports_of_one_event_are_one_story(told: Told, leads: list[Lead], story_id: int | None) -> None:
    assert same_story(stems_of(told), THEN, leads) == story_id


def test_the_most_alike_story_is_chosen() -> None:
    leads = [Lead(1, stems_of(AIRPORT_AGAIN), THEN), Lead(2, stems_of(AIRPORT), THEN)]

    assert same_story(stems_of(AIRPORT), THEN, leads) == 2


def test_the_same_event_is_found_in_a_window_of_many_others() -> None:
    others = window(*[(f"{title} {number}", text) for number in range(40) for title, text in (FLOOD, CUP, BUDGET)])

    found = same_story(stems_of(AIRPORT_AGAIN), THEN, [*others, Lead(999, stems_of(AIRPORT), THEN)])

    assert found == 999


def test_only_the_title_and_the_first_sixty_words_count() -> None:
    opening = " ".join(f"كلمة{number}" for number in range(60))

    assert lead_stems("عنوان", [opening, "خاتمة مختلفة"]) == lead_stems("عنوان", [opening, "ذيل آخر"])


DAY = date(2026, 3, 13)
AT_NIGHT = datetime(2026, 3, 13, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "story_id"),
    [
        pytest.param(Span.of(None, NOW), Span.of(None, NOW - 48 * HOUR), 1, id="two days before"),
        pytest.param(Span.of(None, NOW), Span.of(None, NOW + 48 * HOUR), 1, id="two days after: it arrived late"),
        pytest.param(Span.of(None, NOW), Span.of(None, NOW - 49 * HOUR), None, id="longer before"),
        pytest.param(Span.of(None, NOW), Span.of(None, NOW + 49 * HOUR), None, id="longer after"),
        pytest.param(Span.of(DAY, NOW), Span.of(None, AT_NIGHT + 48 * HOUR), 1, id="two days after the end of a day"),
        pytest.param(Span.of(DAY, NOW), Span.of(None, AT_NIGHT + 50 * HOUR), None, id="longer after it"),
        pytest.param(Span.of(DAY, NOW), Span.of(date(2026, 3, 15), NOW + 99 * HOUR), 1, id="two dates apart"),
        pytest.param(Span.of(DAY, NOW), Span.of(date(2026, 3, 16), NOW + 99 * HOUR), None, id="three dates apart"),
        pytest.param(Span.of(date.min, NOW), Span.of(date.min, NOW), 1, id="the first day of the calendar"),
        pytest.param(Span.of(date.max, NOW), Span.of(date.max, NOW), 1, id="the last day of the calendar"),
    ],
)
def test_reports_of_one_event_come_within_two_days(one: Span, other: Span, story_id: int | None) -> None:
    assert same_story(stems_of(AIRPORT), one, [Lead(1, stems_of(AIRPORT), other)]) == story_id


def test_a_day_that_is_not_over_ends_when_the_article_reached_us() -> None:
    assert Span.of(NOW.date(), NOW).end == NOW
    assert Span.of(NOW.date(), NOW + timedelta(days=1)).end < NOW + timedelta(days=1)
    assert Span.of(NOW.date(), NOW - timedelta(days=1)).end > NOW


def test_two_leads_are_as_alike_one_way_as_the_other() -> None:
    one, other = stems_of(AIRPORT), stems_of(FLOOD)

    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == pytest.approx(1)


def test_a_name_spelt_two_ways_still_counts() -> None:
    one, other, another = (lead_stems("", [f"زيارة {name}"]) for name in ("نتنياهو", "نتانياهو", "أردوغان"))

    assert likeness(one, other) > 1.5 * likeness(one, another)


def test_what_comes_first_counts_most() -> None:
    filler = [f"{letter}{letter}{letter}" for letter in "بتثجحخدذرزسشصضطظعغفقكلمنهو"]
    early, late = ("مفاعل", *filler), (*filler, "مفاعل")

    assert likeness(("مفاعل",), early) > likeness(("مفاعل",), late)


def test_rare_and_early_stems_lead_to_other_reports() -> None:
    stems = (*lead_stems("الرئيس الأميركي يعلن", [AIRPORT[1]]), "بورتسودان")

    chosen = telling_stems(stems, 5)

    assert len(chosen) == len(set(chosen)) == 5
    assert not {"رييس", "اميرك"} & set(chosen)
