"""What waits: for an operator who wants to know if we keep up."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Queues:
    """How many updates and pages wait, and for how long the digest that is due longest.

    ``arrived`` updates wait to be handled and ``in_hand`` are; ``planned`` pages wait to be sent, ``sending`` are on
    their way, and of ``unknown`` ones nobody knows yet if they arrived. A digest is late from its slot until its last
    page has left.
    """

    arrived: int = 0
    in_hand: int = 0
    planned: int = 0
    sending: int = 0
    unknown: int = 0
    lag: timedelta = timedelta()
