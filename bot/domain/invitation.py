"""Links that follow topics: what stands after the bot's name."""

import re
from collections.abc import Sequence

_FOLLOWING = re.compile(r"follow_([a-z]\d{1,9}(?:-[a-z]\d{1,9})*)", re.ASCII)
_LONGEST = 64  # Telegram carries no more


def follow_link(bot: str, code: str) -> str:
    """Return the link that opens a bot and follows the topic with this code."""
    return f"https://t.me/{bot}?start=follow_{code}"


def codes_in(argument: str) -> Sequence[str]:
    """Return the codes of the topics that a link's argument follows, each once; none for any other argument."""
    found = _FOLLOWING.fullmatch(argument.strip())
    return tuple(dict.fromkeys(found[1].split("-"))) if found and len(argument) <= _LONGEST else ()
