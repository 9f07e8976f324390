from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import Schedule
from bot.domain.subscriber import Standing, Subscriber
from bot.services.browse import Offer
from bot.services.onboard import HOURS, Step
from bot.telegram.digests import in_order
from bot.telegram.language import Languages
from config.languages import read_catalogues
from handlers.onboarding_buttons import (
    Chosen,
    HourChosen,
    LanguageChosen,
    TopicChosen,
    choices,
    codes_of,
    meaning,
    payload,
)

LANGUAGES = Languages(read_catalogues("ar"))
MOST_BYTES = 64
OFFERED = [Offer("روسيا", "t1", is_followed=True, flag="🇷🇺"), Offer("القمح", "g22", is_followed=False)]
CODES = st.from_regex(r"[a-z][0-9]{1,9}", fullmatch=True)
CHOICES = st.one_of(
    st.builds(TopicChosen, CODES, st.booleans()),
    st.builds(HourChosen, st.sampled_from(HOURS)),
    st.builds(LanguageChosen, st.sampled_from(["ar", "en"])),
)


def a_step(language: str, *times: int, is_timed: bool) -> Step:
    schedule = Schedule(tuple(time(hour) for hour in times), "Asia/Riyadh")
    return Step(Subscriber(1, 501, language, schedule, Standing.ACTIVE, None), ("روسيا",), is_timed)


@given(CHOICES)
def test_a_payload_says_what_is_wanted_in_what_telegram_carries(chosen: Chosen) -> None:
    assert meaning(payload(chosen)) == chosen
    assert len(payload(chosen).encode()) <= MOST_BYTES


@given(st.text())
def test_a_forged_payload_means_nothing_or_what_it_says(forged: str) -> None:
    chosen = meaning(f"b:{forged}")

    assert chosen is None or payload(chosen) == f"b:{forged}"


def test_nothing_of_others_is_ours() -> None:
    assert [meaning(data) for data in (None, "", "f:t1", "s:+0700")] == [None] * 4


def test_rows_are_read_from_the_side_at_which_the_language_begins() -> None:
    arabic = choices(OFFERED, a_step("ar", 7, is_timed=True), LANGUAGES)
    english = choices(OFFERED, a_step("en", 8, is_timed=False), LANGUAGES)

    assert [[button.label for button in row] for row in arabic] == [
        ["+ القمح", "✓ 🇷🇺 روسيا"],
        ["8 مساءً", "1 ظهرًا", "✓ 7 صباحًا"],
        ["English", "التوقيت: الرياض"],
    ]
    assert [[button.label for button in row] for row in english][1:] == [
        ["7 am", "1 pm", "8 pm"],
        ["Time zone: \u2068Riyadh\u2069", "العربية"],
    ]


def test_who_has_several_times_is_offered_no_hour() -> None:
    assert len(choices(OFFERED, a_step("ar", 7, 20, is_timed=True), LANGUAGES)) == 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_topics_of_a_message_are_read_back_in_their_order(language: str) -> None:
    rows = choices(OFFERED, a_step(language, 8, is_timed=False), LANGUAGES)

    read = [button.payload for row in rows for button in in_order(row, LANGUAGES[language])]
    assert codes_of(read) == ["t1", "g22"]
