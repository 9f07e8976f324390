from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.trend import DAYS, Trend, day_starts, popular, rising, varied

COUNTS = st.lists(st.integers(0, 50), min_size=DAYS, max_size=DAYS).map(tuple)
TRENDS = st.dictionaries(st.text("ابتث", min_size=1, max_size=3), COUNTS, max_size=12).map(
    lambda counts: [Trend(topic, each) for topic, each in counts.items()]
)


def days(*latest: int, earlier: int = 0) -> tuple[int, ...]:
    """Return two weeks with as many articles on each day before the latest."""
    return (earlier,) * (DAYS - len(latest)) + latest


@pytest.mark.parametrize("zone", ["UTC", "Asia/Riyadh", "Africa/Cairo", "America/New_York"])
@given(now=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - it gets its zone
def test_fourteen_days_of_a_calendar_end_with_today(zone: str, now: datetime) -> None:
    starts = day_starts(now, zone)

    assert len(starts) == DAYS + 1
    assert starts[-2] <= now < starts[-1]
    assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26) for earlier, later in pairwise(starts))


def test_the_topics_with_most_articles_come_first_and_of_two_the_newer() -> None:
    few, old, new = Trend("قليل", days(1)), Trend("قديم", (5, *days()[1:])), Trend("جديد", days(5))

    assert popular([few, old, new, Trend("لا شيء", days())], 3) == (new, old, few)


def test_what_has_clearly_more_than_before_rises() -> None:
    steady, fresh, steeper = Trend("ثابت", days(earlier=4)), Trend("جديد", days(1, 1, 1)), Trend("أكثر", days(9))

    assert rising([steady, fresh, steeper, Trend("عابر", days(2))], 5) == (steeper, fresh)


@given(TRENDS)
def test_what_is_shown_was_counted_and_is_no_more_than_asked_for(trends: list[Trend]) -> None:
    for shown in (popular(trends, 4), rising(trends, 4)):
        assert len(shown) <= 4
        assert len({trend.topic for trend in shown}) == len(shown)
        assert set(shown) <= set(trends)
        assert all(trend.total for trend in shown)
    assert all(trend.latest / 3 > trend.earlier / 11 for trend in rising(trends, 4))


@pytest.mark.parametrize(
    ("told", "most", "expected"),
    [
        pytest.param({}, 5, [], id="no news"),
        pytest.param({"مصر": [1]}, 5, ["مصر"], id="one topic"),
        pytest.param({"أ": [1], "ب": [2, 3], "ج": [4, 5, 6]}, 2, ["ج", "ب"], id="those with most stories"),
        pytest.param(
            {"أوكرانيا": [1, 2, 3, 4], "كييف": [1, 2, 3], "القمح": [9]},
            2,
            ["أوكرانيا", "القمح"],
            id="a capital adds nothing to its country",
        ),
        pytest.param({"كييف": [1, 2], "أوكرانيا": [1, 2]}, 5, ["كييف"], id="of two that are the same the older one"),
    ],
)
def test_topics_to_begin_with_are_about_different_news(
    told: Mapping[str, Sequence[int]], most: int, expected: Sequence[str]
) -> None:
    assert varied(told, most) == expected
