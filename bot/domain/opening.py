"""What a newcomer may say in one line: topics, an hour, or both: «تابع روسيا وأوكرانيا الساعة 7»."""

import re
from dataclasses import dataclass

from bot.domain.typed import BadTime, promises_of


@dataclass(frozen=True, slots=True)
class Opening:
    """What was said of topics and of when, each as it was typed; one may be empty."""

    names: str
    when: str


def opening_in(text: str) -> Opening | None:
    """Return what a short line says, None for a text of any other shape.

    What stands behind «الساعة» and can be read as times is when; a line that can be read as times is too.
    """
    line = text.strip().rstrip("!.؟? ")
    if not line or len(text) > _LONGEST or "\n" in line:
        return None
    if _is_when(line):
        return Opening("", line)
    found = _AT.search(line)
    if found and _is_when(when := f"{found['days'] or ''} {found['times']}".strip()):
        return Opening(line[: found.start()].rstrip(" ،,"), when)
    return Opening(line, "")


_LONGEST = 120  # letters; what is longer is a text to read
_AT = re.compile(
    r"(?:^|\s)(?P<days>كل يوم|يوميًا|يوميا|every day|daily)?\s*(?:في|عند|على)?\s*"
    r"(?<!\S)(?:الساعة|الساعه|at)\s+(?P<times>.+)$",
    re.IGNORECASE,
)


def _is_when(typed: str) -> bool:
    try:
        times, _ = promises_of(typed, "UTC")  # whether it can be read does not depend on the zone
    except BadTime:
        return False
    return times is not None
