"""What the payloads of buttons under stories and lists of them mean, both ways."""

SEARCH_PAGE = r"^as:[1-9]\d{0,8}:\d{1,3}\Z"
OPEN = r"^ao:[1-9]\d{0,8}\Z"
KEEPING = r"^a[ku]:[1-9]\d{0,8}\Z"
SHELF_PAGE = r"^av:\d{1,3}\Z"
REMOVAL = r"^ax:[1-9]\d{0,8}:\d{1,3}\Z"


def search_page_payload(number: int, page: int) -> str:
    """Return the payload of the button that turns to a page of what was asked under this number."""
    return f"as:{number}:{page}"


def open_payload(story_id: int) -> str:
    """Return the payload of the button that shows a story."""
    return f"ao:{story_id}"


def keeping_payload(story_id: int, *, is_saved: bool) -> str:
    """Return the payload of the button that saves a story or, if it is saved, lets it go."""
    return f"a{'u' if is_saved else 'k'}:{story_id}"


def shelf_page_payload(page: int) -> str:
    """Return the payload of the button that turns to a page of what is saved."""
    return f"av:{page}"


def removal_payload(story_id: int, page: int) -> str:
    """Return the payload of the button that removes a story from what is saved, on this page of it."""
    return f"ax:{story_id}:{page}"


def numbers_of(payload: str) -> list[int]:
    """Return the numbers in one of these payloads."""
    return [int(number) for number in payload.split(":")[1:]]


def is_saving(payload: str) -> bool:
    """Tell if a payload of KEEPING saves."""
    return payload.startswith("ak:")
