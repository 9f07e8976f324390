import pytest

from bot.domain.story import Lead, lead_stems, same_story

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
    return [Lead(number, stems_of(one)) for number, one in enumerate(told, start=1)]


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
    assert same_story(stems_of(told), leads) == story_id


def test_the_most_alike_story_is_chosen() -> None:
    leads = [Lead(1, stems_of(AIRPORT_AGAIN)), Lead(2, stems_of(AIRPORT))]

    assert same_story(stems_of(AIRPORT), leads) == 2


def test_the_same_event_is_found_in_a_window_of_many_others() -> None:
    others = window(*[(f"{title} {number}", text) for number in range(40) for title, text in (FLOOD, CUP, BUDGET)])

    found = same_story(stems_of(AIRPORT_AGAIN), [*others, Lead(999, stems_of(AIRPORT))])

    assert found == 999


def test_only_the_title_and_the_first_sixty_words_count() -> None:
    opening = " ".join(f"كلمة{number}" for number in range(60))

    assert lead_stems("عنوان", [opening, "خاتمة مختلفة"]) == lead_stems("عنوان", [opening, "ذيل آخر"])
