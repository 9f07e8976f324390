import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.archive_payloads import (
    KEEPING,
    OPEN,
    REMOVAL,
    SEARCH_PAGE,
    SHELF_PAGE,
    is_saving,
    keeping_payload,
    numbers_of,
    open_payload,
    removal_payload,
    search_page_payload,
    shelf_page_payload,
)
from handlers.callbacks import CHANNEL, DISMISSAL, JOINING, RULING, TURN, meaning_of
from handlers.digest_callbacks import WHY

IDS, PAGES = st.integers(1, 999_999_999), st.integers(0, 999)
PATTERNS = (SEARCH_PAGE, OPEN, KEEPING, SHELF_PAGE, REMOVAL)


@given(IDS, PAGES)
def test_payloads_mean_what_they_were_made_for_and_fit_a_button(number: int, page: int) -> None:
    made = {
        SEARCH_PAGE: (search_page_payload(number, page), [number, page]),
        OPEN: (open_payload(number), [number]),
        KEEPING: (keeping_payload(number, is_saved=bool(page % 2)), [number]),
        SHELF_PAGE: (shelf_page_payload(page), [page]),
        REMOVAL: (removal_payload(number, page), [number, page]),
    }
    for pattern, (payload, numbers) in made.items():
        assert len(payload.encode()) <= 64
        assert numbers_of(payload) == numbers
        assert [each for each in PATTERNS if re.match(each, payload)] == [pattern]
        assert not any(re.match(each, payload) for each in (CHANNEL, DISMISSAL, JOINING, RULING, TURN, WHY))
        assert meaning_of(payload) is None


@given(IDS)
def test_a_button_saves_what_is_not_saved_and_lets_go_what_is(number: int) -> None:
    assert is_saving(keeping_payload(number, is_saved=False))
    assert not is_saving(keeping_payload(number, is_saved=True))
