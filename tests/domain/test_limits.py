from datetime import datetime

import pytest

from bot.domain.limits import Exhausted, Limited, exhausted
from tests.builders import HOUR, MINUTE, NOW


@pytest.mark.parametrize(
    ("moments", "next_at"),
    [
        pytest.param([], None, id="none yet"),
        pytest.param([NOW - MINUTE], None, id="one of two"),
        pytest.param([NOW - 9 * MINUTE, NOW - MINUTE], NOW + 51 * MINUTE, id="two of two: an hour after the first"),
        pytest.param([NOW - MINUTE, NOW - 9 * MINUTE], NOW + 51 * MINUTE, id="in any order"),
        pytest.param([NOW - HOUR, NOW - MINUTE], None, id="an hour old does not count"),
        pytest.param([NOW - 9 * MINUTE, NOW - 5 * MINUTE, NOW], NOW + 55 * MINUTE, id="more than two"),
    ],
)
def test_two_are_possible_in_any_hour(moments: list[datetime], next_at: datetime | None) -> None:
    expected = Exhausted(Limited.FETCHES, 2, next_at) if next_at else None

    assert exhausted(Limited.FETCHES, 2, moments, NOW) == expected
