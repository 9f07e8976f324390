from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mute import Mute, Span, muted, span_in
from tests.builders import HOUR, MINUTE, NOW

DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("span", "until"),
    [
        pytest.param(Span.DAY, NOW + DAY, id="a day"),
        pytest.param(Span.WEEK, NOW + 7 * DAY, id="a week"),
        pytest.param(Span.UNTIL_UNMUTED, None, id="for good"),
    ],
)
def test_a_topic_is_muted_for(span: Span, until: datetime | None) -> None:
    mute = muted("السودان", span, None, NOW)

    assert mute == Mute("السودان", NOW, until)
    assert mute.is_on(NOW + DAY - MINUTE)


def test_a_mute_ends() -> None:
    mute = muted("السودان", Span.DAY, None, NOW)

    assert not mute.is_on(NOW + DAY)


def test_another_length_is_the_same_mute() -> None:
    mute = muted("السودان", Span.DAY, None, NOW)

    longer = muted("السودان", Span.WEEK, mute, NOW + HOUR)

    assert longer == replace(mute, until=NOW + HOUR + 7 * DAY)


def test_taken_back_within_the_hour_it_is_as_if_it_had_never_been() -> None:
    assert muted("السودان", Span.WEEK, None, NOW).ended(NOW + HOUR - MINUTE) is None


def test_taken_back_at_once_an_earlier_mute_still_holds_its_old_news_back() -> None:
    earlier = Mute("السودان", NOW - 3 * DAY, NOW - DAY)

    left = muted("السودان", Span.WEEK, earlier, NOW).ended(NOW + MINUTE)

    assert left is not None
    assert left.until == earlier.until


def test_ended_later_news_counts_from_then_on() -> None:
    left = muted("السودان", Span.UNTIL_UNMUTED, None, NOW).ended(NOW + DAY)

    assert left == Mute("السودان", NOW, NOW + DAY)


@given(st.sampled_from(Span), st.integers(0, 20_000), st.integers(0, 20_000))
def test_ending_a_mute_twice_ends_it_once(span: Span, first: int, later: int) -> None:
    once = muted("السودان", span, None, NOW).ended(NOW + first * MINUTE)

    assert once is None or once.ended(NOW + (first + later) * MINUTE) == once


@pytest.mark.parametrize(
    ("typed", "name", "span"),
    [
        pytest.param("روسيا", "روسيا", None, id="no time"),
        pytest.param("روسيا يومًا", "روسيا", Span.DAY, id="a day"),
        pytest.param("روسيا ليوم", "روسيا", Span.DAY, id="for a day"),
        pytest.param("الولايات المتحدة لمدة أسبوع", "الولايات المتحدة", Span.WEEK, id="for the length of a week"),
        pytest.param("روسيا ومصر حتى أرفع الكتم", "روسيا ومصر", Span.UNTIL_UNMUTED, id="for good"),
        pytest.param("روسيا اليوم", "روسيا", Span.DAY, id="today"),
        pytest.param("يومًا", "", Span.DAY, id="only a time"),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_what_is_typed_may_end_with_a_time(typed: str, name: str, span: Span | None) -> None:
    assert span_in(typed) == (name, span)
