from datetime import timedelta

import pytest

from bot.domain.limits import Exhausted, Limited
from bot.domain.unread import Reason
from bot.telegram.language import Languages
from config.languages import CODES, read_catalogues
from handlers.obstacles import exhausted, unread, why
from tests.builders import NOW, a_schedule, a_subscriber

LANGUAGES = Languages(read_catalogues("ar"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_in_every_language(reason: Reason, code: str) -> None:
    sentence = why(reason, LANGUAGES[code])

    assert sentence.endswith(".")
    assert any("\u0620" <= letter <= "\u064a" for letter in sentence) == (code == "ar")


def test_a_long_name_is_cut_and_kept_from_turning_its_line() -> None:
    line = unread("n" * 300 + ".txt", Reason.DAMAGED, LANGUAGES["ar"])

    assert line == f"لم آخذ شيئًا من \u2068{'n' * 60}…\u2069: الملف تالف أو ناقص."


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (1, "بلغت حدّك: مقال واحد في الساعة."),
        (2, "بلغت حدّك: مقالان في الساعة."),
        (3, "بلغت حدّك: 3 مقالات في الساعة."),
        (60, "بلغت حدّك: 60 مقالًا في الساعة."),
        (100, "بلغت حدّك: 100 مقال في الساعة."),
    ],
)
def test_a_limit_is_told_in_the_right_plural_and_with_the_next_full_minute(most: int, expected: str) -> None:
    reader = a_subscriber(schedule=a_schedule(zone="Asia/Riyadh"))
    limit = Exhausted(Limited.ARTICLES, most, NOW + timedelta(seconds=1))

    told = exhausted(limit, reader, LANGUAGES["ar"])

    assert told == f"{expected} يمكنك إرسال التالي ابتداءً من السبت 09:01."
