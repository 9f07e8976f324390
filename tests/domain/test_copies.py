from collections.abc import Callable, Sequence
from random import Random

import pytest

from bot.domain.copies import Wording, copied, fewest_shared, wording

LINES = (
    "أعلنت هيئة الموانئ في مدينة الحديدة، الأحد، استئناف تفريغ سفن القمح بعد توقف دام أسبوعين بسبب عطل في الرافعات.",
    "وقال مدير الهيئة إن خمس سفن تنتظر في عرض البحر منذ مطلع الشهر، وإن تفريغها سيستغرق عشرة أيام على الأقل.",
    "وتستورد البلاد تسعين في المئة من حاجتها إلى الحبوب، ويصل ثلثاها عبر هذا الميناء وحده.",
    "وكانت غرفة التجارة قد حذرت من نفاد مخزون المطاحن قبل نهاية الشهر ما لم تصل شحنات جديدة.",
    "وارتفع سعر كيس الدقيق في أسواق العاصمة خلال الأسبوعين الماضيين بنحو الخمس، وفق تجار تحدثوا إلى مراسلنا.",
    "وتعهدت منظمة إغاثة بإصلاح رافعتين أخريين قبل موسم الأمطار، على أن تتكفل الهيئة بأجور المهندسين.",
)
OTHER = (
    "فاز فريق النجم الساحلي على ضيفه الترجي بهدفين لواحد في قمة الجولة العشرين من الدوري التونسي الممتاز.",
    "وسجل المهاجم الشاب هدفي فريقه في الشوط الثاني قبل أن يقلص الضيوف الفارق من ركلة جزاء.",
)


def edited(lines: Sequence[str], every: int) -> list[str]:
    """Change one word in so many."""
    words = " ".join(lines).split()
    return [" ".join("كلمة" if place % every == every // 2 else word for place, word in enumerate(words))]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(list, id="the same text"),
        pytest.param(lambda lines: ["رصد: من مراسلنا في صنعاء", *lines], id="a line before it"),
        pytest.param(lambda lines: [*lines, "المصدر: وكالة المرفأ", "تابعونا على القناة"], id="a footer"),
        pytest.param(lambda lines: lines[:4], id="two thirds of it"),
        pytest.param(lambda lines: [" ".join(lines)], id="in one paragraph"),
        pytest.param(lambda lines: edited(lines, 10), id="every tenth word changed"),
        pytest.param(lambda lines: [line.replace("أ", "ا").replace("ة", "ه") for line in lines], id="spelt carelessly"),
        pytest.param(lambda lines: ["مقدمة أخرى للخبر", *edited(lines[:4], 20)], id="a new lead, shortened and edited"),
    ],
)
def test_a_text_with_small_changes_is_a_copy(change: Callable[[Sequence[str]], Sequence[str]]) -> None:
    original, copy = wording(LINES), wording(change(LINES))

    assert copied(copy, [("other", wording(OTHER)), ("original", original)]) == "original"
    assert len({*original.sketch} & {*copy.sketch}) >= fewest_shared(copy.sketch)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(OTHER, id="another text"),
        pytest.param([*OTHER, LINES[0]], id="a sentence in common"),
        pytest.param([], id="no text"),
        pytest.param(["..."], id="no word"),
    ],
)
def test_another_text_is_no_copy(lines: Sequence[str]) -> None:
    assert copied(wording(lines), [("one", wording(LINES)), ("none", wording([]))]) is None


def test_the_first_of_those_most_alike_is_what_was_copied() -> None:
    whole, part = wording(LINES), wording(LINES[:4])

    assert copied(whole, [("part", part), ("whole", whole), ("again", whole)]) == "whole"


def test_a_text_of_two_words_is_compared_as_a_whole() -> None:
    assert (
        copied(wording(["هزة أرضية"]), [("other", wording(["هزة خفيفة"])), ("same", wording(["هزّة أرضيّة"]))]) == "same"
    )


def test_a_sketch_is_a_small_sample_of_what_a_text_has() -> None:
    numbers = Random(7).sample(range(2**48), 5_000)  # the same numbers each time

    sketch = Wording(frozenset(numbers), frozenset()).sketch

    assert sketch == sorted(numbers)[:32]
    assert fewest_shared(sketch) == 2
    assert fewest_shared(sketch[:9]) == 1


def test_a_follow_up_that_repeats_the_background_is_no_copy() -> None:
    news = (
        "وصلت إلى الميناء صباح اليوم سفينة سادسة محملة بقطع غيار للرافعات،" + " ثم أبحرت سفن أخرى نحو عدن وجيبوتي" * 9,
    )

    assert copied(wording([*news, *LINES]), [("before", wording(LINES))]) is None


def test_a_report_that_another_ends_with_is_no_copy() -> None:
    background = [*OTHER, *(f"خلفية {number} عن تاريخ المدينة وأسواقها القديمة رقم {number}" for number in range(9))]

    assert copied(wording(LINES[:2]), [("longer", wording([*background, *LINES[:2]]))]) is None
