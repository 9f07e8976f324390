"""Marks that messages are made with: bold, links, and names that are not too long."""

import re
import unicodedata
from urllib.parse import urlsplit

from bot.telegram.language import in_markup

_LONGEST_TITLE = 250  # letters, of a source's name too


def bold(text: str) -> str:
    """Return a marked-up text in bold."""
    return f"<b>{text}</b>"


def linked(text: str, link: str | None) -> str:
    """Return a text from outside that leads somewhere, if it is an address that Telegram takes."""
    shown = in_markup(text)
    return f'<a href="{in_markup(link)}">{shown}</a>' if link and _is_web(link) else shown


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def clipped(text: str, most: int = _LONGEST_TITLE) -> str:
    """Return a text, cut between words if it has more than so many letters."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def within_quotes(text: str) -> str:
    """Return a text that is going to stand in quotation marks: those inside it become the inner ones."""
    return text.translate(_INNER)


_INNER = str.maketrans("«»", "“”")


def unturned(label: str) -> str:
    """Return a button's label so that a flag, Latin letters to a client, does not turn the Arabic after it."""
    kinds = (unicodedata.bidirectional(letter) for letter in _FLAG.sub("", label))
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L")
    return f"\u200f{label}" if first != "L" and _FLAG.search(label) else label


_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
