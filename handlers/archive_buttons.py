"""The buttons under lists of stories."""

from collections.abc import Callable, Sequence

from bot.domain.delivery import Button
from bot.domain.search import Hit
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from handlers import archive_texts
from handlers.archive_payloads import keeping_payload, open_payload, removal_payload

Row = tuple[Button, ...]


def opening(hits: Sequence[Hit], first: int, language: Language) -> Row:
    """Return the buttons that show the stories of a list, by their numbers in it."""
    buttons = [
        Button(language.figures(str(number)), payload=open_payload(hit.story_id))
        for number, hit in enumerate(hits, first)
    ]
    return in_order(buttons, language)


def removing(hits: Sequence[Hit], first: int, page: int, language: Language) -> Row:
    """Return the buttons that remove the stories of a list from what is saved."""
    buttons = [
        Button(language.figures(f"✕ {number}"), payload=removal_payload(hit.story_id, page))
        for number, hit in enumerate(hits, first)
    ]
    return in_order(buttons, language)


def turning(page: int, payload: Callable[[int], str], language: Language, *, has_more: bool) -> Row:
    """Return the buttons that lead to the pages beside this one."""
    back = Button(archive_texts.earlier(language), payload=payload(page - 1))
    on = Button(archive_texts.later(language), payload=payload(page + 1))
    return in_order([*([back] if page else []), *([on] if has_more else [])], language)


def keeping(story_id: int, language: Language, *, is_saved: bool = False) -> Button:
    """Return the button under a story that saves it or, if it is saved, lets it go."""
    label = archive_texts.kept(language) if is_saved else archive_texts.keep(language)
    return Button(label, payload=keeping_payload(story_id, is_saved=is_saved))


def rows(*filled: Row) -> tuple[Row, ...]:
    """Return those rows that have a button."""
    return tuple(row for row in filled if row)
