"""Whom an owner trusts to put articles before everyone."""

from dataclasses import dataclass
from datetime import datetime

MOST_EDITORS = 40  # a list of buttons has to fit one message


@dataclass(frozen=True, slots=True)
class Editor:
    """A person, by their user id, as an owner named them."""

    user_id: int
    name: str
    named_by: int
    since: datetime
