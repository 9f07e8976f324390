from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adjustment import (
    AddTime,
    Adjustment,
    DropTime,
    EveryDay,
    SetAway,
    SetQuiet,
    SetWeekly,
    WorkDays,
    adjusted,
)
from bot.telegram.language import Languages
from config.languages import read_catalogues
from handlers.callbacks import meaning_of
from handlers.schedule_buttons import (
    ASK_ZONE,
    SCHEDULE,
    adjustment_of,
    adjustment_payload,
    adjustments,
    vacation_switch,
)
from tests.builders import NOW, a_schedule
from tests.domain.test_adjustment import SOME_CHANGES

ARABIC = Languages(read_catalogues("ar"))["ar"]


def test_the_schedule_shows_its_own_times_among_the_usual_ones() -> None:
    rows = adjustments(a_schedule("08:00", "21:00", zone="Asia/Riyadh"), ARABIC)

    assert [[button.label for button in row] for row in rows] == [
        ["+ 18:00", "+ 12:00", "✓ 08:00", "+ 07:00"],  # read from the right
        ["✓ 21:00"],
        ["+ أيام العمل", "✓ كل يوم"],
        ["+ هدوء من 23:00 إلى 07:00"],
        ["+ حصاد الأسبوع، الجمعة 10:00"],
        ["التوقيت: الرياض", "+ إجازة حتى أعود"],
    ]


def test_each_button_of_the_schedule_asks_for_what_is_not_so() -> None:
    schedule = adjusted(adjusted(a_schedule("07:00", "12:00"), SetQuiet(is_on=True), NOW), SetWeekly(is_on=True), NOW)

    *buttons, zone = [button for row in adjustments(schedule, ARABIC) for button in reversed(row)]
    changes = [adjustment_of(button.payload) for button in buttons]

    assert changes == [
        DropTime(time(7)),
        DropTime(time(12)),
        AddTime(time(18)),
        AddTime(time(21)),
        EveryDay(),
        WorkDays(),
        SetQuiet(is_on=False),
        SetWeekly(is_on=False),
        SetAway(is_on=True),
    ]
    assert zone.payload == ASK_ZONE


def test_on_vacation_the_button_ends_it() -> None:
    schedule = adjusted(a_schedule("07:00"), SetAway(is_on=True), NOW)

    button = vacation_switch(schedule, ARABIC)

    assert (button.label, adjustment_of(button.payload)) == ("إنهاء الإجازة", SetAway(is_on=False))


@given(SOME_CHANGES)
def test_a_change_of_the_schedule_is_named_in_few_letters_and_no_topic(change: Adjustment) -> None:
    payload = adjustment_payload(change)

    assert adjustment_of(payload) == change
    assert len(payload.encode()) <= 64
    assert meaning_of(payload) is None
    assert payload != ASK_ZONE


@given(st.text(max_size=20) | st.text("s:+-0123456789qwv", max_size=8).map(SCHEDULE.__add__))
def test_any_payload_is_a_change_of_ours_or_none(payload: str) -> None:
    change = adjustment_of(payload)

    assert change is None or adjustment_payload(change) == payload
