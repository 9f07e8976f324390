"""Lines that a source prints under article after article, whatever they say."""

from collections.abc import Iterable
from hashlib import blake2b

from bot.arabic.tokens import words


def line_fingerprints(paragraphs: Iterable[str]) -> frozenset[str]:
    """Return a short name for each different line of an article.

    Count for each source in how many articles a name occurs. One that three articles of different days share is the
    site's: pass those names to the summarizer and such lines are never shown.
    """
    lines = (line for paragraph in paragraphs for line in paragraph.splitlines())
    return frozenset(name for line in lines if (name := fingerprint(line)))


def fingerprint(line: str) -> str:
    """Return sixteen hexadecimal digits, the same for two spellings of one line; empty for a line without words."""
    found = " ".join(words(line))
    return blake2b(found.encode(), digest_size=8).hexdigest() if found else ""
